"""What an admin owes is one walk through an index: what nobody has verified, and what no unit has been given."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("tanggap", "0002_guards")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["owner_agency", "due_at", "urgency_rank", "id"],
                name="report_owed_admin",
                condition=Q(status__in=["unverified"])
                | Q(owner_unit__isnull=True, status__in=["assigned", "in_progress"]),
            ),
        ),
    ]
