"""What the account of a citizen holds: an address, some wishes, own reports and comments, what is followed (ADR 0035).

Nobody needs one. All of it is sealed as one piece, so that no row says who has filed what.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Self

from tanggap.domain.lifecycle import Action

MOST_REPORTS: Final = 500
MOST_FOLLOWS: Final = 200
MOST_SUPPORTS: Final = 200
MOST_COMMENTS: Final = 200
# What is sealed is filled up to a multiple of this: its length tells nothing of how many reports are in it.
BLOCK: Final = 4096
# A number that nobody tops up goes to somebody else, and who holds it then gets the code. Signed-in browsers last for a
# month (`web/citizens.py`), so nobody who uses an account is away for as long as this.
NUMBER_RESTS: Final = timedelta(days=90)

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

    address: str  # an e-mail address, or a mobile number (+628…)
    stamp: str  # a new one ends every session
    since: str  # the day on which it was made
    seen: str = ""  # the day of the last sign-in: who writes here each time does not tell when a report was linked
    language: str = "id"
    wants_mail: bool = True  # notices that nothing depends on; the others are always sent
    reports: tuple[int, ...] = ()  # in the order in which they were linked
    follows: tuple[int, ...] = ()
    supports: tuple[int, ...] = ()
    comments: tuple[int, ...] = ()
    # Reports from before the number rested (`put_aside`), which come back with the code of one of them.
    aside: tuple[int, ...] = ()

    @property
    def is_by_phone(self) -> bool:
        """Say whether a mobile number opens it, and no e-mail address."""
        return is_number(self.address)

    def may_have_moved(self, today: date) -> bool:
        """Say whether its number may be somebody else's by now: nobody has come in by it for long."""
        return self.is_by_phone and today - date.fromisoformat(self.seen or self.since) > NUMBER_RESTS

    def put_aside(self, *, stamp: str, today: date, language: str) -> Self:
        """Return the account as if it were new; whoever held the number before has the codes of the own reports."""
        aside = tuple(dict.fromkeys((*self.aside, *self.reports)))
        return type(self)(self.address, stamp, since=today.isoformat(), language=language, aside=aside)

    def with_report(self, report_id: int) -> Self:
        """Return the account with one report more, and all that were put aside with it; raises FullError."""
        more = (report_id, *self.aside) if report_id in self.aside else (report_id,)
        reports = self.reports
        for one in more:
            reports = _added(reports, one, MOST_REPORTS)
        return replace(self, reports=reports, aside=() if report_id in self.aside else self.aside)

    def without_report(self, report_id: int) -> Self:
        """Return the account without a report."""
        return replace(self, reports=tuple(one for one in self.reports if one != report_id))

    def with_follow(self, report_id: int) -> Self:
        """Return the account with one followed report more; raises FullError."""
        return replace(self, follows=_added(self.follows, report_id, MOST_FOLLOWS))

    def with_support(self, report_id: int) -> Self:
        """Return the account with one supported report more; raises FullError."""
        return replace(self, supports=_added(self.supports, report_id, MOST_SUPPORTS))

    def without_support(self, report_id: int) -> Self:
        """Return the account without a supported report."""
        return replace(self, supports=tuple(one for one in self.supports if one != report_id))

    def with_comment(self, comment_id: int) -> Self:
        """Return the account with one comment more; raises FullError."""
        return replace(self, comments=_added(self.comments, comment_id, MOST_COMMENTS))

    def without_comment(self, comment_id: int) -> Self:
        """Return the account without a comment."""
        return replace(self, comments=tuple(one for one in self.comments if one != comment_id))

    def without_follow(self, report_id: int) -> Self:
        """Return the account without a followed report."""
        return replace(self, follows=tuple(one for one in self.follows if one != report_id))


def is_number(address: str) -> bool:
    """Say whether what opens an account is a telephone number."""
    return "@" not in address


def _added(known: tuple[int, ...], one: int, most: int) -> tuple[int, ...]:
    if one in known:
        return known
    if len(known) >= most:
        raise FullError
    return (*known, one)
