"""Bring the past of SP4N-LAPOR! in, from FILE with the 21 columns of its admin export, and say what came of it."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.adapters import imports as sheets
from tanggap.domain import sp4n
from tanggap.domain.actors import Officer
from tanggap.domain.imports import MAY, TO_MEND, Kind, SheetError, State, bare, by_heading
from tanggap.domain.sp4n import Column
from tanggap.selectors import accounts, agencies
from tanggap.selectors import imports as selectors
from tanggap.selectors.bulk import Job
from tanggap.selectors.imports import Tally
from tanggap.services import bulk, imports
from tanggap.services.accounts import office_day

_BLOCK = 1024 * 1024
_MOST_SHOWN = 20


class Command(BaseCommand):
    """Judge the rows, take the good ones in unless it is a dry run, and compare what is here with what was there."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, whose reports they are, and who brings them in."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, metavar="USERNAME", help="an admin's account")
        parser.add_argument("--agency", default="", metavar="SLUG", help="by default the admin's own, or any")
        parser.add_argument("--dry-run", action="store_true", help="judge the rows and write no report")

    def handle(self, *, file: Path, username: str, agency: str, dry_run: bool = False, **_: object) -> None:
        """Print how the rows stand, then the counts there and here; ends with 1 where these differ."""
        now = timezone.now()  # noqa: TID251 - a door
        actor = _admin(username, now)
        try:
            taken = sheets.take_in(
                settings.IMPORTS_DIR,
                _chunks(file),
                most_bytes=settings.IMPORT_MOST_BYTES,
                most_rows=settings.IMPORT_MOST_ROWS,
                least_free=settings.ATTACHMENTS_LEAST_FREE_BYTES,
            )
            job = imports.receive(
                actor=actor,
                kind=Kind.HISTORY,
                sheet=taken.key,
                name=file.name,
                total=taken.count - 1,
                rows=partial(sheets.rows, settings.IMPORTS_DIR, taken.key),
                now=now,
                agency_id=_agency(agency),
                is_waited_for=True,
            )
        except SheetError as error:
            raise CommandError(f"{file}: {error.fault}") from error
        except imports.NotForYouError as error:
            raise CommandError(f"{username} does not bring reports of {agency or 'that agency'} in.") from error
        self._say("judged", job)
        if dry_run or not selectors.counts(job).get(State.GOOD):
            return
        self._take(job, actor, taken.key, now)
        self._compare(_there(job, taken.key), selectors.tally(job))

    def _take(self, job: Job, actor: Officer, key: str, now: datetime) -> None:
        going = imports.begin(actor=actor, key=job.key, now=now, is_queued=False)
        headings, _body = imports.body_of(Kind.HISTORY, sheets.rows(settings.IMPORTS_DIR, key))
        with sheets.reader(settings.IMPORTS_DIR, key) as at:
            imports.run(going, actor=actor, headings=headings, at=at, now=now)
        bulk.settle(going, is_done=True, now=timezone.now())  # noqa: TID251 - a door
        self._say("taken in", job)

    def _say(self, what: str, job: Job) -> None:
        counts = selectors.counts(job)
        self.stdout.write(f"{what}: " + ", ".join(f"{n} {state}" for state, n in sorted(counts.items())) + ".")
        for line in selectors.lines(job, TO_MEND, size=_MOST_SHOWN)[:_MOST_SHOWN]:
            faults = ", ".join(f"{heading}: {code}" for heading, code in line.faults)
            self.stdout.write(f"  row {line.position}: {faults}")

    def _compare(self, there: Tally, here: Tally) -> None:
        differs = False
        for name in ("status", "category", "office"):
            before, now = _bare(getattr(there, name)), _bare(getattr(here, name))
            differs |= before != now
            self.stdout.write(f"\n{name:<66} there   here")
            for words in sorted(before | now):
                mark = "" if before[words] == now[words] else "  <- differs"
                self.stdout.write(f"{words[:64] or '(none)':<66} {before[words]:>5} {now[words]:>6}{mark}")
        if differs:
            raise CommandError("The counts there and here are not equal.")
        self.stdout.write("\nThe counts there and here are equal.")


def _bare(counted: Counter[str]) -> Counter[str]:
    made: Counter[str] = Counter()
    for words, n in counted.items():
        made[bare(words)] += n
    return made


def _there(job: Job, key: str) -> Tally:
    """Count what the sheet says of the rows that are reports here now, in the words that we would write."""
    made = Tally()
    headings, body = imports.body_of(Kind.HISTORY, sheets.rows(settings.IMPORTS_DIR, key))
    taken = selectors.positions(job)
    for row in body:
        if row.number not in taken:
            continue
        cells = by_heading(Kind.HISTORY, headings, row.cells)
        standing = sp4n.read_status(cells[Column.STATUS])
        if standing is not None:
            made.status[sp4n.status(standing.status.value, standing.closing)] += 1
        made.category[cells[Column.CATEGORY]] += 1
        made.office[cells[Column.OFFICE] or cells[Column.PARENT_AGENCY]] += 1
    return made


def _admin(username: str, now: datetime) -> Officer:
    """Return the office in which an account may bring the past of an agency in."""
    offices = accounts.working_officers_named(username, office_day(now))
    found = next((office for office in offices if office.role in MAY[Kind.HISTORY]), None)
    if found is None:
        raise CommandError(f"{username} is no admin of an agency, and no national admin.")
    return found


def _agency(slug: str) -> int | None:
    if not slug:
        return None
    try:
        return agencies.by_slug(slug).pk
    except agencies.NotFoundError as error:
        raise CommandError(f"There is no agency {slug}.") from error


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
