"""The life cycle of a report as two tables: what is true in each status, and who may move it where.

Buttons, rights, clocks, notices, diagram and tests are read from these tables. No module outside
`tanggap.domain` compares statuses: it asks the tables. The T numbers are those of SP4N-LAPOR!'s
transitions as described in docs/lifecycle.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tanggap.domain.actors import ADMINS, DESK, OFFICERS, UNIT_OFFICERS, Role
from tanggap.domain.needs import Need
from tanggap.domain.notices import Notice
from tanggap.domain.statuses import OPEN, OVER, STATUSES, Family, Holder, Status, StatusSpec

# Whoever asks for a status, or for what a move needs, asks here, where the moves are.
__all__ = ["OPEN", "OVER", "STATUSES", "Family", "Holder", "Need", "Status", "StatusSpec"]


class Action(StrEnum):
    """What can be done to a report; the code is written into its events."""

    SUBMIT = "submit"
    EDIT = "edit"  # by the reporter, until somebody has verified it
    IMPORT = "import"  # the past of a report that another system kept
    VERIFY_AND_ASSIGN = "verify_and_assign"
    MANAGE_SELF = "manage_self"
    ASSIGN_TO_UNIT = "assign_to_unit"
    ACCEPT_ASSIGNMENT = "accept_assignment"
    PROPOSE_RETURN = "propose_return"
    RETURN_TO_ADMIN = "return_to_admin"
    TAKE_BACK = "take_back"
    HAND_OVER = "hand_over"
    RETURN = "return"
    REQUEST_DATA = "request_data"
    SUPPLY_DATA = "supply_data"
    DATA_DEADLINE_PASSED = "data_deadline_passed"
    FOLLOW_UP = "follow_up"
    ANSWER = "answer"
    HOLD_ANSWER = "hold_answer"
    RELEASE_ANSWER = "release_answer"
    SEND_BACK_ANSWER = "send_back_answer"
    SUBMIT_MEMO = "submit_memo"  # nota dinas: the answer as it is put before who signs it
    CHECK_MEMO = "check_memo"
    RETURN_MEMO = "return_memo"
    SIGN_MEMO = "sign_memo"
    ASK_SCHEDULE = "ask_schedule"
    CONFIRM_SCHEDULE = "confirm_schedule"
    RESCHEDULE = "reschedule"
    REPORTER_REPLY = "reporter_reply"
    CONFIRM_DONE = "confirm_done"
    AUTO_CLOSE = "auto_close"
    CLOSE_MANUAL = "close_manual"
    REOPEN = "reopen"
    ASK_REOPEN = "ask_reopen"  # an overseer asks, the national admin decides
    REFUSE_REOPEN = "refuse_reopen"
    PROPOSE_ARCHIVE = "propose_archive"
    ARCHIVE = "archive"
    APPEAL = "appeal"
    ADD_INFORMATION = "add_information"
    RATE = "rate"
    SET_VISIBILITY = "set_visibility"
    WITHDRAW = "withdraw"
    CONFIRM_TEXT = "confirm_text"
    OPEN_IDENTITY = "open_identity"
    OPEN_ORIGINAL = "open_original"
    RECOMPUTE = "recompute"
    REDACT = "redact"
    LIFT = "lift"  # to the next tier: all who could decide are named
    TRANSFER = "transfer"
    ACCEPT_TRANSFER = "accept_transfer"
    REFUSE_TRANSFER = "refuse_transfer"
    DISPUTE = "dispute"
    DECIDE_OWNER = "decide_owner"
    NUDGE = "nudge"
    RECLASSIFY = "reclassify"
    ESCALATE_OMBUDSMAN = "escalate_ombudsman"
    WITHDRAW_CONSENT = "withdraw_consent"
    OPEN_HANDOVER = "open_handover"
    ACCEPT_HANDOVER = "accept_handover"
    DECLINE_HANDOVER = "decline_handover"
    ERASE_IDENTITY = "erase_identity"
    HAND_TO_PPID = "hand_to_ppid"
    EXTEND_FORMAL = "extend_formal"
    OBJECT_FORMAL = "object_formal"
    TAKE = "take"
    ENTRUST = "entrust"
    RELEASE = "release"
    REQUEST_EXTENSION = "request_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    SPLIT = "split"
    CLOSE_PARTS = "close_parts"
    REOPEN_PARTS = "reopen_parts"
    ADD_SUPPORT = "add_support"
    END_SUPPORT = "end_support"
    CONTRIBUTE = "contribute"
    SUPPORT_FOLLOW_UP = "support_follow_up"
    ESCALATE = "escalate"
    MERGE = "merge"  # into the cluster of another report, which leads it
    UNMERGE = "unmerge"
    TAKE_IN = "take_in"  # the lead's side of a merge
    LET_GO = "let_go"
    MESSAGE_REPORTER = "message_reporter"
    MESSAGE_OFFICE = "message_office"
    PROPOSE = "propose"  # a deed that somebody else decides about (`domain.proposals`)
    AGREE = "agree"  # a second officer, to the opening of a hidden identity
    REFUSE_PROPOSAL = "refuse_proposal"


class Target(StrEnum):
    """Where a transition leads when that is not one fixed status."""

    SAME = "same"
    BACK = "back"  # to the status before the data request
    SOURCE = "source"  # where the system that it comes from says it stands


class Visibility(StrEnum):
    """Who may read an event and its text (a text that is public was redacted first)."""

    PUBLIC = "public"
    REPORTER = "reporter"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: an action, from where to where, who may, what is needed, who is told."""

    action: Action
    sources: frozenset[Status]
    target: Status | Target
    roles: frozenset[Role]
    needs: frozenset[Need] = frozenset()
    tells: tuple[Notice, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    code: str = ""  # the T number

    def leads_from(self, status: Status, previous: Status | None) -> Status:
        """Return the status after the action; `previous` is the one before a data request."""
        match self.target:
            case Target.SAME | Target.SOURCE:
                return status
            case Target.BACK:
                return previous or Status.UNVERIFIED
            case _:
                return self.target


_A, _S, _N, _R = Action, Status, Need, Role
_REPORTER = frozenset({Role.REPORTER})
_SYSTEM, _AGENCY = frozenset({Role.SYSTEM}), frozenset({Role.AGENCY_ADMIN})
_WORKED = frozenset({Status.ASSIGNED, Status.IN_PROGRESS})
# Where a promise may wait for its day.
PROMISED = frozenset({Status.ANSWERED, Status.CLOSED})
_CHECKED = frozenset({Need.TEXT, Need.CHECKS})
_BROUGHT = frozenset({Need.TEXT, Need.CHANNEL, Need.RECEIVED_ON})
_ANSWERING = frozenset({Need.TEXT, Need.OUTCOME, Need.EVIDENCE, Need.OUTCOME_DATE})
_MEMO = _ANSWERING | {Need.ADDRESSEE, Need.SUBJECT}
_VERIFIED = frozenset({Need.TITLE, Need.CATEGORY, Need.CLASSIFICATION, Need.SUPERVISORY, Need.CHECKS})


def _row(
    action: Action,
    sources: Iterable[Status],
    target: Status | Target,
    roles: frozenset[Role],
    *,
    needs: frozenset[Need] = frozenset(),
    tells: tuple[Notice, ...] = (),
    visibility: Visibility = Visibility.PUBLIC,
    code: str = "",
) -> Transition:
    return Transition(action, frozenset(sources), target, roles, needs, tells, visibility, code)


TRANSITIONS: tuple[Transition, ...] = (
    _row(_A.EDIT, {_S.UNVERIFIED}, Target.SAME, _REPORTER, needs=frozenset({_N.WORDS}),
         visibility=Visibility.REPORTER, code="T1b"),
    _row(_A.VERIFY_AND_ASSIGN, {_S.UNVERIFIED}, _S.ASSIGNED, ADMINS, needs=_VERIFIED | {_N.TEXT, _N.UNIT},
         tells=(Notice.ASSIGNED, Notice.NEW_WORK), code="T3"),
    _row(_A.MANAGE_SELF, {_S.UNVERIFIED}, _S.ASSIGNED, ADMINS, needs=_VERIFIED | {_N.TEXT},
         tells=(Notice.ASSIGNED,), code="T4"),
    # Within the agency that has it. From one agency to another it goes by an offer (T7) or the arbiter's word (T7d):
    # who had it reads on, and the ground is public. What a unit has begun goes to another one as well (ADR 0079).
    _row(_A.ASSIGN_TO_UNIT, _WORKED, Target.SAME, OFFICERS - {_R.NATIONAL_ADMIN},
         needs=frozenset({_N.TEXT, _N.UNIT}), tells=(Notice.NEW_WORK,), code="T5"),
    _row(_A.ACCEPT_ASSIGNMENT, _WORKED, Target.SAME, UNIT_OFFICERS, code="T5a"),
    _row(_A.RETURN_TO_ADMIN, _WORKED, Target.SAME, UNIT_OFFICERS, needs=_CHECKED,
         tells=(Notice.UNIT_RETURNED,), code="T5b"),
    # Who prepares may say that the report is not the unit's; who speaks for the unit gives it back.
    _row(_A.PROPOSE_RETURN, _WORKED, Target.SAME, frozenset({_R.UNIT_ADMIN}), needs=frozenset({_N.TEXT}),
         tells=(Notice.RETURN_PROPOSED,), visibility=Visibility.INTERNAL, code="T5e"),
    _row(_A.TAKE_BACK, _WORKED, Target.SAME, _AGENCY, code="T5c"),
    _row(_A.HAND_OVER, OPEN, Target.SAME, _SYSTEM, tells=(Notice.NEW_WORK,), code="T5d"),
    _row(_A.RETURN, {_S.UNVERIFIED, _S.ASSIGNED}, _S.UNVERIFIED, ADMINS, needs=_CHECKED | {_N.SUGGESTION},
         tells=(Notice.RETURNED, Notice.TO_VERIFY), code="T6"),
    _row(_A.REQUEST_DATA, {_S.UNVERIFIED, _S.ASSIGNED, _S.IN_PROGRESS}, _S.PENDING, OFFICERS, needs=_CHECKED,
         tells=(Notice.DATA_REQUESTED,), code="T8"),
    _row(_A.SUPPLY_DATA, {_S.PENDING}, Target.BACK, _REPORTER, needs=frozenset({_N.TEXT}),
         tells=(Notice.REPORTER_WROTE,), code="T9"),
    _row(_A.SUPPLY_DATA, {_S.PENDING, _S.CLOSED}, Target.BACK, OFFICERS, needs=_BROUGHT,
         tells=(Notice.WRITTEN_FOR_YOU, Notice.REPORTER_WROTE), code="T9b"),
    _row(_A.DATA_DEADLINE_PASSED, {_S.PENDING}, _S.CLOSED, _SYSTEM, tells=(Notice.DEEMED_WITHDRAWN,), code="T10"),
    _row(_A.FOLLOW_UP, {_S.ASSIGNED, _S.IN_PROGRESS}, _S.IN_PROGRESS, DESK, needs=_CHECKED,
         tells=(Notice.FOLLOWED_UP,), code="T11"),
    _row(_A.ANSWER, {_S.ASSIGNED, _S.IN_PROGRESS}, _S.ANSWERED, OFFICERS,
         needs=_CHECKED | _ANSWERING, tells=(Notice.ANSWERED,), code="T12"),
    # An answer that the closing guard holds; released by a second officer it goes out as the answer of its author.
    _row(_A.HOLD_ANSWER, _WORKED, Target.SAME, OFFICERS, needs=_CHECKED | _ANSWERING,
         tells=(Notice.ANSWER_HELD,), visibility=Visibility.INTERNAL, code="T12a"),
    _row(_A.RELEASE_ANSWER, _WORKED, Target.SAME, ADMINS, visibility=Visibility.INTERNAL, code="T12b"),
    _row(_A.SEND_BACK_ANSWER, _WORKED, Target.SAME, ADMINS, needs=frozenset({_N.TEXT}),
         tells=(Notice.ANSWER_SENT_BACK,), visibility=Visibility.INTERNAL, code="T12c"),
    # A memo (nota dinas): prepared by the unit; checked, returned or signed by who answers. Signed, it is the answer.
    _row(_A.SUBMIT_MEMO, _WORKED, Target.SAME, DESK, needs=_MEMO, tells=(Notice.MEMO_SUBMITTED,),
         visibility=Visibility.INTERNAL, code="T12g"),
    _row(_A.CHECK_MEMO, _WORKED, Target.SAME, OFFICERS, visibility=Visibility.INTERNAL, code="T12h"),
    _row(_A.RETURN_MEMO, _WORKED, Target.SAME, OFFICERS, needs=frozenset({_N.TEXT}), tells=(Notice.MEMO_RETURNED,),
         visibility=Visibility.INTERNAL, code="T12i"),
    _row(_A.SIGN_MEMO, _WORKED, Target.SAME, OFFICERS, needs=_CHECKED | _MEMO | {_N.MEMO},
         visibility=Visibility.INTERNAL, code="T12j"),
    # A promise is asked about on its day, also when the report is closed; what is said then opens nothing by itself.
    _row(_A.ASK_SCHEDULE, PROMISED, Target.SAME, _SYSTEM, tells=(Notice.PROMISE_DUE, Notice.PROMISE_ASKED),
         code="T12d"),
    _row(_A.CONFIRM_SCHEDULE, PROMISED, Target.SAME, OFFICERS, needs=_CHECKED, tells=(Notice.PROMISE_KEPT,),
         code="T12e"),
    _row(_A.RESCHEDULE, PROMISED, Target.SAME, OFFICERS, needs=_CHECKED | {_N.PROMISED_DATE},
         tells=(Notice.PROMISE_MOVED,), code="T12f"),
    _row(_A.REPORTER_REPLY, {_S.ANSWERED}, _S.IN_PROGRESS, _REPORTER, needs=frozenset({_N.TEXT}),
         tells=(Notice.OBJECTED,), code="T13"),
    _row(_A.CONFIRM_DONE, {_S.ANSWERED}, _S.CLOSED, _REPORTER, tells=(Notice.CONFIRMED,), code="T14"),
    _row(_A.AUTO_CLOSE, {_S.ANSWERED}, _S.CLOSED, _SYSTEM, tells=(Notice.CLOSED,), code="T15"),
    _row(_A.CLOSE_MANUAL, {_S.ANSWERED}, _S.CLOSED, ADMINS, needs=_CHECKED | {_N.OUTCOME, _N.OUTCOME_DATE},
         tells=(Notice.CLOSED,), code="T16"),
    _row(_A.REOPEN, {_S.CLOSED}, _S.IN_PROGRESS, frozenset({_R.REPORTER, _R.NATIONAL_ADMIN}),
         needs=frozenset({_N.TEXT}), tells=(Notice.REOPENED,), code="T17"),
    _row(_A.REOPEN, {_S.CLOSED}, _S.UNVERIFIED, frozenset({_R.REPORTER, _R.NATIONAL_ADMIN}),
         needs=frozenset({_N.TEXT}), tells=(Notice.TO_VERIFY,), code="T17b"),
    _row(_A.ASK_REOPEN, {_S.CLOSED}, Target.SAME, frozenset({_R.REGIONAL_OVERSEER, _R.OVERSEER, _R.OMBUDSMAN}),
         needs=frozenset({_N.TEXT}), tells=(Notice.REOPEN_ASKED,), visibility=Visibility.INTERNAL, code="T17c"),
    _row(_A.REFUSE_REOPEN, {_S.CLOSED}, Target.SAME, frozenset({_R.NATIONAL_ADMIN}), needs=frozenset({_N.TEXT}),
         tells=(Notice.REOPEN_DECIDED,), visibility=Visibility.INTERNAL, code="T17d"),
    _row(_A.PROPOSE_ARCHIVE, {_S.UNVERIFIED, _S.ASSIGNED}, Target.SAME, DESK,
         needs=frozenset({_N.ARCHIVE_REASON, _N.TEXT}), tells=(Notice.ARCHIVE_PROPOSED,),
         visibility=Visibility.INTERNAL, code="T18a"),
    _row(_A.ARCHIVE, {_S.UNVERIFIED, _S.ASSIGNED}, _S.ARCHIVED, ADMINS, needs=frozenset({_N.ARCHIVE_REASON, _N.TEXT}),
         tells=(Notice.ARCHIVED,), visibility=Visibility.REPORTER, code="T18"),
    _row(_A.APPEAL, {_S.ARCHIVED}, _S.UNVERIFIED, _REPORTER, needs=frozenset({_N.TEXT}),
         tells=(Notice.TO_VERIFY,), visibility=Visibility.REPORTER, code="T19"),
    _row(_A.ADD_INFORMATION, {_S.UNVERIFIED, _S.ASSIGNED, _S.IN_PROGRESS, _S.SPLIT}, Target.SAME, _REPORTER,
         needs=frozenset({_N.TEXT}), tells=(Notice.REPORTER_WROTE,), code="T9a"),
    _row(_A.ADD_INFORMATION, {_S.UNVERIFIED, _S.ASSIGNED, _S.IN_PROGRESS, _S.SPLIT}, Target.SAME, OFFICERS,
         needs=_BROUGHT, tells=(Notice.WRITTEN_FOR_YOU, Notice.REPORTER_WROTE), code="T9c"),
    _row(_A.RATE, {_S.CLOSED}, Target.SAME, _REPORTER, needs=frozenset({_N.RATING}), code="T14a"),
    _row(_A.SET_VISIBILITY, set(Status), Target.SAME, DESK | _REPORTER | _SYSTEM, needs=frozenset({_N.VISIBILITY}),
         visibility=Visibility.REPORTER, code="T26"),
    _row(_A.WITHDRAW, OPEN - {_S.SPLIT}, _S.WITHDRAWN, _REPORTER, tells=(Notice.WITHDRAWN,),
         visibility=Visibility.REPORTER, code="T27"),
    _row(_A.CONFIRM_TEXT, set(Status), Target.SAME, OFFICERS, needs=frozenset({_N.REFERENCE, _N.CHECKS}),
         visibility=Visibility.INTERNAL, code="P1"),
    _row(_A.OPEN_IDENTITY, set(Status), Target.SAME, DESK, needs=frozenset({_N.TEXT}),
         visibility=Visibility.REPORTER, code="P2"),
    _row(_A.OPEN_ORIGINAL, set(Status), Target.SAME, DESK, needs=frozenset({_N.TEXT}),
         visibility=Visibility.REPORTER, code="P3"),
    _row(_A.LIFT, {_S.UNVERIFIED} | _WORKED, _S.UNVERIFIED, _SYSTEM, tells=(Notice.TO_VERIFY,),
         visibility=Visibility.REPORTER, code="T6d"),
    _row(_A.REDACT, set(Status), Target.SAME, ADMINS | _SYSTEM, needs=frozenset({_N.HIDING, _N.HIDING_GROUND}),
         tells=(Notice.REDACTED,), visibility=Visibility.REPORTER, code="T30"),
    _row(_A.RECOMPUTE, OPEN, Target.SAME, _SYSTEM, code="P4"),
    _row(_A.TRANSFER, _WORKED, Target.SAME, _AGENCY, needs=_CHECKED | {_N.DESTINATION},
         tells=(Notice.TRANSFER_OFFERED,), code="T7"),
    _row(_A.ACCEPT_TRANSFER, _WORKED, _S.ASSIGNED, _AGENCY, tells=(Notice.ASSIGNED, Notice.NEW_WORK), code="T7a"),
    _row(_A.REFUSE_TRANSFER, _WORKED, Target.SAME, _AGENCY, needs=_CHECKED | {_N.SUGGESTION},
         tells=(Notice.TRANSFER_REFUSED,), code="T7b"),
    _row(_A.DISPUTE, _WORKED, Target.SAME, _SYSTEM, tells=(Notice.TO_DECIDE,), code="T7c"),
    _row(_A.DECIDE_OWNER, _WORKED, _S.ASSIGNED, frozenset({_R.NATIONAL_ADMIN}), needs=_CHECKED | {_N.DESTINATION},
         tells=(Notice.ASSIGNED, Notice.NEW_WORK), code="T7d"),
    _row(_A.RECLASSIFY, _WORKED, Target.SAME, ADMINS,
         needs=_CHECKED | {_N.CATEGORY, _N.CLASSIFICATION, _N.SUPERVISORY}, tells=(Notice.RECLASSIFIED,), code="T24"),
    _row(_A.REQUEST_EXTENSION, {_S.IN_PROGRESS}, Target.SAME, UNIT_OFFICERS | _AGENCY,
         needs=frozenset({_N.TEXT, _N.PLAN, _N.NEW_DATE}), tells=(Notice.EXTENSION_ASKED,),
         visibility=Visibility.INTERNAL, code="T25"),
    _row(_A.GRANT_EXTENSION, {_S.IN_PROGRESS}, Target.SAME, ADMINS, needs=_CHECKED | {_N.NEW_DATE},
         tells=(Notice.EXTENDED, Notice.EXTENSION_DECIDED), code="T25a"),
    _row(_A.REFUSE_EXTENSION, {_S.IN_PROGRESS}, Target.SAME, ADMINS, needs=frozenset({_N.TEXT}),
         tells=(Notice.EXTENSION_DECIDED,), visibility=Visibility.INTERNAL, code="T25b"),
    _row(_A.SPLIT, {_S.UNVERIFIED, _S.ASSIGNED}, _S.SPLIT, ADMINS, needs=_CHECKED | {_N.PARTS},
         tells=(Notice.SPLIT,), code="T22"),
    _row(_A.CLOSE_PARTS, {_S.SPLIT}, _S.CLOSED, _SYSTEM, needs=frozenset({_N.OUTCOME}), tells=(Notice.CLOSED,),
         code="T22a"),
    _row(_A.REOPEN_PARTS, {_S.CLOSED}, _S.SPLIT, _SYSTEM, code="T22b"),
    _row(_A.ADD_SUPPORT, _WORKED, Target.SAME, ADMINS, needs=frozenset({_N.TEXT, _N.UNIT}),
         tells=(Notice.SUPPORT_ASKED,), code="T23"),
    _row(_A.END_SUPPORT, OPEN, Target.SAME, ADMINS, needs=frozenset({_N.UNIT}), code="T23a"),
    _row(_A.CONTRIBUTE, _WORKED, Target.SAME, UNIT_OFFICERS | _AGENCY | {_R.UNIT_ADMIN}, needs=frozenset({_N.TEXT}),
         tells=(Notice.CONTRIBUTED,), visibility=Visibility.INTERNAL, code="T23b"),
    _row(_A.SUPPORT_FOLLOW_UP, _WORKED, Target.SAME, UNIT_OFFICERS | _AGENCY, needs=_CHECKED,
         tells=(Notice.FOLLOWED_UP, Notice.CONTRIBUTED), code="T23c"),
    _row(_A.MESSAGE_REPORTER, OPEN, Target.SAME, OFFICERS, needs=frozenset({_N.TEXT}), tells=(Notice.MESSAGE,),
         visibility=Visibility.REPORTER, code="R1"),
    _row(_A.MESSAGE_OFFICE, OPEN, Target.SAME, _REPORTER, needs=frozenset({_N.TEXT}), tells=(Notice.REPORTER_WROTE,),
         visibility=Visibility.REPORTER, code="R2"),
    _row(_A.NUDGE, OPEN, Target.SAME, frozenset({_R.NATIONAL_ADMIN, _R.REGIONAL_OVERSEER, _R.HEAD}),
         needs=frozenset({_N.TEXT}), tells=(Notice.NUDGED,), visibility=Visibility.INTERNAL, code="T28"),
    # A flag and no status: the report goes on, and the agency may still answer.
    _row(_A.ESCALATE_OMBUDSMAN, set(Status) - {_S.WITHDRAWN}, Target.SAME, _REPORTER, needs=frozenset({_N.CONSENT}),
         tells=(Notice.ESCALATED, Notice.HANDED_OVER), visibility=Visibility.REPORTER, code="T29"),
    _row(_A.WITHDRAW_CONSENT, set(Status), Target.SAME, _REPORTER, tells=(Notice.CONSENT_WITHDRAWN,),
         visibility=Visibility.REPORTER, code="T29a"),
    _row(_A.OPEN_HANDOVER, set(Status), Target.SAME, frozenset({_R.OMBUDSMAN}),
         visibility=Visibility.REPORTER, code="P5"),
    _row(_A.ACCEPT_HANDOVER, set(Status), Target.SAME, frozenset({_R.OMBUDSMAN}),
         tells=(Notice.HANDOVER_ACCEPTED, Notice.HANDOVER_DECIDED), visibility=Visibility.REPORTER, code="T29b"),
    _row(_A.DECLINE_HANDOVER, set(Status), Target.SAME, frozenset({_R.OMBUDSMAN}), needs=frozenset({_N.TEXT}),
         tells=(Notice.HANDOVER_DECLINED, Notice.HANDOVER_DECIDED), visibility=Visibility.REPORTER, code="T29c"),
    # The right to erasure (UU 27/2022 Ps 8): the report stays, and nobody can read any more whose it is.
    _row(_A.ERASE_IDENTITY, set(Status), Target.SAME, _REPORTER | _SYSTEM, visibility=Visibility.REPORTER, code="P6"),
    # A formal request for information, with a law and clocks of its own (UU 14/2008 Ps 22, 35 to 37).
    _row(_A.HAND_TO_PPID, _WORKED, Target.SAME, _REPORTER | _AGENCY, needs=frozenset({_N.TEXT}),
         tells=(Notice.FORMAL_REQUEST, Notice.NEW_WORK), code="T31"),
    _row(_A.EXTEND_FORMAL, _WORKED, Target.SAME, UNIT_OFFICERS | _AGENCY, needs=frozenset({_N.TEXT}),
         tells=(Notice.FORMAL_EXTENDED,), code="T31a"),
    _row(_A.OBJECT_FORMAL, _WORKED | {_S.ANSWERED, _S.CLOSED}, _S.IN_PROGRESS, _REPORTER, needs=frozenset({_N.TEXT}),
         tells=(Notice.FORMAL_OBJECTED,), code="T31b"),
    # Which person of the office works on it: talk among colleagues, which the public never reads.
    _row(_A.TAKE, OPEN, Target.SAME, DESK, visibility=Visibility.INTERNAL, code="I1"),
    # The system does both when somebody is away or leaves: no report stays with an absent person.
    _row(_A.ENTRUST, OPEN, Target.SAME, DESK | _SYSTEM, needs=frozenset({_N.ASSIGNEE}),
         visibility=Visibility.INTERNAL, code="I2"),
    _row(_A.RELEASE, OPEN, Target.SAME, DESK | _SYSTEM, visibility=Visibility.INTERNAL, code="I3"),
    # Who is told is of the step, not of the row: the service writes a message for each (`domain.escalation`).
    _row(_A.ESCALATE, OPEN, Target.SAME, _SYSTEM, visibility=Visibility.INTERNAL, code="E1"),
    _row(_A.MERGE, _WORKED, Target.SAME, ADMINS, needs=frozenset({Need.LEAD}), tells=(Notice.MERGED,), code="T20"),
    _row(_A.TAKE_IN, _WORKED, Target.SAME, ADMINS, needs=frozenset({Need.MEMBERS}), visibility=Visibility.INTERNAL,
         code="T20a"),
    _row(_A.UNMERGE, set(Status), Target.SAME, ADMINS | _SYSTEM, tells=(Notice.UNMERGED,), code="T21"),
    _row(_A.LET_GO, set(Status), Target.SAME, ADMINS | _SYSTEM, needs=frozenset({Need.MEMBERS}),
         visibility=Visibility.INTERNAL, code="T21a"),
    # What one officer proposes and another decides: by doing it, by agreeing that it be done, or by refusing.
    _row(_A.PROPOSE, set(Status), Target.SAME, DESK, needs=frozenset({_N.TEXT, _N.PROPOSAL}), tells=(Notice.PROPOSED,),
         visibility=Visibility.INTERNAL, code="U1"),
    _row(_A.AGREE, set(Status), Target.SAME, ADMINS | {_R.INTERNAL_AUDITOR}, needs=frozenset({_N.REFERENCE}),
         tells=(Notice.PROPOSAL_DECIDED,), visibility=Visibility.INTERNAL, code="U2"),
    _row(_A.REFUSE_PROPOSAL, set(Status), Target.SAME, OFFICERS, needs=frozenset({_N.TEXT, _N.REFERENCE}),
         tells=(Notice.PROPOSAL_DECIDED,), visibility=Visibility.INTERNAL, code="U3"),
)  # fmt: skip

# T1: a report begins here; there is no case yet, so it is no row of the table above.
SUBMITTED = _row(_A.SUBMIT, set(), _S.UNVERIFIED, _REPORTER | OFFICERS,
                 tells=(Notice.RECEIVED, Notice.TO_VERIFY), code="T1")  # fmt: skip
# T1a: or with its past, told by another system (ADR 0034). Nobody is told, and nothing becomes public by it.
IMPORTED = _row(_A.IMPORT, set(), Target.SOURCE, ADMINS, visibility=Visibility.INTERNAL, code="T1a")


# Whose words become public, and when. What is named nowhere here is read inside, or by the reporter alone.
PUBLIC_TEXTS = frozenset(
    {_A.RETURN, _A.RETURN_TO_ADMIN, _A.REQUEST_DATA, _A.FOLLOW_UP, _A.ANSWER, _A.CLOSE_MANUAL}
    | {_A.TRANSFER, _A.REFUSE_TRANSFER, _A.DECIDE_OWNER, _A.RECLASSIFY, _A.GRANT_EXTENSION}
    | {_A.SUPPORT_FOLLOW_UP, _A.SPLIT}
    | {_A.CONFIRM_SCHEDULE, _A.RESCHEDULE}
)
# A later text of the reporter is public only after an officer confirmed it.
HELD_TEXTS = frozenset({_A.SUPPLY_DATA, _A.REPORTER_REPLY, _A.ADD_INFORMATION, _A.REOPEN})
# Read by officers only.
INTERNAL_TEXTS = frozenset(
    {_A.VERIFY_AND_ASSIGN, _A.MANAGE_SELF, _A.ASSIGN_TO_UNIT, _A.PROPOSE_ARCHIVE, _A.CONFIRM_TEXT, _A.NUDGE}
    | {_A.REQUEST_EXTENSION, _A.REFUSE_EXTENSION, _A.ADD_SUPPORT, _A.CONTRIBUTE}
    | {_A.HOLD_ANSWER, _A.SEND_BACK_ANSWER, _A.SUBMIT_MEMO, _A.RETURN_MEMO, _A.SIGN_MEMO, _A.IMPORT}
    | {_A.PROPOSE_RETURN, _A.ASK_REOPEN, _A.REFUSE_REOPEN, _A.PROPOSE, _A.REFUSE_PROPOSAL}
)


# From this many reopenings on, the tier above is told of each (T17).
MANY_REOPENINGS = 2
BESIDES = {
    _A.REOPEN: (Notice.REOPENED_AGAIN, Notice.REOPEN_DECIDED),
    _A.SET_VISIBILITY: (Notice.UNHIDDEN,),
}


def told_besides(action: Action, *, reopenings: int, was_asked: bool, widens: bool) -> tuple[Notice, ...]:
    """Return the notices that an act owes besides those of its row.

    `reopenings` are counted after it; `was_asked`: an overseer had asked for the report to be opened again; `widens`:
    an officer's flag was taken back.
    """
    owed = {
        Notice.REOPENED_AGAIN: reopenings >= MANY_REOPENINGS,
        Notice.REOPEN_DECIDED: was_asked,
        Notice.UNHIDDEN: widens,
    }
    return tuple(notice for notice in BESIDES.get(action, ()) if owed[notice])


def rows(action: Action, status: Status) -> tuple[Transition, ...]:
    """Return the rows for an action in a status; more than one when history decides between them."""
    return tuple(row for row in TRANSITIONS if row.action == action and status in row.sources)
