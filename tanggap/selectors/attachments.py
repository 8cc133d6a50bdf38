"""Which files have a row: what the sweep of staged files must leave alone."""

from collections.abc import Collection

from tanggap.models import Attachment


def known_keys(keys: Collection[str]) -> set[str]:
    """Return those of the keys that belong to a report. Keys are all it tells, so there is no viewer."""
    return set(Attachment.objects.filter(key__in=keys).values_list("key", flat=True))
