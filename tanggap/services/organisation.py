"""The editor of an agency: its units and its contact data. Every change is written into the administration log.

Changes of one agency follow each other: the row of the agency is locked, so that two moves cannot make a circle
together. Rows that were changed here are no longer touched by the files of reference data (ADR 0030).
"""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from typing import Final

import structlog
from django.db import transaction
from django.utils.text import slugify

from tanggap.domain.actors import Actor, LiaisonOfficer, user_of
from tanggap.domain.appointments import answers_for, may_edit, may_edit_unit
from tanggap.domain.organisation import Change, Fault, date_fault, makes_a_circle
from tanggap.domain.reference_rows import UnitKind
from tanggap.models import Agency, Unit, UnitName
from tanggap.selectors import administration as administration_selectors
from tanggap.selectors.organisation import unit_path
from tanggap.services import administration
from tanggap.services.accounts import office_day
from tanggap.services.upserts import BY_HAND

log = structlog.get_logger("tanggap.organisation")

CONTACT: Final = ("address", "responsible_office", "website", "email", "phone")
_LONGEST_SLUG: Final = 70


class OrganisationError(Exception):
    """A change was refused; `fault` says why, `count` how many stand in the way."""

    def __init__(self, fault: Fault, count: int = 0) -> None:
        super().__init__(fault.value)
        self.fault, self.count = fault, count


@transaction.atomic
def add_unit(
    *,
    actor: Actor,
    agency_id: int,
    name: str,
    kind: str,
    now: datetime,
    short_name: str = "",
    parent_id: int | None = None,
    valid_from: date | None = None,
) -> Unit:
    """Add a unit below another one, or below the agency itself. Errors: OrganisationError."""
    _enter_below(actor, agency_id, parent_id)
    today = office_day(now)
    if kind not in kinds_for(actor):
        raise OrganisationError(Fault.UNKNOWN_KIND)
    _check_name(agency_id, name)
    first = valid_from or today
    if first > today:
        raise OrganisationError(Fault.DATE_AHEAD)
    unit = Unit.objects.create(
        agency_id=agency_id,
        parent=_parent(agency_id, parent_id),
        slug=_slug(agency_id, short_name or name),
        name=name,
        short_name=short_name,
        kind=kind,
        source=BY_HAND,
        edited_at=now,
        valid_from=first,
    )
    after = {"name": name, "short_name": short_name, "parent": unit.parent.name if unit.parent else "", "from": first}
    _write(actor, Change.UNIT_ADDED, unit, now, {}, after)
    return unit


@transaction.atomic
def rename_unit(*, actor: Actor, unit_id: int, name: str, short_name: str, first_day: date, now: datetime) -> None:
    """Give a unit a new name from a day on; the old one stays as a row, for what was written under it.

    Errors: OrganisationError.
    """
    unit = _open_unit(actor, unit_id)
    if (name, short_name) == (unit.name, unit.short_name):
        raise OrganisationError(Fault.NOTHING_CHANGES)
    if name != unit.name:
        _check_name(unit.agency_id, name)
    last = unit.former_names.order_by("-valid_to").values_list("valid_to", flat=True).first()
    began = date.fromordinal(last.toordinal() + 1) if last else unit.valid_from
    if fault := date_fault(first_day, today=office_day(now), not_before=date.fromordinal(began.toordinal() + 1)):
        raise OrganisationError(fault)
    UnitName.objects.create(
        unit=unit,
        name=unit.name,
        short_name=unit.short_name,
        valid_from=began,
        valid_to=date.fromordinal(first_day.toordinal() - 1),
    )
    before = {"name": unit.name, "short_name": unit.short_name}
    Unit.objects.filter(pk=unit.pk).update(name=name, short_name=short_name, edited_at=now)
    after = {"name": name, "short_name": short_name, "from": first_day}
    _write(actor, Change.UNIT_RENAMED, unit, now, before, after)


@transaction.atomic
def move_unit(*, actor: Actor, unit_id: int, parent_id: int | None, now: datetime) -> None:
    """Put a unit, with all that is below it, under another one of the same agency. Errors: OrganisationError."""
    unit = _open_unit(actor, unit_id)
    if parent_id == unit.parent_id:
        raise OrganisationError(Fault.NOTHING_CHANGES)
    _enter_below(actor, unit.agency_id, parent_id)
    parent = _parent(unit.agency_id, parent_id)
    parents = dict(Unit.objects.filter(agency_id=unit.agency_id).values_list("pk", "parent_id"))
    if makes_a_circle(unit.pk, parent_id, parents):
        raise OrganisationError(Fault.IN_A_CIRCLE)
    before, after = ({"parent": one.name if one else ""} for one in (unit.parent, parent))
    Unit.objects.filter(pk=unit.pk).update(parent=parent, edited_at=now)
    _write(actor, Change.UNIT_MOVED, unit, now, before, after)


@transaction.atomic
def dissolve_unit(*, actor: Actor, unit_id: int, last_day: date, now: datetime, hand_over: bool = False) -> int:
    """End a unit with a day; returns how many open reports the actor knows it leaves to the unit above, or the agency.

    With open reports it is done only when `hand_over` says that this is wanted: `services.leaving` hands them over
    in batches, each as an event, and none is without an owner meanwhile. What the actor is named in is handed over in
    any case: neither a number, nor a refusal, nor the log tells of it. Errors: OrganisationError, with the number of
    units or reports that stand in the way.
    """
    unit = _open_unit(actor, unit_id)
    if fault := date_fault(last_day, today=office_day(now), not_before=unit.valid_from):
        raise OrganisationError(fault)
    if below := Unit.objects.filter(parent=unit, valid_to__isnull=True).count():
        raise OrganisationError(Fault.HAS_SUBUNITS, below)
    left = administration_selectors.open_reports(unit.pk, viewer=actor)
    if left and not hand_over:
        raise OrganisationError(Fault.HAS_OPEN_REPORTS, left)
    Unit.objects.filter(pk=unit.pk).update(valid_to=last_day, edited_at=now)
    _write(actor, Change.UNIT_DISSOLVED, unit, now, {"name": unit.name}, {"to": last_day})
    return left


@transaction.atomic
def change_contact(*, actor: Actor, agency_id: int, values: Mapping[str, str], now: datetime) -> None:
    """Change address, responsible office, web and mail address and phone of an agency. Errors: OrganisationError."""
    enter(actor, agency_id)
    agency = Agency.objects.get(pk=agency_id)
    changed = {name: values[name] for name in CONTACT if name in values and values[name] != getattr(agency, name)}
    if not changed:
        raise OrganisationError(Fault.NOTHING_CHANGES)
    before = {name: getattr(agency, name) for name in changed}
    Agency.objects.filter(pk=agency_id).update(**changed, edited_at=now)
    administration.write(
        actor=actor, kind=Change.AGENCY_CONTACT, now=now, agency_id=agency_id, before=before, after=changed
    )


def kinds_for(actor: Actor) -> frozenset[str]:
    """Return which kinds of units an actor may add: who is inspectorate or PPID of an agency, its admin says."""
    if isinstance(actor, LiaisonOfficer):
        return frozenset({UnitKind.SUBUNIT.value, UnitKind.TECHNICAL_UNIT.value})
    return frozenset(one.value for one in UnitKind)


def enter(actor: Actor, agency_id: int) -> None:
    """Let changes of one agency follow each other, and only those whose it is. Errors: OrganisationError."""
    if not may_edit(actor, agency_id=agency_id):
        raise OrganisationError(Fault.NOT_ALLOWED)
    _lock(agency_id)


def _enter_below(actor: Actor, agency_id: int, parent_id: int | None) -> None:
    """As `enter`, for what is to stand below a unit: below the own one that is the liaison officer's, too."""
    _lock(agency_id)  # the tree stays as it is while it is asked who may change it
    within = answers_for(actor, agency_id=agency_id, path=unit_path(parent_id))
    if not (within or may_edit(actor, agency_id=agency_id)):
        raise OrganisationError(Fault.NOT_ALLOWED)


def _lock(agency_id: int) -> None:
    found = Agency.objects.select_for_update(no_key=True).filter(pk=agency_id, valid_to__isnull=True)
    if found.first() is None:
        raise OrganisationError(Fault.IS_CLOSED)


def _open_unit(actor: Actor, unit_id: int) -> Unit:
    agency_id = Unit.objects.values_list("agency_id", flat=True).filter(pk=unit_id).first()
    if agency_id is None:
        raise OrganisationError(Fault.NOT_ALLOWED)
    _lock(agency_id)
    if not may_edit_unit(actor, agency_id=agency_id, unit_id=unit_id, path=unit_path(unit_id)):
        raise OrganisationError(Fault.NOT_ALLOWED)
    unit = Unit.objects.select_related("parent").get(pk=unit_id)
    if unit.valid_to is not None:
        raise OrganisationError(Fault.IS_CLOSED)
    return unit


def _parent(agency_id: int, parent_id: int | None) -> Unit | None:
    if parent_id is None:
        return None
    parent = Unit.objects.filter(pk=parent_id, agency_id=agency_id, valid_to__isnull=True).first()
    if parent is None:
        raise OrganisationError(Fault.UNKNOWN_PARENT)
    return parent


def _check_name(agency_id: int, name: str) -> None:
    if not name:
        raise OrganisationError(Fault.NAME_MISSING)
    if Unit.objects.filter(agency_id=agency_id, name__iexact=name, valid_to__isnull=True).exists():
        raise OrganisationError(Fault.NAME_TAKEN)


def _slug(agency_id: int, name: str) -> str:
    wanted = slugify(name)[:_LONGEST_SLUG].strip("-") or "unit"
    taken = set(Unit.objects.filter(agency_id=agency_id, slug__startswith=wanted).values_list("slug", flat=True))
    return next(one for n in count(1) if (one := wanted if n == 1 else f"{wanted}-{n}") not in taken)


def _write(
    actor: Actor, kind: Change, unit: Unit, now: datetime, before: administration.Values, after: administration.Values
) -> None:
    administration.write(
        actor=actor, kind=kind, now=now, agency_id=unit.agency_id, unit_id=unit.pk, before=before, after=after
    )
    log.info("organisation_changed", kind=kind.value, unit_id=unit.pk, by=user_of(actor))
