"""The use cases of a report: hand it in, and act on it. One function, one transaction.

Lock the report, read its chain, decide, append the event, and let everything follow from it: the row,
the clocks, the publication, the messages.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from tanggap.domain import hiding
from tanggap.domain.actors import Actor, Reporter, System
from tanggap.domain.case import Case, Projection, project
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.drafts import place_of
from tanggap.domain.intake import Identity as Person
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Need, Transition, told_besides
from tanggap.domain.moves import Move
from tanggap.domain.policy import Allowed, Denied, consequence, decide
from tanggap.domain.reasons import Reason
from tanggap.domain.standing_in import IN_PLACE, in_whose_place
from tanggap.models import Deadline, NamedParty, Report
from tanggap.selectors import agencies, clusters, policies, surroundings
from tanggap.selectors import reports as report_selectors
from tanggap.selectors.surroundings import Surroundings
from tanggap.services import (
    chain,
    checks,
    closing_guard,
    columns,
    conflicts,
    copies,
    deadlines,
    drafts,
    followers,
    inserts,
    memo_events,
    messages,
    publications,
    updates,
    vault,
    watching,
)
from tanggap.services.moves import MoveError, event_data, event_texts


class NotAllowedError(Exception):
    """The act is refused; `reason` says why, and the door turns it into words and a status."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class MovedOnError(NotAllowedError):
    """The report is no longer where the person saw it; nothing was changed, and what was typed is kept."""

    def __init__(self, seen: int, now_at: int) -> None:
        super().__init__(Reason.WRONG_STATUS)
        self.seen, self.now_at = seen, now_at


@transaction.atomic
def act(
    *,
    actor: Actor,
    number: str,
    action: Action,
    now: datetime,
    move: Move | None = None,
    seen: int | None = None,
) -> Report:
    """Carry one action of the life cycle out, with everything that follows from its row of the table.

    `seen` is the count of events of the page on which the actor decided: when the report has moved on since,
    nothing is done. Raises reports.NotFoundError for what the actor may not know of, MovedOnError,
    NotAllowedError with a reason, and moves.MoveError where a value handed in cannot be (an unknown unit).
    """
    move = move or Move()
    report = _locked(actor, number, action, move)
    events = report_selectors.events_of(report.pk)
    if seen is not None and has_moved_on(events, seen):
        raise MovedOnError(seen, report.event_count)
    return act_on(report, events, report_selectors.clocks_of(report), actor=actor, action=action, move=move, now=now)


def act_on(
    report: Report,
    events: list[EventRecord],
    clocks: list[Deadline],
    *,
    actor: Actor,
    action: Action,
    move: Move,
    now: datetime,
) -> Report:
    """Carry an action out on a report that the caller has locked, with the events and the clocks read since.

    For whoever had to look at them before: `act` would lock and read all of it a second time. Raises what `act` does.
    """
    facts = project(events)
    was_confidential, draft = facts.is_confidential, place_of(action, memo=facts.memo.seq if facts.memo else None)
    around = surroundings.of(report.pk, facts, naming=move.named_units, for_act=True)
    case = report_selectors.make_case(report.pk, facts, now=now, clocks=clocks, around=around)
    match decide(action, actor=actor, case=case, move=move):
        case Denied(reason):
            raise NotAllowedError(reason)
        case Allowed(transition, to):
            if Need.CHECKS in transition.needs and not checks.is_answered(action, report.pk, move):
                raise NotAllowedError(Reason.MISSING_CHECKS)
            if held := closing_guard.held(action, report, move, now=now):
                return act_on(report, events, clocks, actor=actor, action=Action.HOLD_ANSWER, move=held, now=now)
            _apply(report, events, case, transition, to.value, clocks, around, actor=actor, move=move, now=now)
    change = followers.Change(action, move, facts, actor=actor, now=now, was_confidential=was_confidential)
    followers.reach(report, change, act=act, may=_may)
    copies.reach(report, change, act=act)
    _use_up(actor, report, action, move, draft=draft, now=now)
    if (goes_out := _goes_out(actor, report, events, facts, action, move)) is not None:
        author, answer = goes_out
        return act(actor=author, number=report.number, action=Action.ANSWER, now=now, move=answer)
    if follows := _follows(report, action, move, facts, now):
        then, how = follows
        act(actor=System(), number=report.number, action=then, move=how, now=now)
        report.refresh_from_db()
    return report


def _goes_out(
    actor: Actor, report: Report, events: Sequence[EventRecord], facts: Projection, action: Action, move: Move
) -> tuple[Actor, Move] | None:
    """Return the answer that an act lets go out, and whose it is: of a signed memo, or one that was held."""
    if action == Action.SIGN_MEMO:
        return actor, memo_events.answer(facts, move)
    if action == Action.RELEASE_ANSWER and facts.released_answer is not None:
        return closing_guard.released(report, events, facts.released_answer)
    return None


def has_moved_on(events: Sequence[EventRecord], seen: int) -> bool:
    """Say whether something happened since a page was made; that somebody was told of the lateness changes nothing."""
    return seen > len(events) or any(event.kind != Action.ESCALATE for event in events[seen:])


def _use_up(actor: Actor, report: Report, action: Action, move: Move, *, draft: str, now: datetime) -> None:
    """Throw the draft of what was done away, and know an answer's words again; what was typed for a member stays."""
    if move.carried is None:
        drafts.done(actor, report, draft)
        closing_guard.remember(action, report, move, now=now)


def _locked(actor: Actor, number: str, action: Action, move: Move) -> Report:
    """Lock the report, and before it all that the act may reach, in the order in which everybody locks them."""
    if move.carried is None and move.shared is None:
        if copies.concerns(action, move):
            clusters.lock_with_copies(number=number)
        elif action in followers.REACHES:
            clusters.lock_together(number=number)
    return report_selectors.locked(viewer=actor, number=number, also_in_place=action in IN_PLACE)


def _may(**values: Any) -> bool:
    """Carry an action out where it may be done; say whether it was."""
    try:
        act(**values)
    except (NotAllowedError, MoveError, report_selectors.NotFoundError):
        return False
    return True


def _follows(
    report: Report, action: Action, move: Move, facts: Projection, now: datetime
) -> tuple[Action, Move] | None:
    """Return what the system does at once after an act."""
    is_naming = bool(move.named_units or move.named_users)
    if found := conflicts.follows(report, conflicts.Parties.of(facts), on=_day(facts, now), is_naming=is_naming):
        return found
    asked = consequence(action, facts)
    return (asked, Move()) if asked else None


def _apply(
    report: Report,
    events: list[EventRecord],
    case: Case,
    transition: Transition,
    to: str,
    clocks: list[Deadline],
    around: Surroundings,
    *,
    actor: Actor,
    move: Move,
    now: datetime,
) -> Report:
    """Write the event of an allowed act, and let the row, clocks, publication and messages follow."""
    facts = case.facts
    was_asked = facts.reopen_asked_at is not None
    draft = _draft(report, case, transition, to, around, actor=actor, move=move, now=now)
    record, salts = chain.seal(report.number, draft, actor=actor, seq=facts.count + 1, previous=facts.head)
    row, texts, files = chain.rows(report.pk, draft, record, salts, event_id=around.event_id)
    inserts.together([[row], texts, files])
    settle(report, facts, [*events, record], now=now, title=draft.texts.get("title"), clocks=clocks)
    _name(report, draft.data)
    widens = not isinstance(actor, Reporter) and False in {draft.data.get("anonymous"), draft.data.get("confidential")}
    tells = transition.tells + told_besides(
        transition.action, reopenings=facts.reopen_count, was_asked=was_asked, widens=widens
    )
    tells = tells if move.carried is None else followers.own_notices(tells)
    if transition.action == Action.ERASE_IDENTITY:
        vault.erase_after_event(report.pk, now=now)
    watching.owe(report, transition.action, record.seq, has_followers=around.has_followers)
    # Who reported is told once, of the copy that it was done to.
    tells = tells if move.shared is None else ()
    messages.owe(report, row, tells, now=now, has_address=around.has_address)
    return report


def _draft(
    report: Report,
    case: Case,
    transition: Transition,
    to: str,
    around: Surroundings,
    *,
    actor: Actor,
    move: Move,
    now: datetime,
) -> chain.Draft:
    """Return the event of an allowed act as it is to be written. Raises MoveError for a value that cannot be."""
    facts = case.facts
    data = event_data(
        transition.action, actor=actor, report_id=report.pk, facts=facts, move=move, to=to, on=_day(facts, now)
    )
    if (late_id := in_whose_place(transition.action, actor=actor, case=case)) is not None:
        data["in_place_of"] = late_id
    owner_id: int = data.get("owner", {}).get("agency") or facts.owner_agency_id or 0
    zone = facts.zone if owner_id == facts.owner_agency_id else agencies.get(owner_id).timezone
    data |= rules_in_force(owner_id, zone, facts.received_at or now, newest=around.newest)
    return chain.Draft(
        action=transition.action,
        acted_at=now,
        recorded_at=now,
        from_status=facts.status.value,
        to_status=to,
        visibility=transition.visibility,
        data=data,
        texts=event_texts(transition.action, move),
        files=memo_events.files(move),
    )


def foreseen(
    report: Report, events: list[EventRecord], *, actor: Actor, action: Action, move: Move, now: datetime
) -> list[EventRecord]:
    """Return the chain of a report as an act would leave it, and write nothing.

    The event is decided on and made by what `act` uses. What a guard of the closing holds back, and what follows for
    other reports, is not foreseen. Raises NotAllowedError and MoveError as `act` does.
    """
    facts = project(events)
    around = surroundings.of(report.pk, facts, naming=move.named_units)
    clocks = report_selectors.clocks_of(report)
    case = report_selectors.make_case(report.pk, facts, now=now, clocks=clocks, around=around)
    match decide(action, actor=actor, case=case, move=move):
        case Denied(reason):
            raise NotAllowedError(reason)
        case Allowed(transition, to):
            if Need.CHECKS in transition.needs and not checks.is_answered(action, report.pk, move):
                raise NotAllowedError(Reason.MISSING_CHECKS)
            draft = _draft(report, case, transition, to.value, around, actor=actor, move=move, now=now)
    record, _salts = chain.seal(report.number, draft, actor=actor, seq=facts.count + 1, previous=facts.head)
    return [*events, record]


def _day(facts: Projection, now: datetime) -> date:
    return now.astimezone(ZoneInfo(facts.zone)).date()


def settle(
    report: Report,
    facts: Projection,
    events: list[EventRecord],
    *,
    now: datetime,
    title: str | None = None,
    clocks: list[Deadline] | None = None,
) -> list[ClockRun]:
    """Bring everything that is derived in line with a chain whose last event is new.

    `clocks` are the stored ones, where the caller has read them under the lock already.
    """
    facts.read(events[-1])
    runs = deadlines.compute(events)
    before = report.is_published
    values = columns.of(facts, runs, now=now) | ({"title": title} if title else {})
    if values["progress_at"] != report.progress_at:
        values["is_stale"] = False
    texts = None
    if title or events[-1].kind == Action.REDACT:
        texts = publications.texts_of(report.pk, events)
        values["desk_title"] = hiding.desk_title(events, texts)
    changed = [name for name, value in values.items() if getattr(report, name) != value]
    for name in changed:
        setattr(report, name, values[name])
    updates.rows(Report, [report.pk], {name: values[name] for name in changed})
    deadlines.store(report, runs, clocks)
    if before or report.is_published or facts.first_public_at is not None:
        publications.sync(report, facts, events, runs, now=now, texts=texts)
    return runs


def _name(report: Report, data: Mapping[str, Any]) -> None:
    """Write down whom the event names; what a move names besides, the event does not know, counts for nothing."""
    named = [NamedParty(report=report, unit_id=unit) for unit in data.get("named_units", ())]
    named += [NamedParty(report=report, user_id=user) for user in data.get("named_users", ())]
    if named:
        NamedParty.objects.bulk_create(named, ignore_conflicts=True)


def rules_in_force(
    agency_id: int, zone: str, received_at: datetime, *, newest: tuple[int, int] | None = None
) -> Mapping[str, Any]:
    """Return policy, calendar and zone that an event is written under.

    A report keeps the policy that was in force when it was received (D3.9), in the scope of the agency
    that owns it. `newest` are the ids of the newest policy and calendar, where the caller has just read them.
    """
    on = received_at.astimezone(ZoneInfo(zone)).date()
    policy, calendar = newest or policies.newest_rules()
    return {
        "policy": policies.in_force(agency_id, on, newest=policy).name,
        "calendar": calendar,
        "zone": zone,
    }


def open_identity(*, actor: Actor, number: str, reason: str, now: datetime) -> Person:
    """Return who the reporter is, after writing who looked, when and why into the chain (PDP: read log).

    Raises vault.NothingSealedError when the reporter told nothing; the look is on record all the same.
    """
    report = act(actor=actor, number=number, action=Action.OPEN_IDENTITY, move=Move(text=reason), now=now)
    return vault.open_after_event(report)


def set_own_visibility(
    *, actor: Reporter, number: str, is_anonymous: bool, is_confidential: bool, now: datetime
) -> Report:
    """Let a reporter turn the own flags, both ways."""
    move = Move(is_anonymous=is_anonymous, is_confidential=is_confidential)
    return act(actor=actor, number=number, action=Action.SET_VISIBILITY, move=move, now=now)
