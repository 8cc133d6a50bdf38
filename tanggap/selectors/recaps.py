"""Read recaps as those who may have them made: nobody else knows of one that is not published."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from tanggap.domain.actors import Actor, AgencyAdmin, Head, NationalAdmin, Overseer, RegionalOverseer
from tanggap.models import Agency, Recap, RecapFile

type Made = Recap


class NotFoundError(LookupError):
    """There is no such recap, or it is none for who asks."""


def get(*, viewer: Actor, key: str) -> Recap:
    """Return a recap with its agency, without its content. Raises NotFoundError."""
    found = _visible(viewer).filter(key=key).first()
    if found is None:
        raise NotFoundError(key)
    return found


def latest(*, viewer: Actor, size: int = 20) -> Sequence[Recap]:
    """Return the newest recaps that somebody may see."""
    return list(_visible(viewer).order_by("-asked_at", "-pk")[:size])


def agencies_of(viewer: Actor) -> QuerySet[Agency]:
    """Return of which agencies somebody may have recaps made, the home of each kind first by name."""
    return Agency.objects.filter(_of(viewer, ""), valid_to__isnull=True).order_by("area_id", "name")


def content(recap: Recap, kind: str) -> bytes:
    """Return a file of a recap that was found. Raises NotFoundError."""
    found = RecapFile.objects.filter(recap=recap, kind=kind).values_list("content", flat=True).first()
    if found is None:
        raise NotFoundError(kind)
    return bytes(found)


def _visible(viewer: Actor) -> QuerySet[Recap]:
    return Recap.objects.filter(_of(viewer, "agency__")).select_related("agency").defer("content")


_NOBODY = Q(pk__in=[])


def _of(viewer: Actor, prefix: str) -> Q:
    """Return which agencies `domain.recaps.may_make` lets somebody have, as a condition."""
    match viewer:
        case NationalAdmin() | Overseer():
            return Q()
        case AgencyAdmin(agency_id=own) | Head(agency_id=own, unit_id=None):
            return Q(**{f"{prefix}pk": own})
        case RegionalOverseer(agency_id=own, overseen=overseen):
            return Q(**{f"{prefix}pk__in": [own, *overseen]})
        case _:
            return _NOBODY
