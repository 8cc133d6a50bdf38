"""Reports as an officer or their reporter may see them: one wall, and everything starts from it (REQ-31).

Missing and forbidden are the same error. The public reads `selectors.publications`, never this.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.transaction import TransactionManagementError

from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    Anyone,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Officer,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
    Watcher,
    units_of,
    user_of,
)
from tanggap.domain.case import Case, Projection, project
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.intake import Classification
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import OPEN
from tanggap.domain.notices import Notice
from tanggap.domain.standing_in import UNDONE
from tanggap.models import Deadline, Message, NamedParty, Report
from tanggap.selectors import organisation, patterns, policies, prepared, surroundings
from tanggap.selectors.surroundings import Surroundings

# In the place of a number that is not known yet; no number looks like it.
_NUMBER: Final = "<number>"
# What is fetched with a report that is shown.
_NAMES: Final = ("owner_agency", "owner_unit", "category", "area", "destination")

type _Ask = Callable[[QuerySet[Report]], prepared.Kept[Report]]


class NotFoundError(LookupError):
    """There is no such report, or this viewer may not know of it."""


def _visible(viewer: Actor, *, in_one: bool = False) -> QuerySet[Report]:
    """Decide, once, which reports each kind of viewer may know of (D1.9).

    `in_one` asks for the units of the viewer in the same statement, where the planner need not know them.
    """
    reports = Report.objects.all()
    match viewer:
        case System():
            return reports
        case NationalAdmin():
            return not_named(reports, viewer)
        case AgencyAdmin() | UnitAdmin() | LiaisonOfficer() | InternalAuditor():
            has, besides = _of_office(viewer, in_one=in_one)
            return not_named(reports.filter(has | besides), viewer)
        case Head() | RegionalOverseer() | Overseer() | Evaluator() | Ombudsman():
            return not_named(_watched(viewer), viewer)
        case Reporter(report_id=report_id):
            return reports.filter(pk=report_id)
        case Anyone():
            return reports.none()


def _below(unit_id: int, *, in_one: bool) -> tuple[Any, Any]:
    """Return a unit and those below it, as what a column can be one of and as an array."""
    if in_one:
        below = organisation.BELOW
        return RawSQL(below, [[unit_id]]), RawSQL(f"ARRAY({below})", [[unit_id]])  # noqa: S611 - constants with a parameter
    found = sorted(organisation.units_below([unit_id]))
    return found, found


type _Office = AgencyAdmin | UnitAdmin | LiaisonOfficer | InternalAuditor


def _of_office(viewer: _Office, *, in_one: bool = False) -> tuple[Q, Q]:
    """Return what an office has, and what it may know of besides.

    The reports of one unit are said by the unit alone, which is of one agency for ever: to say the agency, too, keeps
    the planner from the index of the unit, as it takes the two for independent. No index has those of several units
    in order; with their agency, its index can be walked.
    """
    agency_id = viewer.agency_id
    if isinstance(viewer, AgencyAdmin):
        # Who is offered a report reads it; who handed it on reads on (REQ-13).
        had = Q(former_agency_ids__contains=[agency_id]) & ~Q(former_agency_ids=[])
        helps = Q(supporting_agency_ids__contains=[agency_id]) & ~Q(supporting_agency_ids=[])
        return Q(owner_agency_id=agency_id), Q(offered_agency_id=agency_id) | had | helps
    below, as_array = _below(viewer.unit_id, in_one=in_one)
    besides = Q(supporting_unit_ids__overlap=as_array) & ~Q(supporting_unit_ids=[])
    if isinstance(viewer, InternalAuditor):
        besides |= Q(supervisory=True)
    in_agency = Q(owner_agency_id=agency_id)
    has = Q(owner_unit_id__in=below)
    return has if not in_one and len(below) == 1 else has & in_agency, besides & in_agency


def known(*, viewer: Actor, numbers: Iterable[str]) -> frozenset[str]:
    """Return those of these numbers that are reports which the viewer may know of."""
    return frozenset(readable(viewer=viewer, numbers=numbers))


def watched(*, viewer: Watcher) -> QuerySet[Report]:
    """Return the reports that a watcher may know of, for the selectors of oversight."""
    return _visible(viewer)


def _watched(viewer: Watcher) -> QuerySet[Report]:
    """Decide which reports each kind of watcher may know of; how much of one is read, `domain.privacy` says.

    A head knows of all that the own office has. An overseer knows of what is not secret; of secret reports there
    are counts. The Ombudsman knows of what a reporter has handed over, as long as the consent lasts. Evaluators see
    figures and what everybody sees, so they know of no report here.
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
        case Ombudsman():
            return reports.filter(handed_over_at__isnull=False)
        case Evaluator():
            return reports.none()


def not_named(reports: QuerySet[Report], viewer: Actor) -> QuerySet[Report]:
    """Leave out what the officer, or the officer's unit, is named in: it is excluded everywhere, not only to act."""
    named = NamedParty.objects.filter(report_id=OuterRef("pk")).filter(_names(viewer))
    return reports.filter(~Exists(named))


def in_place(*, viewer: Actor) -> QuerySet[Report]:
    """Return what an admin may verify in the place of an agency that the own one oversees (ADR 0039), nobody else any.

    No part of what is `visible`: neither search, exports, counts nor notes tell of it. All that it asks is on the row,
    so that it holds for the row as it is after a lock: late by the clock of the verification, not secret.
    """
    if not isinstance(viewer, AgencyAdmin):
        return Report.objects.none()
    late = Report.objects.filter(
        owner_agency_id__in=viewer.verifies_for,
        status__in=sorted(UNDONE),
        is_overdue=True,
        due_clock=Clock.VERIFY.value,
        is_confidential=False,
    )
    return not_named(late, viewer)


def _names(viewer: Actor) -> Q:
    names = Q(user_id=user_of(viewer))
    if units := units_of(viewer):
        names |= Q(unit_id__in=RawSQL(organisation.ABOVE, [sorted(units)]))  # noqa: S611 - a constant with a parameter
    return names


def excluded(*, viewer: Actor) -> QuerySet[Report]:
    """Return the reports that the viewer's counters hold but the viewer is named in: to be taken off a count."""
    return Report.objects.filter(Exists(NamedParty.objects.filter(report_id=OuterRef("pk")).filter(_names(viewer))))


def visible(*, viewer: Actor, in_one: bool = False) -> QuerySet[Report]:
    """Return what the viewer may know of, for other selectors to join their own rows to.

    `in_one`: for who begins with few rows and has no statement to spare.
    """
    return _visible(viewer, in_one=in_one)


def owned(*, viewer: Officer) -> QuerySet[Report]:
    """Return what the own office has, in which a viewer may be named still: for `selectors.queues`."""
    if isinstance(viewer, NationalAdmin):
        return Report.objects.filter(owner_agency_id=viewer.agency_id)
    return Report.objects.filter(_of_office(viewer)[0])


def visible_in_parts(*, viewer: Officer) -> tuple[QuerySet[Report], QuerySet[Report] | None]:
    """Return what `visible` returns in two parts that share no report: what the office has, and the little besides.

    Together they are an OR, of which no index knows the order; what an office has is one walk through an index.
    """
    if isinstance(viewer, NationalAdmin):
        return _visible(viewer), None
    has, besides = _of_office(viewer)
    rows = Report.objects.all()
    return not_named(rows.filter(has), viewer), not_named(rows.filter(besides).exclude(has), viewer)


def get(*, viewer: Actor, number: str, also_in_place: bool = False) -> Report:
    """Return one report with its names fetched; raises NotFoundError alike for unknown and forbidden.

    `also_in_place`: for a door that shows or does what somebody needs who verifies in an agency's place.
    """
    return _one(viewer, number, _to_read, also_in_place=also_in_place)


def _to_read(wall: QuerySet[Report]) -> prepared.Kept[Report]:
    return prepared.keep(wall.select_related(*_NAMES))


def _to_lock(wall: QuerySet[Report]) -> prepared.Kept[Report]:
    return prepared.keep(wall.select_for_update(of=("self",)))


def _one(viewer: Actor, number: str, ask: _Ask, *, also_in_place: bool) -> Report:
    """Return the report of a number from behind the walls to look behind; most is found behind the first."""
    pattern = patterns.of(viewer)
    asked = _question(viewer, ask) if pattern is None else _known_question(pattern[0], ask)
    places = {_NUMBER: number, **(pattern[1] if pattern else {})}
    found = asked.rows(places) if asked else []
    if not found and also_in_place and (asked := _known_question(viewer, ask, in_its_place=True)):
        found = asked.rows(places)
    if not found:
        raise NotFoundError(number)
    return found[0]


def _question(viewer: Actor, ask: _Ask, *, in_its_place: bool = False) -> prepared.Kept[Report] | None:
    wall = in_place(viewer=viewer) if in_its_place else _visible(viewer, in_one=True)
    try:
        # A number is one report's: to put one row in order is work for nothing.
        return ask(wall.filter(number=_NUMBER))
    except EmptyResultSet:  # whoever may know of nothing
        return None


_known_question = lru_cache(maxsize=4096)(_question)


def any_exist() -> bool:
    """Say whether this installation has any report at all; for set-up and the command line only."""
    return Report.objects.exists()


def known_numbers(numbers: Iterable[str]) -> frozenset[str]:
    """Return which of the numbers are taken; for set-up and the command line only."""
    return frozenset(Report.objects.filter(number__in=list(numbers)).values_list("number", flat=True))


def locked(*, viewer: Actor, number: str, also_in_place: bool = False) -> Report:
    """Return one report, locked until the transaction ends; raises NotFoundError as `get` does.

    Who may know of it is decided on the row as it is after the lock.
    """
    if connection.get_autocommit():
        raise TransactionManagementError("A lock outlives no statement without a transaction.")
    return _one(viewer, number, _to_lock, also_in_place=also_in_place)


def own(*, viewer: Reporter) -> Report:
    """Return the one report that a reporter's capability is for; raises NotFoundError."""
    found = _visible(viewer).select_related(*_NAMES).first()
    if found is None:
        raise NotFoundError(viewer.report_id)
    return found


def still_late(*, viewer: Actor, ids: Iterable[int]) -> frozenset[int]:
    """Return which of some reports are late, among those that the viewer may know of."""
    return frozenset(_visible(viewer).filter(pk__in=list(ids), is_overdue=True).values_list("pk", flat=True))


def events_of(report_id: int) -> list[EventRecord]:
    """Return the whole chain of a report, for services and pages that have got the report by `get`."""
    return [
        EventRecord(*(*row[:11], json.loads(row[11]), json.loads(row[12]), *row[13:]))
        for row in prepared.fetch(_EVENTS, [report_id])
    ]


_EVENTS: Final = """
SELECT seq, kind, acted_at, recorded_at, role, user_id, agency_id, unit_id, from_status, to_status, visibility,
    data, commitments, nonce, previous_hash, hash
FROM tanggap_event WHERE report_id = %s ORDER BY seq
"""


def clocks_of(report: Report) -> list[Deadline]:
    """Return all clocks of a report that was locked, in no order."""
    asked = f"SELECT {prepared.columns_of(Deadline)} FROM tanggap_deadline WHERE report_id = %s"  # noqa: S608 - names of the model
    clocks = prepared.rows(Deadline, asked, [report.pk])
    for clock in clocks:
        clock.report = report
    return clocks


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
    around: Surroundings | None = None,
) -> Case:
    """Return the case of a projection: its place in the organisation and its open and expired clocks.

    `clocks` are the stored clocks of the report, and `around` is what surrounds it, where the caller has read them.
    What lies below a unit that is being named is no destination either: that caller says so to `surroundings.of`.
    """
    around = around or surroundings.of(report_id, facts)
    if clocks is None:
        clocks = prepared.rows(Deadline, _RUNNING.format(prepared.columns_of(Deadline)), [report_id])
    live = [(Clock(row.clock), row.due_at) for row in clocks if row.stopped_at is None and not row.is_paused]
    expired = frozenset(clock for clock, due_at in live if due_at < now)
    wishes = policies.wishes(facts, extends=around.extends, mode=around.memo_mode)
    return Case(
        report_id=report_id,
        facts=facts,
        owner_path=around.owner_path,
        named_below=around.named_below,
        open_parts=parts_of(facts).filter(status__in=OPEN).count() if facts.parts else 0,
        support_path=around.support_path,
        open_windows=frozenset(clock for clock, due_at in live if due_at >= now),
        expired=expired,
        reminders_sent=_reminders(report_id) if Clock.DATA_REQUEST in expired else 0,
        needs_memo=wishes.needs_memo,
        may_extend=wishes.may_extend,
        ppid_unit_id=around.ppid_unit_id if facts.classification == Classification.INFORMATION_REQUEST else None,
        identity_open_to=frozenset(user for user, (until, _seq) in facts.identity_open.items() if until >= now),
    )


_RUNNING: Final = "SELECT {} FROM tanggap_deadline WHERE report_id = %s AND stopped_at IS NULL AND NOT is_paused"


def readable(*, viewer: Actor, numbers: Iterable[str]) -> dict[str, str]:
    """Return the status of each of these reports that the viewer may know of, by number."""
    return dict(_visible(viewer).filter(number__in=list(numbers)).values_list("number", "status"))


def parts_of(facts: Projection) -> QuerySet[Report]:
    """Return the reports that a report was divided into, in their order, for who has got that report."""
    return Report.objects.filter(number__in=facts.parts).order_by("pk")


def copies_of(facts: Projection, report: Report) -> QuerySet[Report]:
    """Return the other reports that carry the words of a report: its whole and its parts, for who has got it."""
    whole = facts.part_of or report.number
    same_words = Q(number=whole) | (Q(part_of=whole) & ~Q(part_of=""))
    return Report.objects.filter(same_words).exclude(pk=report.pk).order_by("pk")


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
