"""Which officers a message goes to: those who have the report to do, never one who is named in it.

There is no viewer: the product itself asks, and what it gets are ids of accounts. Whether an officer
may still know of the report is asked again of the one wall (`selectors.reports`) when the mail goes out.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from tanggap.domain.actors import UNIT_OFFICERS, OfficeHolder, System
from tanggap.domain.appointments import WORKING_OFFICES, Office
from tanggap.domain.duty import on_duty
from tanggap.domain.lifecycle import Action
from tanggap.domain.notices import Audience
from tanggap.models import Appointment, Event, Report, Unit
from tanggap.selectors import accounts, duty, organisation, reports


def officers(report: Report, audience: Audience, *, on: date) -> list[int]:
    """Return the accounts of an audience on a day, without those named in the report themselves or by their unit.

    An audience of people who do not serve an office (the reporter, one officer) gives none.
    """
    who = _AUDIENCES.get(audience)
    return [] if who is None else _there(report, who(report, on), on)


def _receivers(report: Report, on: date) -> set[int]:
    if report.offered_agency_id is None:
        return set()
    return _serving(report, on, agency_id=report.offered_agency_id, unit_id=None)


def _extenders(report: Report, on: date) -> set[int]:
    return _arbiters(report, on) if report.extension_count > 0 else _admins(report, on)


def _arbiters(report: Report, on: date) -> set[int]:
    return _serving(report, on, agency_id=None, role=Office.NATIONAL_ADMIN.value)


def _ombudsman(report: Report, on: date) -> set[int]:
    officers_ = accounts.list_officers(viewer=System(), on=on).filter(role=Office.OMBUDSMAN.value)
    return but_for_the_named(report, on, officers_)


def _next_tier(report: Report, on: date) -> set[int]:
    return _heads(report, on) or _arbiters(report, on)


def _heads(report: Report, on: date) -> set[int]:
    """Return the heads of the agency and of the units that have the report."""
    heads = accounts.list_officers(viewer=System(), on=on, agency_id=report.owner_agency_id)
    over = Q(unit_id=None) | Q(unit_id__in=organisation.unit_path(report.owner_unit_id))
    return but_for_the_named(report, on, heads.filter(over, role=Office.HEAD.value))


def _there(report: Report, people: set[int], on: date) -> list[int]:
    """Return who of some people is there, with the deputies of the others; all of them where nobody is.

    Who stands in is asked as well whether the report is about them.
    """
    away = [leave for leave in duty.leaves(since=on) if leave.covers(on)]
    if not any(leave.user_id in people for leave in away):
        return sorted(people)
    found = on_duty(sorted(people), on=on, leaves=away, serving=duty.serving(on=on))
    offices = accounts.list_officers(viewer=System(), on=on).filter(user_id__in=found.deputies)
    deputies = but_for_the_named(report, on, offices) if found.deputies else set()
    return sorted({*found.present, *deputies} or people)


def _second_lookers(report: Report, on: date) -> set[int]:
    """Return who may look at a held answer: another admin of the agency, else the next tier."""
    author = {_author(report)}
    return _admins(report, on) - author or _arbiters(report, on) - author


def _authors(report: Report, on: date) -> set[int]:
    """Return the author of a held answer; where that one has left, whoever has the report."""
    return {_author(report)} & _serving(report, on) or _owners(report, on)


def _speakers(report: Report, on: date) -> set[int]:
    """Return who speaks for the unit that has the report, or the nearest one above; else the admins."""
    unit_id = report.owner_unit_id
    while unit_id is not None:
        if people := _serving(report, on, unit_id=unit_id, role__in=_SPEAKING) - {report.memo_by_id or 0}:
            return people
        unit_id = Unit.objects.values_list("parent_id", flat=True).get(pk=unit_id)
    return _admins(report, on)


def _preparers(report: Report, on: date) -> set[int]:
    """Return who wrote a memo that was returned; where that one has left, whoever has the report."""
    return {report.memo_by_id or 0} & _serving(report, on) or _owners(report, on)


def _askers(report: Report, _on: date) -> set[int]:
    """Return who asked for a report to be opened again, when that was decided; whether they may know, others ask."""
    kinds = [Action.ASK_REOPEN.value, Action.REFUSE_REOPEN.value, Action.REOPEN.value]
    asked = Event.objects.filter(report=report, kind__in=kinds).order_by("-seq").values_list("kind", "user_id")[:2]
    return {user_id for kind, user_id in asked if kind == Action.ASK_REOPEN and user_id is not None}


def _deciders(report: Report, on: date) -> set[int]:
    """Return who decides about the last proposal: by the table of proposals, never who made it."""
    last = Event.objects.filter(report=report, kind=Action.PROPOSE.value).order_by("-seq").first()
    if last is None or last.user_id is None:
        return set()
    kind = Action(last.data["proposal"]["kind"])
    people = _speakers(report, on) if kind == Action.REQUEST_DATA else _admins(report, on)
    return people - {last.user_id} or _arbiters(report, on) - {last.user_id}


def _proposers(report: Report, on: date) -> set[int]:
    """Return whose proposal was decided last; where that one has left, whoever has the report."""
    decisions = Event.objects.filter(report=report, kind__in=[Action.AGREE.value, Action.REFUSE_PROPOSAL.value])
    decided = decisions.order_by("-seq").values_list("data__decides", flat=True).first()
    asked = Event.objects.filter(report=report, seq=decided or 0).values_list("user_id", flat=True).first()
    return {asked or 0} & _serving(report, on, agency_id=None) or _owners(report, on)


def _author(report: Report) -> int:
    """Return who wrote the last answer that was held; 0 for none."""
    held = Event.objects.filter(report=report, kind=Action.HOLD_ANSWER.value).order_by("-seq")
    return held.values_list("user_id", flat=True).first() or 0


def supporters(report: Report, office: Mapping[str, int | None], *, on: date) -> list[int]:
    """Return the officers of an office that an event asks to support."""
    return sorted(_serving(report, on, agency_id=office["agency"], unit_id=office["unit"]))


def auditors(report: Report, *, on: date) -> list[int]:
    """Return the inspectorate's officers where the report is supervisory: they are reminded too (DOMAIN 3.5)."""
    if report.supervisory is not True:
        return []
    return sorted(_serving(report, on, role=Office.INTERNAL_AUDITOR.value))


def may_receive(user_id: int, report: Report, *, on: date) -> bool:
    """Say whether an officer still holds an office that may know of the report."""
    return any(_knows(actor, report) for actor in accounts.officers_of(user_id, on))


def may_receive_of(user_id: int, numbers: Iterable[str], *, on: date) -> frozenset[str]:
    """Return those of these reports that an officer may still know of, in any office."""
    numbers = list(numbers)
    offices = accounts.officers_of(user_id, on)
    return frozenset().union(*(reports.known(viewer=actor, numbers=numbers) for actor in offices))


def _knows(actor: OfficeHolder, report: Report) -> bool:
    try:
        reports.get(viewer=actor, number=report.number)
    except reports.NotFoundError:
        return False
    return True


def _owners(report: Report, on: date) -> set[int]:
    """Return the officers of the owning unit; where nobody is in post, of the nearest unit above, else the admins."""
    unit_id = report.owner_unit_id
    while unit_id is not None:
        if people := _serving(report, on, unit_id=unit_id):
            return people
        unit_id = Unit.objects.values_list("parent_id", flat=True).get(pk=unit_id)
    return _admins(report, on)


def _admins(report: Report, on: date) -> set[int]:
    return _serving(report, on, unit_id=None)


def _owners_and_above(report: Report, on: date) -> set[int]:
    above = _next_tier if report.owner_unit_id is None else _admins
    return _owners(report, on) | above(report, on)


_OWNERS: Final = -1
_SPEAKING: Final = sorted(role.value for role in UNIT_OFFICERS)
# Heads and overseers look when they wish; what they are told of has rows of its own.
_WORKING: Final = sorted(office.value for office in WORKING_OFFICES)


def _serving(report: Report, on: date, *, agency_id: int | None = _OWNERS, **where: Any) -> set[int]:
    """Return who serves an agency (that of the report, unless another or None for all is named), but for the named."""
    agency = report.owner_agency_id if agency_id == _OWNERS else agency_id
    offices = accounts.list_officers(viewer=System(), on=on, agency_id=agency).filter(role__in=_WORKING).filter(**where)
    return but_for_the_named(report, on, offices)


def but_for_the_named(report: Report, on: date, offices: QuerySet[Appointment]) -> set[int]:
    """Return who holds these offices, without those whom the report names, themselves or by their unit."""
    pairs = offices.order_by().values_list("user_id", "unit_id")
    named = list(report.named.values_list("user_id", "unit_id"))
    users = excluded(
        (user_id for user_id, _unit in named if user_id is not None),
        (unit_id for _user, unit_id in named if unit_id is not None),
        on=on,
    )
    return {user_id for user_id, _unit in pairs if user_id not in users}


def excluded(users: Iterable[int], units: Iterable[int], *, on: date) -> set[int]:
    """Return whom a report is about that names these accounts and units.

    Whoever serves a named unit, or has served it, is left out in every office, not in that one alone (ADR 0083).
    """
    below = organisation.units_below(units)
    served = accounts.served(on).filter(unit_id__in=list(below)) if below else ()
    return {*users, *(user_id for user_id, _unit in served)}


_AUDIENCES: Final[Mapping[Audience, Callable[[Report, date], set[int]]]] = {
    Audience.OWNER: _owners,
    Audience.ADMINS: _admins,
    Audience.OWNER_AND_ADMINS: lambda report, on: _owners(report, on) | _admins(report, on),
    Audience.OWNER_AND_ABOVE: _owners_and_above,
    Audience.RECEIVER: _receivers,
    Audience.EXTENDERS: _extenders,
    Audience.SECOND_LOOK: _second_lookers,
    Audience.AUTHOR: _authors,
    Audience.DECIDERS: _deciders,
    Audience.PROPOSER: _proposers,
    Audience.SPEAKERS: _speakers,
    Audience.PREPARER: _preparers,
    Audience.HEADS: _heads,
    Audience.NEXT_TIER: _next_tier,
    Audience.ARBITERS: _arbiters,
    Audience.OMBUDSMAN: _ombudsman,
    Audience.ASKER: _askers,
}
