"""Bring a sheet into the record: first every row is judged and nothing is written, then the good ones are taken in.

What became of each row is kept without a word of it. Both halves can be stopped and run again: a row that is judged
is not judged twice, one that is taken in is settled in the same transaction, and a row that came before is known.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, chain
from typing import Any, Final

from django.db import InterfaceError, OperationalError, transaction

from tanggap.domain import imports, references
from tanggap.domain.actors import NationalAdmin, Officer
from tanggap.domain.imports import MAY, Kind, LetterColumn, Problem, SheetError, SheetFault, SheetRow, State
from tanggap.domain.intake import Fault
from tanggap.domain.sp4n import Column
from tanggap.models import Agency, BulkJob, ImportLine, Intake
from tanggap.selectors import bulk as jobs
from tanggap.selectors import imports as imports_selectors
from tanggap.selectors import reports as report_selectors
from tanggap.services import bulk, history, import_history, import_letters, submissions
from tanggap.services.import_history import Past
from tanggap.services.import_letters import Letter
from tanggap.services.import_rows import CATEGORY, OFFICE, Issue, Sheet

CHECK: Final = "import_check"
RUN: Final = "import"
_BATCH: Final = 200
_SAID_EVERY: Final = 50
_NAME_LENGTH: Final = 80

log = logging.getLogger("tanggap.imports")


class NotForYouError(Exception):
    """This office does not bring in such rows, or not for that agency."""


@transaction.atomic
def receive(
    *,
    actor: Officer,
    kind: Kind,
    sheet: str,
    name: str,
    total: int,
    rows: Callable[[], Iterable[SheetRow]],
    now: datetime,
    agency_id: int | None = None,
    meanings: Mapping[str, Mapping[str, str]] | None = None,
    is_waited_for: bool = False,
) -> BulkJob:
    """Judge a sheet and return the job of that: a short one, or one that is waited for, at once; others by the worker.

    `sheet` is the key of its rows, `total` how many those are. An admin of an agency brings in what is that agency's;
    a national admin what is of one that is named, or of any. Raises NotForYouError, and SheetError without a job.
    """
    asked = _asked(actor, kind, sheet, name, agency_id, meanings or {})
    body_of(kind, rows())
    at_once = is_waited_for or total <= imports.MOST_AT_ONCE
    job = bulk.start(actor=actor, kind=CHECK, asked=asked, total=total, now=now, is_queued=not at_once)
    if at_once:
        check(job, actor=actor, rows=rows(), now=now)
        bulk.settle(job, is_done=True, now=now)
    return job


@transaction.atomic
def expect(
    *, actor: Officer, kind: Kind, sheet: str, name: str, now: datetime, agency_id: int | None = None
) -> BulkJob:
    """Return the job that reads and judges a sheet which was only laid down. Raises NotForYouError."""
    asked = _asked(actor, kind, sheet, name, agency_id, {})
    return bulk.start(actor=actor, kind=CHECK, asked=asked, total=0, now=now)


def expected(job: BulkJob, total: int) -> None:
    """Say how many rows a sheet has, once it was read."""
    job.total = total
    job.save(update_fields=["total"])


def refuse(job: BulkJob, fault: SheetFault) -> None:
    """Write down why nothing of a sheet is taken: as its row 0."""
    faults = [["", fault.value]]
    ImportLine.objects.bulk_create(
        [ImportLine(job=job, position=0, place=0, state=State.BAD, faults=faults)], ignore_conflicts=True
    )


def _asked(
    actor: Officer, kind: Kind, sheet: str, name: str, agency_id: int | None, meanings: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    if actor.role not in MAY[kind]:
        raise NotForYouError
    agency = _agency(actor, agency_id)
    asked: dict[str, Any] = {"what": kind.value, "agency": agency, "sheet": sheet, "name": name[:_NAME_LENGTH]}
    if meanings:
        asked["meanings"] = {
            what: {imports.bare(name): meant for name, meant in said.items()} for what, said in meanings.items()
        }
    return asked


def _agency(actor: Officer, agency_id: int | None) -> int | None:
    if not isinstance(actor, NationalAdmin):
        if agency_id not in {None, actor.agency_id}:
            raise NotForYouError
        return actor.agency_id
    if agency_id is not None and not Agency.objects.filter(pk=agency_id).exists():
        raise NotForYouError
    return agency_id


def body_of(kind: Kind, rows: Iterable[SheetRow]) -> tuple[tuple[str, ...], Iterator[SheetRow]]:
    """Return the headings of a sheet and the rows below them. Raises SheetError where there are none."""
    left = iter(rows)
    first = list(next(batched(left, imports.MOST_ABOVE), ()))
    at = imports.heading_at(kind, [row.cells for row in first])
    if at is None:
        raise SheetError(SheetFault.NO_HEADINGS)
    return first[at].cells, chain(first[at + 1 :], left)


@dataclass(frozen=True, slots=True)
class _Judged:
    row: SheetRow
    found: Letter | Past | list[Issue]

    @property
    def key(self) -> bytes | None:
        return None if isinstance(self.found, list) else hashlib.sha256(self.found.key).digest()


def check(job: BulkJob, *, actor: Officer, rows: Iterable[SheetRow], now: datetime) -> None:
    """Judge every row of a sheet; nothing but that is written. Safe to run twice. Raises SheetError."""
    sheet = sheet_of(job, actor, now)
    headings, body = body_of(sheet.kind, rows)
    seen: dict[bytes, bytes] = {}
    done = 0
    for some in batched(body, _BATCH):
        judged = [_Judged(row, read(sheet, headings, row)) for row in some]
        lines = _lines(job, judged, seen, _here(sheet, headings, some))
        ImportLine.objects.bulk_create(lines, ignore_conflicts=True)
        done += len(some)
        bulk.note(job, done=done)


def sheet_of(job: BulkJob, actor: Officer, now: datetime) -> Sheet:
    """Return what the rows of a job have in common."""
    return Sheet(Kind(job.asked["what"]), actor, job.asked["agency"], now, job.asked.get("meanings", {}))


def read(sheet: Sheet, headings: Sequence[str], row: SheetRow) -> Letter | Past | list[Issue]:
    """Return what a row says, or what is wrong with it."""
    cells = imports.by_heading(sheet.kind, headings, row.cells)
    match sheet.kind:
        case Kind.LETTERS:
            return import_letters.read(cells, sheet)
        case Kind.HISTORY:
            return import_history.read(cells, sheet)


def _here(sheet: Sheet, headings: Sequence[str], rows: Sequence[SheetRow]) -> frozenset[str]:
    """Return those numbers of the rows that are reports of this very system: its own export is no past."""
    if sheet.kind is not Kind.HISTORY:
        return frozenset()
    said = (imports.by_heading(sheet.kind, headings, row.cells)[Column.NUMBER] for row in rows)
    numbers = {number for text in said if (number := references.parse(text))}
    return report_selectors.known(viewer=sheet.actor, numbers=numbers)


def _lines(
    job: BulkJob, judged: Sequence[_Judged], seen: dict[bytes, bytes], here: frozenset[str]
) -> Iterator[ImportLine]:
    known = _known(one.key for one in judged if one.key)
    for one in judged:
        state, faults, number = _stand(one, known, seen, here)
        yield ImportLine(
            job=job, position=one.row.number, place=one.row.place, state=state, faults=faults, number=number
        )


def _known(keys: Iterable[bytes]) -> Mapping[bytes, tuple[bytes, str]]:
    """Return what came before, by its key: the hash of what it said, and the number of its report."""
    rows = Intake.objects.filter(key_hash__in=list(keys)).values_list("key_hash", "content_hash", "report__number")
    return {bytes(key): (bytes(content or b""), number) for key, content, number in rows}


def _stand(
    one: _Judged, known: Mapping[bytes, tuple[bytes, str]], seen: dict[bytes, bytes], here: frozenset[str]
) -> tuple[State, list[Any], str]:
    """Return how a row stands, and what is wrong with it; in one sheet, a key counts once."""
    if isinstance(one.found, list):
        return State.BAD, [list(issue) for issue in one.found], ""
    key, content = one.key or b"", one.found.content
    if key in known:
        before, number = known[key]
        if before == content:
            return State.KNOWN, [], number
        return State.CHANGED, [[_reference(one.found), Problem.CHANGED]], number
    if isinstance(one.found, Past) and references.parse(one.found.number) in here:
        return State.BAD, [[Column.NUMBER, Problem.HERE]], ""
    if key in seen:
        is_same = seen[key] == content
        return (State.KNOWN, [], "") if is_same else (State.BAD, [[_reference(one.found), Problem.TWICE]], "")
    seen[key] = content
    return State.GOOD, [], ""


def _reference(found: Letter | Past) -> str:
    return Column.NUMBER if isinstance(found, Past) else LetterColumn.REFERENCE


def unknown_names(sheet: Sheet, headings: Sequence[str], rows: Iterable[SheetRow]) -> dict[str, list[str]]:
    """Return the names of categories and offices in these rows that nobody here has, each once."""
    wanted = {Kind.LETTERS: {CATEGORY: LetterColumn.CATEGORY}}.get(
        sheet.kind, {CATEGORY: Column.CATEGORY, OFFICE: Column.OFFICE}
    )
    found: dict[str, dict[str, str]] = {what: {} for what in wanted}
    for row in rows:
        issues = read(sheet, headings, row)
        cells = imports.by_heading(sheet.kind, headings, row.cells)
        for what, column in wanted.items():
            code = dict(issues).get(column) if isinstance(issues, list) else None
            if code in {Fault.UNKNOWN, Problem.TWO_MEANINGS, Problem.OFFICE_ENDED}:
                found[what].setdefault(imports.bare(cells[column]), cells[column])
    return {what: list(names.values()) for what, names in found.items() if names}


@transaction.atomic
def begin(*, actor: Officer, key: str, now: datetime, is_queued: bool = True) -> BulkJob:
    """Put the good rows of a judged sheet into the queue, or leave them to the caller; asked twice, it is one job.

    Raises NotFoundError (selectors.bulk) for another's sheet, NotForYouError where nothing is to be taken in.
    """
    checked = BulkJob.objects.select_for_update().get(pk=jobs.get(viewer=actor, key=key).pk)
    if going := imports_selectors.going_on(checked):
        return going
    good = checked.rows.filter(state=State.GOOD).count()
    if checked.kind != CHECK or checked.state != "done" or not good:
        raise NotForYouError
    return bulk.start(actor=actor, kind=RUN, asked={"of": checked.pk}, total=good, now=now, is_queued=is_queued)


def run(
    job: BulkJob,
    *,
    actor: Officer,
    headings: Sequence[str],
    at: Callable[[int], SheetRow],
    now: datetime,
    number_of: Callable[[SheetRow], str | None] = lambda _row: None,
    most: int | None = None,
) -> bool:
    """Take the good rows in, at most so many; return whether none waits any more. Safe to run twice.

    `at` gives the row that lies at a place. `number_of` is for a door that must give the same report numbers again
    (demo data); otherwise they are random.
    """
    checked = checked_by(job)
    sheet = sheet_of(checked, actor, now)
    good = list(checked.rows.filter(state=State.GOOD).order_by("position").values_list("pk", flat=True))
    before = job.total - len(good)
    for done, line_id in enumerate(good[:most], before + 1):
        _do(line_id, sheet, headings, at, number_of)
        if done % _SAID_EVERY == 0:
            bulk.note(job, done=done)
    done = before + len(good[:most])
    bulk.note(job, done=done)
    return done == job.total


def checked_by(job: BulkJob) -> BulkJob:
    """Return the job that judged the sheet which a job takes in."""
    return BulkJob.objects.get(pk=job.asked["of"])


def _do(
    line_id: int,
    sheet: Sheet,
    headings: Sequence[str],
    at: Callable[[int], SheetRow],
    number_of: Callable[[SheetRow], str | None],
) -> None:
    try:
        with transaction.atomic():
            line = ImportLine.objects.select_for_update().get(pk=line_id)
            if line.state == State.GOOD:
                row = at(line.place)
                _settle(line, *_taken(read(sheet, headings, row), sheet, number_of(row)))
    except submissions.FaultsError as error:
        _refuse(line_id, [[import_letters.COLUMNS.get(field, ""), fault] for field, fault in error.faults])
    except (OperationalError, InterfaceError):
        raise  # the database was away: the job goes on later, at this row
    except Exception:
        log.exception("imports.row_failed line=%s", line_id)
        _refuse(line_id, [["", Problem.FAILED]])


def _taken(found: Letter | Past | list[Issue], sheet: Sheet, number: str | None) -> tuple[State, str, list[Any]]:
    """Take a row in by the service of its kind, and say what became of it."""
    if isinstance(found, list):
        return State.REFUSED, "", [list(issue) for issue in found]
    taken: history.Taken | submissions.Receipt
    if isinstance(found, Past):
        taken = history.take_in(found, actor=sheet.actor, now=sheet.now)
    else:
        taken = submissions.submit(
            found.incoming,
            now=sheet.now,
            actor=sheet.actor,
            intake_key=found.key,
            content=found.content,
            number=number,
        )
    if taken.is_changed:
        return State.CHANGED, taken.number, [[_reference(found), Problem.CHANGED]]
    return State.KNOWN if taken.is_repeat else State.DONE, taken.number, []


def _settle(line: ImportLine, state: State, number: str, faults: list[Any]) -> None:
    line.state, line.number, line.faults = state, number, faults
    line.save(update_fields=["state", "number", "faults"])


@transaction.atomic
def _refuse(line_id: int, faults: list[Any]) -> None:
    _settle(ImportLine.objects.select_for_update().get(pk=line_id), State.REFUSED, "", faults)
