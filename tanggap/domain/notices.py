"""Who is told what: one row per notice. The words are in `tanggap.adapters.outbound.words`.

A notice never carries the title or the text of a report: a mail is read by whoever holds the phone.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Notice(StrEnum):
    """A kind of message."""

    RECEIVED = "received"
    CONFIRM_ADDRESS = "confirm_address"
    TO_VERIFY = "to_verify"
    ASSIGNED = "assigned"
    NEW_WORK = "new_work"
    RETURNED = "returned"
    UNIT_RETURNED = "unit_returned"
    RETURN_PROPOSED = "return_proposed"
    DATA_REQUESTED = "data_requested"
    DATA_REMINDER = "data_reminder"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    FOLLOWED_UP = "followed_up"
    ANSWERED = "answered"
    ANSWER_REMINDER = "answer_reminder"
    ANSWER_HELD = "answer_held"
    ANSWER_SENT_BACK = "answer_sent_back"
    MEMO_SUBMITTED = "memo_submitted"
    MEMO_RETURNED = "memo_returned"
    REPORTER_WROTE = "reporter_wrote"
    WRITTEN_FOR_YOU = "written_for_you"
    PROMISE_DUE = "promise_due"
    PROMISE_ASKED = "promise_asked"
    PROMISE_KEPT = "promise_kept"
    PROMISE_MOVED = "promise_moved"
    REDACTED = "redacted"
    UNHIDDEN = "unhidden"
    OBJECTED = "objected"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    REOPENED = "reopened"
    REOPENED_AGAIN = "reopened_again"
    REOPEN_ASKED = "reopen_asked"
    REOPEN_DECIDED = "reopen_decided"
    ARCHIVE_PROPOSED = "archive_proposed"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    TRANSFER_OFFERED = "transfer_offered"
    TRANSFER_REFUSED = "transfer_refused"
    TO_DECIDE = "to_decide"
    NUDGED = "nudged"
    RECLASSIFIED = "reclassified"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_DECIDED = "extension_decided"
    SPLIT = "split"
    SUPPORT_ASKED = "support_asked"
    CONTRIBUTED = "contributed"
    MERGED = "merged"
    UNMERGED = "unmerged"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    STATUTORY_PASSED = "statutory_passed"
    ESCALATED = "escalated"
    HANDED_OVER = "handed_over"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    HANDOVER_ACCEPTED = "handover_accepted"
    HANDOVER_DECLINED = "handover_declined"
    HANDOVER_DECIDED = "handover_decided"
    MENTIONED = "mentioned"
    MESSAGE = "message"
    FORMAL_REQUEST = "formal_request"
    FORMAL_EXTENDED = "formal_extended"
    FORMAL_OBJECTED = "formal_objected"
    DIGEST = "digest"
    HEAD_DIGEST = "head_digest"
    PROPOSED = "proposed"
    PROPOSAL_DECIDED = "proposal_decided"
    TOGETHER = "together"


class Audience(StrEnum):
    """To whom a notice goes."""

    REPORTER = "reporter"
    OWNER = "owner"  # the officers of the unit that owns the report, or the admins of the agency
    ADMINS = "admins"  # the admins of the owning agency
    OWNER_AND_ADMINS = "owner_and_admins"  # a breach goes one step up as well
    OWNER_AND_ABOVE = "owner_and_above"  # and the next step up: the admins over a unit, the next tier over an agency
    RECEIVER = "receiver"  # the admins of the agency that a report is offered to
    EXTENDERS = "extenders"  # who decides about more time: the admins of the agency, then the national ones
    SECOND_LOOK = "second_look"  # the admins but for the author of a held answer; where there is none, the next tier
    SPEAKERS = "speakers"  # who answers and signs for the unit: its liaison officers, or the admins where it has none
    PREPARER = "preparer"  # who put a memo before the signers; whoever owns the report, where that one has left
    AUTHOR = "author"  # who wrote the answer that was held; whoever owns the report, where that one has left
    DECIDERS = "deciders"  # who decides about the last proposal; where nobody is there, the national admins
    PROPOSER = "proposer"  # whose proposal was decided; whoever owns the report, where that one has left
    HEADS = "heads"  # the heads of the agency and of the units that have the report
    NEXT_TIER = "next_tier"  # the heads of the office; where no head is in post, the national admins
    SUPPORTER = "supporter"  # the office that is asked to support
    ARBITERS = "arbiters"  # the national admins, who decide whose a report is
    OMBUDSMAN = "ombudsman"  # its officers, while the consent lasts
    ASKER = "asker"  # the overseer who asked for a closed report to be opened again
    OFFICER = "officer"  # one officer (digest)


class Channel(StrEnum):
    """By which way a message goes out."""

    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class NoticeSpec:
    """What is true of a kind of message."""

    audience: Audience
    channels: tuple[Channel, ...] = (Channel.EMAIL,)
    needs_confirmed_address: bool = True
    # A citizen with an account may do without it: nothing ends, begins or is lost when nobody reads it.
    is_optional: bool = False
    digest: Audience | None = None  # who gets no mail of its own, and reads in the digest of the day how many there are


_REPORTER = NoticeSpec(Audience.REPORTER)
_NEWS = NoticeSpec(Audience.REPORTER, is_optional=True)
_OWNER = NoticeSpec(Audience.OWNER)
_ADMINS = NoticeSpec(Audience.ADMINS)

NOTICES: dict[Notice, NoticeSpec] = {
    Notice.RECEIVED: _REPORTER,
    Notice.CONFIRM_ADDRESS: NoticeSpec(Audience.REPORTER, needs_confirmed_address=False),
    Notice.TO_VERIFY: _ADMINS,
    Notice.ASSIGNED: _NEWS,
    Notice.NEW_WORK: _OWNER,
    Notice.RETURNED: _NEWS,
    Notice.UNIT_RETURNED: _ADMINS,
    Notice.RETURN_PROPOSED: NoticeSpec(Audience.SPEAKERS),
    Notice.DATA_REQUESTED: _REPORTER,
    Notice.DATA_REMINDER: _REPORTER,
    Notice.DEEMED_WITHDRAWN: _REPORTER,
    Notice.FOLLOWED_UP: _NEWS,
    Notice.ANSWERED: _REPORTER,
    Notice.ANSWER_REMINDER: _REPORTER,
    Notice.ANSWER_HELD: NoticeSpec(Audience.SECOND_LOOK),
    Notice.ANSWER_SENT_BACK: NoticeSpec(Audience.AUTHOR),
    Notice.MEMO_SUBMITTED: NoticeSpec(Audience.SPEAKERS),
    Notice.MEMO_RETURNED: NoticeSpec(Audience.PREPARER),
    Notice.REPORTER_WROTE: _OWNER,
    Notice.WRITTEN_FOR_YOU: _REPORTER,
    Notice.CONFIRMED: _OWNER,
    Notice.CLOSED: _REPORTER,
    Notice.REDACTED: _REPORTER,
    Notice.UNHIDDEN: _REPORTER,
    Notice.PROMISE_DUE: NoticeSpec(Audience.OWNER_AND_ADMINS),
    Notice.PROMISE_ASKED: _REPORTER,
    Notice.PROMISE_KEPT: _NEWS,
    Notice.PROMISE_MOVED: _NEWS,
    # The reporter is not content (REQ-19): the office and its supervisor hear of it, the second time the tier above.
    Notice.OBJECTED: NoticeSpec(Audience.OWNER_AND_ABOVE),
    Notice.REOPENED: NoticeSpec(Audience.OWNER_AND_ADMINS),
    Notice.REOPENED_AGAIN: NoticeSpec(Audience.NEXT_TIER),
    Notice.REOPEN_ASKED: NoticeSpec(Audience.ARBITERS),
    Notice.REOPEN_DECIDED: NoticeSpec(Audience.ASKER),
    Notice.ARCHIVE_PROPOSED: _ADMINS,
    Notice.ARCHIVED: _REPORTER,
    Notice.WITHDRAWN: _OWNER,
    Notice.TRANSFER_OFFERED: NoticeSpec(Audience.RECEIVER),
    Notice.TRANSFER_REFUSED: _ADMINS,
    Notice.TO_DECIDE: NoticeSpec(Audience.ARBITERS),
    # The head is told, too (T28); a province nudges hundreds in one go, and the head gets one mail a day.
    Notice.NUDGED: NoticeSpec(Audience.OWNER_AND_ADMINS, digest=Audience.HEADS),
    Notice.RECLASSIFIED: _NEWS,
    Notice.EXTENSION_ASKED: NoticeSpec(Audience.EXTENDERS),
    Notice.EXTENDED: _REPORTER,
    Notice.EXTENSION_DECIDED: _OWNER,
    Notice.SPLIT: _REPORTER,
    Notice.SUPPORT_ASKED: NoticeSpec(Audience.SUPPORTER),
    Notice.CONTRIBUTED: _OWNER,
    Notice.MERGED: _NEWS,
    Notice.UNMERGED: _NEWS,
    Notice.DUE_SOON: _OWNER,
    Notice.OVERDUE: NoticeSpec(Audience.OFFICER),
    Notice.STATUTORY_PASSED: _REPORTER,
    Notice.ESCALATED: NoticeSpec(Audience.OWNER_AND_ADMINS),
    Notice.HANDED_OVER: NoticeSpec(Audience.OMBUDSMAN),
    Notice.CONSENT_WITHDRAWN: NoticeSpec(Audience.OWNER_AND_ADMINS),
    Notice.HANDOVER_ACCEPTED: _REPORTER,
    Notice.HANDOVER_DECLINED: _REPORTER,
    Notice.HANDOVER_DECIDED: NoticeSpec(Audience.OWNER_AND_ADMINS),
    Notice.MENTIONED: NoticeSpec(Audience.OFFICER),
    Notice.MESSAGE: _REPORTER,
    Notice.FORMAL_REQUEST: _REPORTER,
    Notice.FORMAL_EXTENDED: _REPORTER,
    Notice.FORMAL_OBJECTED: NoticeSpec(Audience.OWNER_AND_ADMINS),
    Notice.PROPOSED: NoticeSpec(Audience.DECIDERS),
    Notice.PROPOSAL_DECIDED: NoticeSpec(Audience.PROPOSER),
    Notice.DIGEST: NoticeSpec(Audience.OFFICER),
    Notice.HEAD_DIGEST: NoticeSpec(Audience.OFFICER),
    Notice.TOGETHER: NoticeSpec(Audience.OFFICER),
}

# Of one kind an officer gets so many mails within the time; what comes beyond waits so long and is told by one mail.
MOST_SINGLE: Final = 5
TOGETHER_AFTER: Final = timedelta(hours=1)
# What says that somebody is late, or goes up, waits for nothing; a digest is one mail already.
_ALWAYS_SINGLE: Final = frozenset(
    {Notice.ESCALATED, Notice.OVERDUE, Notice.NUDGED, Notice.REOPENED_AGAIN, Notice.HANDED_OVER}
    | {Notice.DIGEST, Notice.HEAD_DIGEST, Notice.TOGETHER}
)


def may_wait(notice: Notice) -> bool:
    """Say whether a message may be told with others, later: never a reporter's, never an escalation."""
    return NOTICES[notice].audience != Audience.REPORTER and notice not in _ALWAYS_SINGLE
