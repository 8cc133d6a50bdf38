"""Sign a memo (nota dinas): give it its number, have the paper made and signed, and let it become the answer.

The number is given out before the paper is made, because it stands on it; it stays with the report when the signature
fails, so that a second try takes the same one. What an agency wants of memos is decided here, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from tanggap.domain.actors import Officer
from tanggap.domain.case import Projection
from tanggap.domain.intake import Fault, StagedFile, clean
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.memos import NUMBER_LENGTH, MemoMode, Signature, SignedMemo, automatic_number
from tanggap.domain.moves import Move
from tanggap.domain.organisation import Change
from tanggap.domain.organisation import Fault as OrganisationFault
from tanggap.domain.policy import Denied, decide
from tanggap.domain.reasons import Reason
from tanggap.models import Attachment, MemoNumber, MemoRule, Report, Unit
from tanggap.selectors import policies
from tanggap.selectors import reports as report_selectors
from tanggap.services import administration, checks, organisation, reports
from tanggap.services.moves import MoveError, event_texts
from tanggap.services.reports import MovedOnError, NotAllowedError


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the paper of a memo is made of, when its number is known."""

    report: Report
    number: str
    on: date
    move: Move
    attachments: tuple[str, ...]  # the names of the files that go out with the answer


# Makes and signs the paper, and stores it; raises whatever keeps it from being signed.
type Press = Callable[[Wanted], tuple[StagedFile, Signature]]


def sign(
    *,
    actor: Officer,
    number: str,
    move: Move,
    typed: str,
    press: Press,
    link: Callable[[str], str],
    now: datetime,
    seen: int | None = None,
) -> Report:
    """Sign the memo of a report, and send its answer. Raises what `reports.act` raises, and what `press` raises.

    `typed` is a number that the office gives by itself, '' for the next one; `link` gives a stored file a second key.
    The paper is made outside of any transaction: a signature may take its time, and nothing is locked meanwhile. What
    happens to the report in that time ends it, so that no two memos bear the number that was taken for one.
    """
    wanted, evidence, count = _reserve(actor, number, move, typed, now=now, seen=seen)
    paper, signature = press(wanted)
    files = tuple(replace(file, key=link(file.key)) for file in evidence)
    signed = replace(move, memo=SignedMemo(wanted.number, wanted.on, paper, signature, files))
    return reports.act(actor=actor, number=number, action=Action.SIGN_MEMO, move=signed, now=now, seen=count)


@transaction.atomic
def _reserve(
    actor: Officer, number: str, move: Move, typed: str, *, now: datetime, seen: int | None
) -> tuple[Wanted, tuple[StagedFile, ...], int]:
    """Refuse what cannot be signed before anything is signed; return what the paper needs, with its number.

    And how many events the report had then.
    """
    report = report_selectors.locked(viewer=actor, number=number)
    events = report_selectors.events_of(report.pk)
    if seen is not None and reports.has_moved_on(events, seen):
        raise MovedOnError(seen, report.event_count)
    case = report_selectors.case_of(report, now=now, events=events)
    match decide(Action.SIGN_MEMO, actor=actor, case=case, move=replace(move, memo=_UNMADE)):
        case Denied(reason):
            raise NotAllowedError(reason)
    if not checks.is_answered(Action.ANSWER, report.pk, move):
        raise NotAllowedError(Reason.MISSING_CHECKS)
    event_texts(Action.SIGN_MEMO, move)
    evidence = _evidence(report, case.facts, move)
    on = now.astimezone(ZoneInfo(case.facts.zone)).date()
    given = _number(actor, report, events, clean(typed), on, now=now)
    return Wanted(report, given, on, move, tuple(file.name for file in evidence)), evidence, len(events)


_UNMADE = SignedMemo("", date.min, StagedFile("", "", 0, "", "", ""), Signature(""))


def _evidence(report: Report, facts: Projection, move: Move) -> tuple[StagedFile, ...]:
    """Return the files that go out with the answer: those that stay of the memo, and the new ones."""
    known = facts.memo.evidence if facts.memo else ()
    rows = Attachment.objects.filter(report=report, key__in=set(known) & set(move.evidence), erased_at=None)
    kept = tuple(
        StagedFile(
            key=row.key,
            sha256=bytes(row.sha256).hex(),
            size=row.size,
            media_type=row.media_type,
            kind=row.kind,
            name=row.name,
            is_publishable=row.kind == "image" and move.shows_evidence,
        )
        for row in rows.order_by("pk")
    )
    return (*kept, *move.files)


def _number(
    actor: Officer, report: Report, events: Sequence[EventRecord], typed: str, on: date, *, now: datetime
) -> str:
    """Give the report a number out of the year's register of its unit; raises MoveError for one that is taken."""
    if len(typed) > NUMBER_LENGTH[1]:
        raise MoveError("memo_number", Fault.TOO_LONG)
    # Numbers of one unit are given out one after the other.
    unit = Unit.objects.select_for_update(no_key=True).get(pk=report.owner_unit_id or 0)
    given = MemoNumber.objects.filter(unit=unit, year=on.year)
    used = {event.data["memo"]["number"] for event in events if event.kind == Action.SIGN_MEMO}
    mine = given.filter(report=report).exclude(number__in=used)
    if left := (mine.filter(number=typed) if typed else mine).order_by("pk").first():
        return left.number
    if typed and given.filter(number=typed).exists():
        raise MoveError("memo_number", Fault.TAKEN)
    serial = None if typed else (given.aggregate(last=Max("serial"))["last"] or 0) + 1
    number = typed or _free(serial or 0, unit, on.year)
    MemoNumber.objects.create(
        report=report, unit=unit, year=on.year, serial=serial, number=number, given_to_id=actor.user_id, given_at=now
    )
    return number


def _free(serial: int, unit: Unit, year: int) -> str:
    """Return a running number as it is written; one that was typed, or that another unit writes, gets a mark."""
    given = MemoNumber.objects.filter(unit__agency_id=unit.agency_id, year=year)
    name = (unit.short_name or unit.slug).upper().replace(" ", "-")
    number = automatic_number(serial, name, year)
    return number if not given.filter(number=number).exists() else f"{number}-{serial}"


@transaction.atomic
def change_mode(*, actor: Officer, agency_id: int, mode: MemoMode, now: datetime) -> None:
    """Decide for which answers an agency wants a memo. Errors: OrganisationError.

    Memos that were begun go on: they are finished as they were begun, or end with an answer.
    """
    organisation.enter(actor, agency_id)
    before = policies.memo_mode(agency_id)
    if before == mode:
        raise organisation.OrganisationError(OrganisationFault.NOTHING_CHANGES)
    MemoRule.objects.create(agency_id=agency_id, mode=mode.value, decided_by_id=actor.user_id, decided_at=now)
    administration.write(
        actor=actor,
        kind=Change.MEMO_MODE,
        now=now,
        agency_id=agency_id,
        before={"mode": before.value},
        after={"mode": mode.value},
    )
