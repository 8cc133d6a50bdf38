"""What else must hold before an act of the table: one small function each, named in the table of guards.

A guard is asked without a move too: whether there is anything that the actor could hand in.
"""

from collections.abc import Callable

from tanggap.domain import answer_guards, assignment_guards, formal, proposal_guards, transfer_guards, verdicts
from tanggap.domain.actors import (
    Actor,
    NationalAdmin,
    Ombudsman,
    Reporter,
    System,
    user_of,
)
from tanggap.domain.behalf import came_in_time
from tanggap.domain.case import Case
from tanggap.domain.clocks import CLOCKS, STATUTORY, Clock
from tanggap.domain.clusters import alone, has_members, is_member, may_join, may_lead
from tanggap.domain.edits import may_edit
from tanggap.domain.handing_on import MOST_EXTENSIONS
from tanggap.domain.intake import clean
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import ARCHIVE_RULES
from tanggap.domain.reasons import Reason

type Guard = Callable[[Actor, Case, Move | None], Reason | None]


def _second_look(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """An appeal is decided by another admin than the one who archived; a question ends it, too, by silence."""
    if case.facts.is_appealed and user_of(actor) == case.facts.archived_by:
        return Reason.SAME_OFFICER
    return None


def _archive_rule(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    if move is None or move.archive_reason is None:
        return None
    rule = ARCHIVE_RULES[move.archive_reason]
    if rule.needs_supplied_data and not case.facts.data_was_supplied:
        return Reason.NEEDS_DATA_REQUEST
    return None


def _archive_pair(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Some reasons hurt when wrong: proposed by one officer, confirmed by a second."""
    if move is None or move.archive_reason is None or not ARCHIVE_RULES[move.archive_reason].needs_second_officer:
        return None
    proposer = case.facts.proposals.get(move.archive_reason)
    if proposer is None:
        return Reason.NEEDS_SECOND_OFFICER
    return Reason.SAME_OFFICER if proposer == user_of(actor) else None


def _within(window: Clock) -> Guard:
    def guard(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
        if isinstance(actor, NationalAdmin) or window in case.open_windows:
            return None
        return Reason.WINDOW_CLOSED

    return guard


def _may_appeal(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.facts.may_appeal else Reason.NO_APPEAL


def _names_somebody(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Nothing is taken from an agency unless the report is about its people."""
    return None if case.facts.named_user_ids | case.facts.named_unit_ids else Reason.NOT_YET


def _was_published(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What is hidden of one copy is hidden of those that are not published yet too."""
    is_public = case.facts.first_public_at is not None or isinstance(actor, System)
    return None if is_public else Reason.NOT_PUBLISHED


def _may_reopen(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """In the window; and as long as a promise whose day has come is not said to be kept (D3.8)."""
    return None if case.facts.promise_asked else _within(Clock.REOPEN_WINDOW)(actor, case, move)


def _expired(clock: Clock) -> Guard:
    def guard(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
        return None if clock in case.expired else Reason.NOT_YET

    return guard


def _has_outcome(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.facts.outcome else Reason.MISSING_OUTCOME


REMINDERS_BEFORE_EXPIRY = 2


def _was_reminded(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.reminders_sent >= REMINDERS_BEFORE_EXPIRY else Reason.NOT_YET


def _narrows(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A reporter turns an own flag both ways; an officer only makes a report more secret.

    What officers alone set by mistake the national admin takes back, for a reason that the reporter reads (D1.9): never
    of a supervisory report, nor where other reports carry the same words (ADR 0047).
    """
    if move is None or isinstance(actor, Reporter):
        return None
    facts = case.facts
    flags = ((move.is_anonymous, facts.anonymous_by), (move.is_confidential, facts.confidential_by))
    lifted = [by for said, by in flags if said is False]
    if not lifted:
        return None
    is_copied = bool(facts.parts or facts.part_of)
    is_officers = all(by == {"officer"} for by in lifted)
    if not isinstance(actor, NationalAdmin) or facts.supervisory is True or is_copied or not is_officers:
        return Reason.NEVER_WIDEN
    return None if clean(move.text) else Reason.MISSING_TEXT


def _is_late(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    late = {clock for clock in case.expired if not CLOCKS[clock].is_reporters}
    return None if late else Reason.NOT_LATE


def _may_ask_for_time(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """More time is asked for before the date passes, never after; what the law itself says is not asked about."""
    if not case.may_extend:
        return Reason.EXTENSION_OFF
    if case.facts.asked_until is not None:
        return Reason.EXTENSION_ASKED
    if case.facts.extension_count >= MOST_EXTENSIONS:
        return Reason.EXTENDED_ENOUGH
    return None if Clock.RESOLVE in case.open_windows else Reason.NO_TIME_TO_EXTEND


def _decides_about_time(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """The agency's admin the first time, the next tier the second; never who asked."""
    if case.facts.asked_until is None:
        return Reason.EXTENSION_NOT_ASKED
    if user_of(actor) == case.facts.asked_by:
        return Reason.SAME_OFFICER
    is_second = case.facts.extension_count > 0
    return Reason.NEXT_TIER_DECIDES if is_second != isinstance(actor, NationalAdmin) else None


def _is_in_time(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    if not case.may_extend:
        return Reason.EXTENSION_OFF
    return None if Clock.RESOLVE in case.open_windows else Reason.NO_TIME_TO_EXTEND


def _may_support(actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """Support is another office than the one that has the report, and never one that the report is about."""
    if move is None:
        return None
    facts = case.facts
    if move.unit_id is not None:
        if move.unit_id in case.named_below:
            return Reason.DESTINATION_IS_NAMED
        if isinstance(actor, NationalAdmin):
            return Reason.DESTINATION_ELSEWHERE
        return Reason.SUPPORTS_ALREADY if move.unit_id in facts.supporting_unit_ids | {facts.owner_unit_id} else None
    taken = facts.supporting_agency_ids | {facts.owner_agency_id}
    return Reason.SUPPORTS_ALREADY if move.agency_id in taken else None


def _supports_now(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    facts = case.facts
    if move is None or (move.unit_id is None and move.agency_id is None):
        return None if facts.supporting_agency_ids | facts.supporting_unit_ids else Reason.NOT_SUPPORTING
    is_one = move.unit_id in facts.supporting_unit_ids or move.agency_id in facts.supporting_agency_ids
    return None if is_one else Reason.NOT_SUPPORTING


def _next_step(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """A step is taken once, while its clock stays run out: silent as soon as it is answered (REQ-7)."""
    if move is None or move.escalation is None:
        return _is_late(_actor, case, move)
    step = move.escalation
    if step.clock not in case.expired:
        return Reason.NOT_LATE
    taken = case.facts.escalated.get(step.key, ())
    return Reason.ALREADY_TOLD if any(place >= step.step for place, _people in taken) else None


def _law_was_not_kept(_actor: Actor, case: Case, move: Move | None) -> Reason | None:
    """The road to the Ombudsman opens when the law's date has passed, or an appeal was decided (UU 25/2009 Ps 46)."""
    if not (STATUTORY & case.expired or case.facts.appeal_was_decided):
        return Reason.LAW_NOT_PASSED
    same = move is not None and case.facts.handed_over == frozenset(part.value for part in move.consent) != frozenset()
    return Reason.NOTHING_CHANGES if same else None


def _is_handed_over(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.facts.handed_over else Reason.NOT_HANDED_OVER


def _not_yet_accepted(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return Reason.HANDOVER_ACCEPTED if case.facts.handover_accepted_at is not None else None


def _may_ask_to_reopen(actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """One asks at a time; the Ombudsman only about what it was handed."""
    if isinstance(actor, Ombudsman) and not case.facts.handed_over:
        return Reason.NOT_HANDED_OVER
    return Reason.REOPEN_ASKED if case.facts.reopen_asked_at is not None else None


def _was_asked_to_reopen(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return Reason.REOPEN_NOT_ASKED if case.facts.reopen_asked_at is None else None


def _has_identity(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.facts.has_identity else Reason.NOTHING_SEALED


def _may_split(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """What is offered, disputed, or a part already is not divided: it has to have one place to come from."""
    if case.facts.part_of:
        return Reason.IS_A_PART
    if case.facts.offered_agency_id is not None:
        return Reason.OFFER_RUNS
    return Reason.IS_DISPUTED if case.facts.is_disputed else None


def _parts_are_over(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return Reason.NOT_YET if case.open_parts else None


def _a_part_is_open(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return None if case.facts.parts and case.open_parts else Reason.NOT_YET


def _is_whole(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    return Reason.REOPEN_A_PART if case.facts.parts else None


def _was_written_to(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """A message answers a message; what a reporter adds unasked belongs to the report (T9a)."""
    return None if case.facts.was_written_to else Reason.NOT_YET


GUARDS: dict[Action, tuple[Guard, ...]] = {
    Action.ESCALATE_OMBUDSMAN: (_law_was_not_kept,),
    Action.WITHDRAW_CONSENT: (_is_handed_over,),
    Action.OPEN_HANDOVER: (_is_handed_over,),
    Action.ACCEPT_HANDOVER: (_is_handed_over, _not_yet_accepted),
    Action.DECLINE_HANDOVER: (_is_handed_over, _not_yet_accepted),
    Action.ERASE_IDENTITY: (_has_identity,),
    Action.HAND_TO_PPID: (alone, formal.may_be_handed),
    Action.EXTEND_FORMAL: (formal.may_take_longer,),
    Action.OBJECT_FORMAL: (formal.may_object,),
    Action.VERIFY_AND_ASSIGN: (_second_look, assignment_guards.destination, verdicts.stays_supervisory),
    Action.MANAGE_SELF: (_second_look, assignment_guards.not_oneself, verdicts.stays_supervisory),
    Action.ASSIGN_TO_UNIT: (assignment_guards.looked_at_alone, assignment_guards.destination),
    Action.ACCEPT_ASSIGNMENT: (assignment_guards.not_taken_on,),
    Action.TAKE_BACK: (assignment_guards.not_taken_on,),
    Action.HAND_OVER: (assignment_guards.unit_is_not_named,),
    Action.EDIT: (may_edit,),
    Action.SUPPLY_DATA: (came_in_time,),
    Action.RETURN: (_second_look, transfer_guards.not_at_the_top, transfer_guards.proposes_another, formal.not_formal),
    Action.REFUSE_TRANSFER: (transfer_guards.proposes_another,),
    Action.ANSWER: (answer_guards.by_memo, answer_guards.is_released, answer_guards.shows_field_work),
    Action.HOLD_ANSWER: (answer_guards.is_held, answer_guards.shows_field_work),
    Action.SUBMIT_MEMO: (answer_guards.memo_wanted, answer_guards.may_submit, answer_guards.shows_field_work),
    Action.CHECK_MEMO: (answer_guards.another_checks,),
    Action.RETURN_MEMO: (answer_guards.memo_waits,),
    Action.SIGN_MEMO: (answer_guards.memo_wanted, answer_guards.shows_field_work),
    Action.REDACT: (_was_published,),
    Action.LIFT: (_names_somebody,),
    Action.ASK_SCHEDULE: (answer_guards.is_promised, answer_guards.is_not_asked),
    Action.CONFIRM_SCHEDULE: (answer_guards.is_promised, answer_guards.shows_files),
    Action.RESCHEDULE: (answer_guards.is_promised,),
    Action.RELEASE_ANSWER: (answer_guards.another_looks,),
    Action.SEND_BACK_ANSWER: (answer_guards.another_looks,),
    Action.CLOSE_MANUAL: (answer_guards.keeps_outcome,),
    Action.PROPOSE_ARCHIVE: (_second_look, _archive_rule, formal.not_formal),
    Action.ARCHIVE: (alone, _second_look, _archive_rule, _archive_pair, formal.not_formal),
    Action.APPEAL: (_may_appeal, _within(Clock.APPEAL)),
    Action.REOPEN: (_is_whole, _may_reopen),
    Action.ASK_REOPEN: (_is_whole, _may_ask_to_reopen),
    Action.REFUSE_REOPEN: (_was_asked_to_reopen,),
    Action.RATE: (_within(Clock.REOPEN_WINDOW),),
    Action.AUTO_CLOSE: (_expired(Clock.AUTO_CLOSE), _has_outcome),
    Action.DATA_DEADLINE_PASSED: (_expired(Clock.DATA_REQUEST), _was_reminded),
    Action.SET_VISIBILITY: (_narrows,),
    Action.OPEN_IDENTITY: (proposal_guards.opens_identity,),
    Action.OPEN_ORIGINAL: (proposal_guards.opens_original,),
    Action.TRANSFER: (alone, transfer_guards.may_offer, formal.not_formal),
    Action.DISPUTE: (transfer_guards.cannot_agree,),
    Action.DECIDE_OWNER: (alone, transfer_guards.new_owner, formal.may_be_decided),
    Action.NUDGE: (_is_late,),
    Action.RECLASSIFY: (
        verdicts.stays_supervisory,
        verdicts.names_where_supervisory,
        verdicts.changes_something,
        formal.not_formal,
    ),
    # An unanswered question ends a report (T10), and while it is asked nobody answers and nobody may object.
    Action.REQUEST_DATA: (_second_look, formal.not_formal),
    Action.TAKE: (assignment_guards.works_there, assignment_guards.not_mine_yet),
    Action.ENTRUST: (assignment_guards.works_there, assignment_guards.to_another),
    Action.RELEASE: (assignment_guards.is_taken,),
    Action.SPLIT: (alone, _second_look, _may_split, formal.not_formal),
    Action.CLOSE_PARTS: (_parts_are_over,),
    Action.REOPEN_PARTS: (_a_part_is_open,),
    Action.ADD_SUPPORT: (_may_support,),
    Action.END_SUPPORT: (_supports_now,),
    Action.REQUEST_EXTENSION: (_may_ask_for_time,),
    Action.GRANT_EXTENSION: (_decides_about_time, _is_in_time),
    Action.REFUSE_EXTENSION: (_decides_about_time,),
    Action.ESCALATE: (_next_step,),
    Action.MERGE: (may_join, formal.not_formal),
    Action.TAKE_IN: (may_lead, formal.not_formal),
    Action.UNMERGE: (is_member,),
    Action.LET_GO: (has_members,),
    Action.MESSAGE_OFFICE: (_was_written_to,),
    Action.PROPOSE: (proposal_guards.may_propose,),
    Action.AGREE: (proposal_guards.agrees,),
    Action.REFUSE_PROPOSAL: (proposal_guards.decides,),
}
