"""Public lists by unit and by status, and the figures of an agency's page, are each one walk through an index."""

from django.db import migrations, models
from django.db.models import Q

_LIVE = Q(is_stub=False)
_OPEN = Q(is_stub=False, is_open=True)
_ANSWERED = Q(is_stub=False, answered_at__isnull=False)


def _add(name: str, fields: list[str], condition: Q, include: tuple[str, ...] = ()) -> migrations.AddIndex:
    index = models.Index(fields=fields, name=f"publication_{name}", condition=condition, include=include or None)
    return migrations.AddIndex(model_name="publication", index=index)


class Migration(migrations.Migration):
    """Six indexes."""

    dependencies = [("tanggap", "0003_owed_by_admin")]

    operations = [
        _add("unit", ["unit", "-published_at", "-id"], _LIVE),
        _add("status", ["status", "-published_at", "-id"], _LIVE),
        _add("late_unit", ["unit", "due_at", "id"], _OPEN),
        _add("in_time", ["answered_at", "answered_in_time"], _ANSWERED),
        _add("answer_spans", ["agency", "answered_at"], _ANSWERED, ("answered_in_time", "received_at")),
        _add("answered_unit", ["unit", "-answered_at", "-id"], _ANSWERED, ("answered_in_time", "received_at")),
    ]
