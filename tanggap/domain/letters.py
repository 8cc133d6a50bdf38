"""What a message may say: the facts that are handed to the writer of letters, and nothing else.

Number, office, dates and codes. No title, no text, no name of a person and no tracking token has a
field here, so none can reach a mail by mistake.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tanggap.domain.clocks import Clock
from tanggap.domain.notices import Channel, Notice
from tanggap.domain.outcomes import Closing, Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """How much work somebody has: how many reports wait, how many of them are late or due today, what came up."""

    owed: int
    overdue: int
    due_today: int
    escalated: int = 0  # reports of which a level above was told
    nudged: int = 0  # late reports of the office that somebody else has nudged
    assessed: int = 0  # assessments that wait to be filled in, scored or decided about
    recommended: int = 0  # recommendations that wait to be answered or looked at, or are late
    recurring: int = 0  # problems that come again and wait for cause and plan
    asked: int = 0  # requests to open a report again that have waited too long (`domain.outside.PATIENCE`)

    @property
    def has_news(self) -> bool:
        """Say whether there is anything to write of."""
        came_up = (self.escalated, self.nudged, self.asked, self.assessed, self.recommended, self.recurring)
        return self.owed > 0 or any(came_up)


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that is to be sent now, with what its text needs and no word of the report.

    `office` is who did what the message tells, or who has the report; `due_at` is the date that
    matters to the reader (`DATE_OF`), in the zone of the owning agency.
    """

    message_id: int
    notice: Notice
    channel: Channel
    address: str
    language: str
    number: str = ""
    office: str = ""
    agency: str = ""
    clock: Clock | None = None
    due_at: datetime | None = None
    zone: str = "Asia/Jakarta"
    outcome: Outcome | None = None
    outcome_on: date | None = None
    closing: Closing | None = None
    object_until: datetime | None = None  # to the answer of a formal request
    confirmation: str = ""  # the signed text of the link that confirms an address
    figures: Figures | None = None
    others: tuple[str, ...] = ()  # numbers of the reports that are told together
    is_first_try: bool = False


# By when an answer is due: the first time, after a reopening, after a reply of the reporter.
_ANSWER = (Clock.RESOLVE, Clock.REOPENED, Clock.REPLY, Clock.FORMAL, Clock.FORMAL_OBJECTION)

# The clocks whose date a message names: of those that run, the one that runs out first. A notice that is not
# here names the clock that it is about (a reminder), or whichever of the report runs out first.
DATE_OF: dict[Notice, tuple[Clock, ...]] = {
    Notice.RECEIVED: (Clock.VERIFY,),
    Notice.CONFIRM_ADDRESS: (Clock.VERIFY,),
    Notice.TO_VERIFY: (Clock.VERIFY,),
    Notice.ASSIGNED: _ANSWER,
    Notice.NEW_WORK: _ANSWER,
    Notice.RETURNED: (Clock.VERIFY,),
    Notice.UNIT_RETURNED: _ANSWER,
    Notice.RETURN_PROPOSED: _ANSWER,
    Notice.DATA_REQUESTED: (Clock.DATA_REQUEST,),
    Notice.DATA_REMINDER: (Clock.DATA_REQUEST,),
    Notice.DEEMED_WITHDRAWN: (Clock.REOPEN_WINDOW,),
    Notice.FOLLOWED_UP: _ANSWER,
    Notice.ANSWERED: (Clock.AUTO_CLOSE,),
    Notice.ANSWER_HELD: _ANSWER,
    Notice.ANSWER_SENT_BACK: _ANSWER,
    Notice.MEMO_SUBMITTED: _ANSWER,
    Notice.MEMO_RETURNED: _ANSWER,
    Notice.ANSWER_REMINDER: (Clock.AUTO_CLOSE,),
    Notice.CLOSED: (Clock.REOPEN_WINDOW,),
    Notice.PROMISE_KEPT: (Clock.AUTO_CLOSE, Clock.REOPEN_WINDOW),
    Notice.OBJECTED: (Clock.REPLY,),
    Notice.REOPENED: (Clock.REOPENED,),
    Notice.REOPENED_AGAIN: (Clock.REOPENED,),
    Notice.ARCHIVED: (Clock.APPEAL,),
    Notice.TRANSFER_OFFERED: (Clock.HOP,),
    Notice.RECLASSIFIED: _ANSWER,
    Notice.MERGED: _ANSWER,
    Notice.UNMERGED: _ANSWER,
    Notice.TO_DECIDE: (Clock.ARBITRATION,),
    Notice.FORMAL_REQUEST: (Clock.FORMAL,),
    Notice.FORMAL_EXTENDED: (Clock.FORMAL,),
    Notice.FORMAL_OBJECTED: (Clock.FORMAL_OBJECTION,),
    Notice.EXTENSION_ASKED: (Clock.RESOLVE,),
    Notice.EXTENDED: (Clock.RESOLVE,),
    Notice.EXTENSION_DECIDED: (Clock.RESOLVE,),
    Notice.SPLIT: (Clock.PARTS,),
    Notice.SUPPORT_ASKED: _ANSWER,
    Notice.CONTRIBUTED: _ANSWER,
}
