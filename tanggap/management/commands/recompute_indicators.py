"""Count all indicators anew from the events, in two processes; --check only compares and names the first difference."""

import multiprocessing
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from multiprocessing.pool import Pool
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from tanggap.services import indicator_recount, indicators

_MOST_PROCESSES = 2


class Command(BaseCommand):
    """Recompute all facts and sums from the events. Safe to stop and run again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether to compare only, and how many processes count."""
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 naming the first difference")
        parser.add_argument(
            "--processes", type=int, default=min(_MOST_PROCESSES, os.cpu_count() or 1), metavar="P", help="default 2"
        )

    def handle(self, *, check: bool, processes: int, **_: object) -> None:
        """Count, and say how long that took."""
        started = time.monotonic()
        if check:
            indicators.fold(now=timezone.now())  # noqa: TID251 - a door
        connections.close_all()
        with multiprocessing.get_context("fork").Pool(max(1, processes)) as pool:
            try:
                with indicator_recount.alone():
                    now = timezone.now()  # noqa: TID251 - a door
                    self._count(pool, now, check=check, started=started)
            except indicator_recount.IsBusyError:
                raise CommandError("The indicators are being folded at this moment: try again.") from None

    def _count(self, pool: Pool, now: datetime, *, check: bool, started: float) -> None:
        spans = indicator_recount.spans()
        of_reports = partial(_check_reports if check else _write_reports, now=now)
        events = self._each(pool, of_reports, spans)
        self.stdout.write(f"facts: {events} events read in {time.monotonic() - started:.1f} s")
        months = indicators.months()
        self._each(pool, _check_month if check else _write_month, months)
        if not check:
            indicator_recount.finish(now=now)
        said = "are what was folded, to the digit" if check else "were counted anew"
        self.stdout.write(f"indicators of {len(months)} months {said}; {time.monotonic() - started:.1f} s")

    def _each(self, pool: Pool, do: Callable[[Any], tuple[int, str]], parts: Sequence[Any]) -> int:
        """Do something to each part, in order; stop at the first difference. Raises CommandError naming it."""
        total = 0
        found: Iterable[tuple[int, str]] = pool.imap(do, parts)
        for done, difference in found:
            total += done
            if difference:
                raise CommandError(f"The indicators are not what the events say: {difference}")
        return total


def _write_reports(span: indicator_recount.Span, *, now: datetime) -> tuple[int, str]:
    return indicator_recount.write_reports(span, now=now), ""


def _check_reports(span: indicator_recount.Span, *, now: datetime) -> tuple[int, str]:
    return indicator_recount.check_reports(span, now=now)


def _write_month(month: str) -> tuple[int, str]:
    return 0, indicator_recount.write_month(month)


def _check_month(month: str) -> tuple[int, str]:
    return 0, indicator_recount.check_month(month)
