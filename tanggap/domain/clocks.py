"""The named clocks: what starts, pauses and stops each one (D3.5; REQ-7: independent, all shown).

How long a clock runs is not here: that is versioned data with article and first day in force
(`tanggap/data/time_limits.csv`, `tanggap.domain.limits`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tanggap.domain.handing_on import OFFER_ENDS, TAKES_ON
from tanggap.domain.lifecycle import OVER, Action, Status


class Clock(StrEnum):
    """What is measured."""

    VERIFY = "verify"
    INTERNAL_ACCEPT = "internal_accept"
    FIRST_FOLLOWUP = "first_followup"
    RESOLVE = "resolve"
    REOPENED = "reopened"
    AUTO_CLOSE = "auto_close"
    DATA_REQUEST = "data_request"
    REPLY = "reply"
    STATUTORY_MAX = "statutory_max"
    STATUTORY_NOTICE = "statutory_notice"
    OUTCOME_NOTICE = "outcome_notice"
    REOPEN_WINDOW = "reopen_window"
    APPEAL = "appeal"
    HOP = "hop"
    ARBITRATION = "arbitration"
    EXTENSION = "extension"
    PARTS = "parts"
    FORMAL = "formal"  # the PPID's answer
    FORMAL_WINDOW = "formal_window"  # in which the applicant may object to it
    FORMAL_OBJECTION = "formal_objection"  # the answer of the PPID's superior


class Start(StrEnum):
    """What an action that starts a clock does when the clock ran before."""

    ANEW = "anew"  # a run of its own, each time
    ONCE = "once"  # never again: only the limit may be corrected


@dataclass(frozen=True, slots=True)
class ClockRule:
    """When one clock runs."""

    starts: frozenset[Action]
    stops: frozenset[Action] = frozenset()
    start: Start = Start.ANEW
    pauses: bool = False  # stands still while data is asked of the reporter
    is_shown: bool = True  # on public pages
    is_statutory: bool = False  # a date of the law itself: when it passes, the Ombudsman is offered
    is_others: bool = False  # another office has this time than the owner: never the report's own due date
    is_reporters: bool = False  # it is the reporter who has this time
    survives_end: bool = False  # a window that opens when the report is over
    revived_by: frozenset[Action] = field(default_factory=frozenset)  # an archive that is overturned never stopped it


_A = Action
_ENDS_VERIFYING = frozenset({_A.VERIFY_AND_ASSIGN, _A.MANAGE_SELF, _A.REQUEST_DATA, _A.SPLIT})
_APPEAL = frozenset({_A.APPEAL})
_ANSWERED = frozenset({_A.ANSWER, _A.HAND_TO_PPID, _A.OBJECT_FORMAL})

CLOCKS: dict[Clock, ClockRule] = {
    Clock.VERIFY: ClockRule(
        starts=frozenset({_A.SUBMIT, _A.LIFT, _A.RETURN, _A.APPEAL, _A.SUPPLY_DATA, _A.REOPEN}),
        stops=_ENDS_VERIFYING,
    ),
    Clock.STATUTORY_NOTICE: ClockRule(
        starts=frozenset({_A.SUBMIT}), stops=_ENDS_VERIFYING, start=Start.ONCE, is_statutory=True
    ),
    Clock.INTERNAL_ACCEPT: ClockRule(
        starts=frozenset({_A.ASSIGN_TO_UNIT}),
        stops=TAKES_ON
        | {_A.RETURN_TO_ADMIN, _A.TAKE_BACK, _A.HAND_OVER, _A.RETURN, _A.ACCEPT_TRANSFER, _A.DECIDE_OWNER, _A.SPLIT}
        | {_A.HAND_TO_PPID},
        is_shown=False,
    ),
    Clock.FIRST_FOLLOWUP: ClockRule(
        starts=frozenset({_A.VERIFY_AND_ASSIGN, _A.MANAGE_SELF}),
        stops=frozenset({_A.FOLLOW_UP, _A.ANSWER, _A.RETURN, _A.SPLIT, _A.HAND_TO_PPID}),
        pauses=True,
    ),
    Clock.RESOLVE: ClockRule(
        # A correction gives it another limit, counted from its own start; it never starts a second time.
        starts=frozenset({_A.VERIFY_AND_ASSIGN, _A.MANAGE_SELF, _A.RECLASSIFY}),
        # What was divided is answered part by part: each has its own. A formal request has another law's time.
        stops=frozenset({_A.ANSWER, _A.SPLIT, _A.HAND_TO_PPID}),
        start=Start.ONCE,
        pauses=True,
        revived_by=_APPEAL,
    ),
    Clock.STATUTORY_MAX: ClockRule(
        starts=frozenset({_A.VERIFY_AND_ASSIGN, _A.MANAGE_SELF}),
        stops=frozenset({_A.ANSWER}),
        start=Start.ONCE,
        pauses=True,
        is_statutory=True,
        revived_by=_APPEAL,
    ),
    Clock.REOPENED: ClockRule(starts=frozenset({_A.REOPEN}), stops=_ANSWERED, pauses=True),
    Clock.REPLY: ClockRule(starts=frozenset({_A.REPORTER_REPLY}), stops=_ANSWERED, pauses=True),
    Clock.AUTO_CLOSE: ClockRule(
        starts=frozenset({_A.ANSWER}), stops=frozenset({_A.REPORTER_REPLY, _A.OBJECT_FORMAL}), is_reporters=True
    ),
    Clock.DATA_REQUEST: ClockRule(
        starts=frozenset({_A.REQUEST_DATA}), stops=frozenset({_A.SUPPLY_DATA}), is_reporters=True
    ),
    Clock.OUTCOME_NOTICE: ClockRule(starts=frozenset(), is_shown=False),  # satisfied at once: the answer is sent
    Clock.REOPEN_WINDOW: ClockRule(
        # What was promised and is said to be done can be judged anew.
        starts=frozenset(
            {_A.CONFIRM_DONE, _A.AUTO_CLOSE, _A.CLOSE_MANUAL, _A.DATA_DEADLINE_PASSED, _A.CONFIRM_SCHEDULE}
        ),
        stops=frozenset({_A.REOPEN, _A.OBJECT_FORMAL, _A.SUPPLY_DATA}),
        is_reporters=True,
        survives_end=True,
    ),
    Clock.APPEAL: ClockRule(
        starts=frozenset({_A.ARCHIVE}), stops=_APPEAL, is_reporters=True, survives_end=True, is_shown=False
    ),
    # An agency says within it whether a report that is offered is its own (REQ-10). The clocks of the report run on.
    Clock.HOP: ClockRule(starts=frozenset({_A.TRANSFER}), stops=OFFER_ENDS, is_others=True),
    Clock.ARBITRATION: ClockRule(
        starts=frozenset({_A.DISPUTE}), stops=frozenset({_A.DECIDE_OWNER, _A.ANSWER, _A.RETURN}), is_others=True
    ),
    # By how much the time to answer may be extended at once (T25): a limit, and no clock that runs.
    # A report that was divided has an owner who follows its parts, and the longest time that the law gives an answer.
    Clock.PARTS: ClockRule(
        starts=frozenset({_A.SPLIT, _A.REOPEN_PARTS}), stops=frozenset({_A.CLOSE_PARTS}), is_shown=True
    ),
    Clock.EXTENSION: ClockRule(starts=frozenset(), is_shown=False),
    # UU 14/2008 knows no pause: what the PPID wants to know it asks by a message, and the ten days run on.
    Clock.FORMAL: ClockRule(starts=frozenset({_A.HAND_TO_PPID}), stops=frozenset({_A.ANSWER, _A.OBJECT_FORMAL})),
    Clock.FORMAL_WINDOW: ClockRule(  # only of a formal request: `deadlines` knows
        starts=frozenset({_A.ANSWER}), stops=frozenset({_A.OBJECT_FORMAL}), is_reporters=True, survives_end=True
    ),
    Clock.FORMAL_OBJECTION: ClockRule(starts=frozenset({_A.OBJECT_FORMAL}), stops=frozenset({_A.ANSWER})),
}

# The time that an answer has, whichever road the report takes; it was kept where none of them ran out before its end.
ANSWER_TIMES: Final = frozenset({Clock.RESOLVE, Clock.REOPENED, Clock.FORMAL, Clock.FORMAL_OBJECTION})
# These end a time to answer and are no answer: another clock runs in its place.
_ANSWERED_ELSEWHERE: Final = frozenset({_A.HAND_TO_PPID, _A.OBJECT_FORMAL, _A.SPLIT})


def is_passed_on(clock: Clock, stopped_by: str) -> bool:
    """Say whether what stopped a time to answer was no answer, so that nothing was kept and nothing missed by it."""
    return clock in ANSWER_TIMES | {Clock.REPLY} and stopped_by in _ANSWERED_ELSEWHERE


# With which clocks a report begins that comes with its past (ADR 0034); what is over has none.
IMPORTED: dict[Status, tuple[Clock, ...]] = {
    Status.UNVERIFIED: (Clock.VERIFY, Clock.STATUTORY_NOTICE),
    Status.ASSIGNED: (Clock.FIRST_FOLLOWUP, Clock.RESOLVE, Clock.STATUTORY_MAX),
    Status.IN_PROGRESS: (Clock.RESOLVE, Clock.STATUTORY_MAX),
    Status.ANSWERED: (Clock.AUTO_CLOSE,),
    Status.PENDING: (Clock.DATA_REQUEST,),
} | dict.fromkeys(OVER, ())

WINDOWS = frozenset(clock for clock, rule in CLOCKS.items() if rule.survives_end)
STATUTORY = frozenset(clock for clock, rule in CLOCKS.items() if rule.is_statutory)
