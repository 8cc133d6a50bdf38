"""Kept lists as an officer may see them: the own ones, and those that the office shares."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from tanggap.domain.actors import AgencyAdmin, Officer, unit_of
from tanggap.models import SavedView

type View = SavedView
# So many stand beside the list; nobody keeps more of the own.
MOST_OWN = 30
MOST_SHOWN = 60


class NotFoundError(LookupError):
    """There is no such view, or it is another's."""


def of_desk(*, viewer: Officer) -> Sequence[SavedView]:
    """Return the views that stand beside the viewer's list, by name."""
    office = _of_agency(viewer).filter(_same_office(viewer))
    return list(office.filter(Q(owner_id=viewer.user_id) | Q(is_shared=True)).order_by("name", "pk")[:MOST_SHOWN])


def to_manage(*, viewer: Officer) -> Sequence[SavedView]:
    """Return the views that the viewer may rename or remove."""
    return list(_mine_to_change(viewer).select_related("owner", "unit").order_by("name", "pk")[: 2 * MOST_SHOWN])


def get(*, viewer: Officer, key: str) -> SavedView:
    """Return a view that the viewer may change; raises NotFoundError."""
    found = _mine_to_change(viewer).filter(key=key).first()
    if found is None:
        raise NotFoundError(key)
    return found


def _of_agency(viewer: Officer) -> QuerySet[SavedView]:
    return SavedView.objects.filter(agency_id=viewer.agency_id)


def _same_office(viewer: Officer) -> Q:
    unit_id = unit_of(viewer)
    return Q(unit__isnull=True) if unit_id is None else Q(unit_id=unit_id)


def _mine_to_change(viewer: Officer) -> QuerySet[SavedView]:
    """An owner changes the own views; what is shared, an admin of the agency may change too."""
    mine = Q(owner_id=viewer.user_id) & _same_office(viewer)
    return _of_agency(viewer).filter(mine | Q(is_shared=True) if isinstance(viewer, AgencyAdmin) else mine)
