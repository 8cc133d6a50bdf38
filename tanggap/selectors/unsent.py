"""Which of an officer's forms wait to be sent after all; what is in them, `services.unsent` alone opens."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from tanggap.domain.actors import Officer
from tanggap.domain.unsent import LASTS
from tanggap.models import UnsentForm

_MOST_LISTED = 5


def _visible(viewer: Officer, now: datetime) -> QuerySet[UnsentForm]:
    """A form is its officer's alone, and for a quarter of an hour, whenever the job comes that removes it."""
    return UnsentForm.objects.filter(user_id=viewer.user_id, kept_at__gt=now - LASTS)


def list_(*, viewer: Officer, now: datetime) -> Sequence[UnsentForm]:
    """Return the viewer's unsent forms, newest first, without what is in them."""
    return list(_visible(viewer, now).only("pk", "kept_at").order_by("-kept_at", "-pk")[:_MOST_LISTED])


def get(*, viewer: Officer, pk: int, now: datetime) -> UnsentForm | None:
    """Return one of the viewer's unsent forms; None for one that is gone or somebody else's."""
    return _visible(viewer, now).filter(pk=pk).first()
