"""Play synthetic reports through the real services with a simulated clock; the same seed gives the same data."""

import logging
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.adapters import demo_state
from tanggap.management import demo_accounts
from tanggap.management.demo import arrangements, decisions, endings, letters, parts, stories
from tanggap.management.demo.clockwork import Clockwork
from tanggap.management.demo.offices import Offices
from tanggap.management.demo.parts import Tally
from tanggap.management.demo.pictures import Album
from tanggap.management.demo.places import Places
from tanggap.management.demo.profile import DAYS, ZONE
from tanggap.management.demo.steps import Stage
from tanggap.management.demo.stories import Plan
from tanggap.selectors import calendars
from tanggap.selectors import reports as report_selectors
from tanggap.services import indicators, maps

# What stands on the desks today comes first: whoever looks while the rest grows finds work there.
_RECENT = timedelta(days=75)
_EVERY = 100
_MOST_PROCESSES = 2


class Command(BaseCommand):
    """Fill an installation with the demonstration; a run that was stopped goes on where it was."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many, which, and until when."""
        parser.add_argument("--reports", type=int, default=1200, metavar="N", help="how many (default 1200)")
        parser.add_argument("--seed", type=int, default=2020, metavar="S", help="same seed, same data (default 2020)")
        parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="the play ends as this day begins")
        parser.add_argument("--progress", action="store_true", help="say after each hundred how far it is")
        parser.add_argument(
            "--processes",
            type=int,
            default=min(_MOST_PROCESSES, os.cpu_count() or 1),
            metavar="P",
            help="how many play at once (default: one for each core, at most two)",
        )

    def handle(
        self, *, reports: int, seed: int, until: date | None, progress: bool, processes: int, **_: object
    ) -> None:
        """Play, and print what came of it."""
        started, clock = timezone.now(), time.monotonic()  # noqa: TID251 - a door
        today = started.astimezone(ZONE).date()
        if reports < 1 or processes < 1:
            raise CommandError("--reports and --processes must be at least 1.")
        if until is not None and until > today:
            raise CommandError(f"--until must not be after today, {today}.")
        folder = settings.DATA_DIR
        last = _claim(folder, reports=reports, seed=seed, until=until, today=today)
        tally = self._play(reports, seed, last, processes, started=started, progress=progress)
        demo_state.write(folder, {**demo_state.read(folder), "state": demo_state.COMPLETE})
        endings.let_packages_be_made(now=timezone.now())  # noqa: TID251 - a door
        self.stdout.write("\n".join(_lines(tally, time.monotonic() - clock)))

    def _play(self, reports: int, seed: int, last: date, processes: int, *, started: datetime, progress: bool) -> Tally:
        end = datetime(last.year, last.month, last.day, tzinfo=ZONE).astimezone(UTC)
        begin = end - timedelta(days=DAYS)
        # A line for each of a hundred colleagues would bury what the terminal shows.
        for name in ("tanggap.accounts", "tanggap.organisation"):
            logging.getLogger(name).setLevel(logging.WARNING)
        decisions.add_ppid(now=begin)
        demo_accounts.ensure(settings.DATA_DIR, now=begin)
        plans = stories.plans(count=reports, seed=seed, end=end, places=Places())
        known = report_selectors.known_numbers(plan.number for plan in plans)
        wanted = [plan for plan in _recent_first(plans, end) if plan.number not in known]

        def make_stage() -> Stage:
            return _stage(begin, end, started.astimezone(ZONE).date())

        stage = make_stage()
        decisions.decide(stage.offices, now=begin)
        say = self._teller(len(known), reports) if progress else _say_nothing
        if processes == 1 or len(wanted) < _EVERY:
            done = iter(range(1, len(wanted) + 1))
            tally = parts.play(wanted, stage, started=started, tell=lambda: say(next(done)))
        else:
            stage.offices.prepare(stories.desks(wanted))
            tally = parts.play_in_parts(wanted, processes, make_stage, started=started, on_progress=say)
        if reports >= _EVERY:
            came = letters.bring_in(stage, settings.IMPORTS_DIR, seed=seed, started=started)
            tally.statuses["unverified"] += came
            tally.more["imported letters"] += came
            arrangements.arrange(stage)
        indicators.fold(now=started)
        maps.count(now=started)
        over = timezone.now()  # noqa: TID251 - a door; what is signed and published is so after the play
        endings.end(now=over)
        if reports >= _EVERY:
            endings.publish_recap(stage.offices, now=over)
        if known:
            tally.more["there before"] = len(known)
        return tally

    def _teller(self, known: int, reports: int) -> Callable[[int], None]:
        """Return what says, after each hundred, how far it is."""
        said = known // _EVERY

        def say(done: int) -> None:
            nonlocal said
            if (known + done) // _EVERY > said:
                said = (known + done) // _EVERY
                self.stdout.write(f"demo: {known + done} of {reports} reports")
                self.stdout.flush()

        return say


def _say_nothing(_done: int) -> None:
    return


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


def _lines(tally: Tally, seconds: float) -> Iterator[str]:
    """Return the table that ends a run."""
    yield "demo data:"
    for name, count in [*sorted(tally.statuses.items()), *tally.more.items()]:
        yield f"  {name:<24} {count:>6}"
    yield f"  {sum(tally.statuses.values())} reports in {seconds:.1f} s"


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
