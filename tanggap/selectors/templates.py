"""Canned texts as an officer may use or change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from tanggap.domain.actors import AgencyAdmin, InternalAuditor, LiaisonOfficer, NationalAdmin, Officer, UnitAdmin
from tanggap.domain.templates import Kind
from tanggap.models import Template
from tanggap.selectors import opaque, organisation

PAGE = 25
_LONGEST_SEARCH = 200  # a search is a few words; each one is two conditions on every row
_MOST_WORDS = 8
_ROW = "template"
_PLACE = "key of the list of templates"


class NotFoundError(LookupError):
    """There is no such template, or this officer may not know of it."""


def _visible(viewer: Officer) -> QuerySet[Template]:
    """Decide, once, whose templates an officer knows of: the agency's, and for a unit its own and those above it."""
    own = Q(unit=None)
    match viewer:
        case LiaisonOfficer(unit_id=unit_id) | InternalAuditor(unit_id=unit_id) | UnitAdmin(unit_id=unit_id):
            own |= Q(unit_id__in=organisation.unit_path(unit_id))
        case AgencyAdmin() | NationalAdmin():
            pass
    return Template.objects.filter(own, agency_id=viewer.agency_id).select_related("agency", "unit")


def home(viewer: Officer) -> tuple[int, int | None] | None:
    """Return agency and unit whose templates an officer writes: an admin the agency's, a liaison officer the unit's."""
    match viewer:
        case AgencyAdmin(agency_id=agency_id) | NationalAdmin(agency_id=agency_id):
            return agency_id, None
        case (
            LiaisonOfficer(agency_id=agency_id, unit_id=unit_id) | InternalAuditor(agency_id=agency_id, unit_id=unit_id)
        ):
            return agency_id, unit_id
        case UnitAdmin():
            return None


def usable(*, viewer: Officer, kind: Kind, on: date) -> list[Template]:
    """Return the templates of a kind that are in force on a day, the unit's own before the agency's."""
    lasts = Q(valid_to=None) | Q(valid_to__gte=on)
    found = _visible(viewer).filter(lasts, kind=kind, valid_from__lte=on)
    return sorted(found, key=lambda row: (row.unit_id is None, row.name))


def key_of(template: Template) -> str:
    """Return the key under which pages name a template."""
    return opaque.seal(_ROW, [template.pk])


def get(*, viewer: Officer, key: str) -> Template:
    """Return a template that the viewer may use; raises NotFoundError alike for unknown and forbidden."""
    parts = opaque.open_(_ROW, key)
    found = _visible(viewer).filter(pk=parts[0]).first() if parts else None
    if found is None:
        raise NotFoundError(key)
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, with the key to the next."""

    rows: Sequence[Template]
    after: str


def list_(*, viewer: Officer, words: str = "", kind: Kind | None = None, after: str = "") -> Page:
    """Return the templates that the viewer knows of by name, those that have ended too; `words` are searched for."""
    found = _visible(viewer)
    for word in words[:_LONGEST_SEARCH].split()[:_MOST_WORDS]:
        found = found.filter(Q(name__icontains=word) | Q(text__icontains=word))
    if kind is not None:
        found = found.filter(kind=kind)
    if key := opaque.open_(_PLACE, after):
        found = found.filter(TupleGreaterThan(Tuple("name", "id"), (key[0], key[1])))
    rows = list(found.order_by("name", "id")[: PAGE + 1])
    more, rows = rows[PAGE:], rows[:PAGE]
    return Page(rows, opaque.seal(_PLACE, [rows[-1].name, rows[-1].pk]) if more else "")
