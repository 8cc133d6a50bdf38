"""How a report ended: the closed list of outcomes and of archive reasons (REQ-20: closed is not solved)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What an answer says was done. A closing without one is what citizens call fake closing."""

    FIXED = "fixed"
    EXPLAINED = "explained"
    SCHEDULED = "scheduled"
    BUDGET_NEEDED = "budget_needed"
    REJECTED_WITH_REASON = "rejected_with_reason"
    INFORMATION_GIVEN = "information_given"
    ASPIRATION_NOTED = "aspiration_noted"
    ASPIRATION_ADOPTED = "aspiration_adopted"
    PROVEN_SANCTIONED = "proven_sanctioned"
    NOT_PROVEN = "not_proven"
    TRANSFERRED_OUTSIDE = "transferred_outside"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    WITHDRAWN = "withdrawn"
    NOT_RECORDED = "not_recorded"  # it ended in another system, which does not say how


# What an officer may choose when answering; the others happen by themselves.
ANSWERABLE = tuple(o for o in Outcome if o not in {Outcome.DEEMED_WITHDRAWN, Outcome.WITHDRAWN, Outcome.NOT_RECORDED})
# Field work is claimed, so evidence must come with it.
NEEDS_EVIDENCE = frozenset({Outcome.FIXED})
# The answer promises a day on which it will be asked again.
NEEDS_DATE = frozenset({Outcome.SCHEDULED})


class Closing(StrEnum):
    """By whom or by what a report was closed."""

    CONFIRMED = "confirmed"
    AUTO = "auto"
    MANUAL = "manual"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    PARTS = "parts"


class ArchiveReason(StrEnum):
    """Why a report will not be handled."""

    UNCLEAR = "unclear"
    TOO_GENERAL = "too_general"
    NOT_GOVERNMENT = "not_government"
    OUT_OF_SCOPE_LEGAL = "out_of_scope_legal"
    OUT_OF_SCOPE_OTHER_CHANNEL = "out_of_scope_other_channel"
    ALREADY_ANSWERED = "already_answered"
    HOAX_SPAM = "hoax_spam"
    ABUSIVE_SARA = "abusive_sara"
    TEST = "test"
    UNDER_OMBUDSMAN = "under_ombudsman"
    AS_IN_SOURCE = "as_in_source"  # archived in another system, in words that are none of these


# What an officer may choose when archiving.
GIVABLE = tuple(reason for reason in ArchiveReason if reason != ArchiveReason.AS_IN_SOURCE)


@dataclass(frozen=True, slots=True)
class ArchiveRule:
    """What a reason demands before it may be used, and whether the reporter may appeal."""

    needs_supplied_data: bool = False  # a data request was answered and left it unclear
    needs_second_officer: bool = False  # proposed by one, confirmed by another
    may_appeal: bool = True


ARCHIVE_RULES: dict[ArchiveReason, ArchiveRule] = {
    ArchiveReason.UNCLEAR: ArchiveRule(needs_supplied_data=True),
    ArchiveReason.TOO_GENERAL: ArchiveRule(needs_supplied_data=True),
    ArchiveReason.NOT_GOVERNMENT: ArchiveRule(),
    ArchiveReason.OUT_OF_SCOPE_LEGAL: ArchiveRule(),
    ArchiveReason.OUT_OF_SCOPE_OTHER_CHANNEL: ArchiveRule(),
    ArchiveReason.ALREADY_ANSWERED: ArchiveRule(),
    ArchiveReason.HOAX_SPAM: ArchiveRule(needs_second_officer=True),
    ArchiveReason.ABUSIVE_SARA: ArchiveRule(needs_second_officer=True),
    ArchiveReason.TEST: ArchiveRule(may_appeal=False),
    ArchiveReason.UNDER_OMBUDSMAN: ArchiveRule(may_appeal=False),
    ArchiveReason.AS_IN_SOURCE: ArchiveRule(may_appeal=False),
}


class Solved(StrEnum):
    """The reporter's own word on whether the problem is gone."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


# What became of a report that was divided is what became of its least satisfied part: closed is not solved.
_LEAST_FIRST = (
    Outcome.NOT_RECORDED,
    Outcome.REJECTED_WITH_REASON,
    Outcome.BUDGET_NEEDED,
    Outcome.SCHEDULED,
    Outcome.NOT_PROVEN,
    Outcome.TRANSFERRED_OUTSIDE,
    Outcome.ASPIRATION_NOTED,
    Outcome.EXPLAINED,
    Outcome.INFORMATION_GIVEN,
    Outcome.ASPIRATION_ADOPTED,
    Outcome.PROVEN_SANCTIONED,
    Outcome.FIXED,
    Outcome.DEEMED_WITHDRAWN,
    Outcome.WITHDRAWN,
)


def of_parts(outcomes: Iterable[str]) -> Outcome:
    """Return the outcome of a divided report; a part without one was archived, which is a refusal with its reason."""
    found = {Outcome(code) if code else Outcome.REJECTED_WITH_REASON for code in outcomes}
    return next(outcome for outcome in _LEAST_FIRST if outcome in found)
