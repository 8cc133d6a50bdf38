"""Read the time limits in force. Public reference data: everyone may know it, so no viewer is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from tanggap.domain.case import Projection
from tanggap.domain.lifecycle import Action, rows
from tanggap.domain.limits import PART, LimitRule, Limits, LimitUnit, NoPolicyError, PolicyRules, inherit
from tanggap.domain.memos import MemoMode, is_wanted
from tanggap.models import ExtensionRule, MemoRule, Policy, Report, TimeLimit


def in_force(agency_id: int | None, on: date, *, newest: int | None = None) -> Limits:
    """Return the limits of an agency (None: national ones alone) for what is received on a day.

    The newest version of each policy counts; older ones are for `named`. `newest` spares a look where the id
    of the newest policy was read in this moment. Raises NoPolicyError for a day before the first policy
    (2018-12-01) or in a gap.
    """
    if newest is None:
        newest = Policy.objects.aggregate(newest=Max("pk"))["newest"]
    return _in_force(_database(), newest or 0, agency_id, on)


def newest_rules() -> tuple[int, int]:
    """Return the ids of the newest policy and of the newest calendar, in one look; 0 before any was loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT max(id) FROM tanggap_policy), (SELECT max(id) FROM tanggap_calendarversion)")
        policy, calendar = cursor.fetchone()
    return policy or 0, calendar or 0


def named(name: str) -> Limits:
    """Return the limits with this name (`Limits.name`), as they were when it was given.

    Policies never change, so the answer is remembered. Raises NoPolicyError for an unknown name.
    """
    return _named(_database(), name)


def counted_by_calendar() -> frozenset[tuple[int | None, str]]:
    """Return the clocks whose limit is not in working days, each with the agency whose rule says so (None: the law)."""
    rows = TimeLimit.objects.exclude(unit=LimitUnit.WORKING_DAYS.value)
    return frozenset(rows.values_list("policy__agency_id", "clock"))


def may_extend(agency_id: int) -> bool:
    """Say whether an agency may give more time for an answer: off until it was decided."""
    return bool(_extension_rules(agency_id).first())


def memo_mode(agency_id: int) -> MemoMode:
    """Return for which answers an agency wants a memo: for none until it was decided."""
    return MemoMode(_memo_rules(agency_id).first() or MemoMode.OFF)


def _extension_rules(agency_id: int) -> QuerySet[ExtensionRule, bool]:
    return ExtensionRule.objects.filter(agency_id=agency_id).order_by("-pk").values_list("is_on", flat=True)


def _memo_rules(agency_id: int) -> QuerySet[MemoRule, str]:
    return MemoRule.objects.filter(agency_id=agency_id).order_by("-pk").values_list("mode", flat=True)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an agency has decided for itself, as far as it concerns a report now."""

    may_extend: bool = False
    needs_memo: bool = False


def wishes(facts: Projection, *, extends: bool, mode: MemoMode) -> Wishes:
    """Return whether more time may be given for an answer, and whether it has to go out by a signed memo.

    `extends` and `mode` are what the agency has decided.
    """
    concerns = {action for action in (Action.REQUEST_EXTENSION, Action.ANSWER) if rows(action, facts.status)}
    if facts.owner_agency_id is None or not concerns:
        return Wishes()
    has_unit = facts.owner_unit_id is not None
    wanted = is_wanted(mode, has_unit=has_unit, supervisory=facts.supervisory, urgency=facts.urgency)
    if mode == MemoMode.GRAVE and has_unit and not wanted:
        wanted = _answers_grave_ones(facts)
    return Wishes(extends and Action.REQUEST_EXTENSION in concerns, wanted)


def _answers_grave_ones(facts: Projection) -> bool:
    """Say whether the answer to a report goes to a supervisory or urgent one of its cluster, too."""
    grave = Q(supervisory=True) | ~Q(urgency="")
    return bool(facts.member_ids) and Report.objects.filter(grave, pk__in=facts.member_ids).exists()


def current() -> QuerySet[Policy]:
    """Return the newest version of each policy, national ones first, with its rows."""
    newest = Policy.objects.annotate(
        place=Window(RowNumber(), partition_by=F("code"), order_by=F("version").desc())
    ).filter(place=1)
    return (
        newest.select_related("agency")
        .prefetch_related("limits")
        .order_by(F("agency").asc(nulls_first=True), "valid_from")
    )


def _database() -> str:
    # Clones of one database count their rows alike.
    return str(connection.settings_dict["NAME"])


def _in_force(database: str, newest: int, agency_id: int | None, on: date) -> Limits:
    found = tuple(
        policy
        for policy in _latest(database, newest, agency_id)
        if policy.valid_from <= on and (policy.valid_to is None or policy.valid_to >= on)
    )
    if not any(policy.agency_id is None for policy in found):
        first = Policy.objects.filter(agency__isnull=True).aggregate(first=Min("valid_from"))["first"]
        raise NoPolicyError(f"No national policy is in force on {on}: the first one begins on {first or 'no day'}.")
    return _together(database, found)


@lru_cache(maxsize=1024)
def _together(database: str, found: tuple[Policy, ...]) -> Limits:  # noqa: ARG001
    return _layers(found)


# The newest id is part of the key: a policy that is added makes every earlier answer a new question.
@lru_cache(maxsize=4096)
def _latest(database: str, newest: int, agency_id: int | None) -> tuple[Policy, ...]:  # noqa: ARG001
    """Return the newest version of each policy that an agency has to look at, national ones first."""
    scopes = Q(agency__isnull=True) if agency_id is None else Q(agency__isnull=True) | Q(agency_id=agency_id)
    latest = Policy.objects.filter(pk__lte=newest).order_by("code", "-version").distinct("code").values("pk")
    return tuple(
        Policy.objects.filter(scopes, pk__in=latest).order_by(F("agency").asc(nulls_first=True), "valid_from", "pk")
    )


@lru_cache(maxsize=1024)
def _named(database: str, name: str) -> Limits:  # noqa: ARG001
    return read(name)


def read(name: str) -> Limits:
    """Return the limits with this name as they stand in the database, without remembering them.

    For the loader, which looks at versions that it may yet take back. Raises NoPolicyError.
    """
    return _layers([_policy(key) for key in name.split(PART)])


def _layers(policies: Iterable[Policy]) -> Limits:
    ordered = sorted(policies, key=lambda policy: policy.agency_id is None)  # the local one wins
    return Limits(tuple(PolicyRules(str(policy), _rules(policy)) for policy in ordered))


def _rules(policy: Policy) -> tuple[LimitRule, ...]:
    own = tuple(
        LimitRule(
            clock=row.clock,
            classification=row.classification,
            supervisory=row.supervisory,
            count=row.count,
            unit=row.unit,
            article=row.article,
            basis=row.basis,
            since=row.since,
        )
        for row in policy.limits.order_by("pk")
    )
    return inherit(_rules(_policy(policy.inherits)), own) if policy.inherits else own


def _policy(key: str) -> Policy:
    code, _, version = key.partition("@")
    policy = Policy.objects.filter(code=code, version=version).first() if version.isdecimal() else None
    if policy is None:
        raise NoPolicyError(f"There is no policy {key}.")
    return policy
