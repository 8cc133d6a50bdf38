"""Play synthetic reports through the real services with a simulated clock; the same seed gives the same data."""

import logging
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from tanggap.adapters import demo_state
from tanggap.management import demo_accounts
from tanggap.management.demo import player, stories
from tanggap.management.demo.clockwork import Clockwork
from tanggap.management.demo.offices import Offices
from tanggap.management.demo.pictures import Album
from tanggap.management.demo.places import Places
from tanggap.management.demo.profile import DAYS, ZONE
from tanggap.management.demo.steps import Stage, Walk
from tanggap.management.demo.stories import Plan
from tanggap.selectors import calendars
from tanggap.selectors import reports as report_selectors
from tanggap.services import counters, messages, reminders

# What stands on the desks today comes first: whoever looks while the rest grows finds work there.
_RECENT = timedelta(days=75)
_EVERY = 100


class Command(BaseCommand):
    """Fill an installation with the demonstration; a run that was stopped goes on where it was."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many, which, and until when."""
        parser.add_argument("--reports", type=int, default=1200, metavar="N", help="how many (default 1200)")
        parser.add_argument("--seed", type=int, default=2020, metavar="S", help="same seed, same data (default 2020)")
        parser.add_argument(
            "--until", type=date.fromisoformat, metavar="DATE", help="the play ends with the day before"
        )
        parser.add_argument("--progress", action="store_true", help="say after each hundred how far it is")

    def handle(self, *, reports: int, seed: int, until: date | None, progress: bool, **_: object) -> None:
        """Play, and print what came of it."""
        started, clock = timezone.now(), time.monotonic()  # noqa: TID251 - a door
        today = started.astimezone(ZONE).date()
        if reports < 1:
            raise CommandError("--reports must be at least 1.")
        if until is not None and until > today:
            raise CommandError(f"--until must not be after today, {today}.")
        folder = settings.DATA_DIR
        last = _claim(folder, reports=reports, seed=seed, until=until, today=today)
        tally = self._play(reports, seed, last, started=started, progress=progress)
        demo_state.write(folder, {**demo_state.read(folder), "state": demo_state.COMPLETE})
        self.stdout.write("\n".join(tally.lines(time.monotonic() - clock)))

    def _play(self, reports: int, seed: int, last: date, *, started: datetime, progress: bool) -> "_Tally":
        end = datetime(last.year, last.month, last.day, tzinfo=ZONE).astimezone(UTC)
        begin = end - timedelta(days=DAYS)
        # A line for each of a hundred colleagues would bury what the terminal shows.
        logging.getLogger("tanggap.accounts").setLevel(logging.WARNING)
        demo_accounts.ensure(settings.DATA_DIR, now=begin)
        with connection.cursor() as cursor:
            # A demonstration that a power cut takes back is played again.
            cursor.execute("SET synchronous_commit = off")
        tally, stage = _Tally(), _stage(begin, end, started.astimezone(ZONE).date())
        plans = stories.plans(count=reports, seed=seed, end=end, places=Places())
        known = report_selectors.known_numbers(plan.number for plan in plans)
        tally.known = len(known)
        for done, plan in enumerate(_recent_first(plans, end), 1):
            if plan.number not in known:
                _play(plan, stage, tally, started=started)
            if done % _EVERY == 0 or done == reports:
                reminders.flag_overdue(now=end)
                counters.fold()
                if progress:
                    self.stdout.write(f"demo: {done} of {reports} reports")
                    self.stdout.flush()
        tally.images = stage.album.count
        return tally


def _recent_first(plans: list[Plan], end: datetime) -> Iterator[Plan]:
    yield from (plan for plan in plans if plan.at >= end - _RECENT)
    yield from (plan for plan in plans if plan.at < end - _RECENT)


def _stage(begin: datetime, end: datetime, today: date) -> Stage:
    calendar = calendars.working_calendar(None, calendars.current_version())
    return Stage(
        clockwork=Clockwork(calendar, end),
        offices=Offices(begin=begin, on=today),
        album=Album(settings.ATTACHMENTS_DIR, least_free=settings.ATTACHMENTS_LEAST_FREE_BYTES),
    )


@transaction.atomic
def _play(plan: Plan, stage: Stage, tally: "_Tally", *, started: datetime) -> None:
    """Play one report; nobody is told of what is only played."""
    walk = Walk(plan, stage)
    player.play(walk)
    messages.silence(before=started, now=stage.clockwork.end)
    tally.count(walk)


class _Tally:
    """What came of it."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.more: Counter[str] = Counter()
        self.known = 0
        self.images = 0

    def count(self, walk: Walk) -> None:
        """Count a report as it stands at the end."""
        report = walk.report
        if walk.refused:
            self.more[f"refused: {walk.refused}"] += 1
        if report is None:
            self.statuses["unverified"] += 1
            return
        self.statuses[report.status] += 1
        self.more["confidential"] += report.is_confidential
        self.more["anonymous"] += report.is_anonymous
        self.more["published"] += report.is_published
        self.more["reopened"] += report.reopen_count > 0
        self.more["returned"] += report.return_count > 0
        self.more["rated"] += report.rating is not None

    def lines(self, seconds: float) -> Iterable[str]:
        """Return the table that ends a run."""
        yield "demo data:"
        rows = [*sorted(self.statuses.items()), *self.more.items(), ("images", self.images)]
        yield from (f"  {name:<24} {count:>6}" for name, count in rows)
        if self.known:
            yield f"  {'there before':<24} {self.known:>6}"
        total = sum(self.statuses.values())
        yield f"  {total} reports in {seconds:.1f} s"


def _claim(folder: Path, *, reports: int, seed: int, until: date | None, today: date) -> date:
    """Mark the folder as a demonstration that grows, and return the day with which it ends.

    An installation with reports of its own never becomes a demonstration. A run that goes on ends with the day
    of the one that was stopped.
    """
    known = demo_state.read(folder)
    if not known and not settings.IS_DEMO and report_selectors.any_exist():
        raise CommandError("This installation has reports of its own: it does not become a demonstration.")
    plan = {"reports": reports, "seed": seed}
    goes_on = known.get("state") == demo_state.GROWING and known.items() >= plan.items() and "until" in known
    last = until or (date.fromisoformat(known["until"]) if goes_on else today)
    demo_state.write(folder, {**known, **plan, "until": last.isoformat(), "state": demo_state.GROWING})
    return last
