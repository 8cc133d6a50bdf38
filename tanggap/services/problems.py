"""Find problems that come again, take the office's cause and plan, measure after it, close it or open it anew.

Counted from publications alone: what is secret or not published is in no number here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from tanggap.domain import problems as domain
from tanggap.domain.actors import Actor, System, agency_of, user_of
from tanggap.domain.problems import LEASTS, LONGEST_PLAN, SPANS, TARGETS, Act, Fault, Side, State, decide
from tanggap.models import Problem, ProblemAct, ProblemRule
from tanggap.selectors import organisation
from tanggap.selectors import problems as selectors
from tanggap.services.accounts import office_day

LONGEST: Final = 2000

type Key = tuple[int, int | None, str, str]


class ProblemError(Exception):
    """An act was refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


# A month is that of the office's own clock; a place without a district says nothing of one.
_CELLS: Final = """
SELECT p.agency_id, p.unit_id, p.category_id, place.code,
       to_char(p.received_at AT TIME ZONE a.timezone, 'YYYY-MM'), count(*)
FROM tanggap_publication p
JOIN tanggap_agency a ON a.id = p.agency_id
JOIN tanggap_area place ON place.code = array_to_string((string_to_array(p.area_id, '.'))[:3], '.')
WHERE NOT p.is_stub AND p.category_id IS NOT NULL AND p.received_at >= %s AND place.level = 'district'
GROUP BY 1, 2, 3, 4, 5
"""
_MONTHS: Final = """
SELECT to_char(received_at AT TIME ZONE %(zone)s, 'YYYY-MM'),
       count(*) FILTER (WHERE category_id = %(category)s
                        AND (area_id = %(district)s OR area_id LIKE %(district)s || '.%%')), count(*)
FROM tanggap_publication
WHERE NOT is_stub AND agency_id = %(agency)s AND unit_id IS NOT DISTINCT FROM %(unit)s AND received_at >= %(since)s
GROUP BY 1
"""
_SINCE: Final = """
SELECT count(*) FROM tanggap_publication
WHERE NOT is_stub AND agency_id = %(agency)s AND unit_id IS NOT DISTINCT FROM %(unit)s AND received_at >= %(since)s
  AND category_id = %(category)s AND (area_id = %(district)s OR area_id LIKE %(district)s || '.%%')
"""


@transaction.atomic
def find(*, now: datetime) -> int:
    """Find what comes again, open what came back after its plan or its closing, and count all that is not closed.

    Return how many were found or opened. Twice changes nothing.
    """
    today = office_day(now)
    rules = selectors.rules()
    with connection.cursor() as cursor:
        # Two rounds at once would each find the same.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tanggap.problems.find'))")
    news = 0
    known = {_key(row): row for row in Problem.objects.select_for_update(of=("self",)).select_related("agency")}
    for key, by_month in _cells(domain.first_of(today, max(rules.spans) - 1)).items():
        least, span = rules.of(key[0])
        first = domain.first_of(today, span - 1)
        count = sum(by_month.get(month, 0) for month in domain.months(first, today))
        if count >= least:
            news += _meet(known.get(key), key, first, count, least, now)
    for row in Problem.objects.exclude(state=State.CLOSED.value).select_related("agency"):
        _count(row, now)
    return news


def _cells(since: date) -> dict[Key, dict[str, int]]:
    found: dict[Key, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [datetime(since.year, since.month, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))])
        for agency, unit, category, district, month, n in cursor.fetchall():
            found.setdefault((agency, unit, category, district), {})[month] = n
    return found


def _key(row: Problem) -> Key:
    return row.agency_id, row.unit_id, row.category_id, row.district_id


def _meet(row: Problem | None, key: Key, first: date, count: int, least: int, now: datetime) -> bool:
    """Open what is new, and what came back; what is open already, or has time for its plan, stays as it is."""
    today, data = office_day(now), {"count": count, "least": least, "since": first.isoformat()}
    if row is None:
        agency_id, unit_id, category, district = key
        made = Problem.objects.create(
            agency_id=agency_id,
            unit_id=unit_id,
            category_id=category,
            district_id=district,
            least=least,
            first_day=first,
            last_day=today,
            count=count,
            found_at=now,
            counted_at=now,
        )
        _append(made, Act.FIND, System(), now, data=data)
        return True
    after = _counts_from(row)
    if after is None or after > now or (again := _since(row, after)) < least:
        return False
    row.least, row.first_day, row.last_day, row.found_at, row.closed_at = least, first, today, now, None
    row.save(update_fields=["least", "first_day", "last_day", "found_at", "closed_at"])
    _append(row, Act.REOPEN, System(), now, data=data | {"again": again})
    return True


def _counts_from(row: Problem) -> datetime | None:
    """Return from when on reports count as having come back; None for what waits for its plan anyway."""
    match State(row.state):
        case State.CLOSED:
            return row.closed_at
        case State.PLANNED if row.done_on:
            following = row.done_on.toordinal() + 1
            return datetime.combine(date.fromordinal(following), datetime.min.time(), ZoneInfo(row.agency.timezone))
        case _:
            return None


def _asked(row: Problem, since: datetime) -> dict[str, Any]:
    return {
        "agency": row.agency_id,
        "unit": row.unit_id,
        "category": row.category_id,
        "district": row.district_id,
        "since": since,
        "zone": row.agency.timezone,
    }


def _since(row: Problem, since: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, _asked(row, since))
        (count,) = cursor.fetchone()
    return int(count)


def _count(row: Problem, now: datetime) -> None:
    """Count the months of a problem anew, from a while before it was found to the running one."""
    first = domain.counted_from(row.first_day)
    with connection.cursor() as cursor:
        cursor.execute(
            _MONTHS, _asked(row, datetime.combine(first, datetime.min.time(), ZoneInfo(row.agency.timezone)))
        )
        counts = {month: [one, every] for month, one, every in cursor.fetchall()}
    row.counts = counts
    row.count = sum(counts.get(month, (0, 0))[0] for month in domain.months(row.first_day, row.last_day))
    row.counted_at = now
    row.save(update_fields=["counts", "count", "counted_at"])


@transaction.atomic
def plan(*, actor: Actor, number: int, cause: str, text: str, done_on: date, now: datetime) -> Problem:
    """Say why it comes again, what will be done, and by which day. Errors: ProblemError."""
    row = _locked(actor, number, Act.PLAN)
    cause, text = cause.strip()[:LONGEST], text.strip()[:LONGEST]
    if not (cause and text):
        raise ProblemError(Fault.TEXT_MISSING)
    today = office_day(now)
    if not today <= done_on <= today + LONGEST_PLAN:
        raise ProblemError(Fault.DATE_PAST if done_on < today else Fault.DATE_FAR)
    row.cause, row.plan, row.done_on = cause, text, done_on
    row.save(update_fields=["cause", "plan", "done_on"])
    _append(row, Act.PLAN, actor, now, cause=cause, text=text, done_on=done_on)
    return row


@transaction.atomic
def close(*, actor: Actor, number: int, text: str, now: datetime) -> Problem:
    """Close it with what was measured after the plan. Errors: ProblemError."""
    row = _locked(actor, number, Act.CLOSE)
    if not text.strip():
        raise ProblemError(Fault.TEXT_MISSING)
    _count(row, now)
    measure = selectors.measure(row)
    if measure is None:
        raise ProblemError(Fault.TOO_EARLY)
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    _append(row, Act.CLOSE, actor, now, text=text.strip()[:LONGEST], data={"counts": row.counts})
    return row


@transaction.atomic
def set_rule(*, actor: Actor, least: int, months: int, now: datetime) -> ProblemRule:
    """Say from when on a problem comes again in the own agency; the national admin says it for all. ProblemError."""
    scope = selectors.rule_scope(actor)
    if scope is None:
        raise ProblemError(Fault.NOT_ALLOWED)
    if least not in LEASTS or months not in SPANS:
        raise ProblemError(Fault.OUT_OF_RANGE)
    agency_id = agency_of(actor) if scope == "agency" else None
    return ProblemRule.objects.create(
        agency_id=agency_id, least=least, months=months, decided_by_id=user_of(actor), decided_at=now
    )


def _locked(actor: Actor, number: int, act: Act) -> Problem:
    row = Problem.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=number).first()
    if row is None:
        raise ProblemError(Fault.NOT_ALLOWED)
    held: frozenset[Side] = domain.sides(
        actor, agency_id=row.agency_id, path=organisation.unit_path(row.unit_id) if row.unit_id else frozenset()
    )
    if fault := decide(act, held, State(row.state)):
        raise ProblemError(fault)
    return row


def _append(
    row: Problem,
    act: Act,
    actor: Actor,
    now: datetime,
    *,
    cause: str = "",
    text: str = "",
    done_on: date | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write an act and let the state follow."""
    row.act_count += 1
    row.state = TARGETS[act].value
    row.save(update_fields=["state", "act_count"])
    ProblemAct.objects.create(
        problem=row,
        seq=row.act_count,
        kind=act.value,
        at=now,
        by_id=user_of(actor),
        role=actor.role.value,
        cause=cause,
        text=text,
        done_on=done_on,
        data=dict(data or {}),
    )
