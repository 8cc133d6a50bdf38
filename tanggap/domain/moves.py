"""What comes with an action: one value for every door, and what of it counts as supplied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tanggap.domain.closing_guard import Ground
from tanggap.domain.escalation import Escalation
from tanggap.domain.handover import Part
from tanggap.domain.hiding import HidingGround
from tanggap.domain.intake import COUNTER_CHANNELS, Classification, ReportChannel, StagedFile, Urgency, clean
from tanggap.domain.lifecycle import Action, Need
from tanggap.domain.memos import SignedMemo
from tanggap.domain.outcomes import GIVABLE, NEEDS_DATE, NEEDS_EVIDENCE, ArchiveReason, Outcome, Solved

type Span = tuple[int, int, str]  # start, end, kind of personal data: to be masked in public


LEAST_PARTS, MOST_PARTS = 2, 6


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One part of a report that is divided: what it is called, who gets it, and the number once it has one."""

    title: str
    agency_id: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """The report as its reporter wants it from now on: all its words by field, and its codes."""

    words: Mapping[str, str]
    classification: Classification
    category_code: str | None = None
    area_code: str | None = None
    event_date: date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Everything a person may hand in with an action; what an action does not use is left out.

    `text` is the note, answer, question, reason or reply. `masked` gives, per text field ('text',
    'title', 'body', 'location', 'solution', 'loss'), the spans that are hidden in public; a field with an
    empty tuple was checked and holds nothing to hide; a field that is missing was not checked.
    """

    text: str = ""
    plan: str = ""
    parts: tuple["SplitPart", ...] = ()
    new_date: date | None = None
    title: str = ""
    category_code: str = ""
    classification: Classification | None = None
    supervisory: bool | None = None
    urgency: Urgency | None = None
    agency_id: int | None = None
    unit_id: int | None = None
    suggested_agency_id: int | None = None
    outcome: Outcome | None = None
    outcome_on: date | None = None
    archive_reason: ArchiveReason | None = None
    rating: int | None = None
    solved: Solved | None = None
    assignee_id: int | None = None
    is_anonymous: bool | None = None
    is_confidential: bool | None = None
    named_units: tuple[int, ...] = ()
    named_users: tuple[int, ...] = ()
    refers_to: int | None = None
    escalation: Escalation | None = None
    lead_id: int | None = None  # the report that leads the cluster
    carried: int | None = None  # the lead's event that reaches this member of its cluster
    shared: tuple[str, int] | None = None  # the report and event whose act reaches this copy of its words
    member_ids: tuple[int, ...] = ()  # the reports that come into the lead's cluster, or leave it
    files: tuple[StagedFile, ...] = ()
    edit: Edit | None = None
    channel: ReportChannel | None = None  # by which way it came to the officer who writes it down, and when
    received_on: date | None = None
    consent: tuple[Part, ...] = ()
    masked: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    kept: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)  # findings that an officer left in the open
    checks_answered: bool = False  # each finding of the pre-publication check was answered
    held_for: tuple[Ground, ...] = ()  # why the closing guard holds an answer; said by the service alone
    same_answers: int = 0  # how many answers of the last days say the same
    hidden_words: tuple[str, ...] = ()  # what the public shall not read any more, wherever it stands
    hidden_files: tuple[str, ...] = ()  # keys of pictures
    hiding_ground: HidingGround | None = None
    releases: int | None = None  # the held answer that goes out now
    addressee: str = ""  # of a memo, as the two below
    subject: str = ""
    evidence: tuple[str, ...] = ()  # keys of files that came with the memo before, and stay with it
    shows_evidence: bool = False  # the pictures among them are for the public, too
    memo: SignedMemo | None = None
    proposes: Action | None = None  # the deed that somebody else is to decide about
    lead_number: str = ""  # the report that is to lead, where a merge is proposed
    is_one_of_many: bool = False  # done to a whole list in one go, where nobody looks at each
    by_memo: int | None = None  # the event of the signed memo by which an answer goes out


def shows_files(move: Move) -> bool:
    """Say whether files come with a move: now, with the memo before, or with the held answer that it releases."""
    return bool(move.files or move.evidence) or move.releases is not None


def supplied(move: Move, *, classification: str) -> frozenset[Need]:
    """Return the needs that a move meets, for a report that so far has this classification."""
    final = move.classification or classification
    outcome = move.outcome
    facts = {
        Need.TEXT: bool(clean(move.text)),
        Need.TITLE: bool(clean(move.title)),
        Need.CATEGORY: bool(move.category_code),
        Need.CLASSIFICATION: move.classification is not None,
        Need.SUPERVISORY: final != Classification.COMPLAINT or move.supervisory is not None,
        Need.UNIT: move.unit_id is not None or move.agency_id is not None,
        Need.OUTCOME: outcome not in {None, Outcome.NOT_RECORDED},
        Need.OUTCOME_DATE: outcome not in NEEDS_DATE or move.outcome_on is not None,
        Need.HIDING: bool(move.hidden_words or move.hidden_files),
        Need.HIDING_GROUND: move.hiding_ground is not None,
        Need.PROMISED_DATE: move.outcome_on is not None,
        # The files of a held answer came with it.
        Need.EVIDENCE: outcome not in NEEDS_EVIDENCE or shows_files(move),
        Need.ARCHIVE_REASON: move.archive_reason in GIVABLE,
        Need.RATING: move.rating is not None and 1 <= move.rating <= 5 and move.solved is not None,
        Need.VISIBILITY: move.is_anonymous is not None or move.is_confidential is not None,
        Need.REFERENCE: move.refers_to is not None,
        Need.CHECKS: move.checks_answered,
        Need.DESTINATION: move.agency_id is not None,
        Need.PARTS: len(move.parts) >= LEAST_PARTS,
        Need.PLAN: bool(clean(move.plan)),
        Need.NEW_DATE: move.new_date is not None,
        Need.SUGGESTION: move.suggested_agency_id is not None,
        Need.CONSENT: bool(move.consent),
        Need.ASSIGNEE: move.assignee_id is not None,
        Need.LEAD: move.lead_id is not None,
        Need.MEMBERS: bool(move.member_ids),
        Need.ADDRESSEE: bool(clean(move.addressee)),
        Need.SUBJECT: bool(clean(move.subject)),
        Need.MEMO: move.memo is not None,
        Need.WORDS: move.edit is not None and {"title", "body"} <= move.edit.words.keys(),
        Need.CHANNEL: move.channel in COUNTER_CHANNELS,
        Need.RECEIVED_ON: move.received_on is not None,
        Need.PROPOSAL: _is_whole(move, final),
    }
    return frozenset(need for need, met in facts.items() if met)


def _is_whole(move: Move, classification: str) -> bool:
    """Say whether a proposal names what the deed would be done with."""
    match move.proposes:
        case None:
            return False
        case Action.RECLASSIFY:
            is_said = classification != Classification.COMPLAINT or move.supervisory is not None
            return bool(move.category_code) and move.classification is not None and is_said
        case Action.MERGE:
            return bool(move.lead_number)
        case _:
            return True
