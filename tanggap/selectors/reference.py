"""Which state of the shipped reference data the database holds."""

from django.db.models import QuerySet

from tanggap.models import ReferenceLoad


def is_current(fingerprint: str) -> bool:
    """Say whether the newest load was of exactly these files and this code book."""
    newest = ReferenceLoad.objects.order_by("-pk").values_list("fingerprint", flat=True).first()
    return newest == fingerprint


def loads() -> QuerySet[ReferenceLoad]:
    """Return the loads, newest first, with what each changed."""
    return ReferenceLoad.objects.order_by("-pk")
