"""From when a report is counted that came today and is not public (ADR 0074)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; what waits now is looked at at once, as before."""

    dependencies = [
        ('tanggap', '0074_checkpoint_stamps'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicatordue',
            name='from_at',
            field=models.DateTimeField(null=True),
        ),
    ]
