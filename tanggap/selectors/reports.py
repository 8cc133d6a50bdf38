"""Reports as an officer or their reporter may see them: one wall, and everything starts from it (REQ-31).

Missing and forbidden are the same error. The public reads `selectors.publications`, never this.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    Anyone,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
    Watcher,
    unit_of,
    user_of,
)
from tanggap.domain.case import Case, Projection, project
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import OPEN, STATUSES, Family, Holder, Status
from tanggap.domain.notices import Notice
from tanggap.models import Deadline, Event, Message, NamedParty, Report
from tanggap.selectors import opaque, organisation


class NotFoundError(LookupError):
    """There is no such report, or this viewer may not know of it."""


def _visible(viewer: Actor) -> QuerySet[Report]:
    """Decide, once, which reports each kind of viewer may know of (D1.9)."""
    reports = Report.objects.all()
    match viewer:
        case System():
            return reports
        case NationalAdmin():
            return _not_named(reports, viewer)
        case AgencyAdmin(agency_id=agency_id):
            # Who is offered a report reads it; who handed it on reads on (REQ-13).
            has = Q(owner_agency_id=agency_id) | Q(offered_agency_id=agency_id)
            had = Q(former_agency_ids__contains=[agency_id]) & ~Q(former_agency_ids=[])
            return _not_named(reports.filter(has | had), viewer)
        case UnitAdmin() | LiaisonOfficer() | InternalAuditor():
            return _not_named(reports.filter(_of_unit(viewer), owner_agency_id=viewer.agency_id), viewer)
        case Head() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman():
            return _not_named(_watched(viewer), viewer)
        case Reporter(report_id=report_id):
            return reports.filter(pk=report_id)
        case Anyone():
            return reports.none()


def _of_unit(viewer: UnitAdmin | LiaisonOfficer | InternalAuditor) -> Q:
    mine = Q(owner_unit_id__in=organisation.units_below([viewer.unit_id]))
    return mine | Q(supervisory=True) if isinstance(viewer, InternalAuditor) else mine


def _watched(viewer: Watcher) -> QuerySet[Report]:
    """Decide which reports each kind of watcher may know of; how much of one is read, `domain.privacy` says.

    A head knows of all that the own office has. An overseer knows of what is not secret; of secret reports there
    are counts. Evaluators see figures and what everybody sees, so they know of no report here.
    """
    reports = Report.objects.all()
    match viewer:
        case Head(agency_id=agency_id, unit_id=int(unit_id)):
            return reports.filter(owner_agency_id=agency_id, owner_unit_id__in=organisation.units_below([unit_id]))
        case Head(agency_id=agency_id):
            return reports.filter(owner_agency_id=agency_id)
        case RegionalOverseer(overseen=overseen):
            return reports.filter(owner_agency_id__in=overseen, is_confidential=False)
        case Overseer():
            return reports.filter(is_confidential=False)
        case Evaluator() | Ombudsman():
            return reports.none()


def _listed(viewer: Actor, scope: "Scope") -> QuerySet[Report]:
    """Return what a list is made of, within what the viewer may know of: one index for each scope."""
    match viewer, scope:
        case AgencyAdmin(agency_id=agency_id), Scope.OFFERED:
            return _not_named(Report.objects.filter(offered_agency_id=agency_id), viewer)
        case AgencyAdmin(agency_id=agency_id), Scope.FORMER:
            had = Report.objects.filter(former_agency_ids__contains=[agency_id]).exclude(former_agency_ids=[])
            return _not_named(had, viewer)
        case NationalAdmin(), Scope.OFFERED:
            return _not_named(Report.objects.filter(is_disputed=True), viewer)
        case AgencyAdmin(agency_id=agency_id), _:
            return _not_named(Report.objects.filter(owner_agency_id=agency_id), viewer)
        case _:
            return _visible(viewer)


def _not_named(reports: QuerySet[Report], viewer: Actor) -> QuerySet[Report]:
    """Leave out what the officer, or the officer's unit, is named in: it is excluded everywhere, not only to act."""
    named = NamedParty.objects.filter(report_id=OuterRef("pk")).filter(_names(viewer))
    return reports.filter(~Exists(named))


def _names(viewer: Actor) -> Q:
    names = Q(user_id=user_of(viewer))
    if unit_id := unit_of(viewer):
        names |= Q(unit_id__in=RawSQL(organisation.ABOVE, [unit_id]))  # noqa: S611 - a constant with a parameter
    return names


def excluded(*, viewer: Actor) -> QuerySet[Report]:
    """Return the reports that the viewer's counters hold but the viewer is named in: to be taken off a count."""
    return Report.objects.filter(Exists(NamedParty.objects.filter(report_id=OuterRef("pk")).filter(_names(viewer))))


def get(*, viewer: Actor, number: str) -> Report:
    """Return one report with its names fetched; raises NotFoundError alike for unknown and forbidden."""
    found = (
        _visible(viewer)
        .select_related("owner_agency", "owner_unit", "category", "area", "destination")
        .filter(number=number)
        .first()
    )
    if found is None:
        raise NotFoundError(number)
    return found


def any_exist() -> bool:
    """Say whether this installation has any report at all; for set-up and the command line only."""
    return Report.objects.exists()


def known_numbers(numbers: Iterable[str]) -> frozenset[str]:
    """Return which of the numbers are taken; for set-up and the command line only."""
    return frozenset(Report.objects.filter(number__in=list(numbers)).values_list("number", flat=True))


def locked(*, viewer: Actor, number: str) -> Report:
    """Return one report, locked until the transaction ends; raises NotFoundError as `get` does.

    Who may know of it is decided on the row as it is after the lock.
    """
    found = _visible(viewer).select_for_update(of=("self",)).filter(number=number).first()
    if found is None:
        raise NotFoundError(number)
    return found


class Scope(StrEnum):
    """Whose reports a list of the desk shows, within what the viewer may see."""

    OWN = "own"  # the own units; the own agency; for a national admin the national queue
    ALL = "all"  # whatever the viewer may see
    OFFERED = "offered"  # what another agency wants to hand over, and an arbiter's disputes
    FORMER = "former"  # what was handed on
    SUPERVISORY = "supervisory"  # what an inspectorate looks into


def own(*, viewer: Reporter) -> Report:
    """Return the one report that a reporter's capability is for; raises NotFoundError."""
    names = ("owner_agency", "owner_unit", "category", "area", "destination")
    found = _visible(viewer).select_related(*names).first()
    if found is None:
        raise NotFoundError(viewer.report_id)
    return found


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list of the desk; empty values narrow nothing."""

    family: Family | None = None
    is_overdue: bool = False
    owes_me: bool = False
    category: str = ""
    classification: str = ""
    unit_id: int | None = None
    area: str = ""
    scope: Scope = Scope.ALL


class Row(NamedTuple):
    """What the list of the desk shows of a report; the names of its offices, category and place are `names`'."""

    pk: int
    number: str
    title: str
    status: str
    urgency: str
    urgency_rank: int
    due_at: datetime | None
    owner_agency_id: int
    owner_unit_id: int | None
    category_id: str | None
    area_id: str | None
    supervisory: bool | None
    is_anonymous: bool
    is_confidential: bool
    last_acted_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the keys to the next."""

    rows: Sequence[Row]
    after: str  # '' when there is nothing more


PAGE = 25


def list_(*, viewer: Actor, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """Return a page of the desk: open work by due date and urgency, what is over by the newest act.

    `after` is the key that the page before gave; a key that was not given is as none.
    """
    reports = _filtered(_scoped(_listed(viewer, filters.scope), viewer, filters), filters)
    is_over = filters.family is not None and not _statuses(filters.family) & OPEN
    if is_over:
        reports = reports.order_by("-last_acted_at", "-id")
    else:
        # What is owed is open by its own condition; saying it twice misleads the planner's estimates.
        reports = reports if filters.owes_me else reports.filter(status__in=OPEN)
        reports = reports.order_by("due_at", "urgency_rank", "id")
    if key := _read_key(after):
        reports = reports.filter(_after_over(key) if is_over else _after_open(key))
    rows = [Row(*values) for values in reports.values_list(*Row._fields)[: size + 1]]
    more = rows[size:]
    rows = rows[:size]
    return Page(rows=rows, after=_write_key(rows[-1], is_over=is_over) if more else "")


# Row comparison, which PostgreSQL answers from the index of the order.
def _after_open(key: tuple[datetime, int, int]) -> TupleGreaterThan:
    return TupleGreaterThan(Tuple("due_at", "urgency_rank", "id"), key)


def _after_over(key: tuple[datetime, int, int]) -> TupleLessThan:
    return TupleLessThan(Tuple("last_acted_at", "id"), (key[0], key[2]))


# Sealed: the primary key of a report counts all reports, those included that this officer may not know of.
def _write_key(row: Row, *, is_over: bool) -> str:
    at = row.last_acted_at if is_over or row.due_at is None else row.due_at
    return opaque.seal(_KEY, [at.isoformat(), row.urgency_rank, row.pk])


def _read_key(text: str) -> tuple[datetime, int, int] | None:
    parts = opaque.open_(_KEY, text)
    return None if parts is None else (datetime.fromisoformat(parts[0]), parts[1], parts[2])


_KEY = "key of the desk's list"


def _statuses(family: Family) -> frozenset[Status]:
    return frozenset(status for status, spec in STATUSES.items() if spec.family == family)


# Who must make the next step, read from the table. An admin also owes what no unit has been given:
# the conditions are those of the partial index report_owed_admin, so that the list is one walk through it.
_HELD_BY_ADMIN = sorted(status.value for status, spec in STATUSES.items() if spec.holder == Holder.ADMIN)
HELD_BY_OFFICER = sorted(status.value for status, spec in STATUSES.items() if spec.holder == Holder.OFFICER)
OWED_BY_ADMIN = Q(status__in=_HELD_BY_ADMIN) | Q(owner_unit__isnull=True, status__in=HELD_BY_OFFICER)


def _scoped(reports: QuerySet[Report], viewer: Actor, filters: Filters) -> QuerySet[Report]:
    """Narrow a list to the viewer's own desk, and to what the viewer owes."""
    if filters.scope == Scope.SUPERVISORY:
        reports = reports.filter(supervisory=True)
    is_own = filters.scope == Scope.OWN or filters.owes_me
    match viewer:
        case NationalAdmin(agency_id=agency_id):
            mine, owed = Q(owner_agency_id=agency_id), OWED_BY_ADMIN
        case AgencyAdmin():
            mine, owed = Q(), OWED_BY_ADMIN
        case InternalAuditor(unit_id=unit_id) if is_own:
            below = RawSQL(organisation.BELOW, [[unit_id]])  # noqa: S611 - a constant with a parameter
            mine, owed = Q(owner_unit_id__in=below), Q(status__in=HELD_BY_OFFICER)
        case _:
            mine, owed = Q(), Q(status__in=HELD_BY_OFFICER)
    reports = reports.filter(mine) if is_own else reports
    return reports.filter(owed) if filters.owes_me else reports


def _filtered(reports: QuerySet[Report], filters: Filters) -> QuerySet[Report]:
    if filters.family is not None:
        reports = reports.filter(status__in=_statuses(filters.family))
    if filters.is_overdue:
        reports = reports.filter(is_overdue=True)
    if filters.category:
        reports = reports.filter(Q(category_id=filters.category) | Q(category__parent_id=filters.category))
    if filters.classification:
        reports = reports.filter(classification=filters.classification)
    if filters.unit_id is not None:
        reports = reports.filter(owner_unit_id=filters.unit_id)
    if filters.area:
        reports = reports.filter(Q(area_id=filters.area) | Q(area__code__startswith=f"{filters.area}."))
    return reports


def events_of(report_id: int) -> list[EventRecord]:
    """Return the whole chain of a report, for services and pages that have got the report by `get`."""
    return [row.as_record() for row in Event.objects.filter(report_id=report_id).order_by("seq")]


def case_of(report: Report, *, now: datetime, events: Sequence[EventRecord] | None = None) -> Case:
    """Return the report as `policy` sees it now."""
    facts = project(events if events is not None else events_of(report.pk))
    return make_case(report.pk, facts, now=now)


def make_case(
    report_id: int,
    facts: Projection,
    *,
    now: datetime,
    clocks: Iterable[Deadline] | None = None,
    naming: Iterable[int] = (),
) -> Case:
    """Return the case of a projection: its place in the organisation and its open and expired clocks.

    `clocks` are the stored clocks of the report, where the caller has read them. `naming` are units that are
    being named: what lies below them is no destination either.
    """
    if clocks is None:
        clocks = Deadline.objects.filter(report_id=report_id, stopped_at=None, is_paused=False)
    live = [(Clock(row.clock), row.due_at) for row in clocks if row.stopped_at is None and not row.is_paused]
    expired = frozenset(clock for clock, due_at in live if due_at < now)
    return Case(
        report_id=report_id,
        facts=facts,
        owner_path=organisation.unit_path(facts.owner_unit_id),
        named_below=organisation.units_below({*facts.named_unit_ids, *naming}),
        open_windows=frozenset(clock for clock, due_at in live if due_at >= now),
        expired=expired,
        reminders_sent=_reminders(report_id) if Clock.DATA_REQUEST in expired else 0,
    )


def _reminders(report_id: int) -> int:
    """Count the reminders of the data request that runs now; an earlier request had its own."""
    asked = Deadline.objects.filter(report_id=report_id, clock=Clock.DATA_REQUEST.value).order_by("-run")
    since = asked.values("started_at")[:1]
    told = Message.objects.filter(report_id=report_id, notice=Notice.DATA_REMINDER.value)
    return told.filter(created_at__gte=Subquery(since)).count()


def deadlines(report_id: int, *, shown_only: bool = False) -> list[Deadline]:
    """Return the clocks of a report that was got by `get`, in the order in which they started."""
    rows = Deadline.objects.filter(report_id=report_id).order_by("started_at", "pk")
    return [row for row in rows if not shown_only or CLOCKS[Clock(row.clock)].is_shown]
