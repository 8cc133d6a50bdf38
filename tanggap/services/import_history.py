"""Read a row of an admin export of SP4N-LAPOR! into the past of a report (ADR 0034). Nothing is guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from tanggap.domain import imports, sp4n
from tanggap.domain.imports import Kind, Problem
from tanggap.domain.intake import Classification, Fault, ReportChannel
from tanggap.domain.lifecycle import STATUSES
from tanggap.domain.outcomes import ArchiveReason, Closing
from tanggap.domain.sp4n import Column, Standing
from tanggap.selectors.by_name import Office
from tanggap.services.import_rows import Issue, Reading, Sheet, content_of, key_of

_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,39}")
_LONGEST_TITLE: Final = 500
# SP4N-LAPOR! began in 2011: what says 1026 meant another year, and nobody guesses which.
_FIRST_YEAR: Final = 2000
_PLACES: Final = (Column.PROVINCE, Column.REGENCY, Column.DISTRICT, Column.VILLAGE)


@dataclass(frozen=True, slots=True)
class Past:
    """What another system says of a report."""

    number: str
    received_at: datetime
    title: str
    body: str
    last_body: str
    reason_words: str
    classification: Classification
    supervisory: bool | None
    category: str | None
    area: str | None
    is_anonymous: bool
    is_confidential: bool
    channel: ReportChannel
    office: Office
    standing: Standing
    reason: ArchiveReason | None
    reporter: str
    key: bytes
    content: bytes

    @property
    def is_open(self) -> bool:
        """Say whether work on it goes on here."""
        return STATUSES[self.standing.status].is_open


def read(cells: dict[str, str], sheet: Sheet) -> Past | list[Issue]:
    """Return what a row says, or everything that is wrong with it."""
    row = Reading(cells)
    number = row.take(Column.NUMBER, _number, Problem.NO_NUMBER if cells[Column.NUMBER] else Fault.MISSING)
    received = _received(row, sheet)
    kind = row.take(Column.CLASSIFICATION, sp4n.read_classification, Fault.UNKNOWN)
    secrecy = row.take(Column.SECRECY, _secrecy, Fault.UNKNOWN)
    channel = row.take(Column.SOURCE, sp4n.read_source, Fault.UNKNOWN)
    category = row.sure(Column.CATEGORY, sheet.category(cells[Column.CATEGORY_ID], cells[Column.CATEGORY]))
    area = row.sure(Column.PROVINCE, sheet.names.area([cells[place] for place in _PLACES]))
    standing = row.take(Column.STATUS, _standing(cells[Column.REASON]), Fault.UNKNOWN)
    office = _office(row, sheet, is_open=standing is None or STATUSES[standing.status].is_open)
    for column, most in ((Column.TITLE, _LONGEST_TITLE), (Column.FIRST_BODY, None)):
        if not cells[column]:
            row.wrong(column, Fault.MISSING)
        elif most and len(cells[column]) > most:
            row.wrong(column, Fault.TOO_LONG)
    said = number, received, kind, secrecy, channel, standing, office
    if row.issues or None in said:
        return row.issues
    return _past(cells, said, category, area)  # type: ignore[arg-type]  # none of them is None


def _past(
    cells: dict[str, str],
    said: tuple[str, datetime, tuple[Classification, bool | None], tuple[bool, bool], ReportChannel, Standing, Office],
    category: str | None,
    area: str | None,
) -> Past:
    number, received, (kind, supervisory), (is_anonymous, is_confidential), channel, standing, office = said
    first, last = cells[Column.FIRST_BODY], cells[Column.LAST_BODY]
    return Past(
        number=number,
        received_at=received,
        title=cells[Column.TITLE],
        body=first,
        last_body="" if last == first else last,
        reason_words=cells[Column.REASON],
        classification=kind,
        supervisory=supervisory,
        category=category,
        area=area,
        is_anonymous=is_anonymous,
        is_confidential=is_confidential,
        channel=channel,
        office=office,
        standing=standing,
        reason=sp4n.read_reason(cells[Column.REASON]),
        reporter=_reporter(cells[Column.REPORTER], standing, is_hidden=is_anonymous or is_confidential),
        key=key_of(Kind.HISTORY, office.agency_id, number, cells),
        content=content_of(cells),
    )


def _number(said: str) -> str | None:
    found = _NUMBER.fullmatch(said.removeprefix("#"))
    return found.group().upper() if found else None


def _received(row: Reading, sheet: Sheet) -> datetime | None:
    """Return when it came in there; without a time in either cell, at midnight of its day."""
    said = row.cells[Column.DATE]
    on = row.take(Column.DATE, imports.day, Problem.NO_DATE if said else Fault.MISSING)
    hour = row.cells[Column.TIME] or said.replace("T", " ").partition(" ")[2]
    at = imports.clock_time(hour)
    if at is None:
        row.wrong(Column.TIME, Problem.NO_TIME)
    if on is None or at is None:
        return None
    received = datetime.combine(on, time(*at), tzinfo=sheet.zone)
    if on.year < _FIRST_YEAR:
        row.wrong(Column.DATE, Problem.NO_DATE)
    if received > sheet.now:
        row.wrong(Column.DATE, Fault.FUTURE)
    return received


def _secrecy(said: str) -> tuple[bool, bool] | None:
    """Return whether it is anonymous, and whether it is confidential, in whichever order that is written."""
    parts = "|".join(sorted(part.strip() for part in said.replace(",", "|").split("|")))
    return sp4n.read_secrecy(parts)


def _standing(reason: str) -> Callable[[str], Standing | None]:
    def read(said: str) -> Standing | None:
        found = sp4n.read_status(said)
        if found is not None and found.closing == Closing.AUTO and imports.bare(reason) == imports.bare(sp4n.EXPIRED):
            # They say in the other cell that nobody supplied the data that was asked for.
            return Standing(found.status, Closing.DEEMED_WITHDRAWN)
        return found

    return read


def _office(row: Reading, sheet: Sheet, *, is_open: bool) -> Office | None:
    """Return whose it is: of the agency that the sheet is of, and still there where work goes on."""
    name = row.cells[Column.PARENT_AGENCY]
    found = sheet.names.agency(name) if name else sheet.agency_id or Fault.MISSING
    agency = row.sure(Column.PARENT_AGENCY, found)
    if agency is None:
        return None
    if sheet.agency_id is not None and agency != sheet.agency_id:
        row.wrong(Column.PARENT_AGENCY, Problem.OTHER_AGENCY)
        return None
    slug, said = row.cells[Column.OFFICE_ID], row.cells[Column.OFFICE]
    return row.sure(Column.OFFICE, sheet.office(agency, slug, said, must_be=is_open))


def _reporter(name: str, standing: Standing, *, is_hidden: bool) -> str:
    """Return the name that goes into the vault: none of who is hidden, none of what is over (UU 27/2022 Ps 16, 43).

    What is over needs no name any more: nobody writes to that person, and what is not kept cannot leak.
    """
    if is_hidden or not STATUSES[standing.status].is_open or imports.bare(name) == imports.bare(sp4n.ANONYMOUS_NAME):
        return ""
    return name[:200]
