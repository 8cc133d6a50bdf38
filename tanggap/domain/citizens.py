"""What the account of a citizen holds: an address, some wishes, the own reports, the ones that are followed (ADR 0035).

Nobody needs one. All of it is sealed as one piece, so that no row says who has filed what.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

from tanggap.domain.lifecycle import Action

MOST_REPORTS: Final = 500
MOST_FOLLOWS: Final = 200
# What is sealed is filled up to a multiple of this: its length tells nothing of how many reports are in it.
BLOCK: Final = 4096

# The steps of a public report that whoever follows it is told of.
FOLLOWED: Final = frozenset(
    {Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF, Action.RETURN, Action.REQUEST_DATA, Action.FOLLOW_UP}
    | {Action.SUPPORT_FOLLOW_UP, Action.ANSWER, Action.CONFIRM_SCHEDULE, Action.RESCHEDULE, Action.GRANT_EXTENSION}
    | {Action.ACCEPT_TRANSFER, Action.DECIDE_OWNER, Action.SPLIT, Action.REOPEN}
    | {Action.CONFIRM_DONE, Action.AUTO_CLOSE, Action.CLOSE_MANUAL, Action.CLOSE_PARTS}
)


class FullError(Exception):
    """The account holds as many of these as it can."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account, as it is sealed."""

    address: str
    stamp: str  # a new one ends every session
    since: str  # the day on which it was made
    seen: str = ""  # the day of the last sign-in: who writes here each time does not tell when a report was linked
    language: str = "id"
    wants_mail: bool = True  # notices that nothing depends on; the others are always sent
    reports: tuple[int, ...] = ()  # in the order in which they were linked
    follows: tuple[int, ...] = ()

    def with_report(self, report_id: int) -> Self:
        """Return the account with one report more; raises FullError."""
        return replace(self, reports=_added(self.reports, report_id, MOST_REPORTS))

    def without_report(self, report_id: int) -> Self:
        """Return the account without a report."""
        return replace(self, reports=tuple(one for one in self.reports if one != report_id))

    def with_follow(self, report_id: int) -> Self:
        """Return the account with one followed report more; raises FullError."""
        return replace(self, follows=_added(self.follows, report_id, MOST_FOLLOWS))

    def without_follow(self, report_id: int) -> Self:
        """Return the account without a followed report."""
        return replace(self, follows=tuple(one for one in self.follows if one != report_id))


def _added(known: tuple[int, ...], one: int, most: int) -> tuple[int, ...]:
    if one in known:
        return known
    if len(known) >= most:
        raise FullError
    return (*known, one)
