"""Load the policies and their time limits: what changed becomes a new version, and nothing is ever overwritten.

A local policy may only be stricter than the national one. Whether it is, is decided by trying every
start day of the calendar.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.intake import Classification
from tanggap.domain.limits import Limits, looser_rules
from tanggap.domain.reference import BadRowsError, Change, Problem
from tanggap.domain.reference_rows import LimitRow, PolicyRow
from tanggap.models import Agency, Policy, TimeLimit
from tanggap.selectors import calendars as calendar_selectors
from tanggap.selectors import policies as policy_selectors

_LIMIT = ("clock", "classification", "supervisory", "count", "unit", "article", "basis", "since")

type _Content = tuple[object, ...]


def load(policies: Sequence[PolicyRow], limits: Sequence[LimitRow]) -> Change:
    """Bring the policies up to the files: each one that differs from its newest version gets another.

    A policy that inherits names the version it inherits from, so it changes with its parent. Must
    run inside a transaction, after agencies and calendar. Raises BadRowsError for a local policy that
    is looser than the national one.
    """
    agency_ids = dict(Agency.objects.values_list("slug", "pk"))
    newest = {policy.code: policy for policy in policy_selectors.current()}
    added = changed = unchanged = 0
    keys: dict[str, str] = {}
    for row in _parents_first(policies):
        before = newest.get(row.code)
        own = [limit for limit in limits if limit.policy == row.code]
        agency_id = agency_ids[row.agency] if row.agency else None
        inherits = keys.get(row.inherits, "")
        wanted = _content(row.basis, agency_id, row.valid_from, row.valid_to, inherits, own)
        if before is not None and wanted == _content_of(before):
            keys[row.code] = str(before)
            unchanged += 1
            continue
        policy = _write(row, own, agency_id=agency_id, inherits=inherits, version=1 + (before.version if before else 0))
        keys[row.code] = str(policy)
        added, changed = (added, changed + 1) if before else (added + 1, changed)
    _refuse_looser(policies, limits, agency_ids, keys)
    return Change("policies", added=added, changed=changed, unchanged=unchanged)


def _parents_first(policies: Iterable[PolicyRow]) -> list[PolicyRow]:
    waiting = list(policies)
    ordered: list[PolicyRow] = []
    done: set[str] = {""}
    while waiting:  # circles were refused by the checks
        ready = [row for row in waiting if row.inherits in done]
        ordered += ready
        done |= {row.code for row in ready}
        waiting = [row for row in waiting if row.code not in done]
    return ordered


def _content(
    basis: str,
    agency_id: int | None,
    valid_from: date,
    valid_to: date | None,
    inherits: str,
    limits: Iterable[LimitRow | TimeLimit],
) -> _Content:
    rows = frozenset(tuple(getattr(limit, name) for name in _LIMIT) for limit in limits)
    return basis, agency_id, valid_from, valid_to, inherits, rows


def _content_of(policy: Policy) -> _Content:
    return _content(
        policy.basis, policy.agency_id, policy.valid_from, policy.valid_to, policy.inherits, policy.limits.all()
    )


def _write(row: PolicyRow, limits: Iterable[LimitRow], *, agency_id: int | None, inherits: str, version: int) -> Policy:
    policy = Policy.objects.create(
        code=row.code,
        version=version,
        basis=row.basis,
        agency_id=agency_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        inherits=inherits,
    )
    TimeLimit.objects.bulk_create(
        TimeLimit(policy=policy, **{name: getattr(limit, name) for name in _LIMIT}) for limit in limits
    )
    return policy


def _refuse_looser(
    policies: Sequence[PolicyRow], limits: Sequence[LimitRow], agency_ids: dict[str, int], keys: dict[str, str]
) -> None:
    problems: list[Problem] = []
    version = calendar_selectors.current_version()
    national = [row for row in policies if not row.agency]
    for local in (row for row in policies if row.agency):
        calendar = calendar_selectors.working_calendar(agency_ids[local.agency], version)
        lines = {
            (row.clock, row.classification, row.supervisory): row.line for row in limits if row.policy == local.code
        }
        for above in national:
            if (period := _shared(local, above, calendar)) is not None:
                bound = policy_selectors.read(keys[above.code])
                problems += _looser(policy_selectors.read(keys[local.code]), bound, calendar, period, lines)
    if problems:
        raise BadRowsError(set(problems))


def _shared(local: PolicyRow, national: PolicyRow, calendar: WorkingCalendar) -> tuple[date, date] | None:
    """Return the days on which both policies are in force and the calendar is known."""
    first = max(local.valid_from, national.valid_from, calendar.first)
    last = min(local.valid_to or calendar.last, national.valid_to or calendar.last, calendar.last)
    return (first, last) if first <= last else None


def _looser(
    local: Limits,
    national: Limits,
    calendar: WorkingCalendar,
    period: tuple[date, date],
    lines: dict[tuple[str, str, bool | None], int],
) -> list[Problem]:
    rules = local.layers[0].rules
    return [
        Problem(
            "time_limits.csv",
            lines[found.rule.key],
            f"{found.rule.clock}: {found.rule.count} {found.rule.unit} is not as strict as the national "
            f"{found.national.count} {found.national.unit} ({found.national.policy}), for a start on {found.day}",
        )
        for found in looser_rules(rules, national, calendar, period, Classification)
    ]
