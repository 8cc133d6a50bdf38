"""Say when something is due and why, day by day: START CLOCK, or many at once from CSV with --batch."""

import csv
import sys
from argparse import ArgumentParser
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError

from tanggap.domain.calculator import Calculation, calculate
from tanggap.domain.clocks import Clock
from tanggap.domain.deadlines import CountedDay
from tanggap.domain.intake import Classification
from tanggap.domain.limits import NoLimitError, NoPolicyError
from tanggap.selectors import agencies, calendars, policies

HEADER = ["start", "clock", "classification", "supervisory", "agency"]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNSURE = "no holidays are known after {}: beyond it only weekends are left out, so the day may be a later one"
UNITS = {"wd": "working days", "cd": "calendar days", "hour": "hours"}


class Command(BaseCommand):
    """Compute one due date, or with --batch one for each line of a CSV file (or standard input)."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a start, a clock, and what decides the limit."""
        parser.add_argument("start", nargs="?", help="day (2020-06-26) or moment (2020-06-26T10:00+07:00)")
        parser.add_argument("clock", nargs="?", help=", ".join(clock.value for clock in Clock))
        parser.add_argument("--classification", default="", help=", ".join(c.value for c in Classification))
        parser.add_argument("--supervisory", action="store_true", help="with supervisory content")
        parser.add_argument("--agency", default="", help="slug of the agency, for its own limits and closures")
        parser.add_argument(
            "--batch", nargs="?", const="-", metavar="FILE", help=f"CSV with the header {','.join(HEADER)}; - is stdin"
        )

    def handle(self, **options: object) -> None:
        """Print the ISO date first, then why."""
        if options["batch"]:
            self._batch(str(options["batch"]))
            return
        if not (options["start"] and options["clock"]):
            raise CommandError("Say START and CLOCK, for example: deadline 2020-06-26 verify")
        found = _calculate(
            str(options["start"]),
            str(options["clock"]),
            str(options["classification"]),
            bool(options["supervisory"]),
            str(options["agency"]),
        )
        # In one piece: whoever wants the date alone may close the pipe after the first line.
        self.stdout.write("\n".join([found.due_on.isoformat(), *_why(found)]))

    def _batch(self, name: str) -> None:
        with sys.stdin if name == "-" else open(name, newline="", encoding="utf-8") as file:  # noqa: PTH123
            rows = csv.DictReader(file)
            if rows.fieldnames != HEADER:
                raise CommandError(f"The header must be {','.join(HEADER)}, not {','.join(rows.fieldnames or ())}.")
            unsure: list[tuple[int, date]] = []
            for row in rows:
                try:
                    supervisory = _flag(row["supervisory"])
                    found = _calculate(row["start"], row["clock"], row["classification"], supervisory, row["agency"])
                except CommandError as error:
                    raise CommandError(f"line {rows.line_num}: {error}") from error
                self.stdout.write(found.due_on.isoformat())
                if found.known_until is not None:
                    unsure.append((rows.line_num, found.known_until))
        # Beside the answer, which programs read.
        for line, last in unsure:
            self.stderr.write(f"line {line}: {_UNSURE.format(last)}")


def _flag(text: str | None) -> bool:
    word = (text or "").strip().lower()
    if word not in {"", "true", "false", "1", "0", "yes", "no"}:
        raise CommandError(f"supervisory must be true or false, not {text!r}.")
    return word in {"true", "1", "yes"}


def _calculate(start: str, clock: str, classification: str, supervisory: bool, agency: str) -> Calculation:
    try:
        begun: date | datetime = datetime.fromisoformat(start) if "T" in start else date.fromisoformat(start)
    except ValueError as error:
        raise CommandError(f"{start!r} is no day such as 2020-06-26.") from error
    if isinstance(begun, datetime) and begun.tzinfo is None:
        raise CommandError(f"{start!r} says no zone; write for example 2020-06-26T10:00+07:00.")
    if clock not in set(Clock):
        raise CommandError(f"There is no clock {clock!r}; there are {', '.join(sorted(Clock))}.")
    if classification and classification not in set(Classification):
        raise CommandError(f"There is no classification {classification!r}; there are {', '.join(Classification)}.")
    try:
        owner = agencies.by_slug(agency) if agency else None
        on = begun.date() if isinstance(begun, datetime) else begun
        agency_id = owner.pk if owner else None
        return calculate(
            begun,
            Clock(clock),
            limits=policies.in_force(agency_id, on),
            calendar=calendars.working_calendar(agency_id, calendars.current_version()),
            zone=owner.timezone if owner else "Asia/Jakarta",
            classification=classification,
            supervisory=supervisory,
        )
    except agencies.NotFoundError as error:
        raise CommandError(
            f"There is no agency {agency!r}. Look for it at /instansi: what stands after /instansi/ in the address of "
            "its page is what to write here, for example pemprov-banten."
        ) from error
    except (NoPolicyError, NoLimitError) as error:
        raise CommandError(str(error)) from error


def _why(found: Calculation) -> list[str]:
    run, limit = found.run, found.limit
    lines = [
        f"{run.clock.value}: {limit.count} {UNITS[limit.unit]}, {limit.article} ({limit.policy}); {limit.basis}",
        f"calendar version {run.calendar}, {run.zone}",
        f"{_day(run.started_on)}  day 0",
    ]
    if found.known_until is not None:
        lines.insert(2, _UNSURE.format(found.known_until))
    lines += [f"{_day(day.day)}  {_said(day)}" for day in found.days]
    if limit.unit == "hour":
        lines.append(f"{run.due_at.isoformat()}  {limit.count} hours after the start")
    return lines


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.isoformat()}"


def _said(day: CountedDay) -> str:
    if day.number is not None:
        return f"day {day.number}"
    return f"not counted: {day.name or 'weekend'}"
