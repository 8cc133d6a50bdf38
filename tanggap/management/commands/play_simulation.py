"""Play a part of `./run simulate` on an empty installation and print its counts as JSON."""

import gc
import json
import logging
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Final

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from tanggap.management.demo.profile import ZONE
from tanggap.management.simulation.play import Play, Wish
from tanggap.selectors import reports

# The years before are known to the calendar with all their holidays.
BEGIN: Final = datetime(2024, 1, 2, tzinfo=ZONE).astimezone(UTC)
BREAKS: Final = ("absent", "hops")


class Command(BaseCommand):
    """One part of a simulation, in a database that is thrown away."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many, how long, and which."""
        parser.add_argument("--reports", type=int, required=True, metavar="N")
        parser.add_argument("--months", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, required=True, metavar="N")
        parser.add_argument("--break", dest="broken", choices=BREAKS, default="", help="see the checks fail")

    def handle(self, *, reports: int, months: int, seed: int, broken: str, **_: object) -> None:
        """Play and print the counts."""
        if reports < 1 or not 1 <= months <= 24:
            raise CommandError("--reports must be at least 1, --months between 1 and 24.")
        if _has_reports():
            raise CommandError("This installation has reports: a simulation is played on a scratch database alone.")
        for name in ("tanggap.accounts", "tanggap.duty"):
            logging.getLogger(name).setLevel(logging.WARNING)
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")  # nobody keeps this database
        # What the program is made of is not looked through again with each thousand objects of an act.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        began = time.monotonic()
        found = Play(Wish(reports, months, seed, broken), BEGIN).run(tell=self._tell)
        found.played["seconds of all parts"] = round(time.monotonic() - began)
        self.stdout.write(json.dumps({"played": found.played, "broken": found.broken}))

    def _tell(self, done: int) -> None:
        self.stderr.write(f"simulate: {done} events")
        self.stderr.flush()


def _has_reports() -> bool:
    return reports.any_exist()
