"""Write `tanggap/data/holidays.csv` anew from the library `holidays`; look at the difference, then commit it."""

import csv
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tanggap import data
from tanggap.adapters import calendars
from tanggap.domain.reference import columns_of
from tanggap.domain.reference_rows import DayRow

FIRST, LAST = 2018, 2027


class Command(BaseCommand):
    """Import holidays and joint leave. It touches no database: `load_reference` does, as a new version."""

    help = __doc__ or ""
    requires_system_checks = ()  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which years, and where to."""
        parser.add_argument("--from", dest="first", type=int, default=FIRST, help=f"first year ({FIRST})")
        parser.add_argument("--to", dest="last", type=int, default=LAST, help=f"last year ({LAST})")
        parser.add_argument("--output", type=Path, default=Path(data.__file__).with_name("holidays.csv"))

    def handle(self, *, first: int, last: int, output: Path, **_: object) -> None:
        """Write the file and say how many days it holds."""
        if last < first:
            raise CommandError(f"The last year ({last}) comes before the first ({first}).")
        rows = calendars.national_days(range(first, last + 1))
        columns = columns_of(DayRow)
        with output.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(columns)
            lines.writerows([getattr(row, column) for column in columns] for row in rows)
        self.stdout.write(f"{len(rows)} days of {first}-{last} from {calendars.library()} written to {output.name}.")
