"""What a report is now, as a projection of its events (REQ-21), and what `policy` needs to know to decide.

`project` reads the whole chain; the row in the database is a copy of its result, and `./run audit`
compares the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tanggap.domain import beginnings, supervisory
from tanggap.domain.awaited import Awaited
from tanggap.domain.clocks import Clock
from tanggap.domain.event_data import FACTS
from tanggap.domain.handing_on import HANDED_ON, OFFER_ENDS, SETTLES, TAKES_ON
from tanggap.domain.intake import Classification
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import STATUSES, Action, Status
from tanggap.domain.outcomes import ARCHIVE_RULES, NEEDS_DATE, ArchiveReason, Closing
from tanggap.domain.progress import last_step

_CLOSINGS = {
    Action.CONFIRM_DONE: Closing.CONFIRMED,
    Action.AUTO_CLOSE: Closing.AUTO,
    Action.CLOSE_MANUAL: Closing.MANUAL,
    Action.DATA_DEADLINE_PASSED: Closing.DEEMED_WITHDRAWN,
    Action.CLOSE_PARTS: Closing.PARTS,
}
# A report comes back to an office from its unit, another tier or agency, or from the reporter ...
_COMES_BACK = frozenset(
    {Action.RETURN, Action.RETURN_TO_ADMIN, Action.APPEAL, Action.SUPPLY_DATA, Action.REPORTER_REPLY, Action.REOPEN}
    | {Action.REFUSE_TRANSFER}
)
# ... until the office takes its next step.
_IS_TAKEN_UP = frozenset(
    {Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF, Action.ASSIGN_TO_UNIT, Action.REQUEST_DATA, Action.FOLLOW_UP}
    | {Action.ANSWER, Action.ACCEPT_TRANSFER, Action.DECIDE_OWNER}
)
# ... an offer that was refused, until it goes on to another agency or to the arbiter.
_OFFERED_ON = frozenset({Action.TRANSFER, Action.DISPUTE})
# While a report is worked on, an answer may wait for a second look.
_WORKED = frozenset({Status.ASSIGNED, Status.IN_PROGRESS})
# Files that nobody outside has been shown: evidence of an answer that has not gone out.
_SHOWS_NOTHING = frozenset({Action.HOLD_ANSWER, Action.SUBMIT_MEMO, Action.SIGN_MEMO})
# What a reporter says to the Ombudsman, or takes out of the vault, says nothing of the work.
_CONSENTS = frozenset({Action.ESCALATE_OMBUDSMAN, Action.WITHDRAW_CONSENT, Action.ERASE_IDENTITY})


@dataclass(slots=True)
class Projection(Awaited):
    """What the events of one report add up to; whose it is and with which others: `Together`."""

    channel: str = ""
    classification: str = Classification.COMPLAINT
    supervisory: bool | None = None
    supervisory_by: int | None = None  # the account whose word put it under supervision
    category: str | None = None
    urgency: str = ""
    area: str | None = None
    event_date: str | None = None
    destination: int | None = None
    language: str = "id"
    zone: str = "Asia/Jakarta"
    policy: str = ""
    calendar: int = 0
    source: str = ""  # the number that another system gave it
    is_unchecked: bool = False  # it was assigned there: nobody here has looked what of it may be public
    received_at: datetime | None = None
    registered_at: datetime | None = None
    anonymous_by: frozenset[str] = frozenset()  # 'reporter' and/or 'officer'
    confidential_by: frozenset[str] = frozenset()
    named_unit_ids: frozenset[int] = frozenset()
    named_user_ids: frozenset[int] = frozenset()
    assigned_at: datetime | None = None
    closed_at: datetime | None = None
    closing: str = ""
    outcome: str = ""
    outcome_on: str | None = None
    archive_reason: str = ""
    archived_by: int | None = None
    is_appealed: bool = False
    proposals: dict[str, int] = field(default_factory=dict)  # archive reason -> account that proposed it
    promised_on: str | None = None  # the day of a promise that nobody has said to be kept
    promise_asked: bool = False  # the day has come, and both sides were asked
    held_answer: int | None = None  # the number of the event whose answer waits for a second look
    held_by: int | None = None  # the account that wrote it
    released_answer: int | None = None
    objection: int | None = None  # the number of the event by which the reporter said that it is not solved
    has_evidence: bool = False  # an officer has shown a file since the reporter wrote last
    reopen_count: int = 0
    return_count: int = 0
    is_returned: bool = False
    offered_agency_id: int | None = None  # the agency that a report is offered to, which has not said yes or no
    refused_by: frozenset[int] = frozenset()
    hop_count: int = 0
    refusal_count: int = 0
    is_disputed: bool = False  # the national admin has to decide whose it is
    is_decided: bool = False  # the national admin has decided
    nudge_count: int = 0
    was_written_to: bool = False  # an office has written to the reporter, who may write back
    # Which steps of the ladder were taken for a run of a clock, and who was told.
    escalated: dict[tuple[str, int, str], tuple[tuple[int, tuple[int, ...]], ...]] = field(default_factory=dict)
    came_back: bool = False  # and the office has not taken its next step yet
    part_of: str = ""  # the number of the report that this one is a part of
    parts: tuple[str, ...] = ()
    is_formal: bool = False  # a formal request for information, with the PPID (`domain.formal`)
    is_formal_extended: bool = False
    is_formal_objected: bool = False
    rating: int | None = None
    solved: str = ""
    first_public_at: datetime | None = None
    last_acted_at: datetime | None = None
    progress_at: datetime | None = None  # when what is in progress last moved
    count: int = 0
    head: bytes = b""

    @property
    def is_anonymous(self) -> bool:
        """Say whether the identity is hidden from the public and the unit."""
        return bool(self.anonymous_by)

    @property
    def is_confidential(self) -> bool:
        """Say whether the whole report is hidden from the public."""
        return bool(self.confidential_by)

    @property
    def is_public(self) -> bool:
        """Say whether the report stands on the public site now.

        What was taken down by an archive comes back when another admin has verified it, not by the appeal alone.
        """
        stays = STATUSES[self.status].stays_public and not self.is_appealed
        return self.assigned_at is not None and not self.is_unchecked and not self.is_confidential and stays

    @property
    def appeal_was_decided(self) -> bool:
        """Say whether another admin has archived it again after an appeal: that decision stands, and the law goes on.

        What was verified in between is a report like any other: a later archive is a new decision, with its own appeal.
        """
        return self.is_appealed and self.status == Status.ARCHIVED

    @property
    def may_appeal(self) -> bool:
        """Say whether an archive may be appealed against, once its time is not over."""
        reason = self.archive_reason
        return bool(reason) and not self.is_appealed and ARCHIVE_RULES[ArchiveReason(reason)].may_appeal

    @property
    def is_stub(self) -> bool:
        """Say whether only a stub is public: it was public once, and is archived, appealed against or withdrawn."""
        return self.first_public_at is not None and not self.is_confidential and not self.is_public

    def read(self, event: EventRecord) -> None:
        """Let one event change the facts."""
        action, data = Action(event.kind), event.data
        owner = self.owner_agency_id, self.owner_unit_id
        if action in {Action.SUBMIT, Action.IMPORT}:
            self.received_at = datetime.fromisoformat(data["received_at"])
            self.registered_at = datetime.fromisoformat(data["registered_at"])
        self.supervisory_by = supervisory.said_by(
            event, is_new=self.supervisory is not True, before=self.supervisory_by
        )
        for key, attribute in FACTS.items():
            if key in data:
                setattr(self, attribute, data[key])
        self._read_status(action, event)
        if action == Action.IMPORT:
            self._begin(event)
        self.remember(action)
        self._read_people(action, event)
        self._read_archive(action, event)
        self._read_transfer(action, event)
        self._read_work(action, event)
        self.read_extension(action, event, is_open=STATUSES[self.status].is_open)
        self.read_proposals(action, event, was=owner)
        self.read_awaited(action, event, is_taken_up=action in _IS_TAKEN_UP | _OFFERED_ON)
        self._read_parts(action, event)
        self.read_support(action, event.data.get("supporter"))
        self._read_promise(action)
        self.read_consent(action, event)
        self.read_request(action, event)
        self._read_formal(action)
        self._read_answer(action, event, is_elsewhere=owner != (self.owner_agency_id, self.owner_unit_id))
        if action == Action.ESCALATE:
            self._read_escalation(event)
        self.read_cluster(action, event)
        self.progress_at = last_step(self.status, event, self.progress_at)
        if self.is_public and self.first_public_at is None:
            self.first_public_at = event.acted_at
        self.last_acted_at, self.count, self.head = event.acted_at, event.seq, event.hash

    def _read_status(self, action: Action, event: EventRecord) -> None:
        self.read_asking(action, event)
        match action:
            case Action.VERIFY_AND_ASSIGN | Action.MANAGE_SELF:
                self.assigned_at = self.assigned_at or event.acted_at
                self.is_returned = self.is_appealed = self.is_unchecked = False
            case Action.RETURN:
                self.return_count += 1
                self.is_returned = True
            case Action.ANSWER:
                self.answered_at = event.acted_at
            case Action.SUPPLY_DATA if self.closing:  # it came before the report was closed for want of it
                self.closed_at, self.closing, self.outcome, self.outcome_on = None, "", "", None
            case Action.REOPEN | Action.OBJECT_FORMAL:
                self.reopen_count += action == Action.REOPEN
                self.closed_at, self.closing, self.outcome, self.outcome_on = None, "", "", None
            case _ if action in _CLOSINGS:
                self.closed_at, self.closing = event.acted_at, _CLOSINGS[action]
            case _:
                pass

    def _begin(self, event: EventRecord) -> None:
        """Read the past that another system tells: it knows one date, and that it ended, not when."""
        said = beginnings.read(event)
        self.previous_status, self.closing, self.source = said.previous, said.closing, said.number
        self.is_unchecked = True
        self.assigned_at, self.answered_at = said.moments(self.received_at, event.acted_at)

    def _read_transfer(self, action: Action, event: EventRecord) -> None:
        self.hop_count += action == Action.ACCEPT_TRANSFER
        self.refusal_count += action == Action.REFUSE_TRANSFER
        self.nudge_count += action == Action.NUDGE
        self.was_written_to |= action == Action.MESSAGE_REPORTER
        self.is_decided |= action == Action.DECIDE_OWNER
        if action in OFFER_ENDS or not STATUSES[self.status].is_open:
            self.offered_agency_id = None
        if action == Action.TRANSFER:
            self.offered_agency_id = event.data["offer"]
        elif action == Action.REFUSE_TRANSFER and event.agency_id is not None:
            self.refused_by |= {event.agency_id}
        elif action == Action.DISPUTE:
            self.is_disputed = True
        elif action in SETTLES:
            self.is_disputed = False

    def _read_work(self, action: Action, event: EventRecord) -> None:
        """Who works on it: nobody, once it is over, or once another office has it (`_read_people`)."""
        if action == Action.TAKE:
            self.assignee_id = event.user_id
        elif action == Action.ENTRUST:
            self.assignee_id = event.data["assignee"]
        if action == Action.RELEASE or not STATUSES[self.status].is_open:
            self.assignee_id = None
        self._read_coming_back(action)

    def _read_coming_back(self, action: Action) -> None:
        if action in _COMES_BACK:
            self.came_back = True
        elif action in _IS_TAKEN_UP or (self.is_refused and action in _OFFERED_ON):
            self.came_back = False
        if not STATUSES[self.status].is_open:
            self.came_back = False

    def _read_formal(self, action: Action) -> None:
        self.is_formal |= action == Action.HAND_TO_PPID
        self.is_formal_extended |= action == Action.EXTEND_FORMAL
        self.is_formal_objected |= action == Action.OBJECT_FORMAL

    def _read_parts(self, action: Action, event: EventRecord) -> None:
        if action == Action.SPLIT:
            self.parts = tuple(event.data["parts"])
        elif action == Action.REOPEN_PARTS:
            self.closed_at, self.closing, self.outcome, self.outcome_on = None, "", "", None
        elif inherited := event.data.get("inherits"):
            # A part is as hidden as the whole was, by the same hands.
            self.anonymous_by = frozenset(inherited["anonymous"])
            self.confidential_by = frozenset(inherited["confidential"])

    def _read_promise(self, action: Action) -> None:
        """A promise is the day of an answer that says `scheduled`, until it is reported kept or the report goes on."""
        before = self.promised_on
        match action:
            case Action.ANSWER | Action.CLOSE_MANUAL | Action.RESCHEDULE:
                self.promised_on = self.outcome_on if self.outcome in NEEDS_DATE else None
            case Action.CONFIRM_SCHEDULE | Action.REOPEN | Action.WITHDRAW | Action.ARCHIVE:
                self.promised_on = None
            case Action.ASK_SCHEDULE:
                self.promise_asked = True
        if self.promised_on != before:
            self.promise_asked = False

    def _read_answer(self, action: Action, event: EventRecord, *, is_elsewhere: bool) -> None:
        if event.is_reporters and action not in _CONSENTS:
            self.has_evidence = False
        elif action not in _SHOWS_NOTHING and event.has_files:
            self.has_evidence = True
        if event.role == "reporter" and action in {Action.REPORTER_REPLY, Action.REOPEN}:
            self.objection = event.seq
        elif action == Action.ANSWER or not STATUSES[self.status].is_open:
            self.objection = None
        self._read_held(action, event, is_elsewhere=is_elsewhere)
        self.read_memo(action, event, is_elsewhere=is_elsewhere)

    def _read_held(self, action: Action, event: EventRecord, *, is_elsewhere: bool) -> None:
        match action:
            case Action.HOLD_ANSWER:
                self.held_answer, self.held_by, self.sent_back = event.seq, event.user_id, None
            case Action.RELEASE_ANSWER:
                self.released_answer, self.held_answer, self.held_by = self.held_answer, None, None
            case Action.SEND_BACK_ANSWER:
                self.sent_back, self.held_answer, self.held_by = self.held_answer, None, None
            case _ if (
                action == Action.ANSWER
                or is_elsewhere
                or self.status not in _WORKED
                or self.held_by in self.named_user_ids
            ):
                # Somebody else's work now, or no work any more, or written by whom the report is about: it is history.
                self.held_answer = self.held_by = self.released_answer = self.sent_back = None
            case _:
                pass

    def _read_escalation(self, event: EventRecord) -> None:
        step = event.data["escalation"]
        key = step["clock"], step["run"], step["due"]
        self.escalated[key] = (*self.escalated.get(key, ()), (step["step"], tuple(step["people"])))

    def _read_people(self, action: Action, event: EventRecord) -> None:
        data = event.data
        if owner := data.get("owner"):
            if self.owner_agency_id not in {None, owner["agency"]} and action in HANDED_ON:
                self.former_agency_ids |= {self.owner_agency_id}
            if (self.owner_agency_id, self.owner_unit_id) != (owner["agency"], owner["unit"]):
                self.assignee_id = None
            if self.owner_agency_id != owner["agency"]:
                self.supporting_unit_ids = frozenset()
            self.owner_agency_id, self.owner_unit_id = owner["agency"], owner["unit"]
            self.is_taken_on = False
        self.is_taken_on |= action in TAKES_ON and event.unit_id is not None
        who = "reporter" if event.role == "reporter" else "officer"
        self.anonymous_by = _flag(self.anonymous_by, who, data.get("anonymous"))
        self.confidential_by = _flag(self.confidential_by, who, data.get("confidential"))
        self.named_unit_ids |= frozenset(data.get("named_units", ()))
        self.named_user_ids |= frozenset(data.get("named_users", ()))

    def _read_archive(self, action: Action, event: EventRecord) -> None:
        """Read who asks for an archive, and who has done it; an appeal begins anew."""
        if action == Action.PROPOSE_ARCHIVE and event.user_id is not None:
            self.proposals[event.data["archive_reason"]] = event.user_id
            self.archive_reason = ""
        elif action == Action.REFUSE_PROPOSAL and (one := self.asked.get(event.data["decides"])) is not None:
            # Refused, it is no first voice for an archive that needs two.
            self.proposals.pop(one.values["archive_reason"], None)
        elif action == Action.ARCHIVE:
            self.archived_by = event.user_id
        elif action == Action.APPEAL:
            self.is_appealed = True
            self.proposals = {}
            self.archive_reason = ""


def _flag(now: frozenset[str], who: str, said: bool | None) -> frozenset[str]:
    if said is None:
        return now
    return now | {who} if said else now - {who}


def project(events: Iterable[EventRecord]) -> Projection:
    """Return what a chain of events adds up to."""
    result = Projection()
    for event in events:
        result.read(event)
    return result


@dataclass(frozen=True, slots=True)
class Case:
    """A report as `policy` sees it: its projection, its place in the organisation, and its open windows.

    `owner_path` is the owning unit with the units above it; `named_below` the named units with all
    units below them; `open_windows` and `expired` are read from the clocks at the moment of asking.
    """

    report_id: int
    facts: Projection
    owner_path: frozenset[int] = frozenset()
    named_below: frozenset[int] = frozenset()
    open_windows: frozenset[Clock] = frozenset()
    expired: frozenset[Clock] = frozenset()
    reminders_sent: int = 0
    open_parts: int = 0  # of a report that was divided: how many are not over
    support_path: frozenset[int] = frozenset()  # the supporting units with the units above them
    needs_memo: bool = False  # the answer has to go out by a signed memo: off unless the agency decided otherwise
    may_extend: bool = False  # the agency may give more time at all: off unless somebody decided otherwise
    ppid_unit_id: int | None = None  # the unit of the owning agency that is its PPID
    identity_open_to: frozenset[int] = frozenset()  # the accounts to which a second officer has agreed, for a while
