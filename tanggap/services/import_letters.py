"""Read a row of letters and calls into the report that the counter would have made of it (D5.4)."""

from dataclasses import dataclass
from typing import Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tanggap.domain import imports, intake
from tanggap.domain.actors import unit_of
from tanggap.domain.imports import CHANNELS, CLASSIFICATIONS, EXAMPLE, URGENCIES, Kind, LetterColumn, Problem
from tanggap.domain.intake import EXTRA_MOST, Fault, Identity, IncomingReport
from tanggap.services.import_rows import Issue, Reading, Sheet, content_of, key_of

_L = LetterColumn
_LONGEST_NAME: Final = 200
_LONGEST_ADDRESS: Final = 500
_LONGEST_REFERENCE: Final = 100
# Under which heading stands what the domain finds wrong.
COLUMNS: Final = {
    "title": _L.TITLE,
    "body": _L.BODY,
    "received_on": _L.RECEIVED,
    "event_date": _L.EVENT_DATE,
    "area_code": _L.PROVINCE,
    "location": _L.LOCATION,
    "solution": _L.SOLUTION,
    "loss": _L.LOSS,
    "name": _L.NAME,
    "email": _L.EMAIL,
    "destination": _L.AGENCY,
    "category": _L.CATEGORY,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A row that can be taken in: the report, under which key, and the hash of what it says."""

    incoming: IncomingReport
    key: bytes
    content: bytes


def read(cells: dict[str, str], sheet: Sheet) -> Letter | list[Issue]:
    """Return what a row says, or everything that is wrong with it."""
    row = Reading(cells)
    reference = cells[_L.REFERENCE]
    if reference.upper().startswith(EXAMPLE):
        return [(_L.REFERENCE.value, Problem.EXAMPLE)]
    if len(reference) > _LONGEST_REFERENCE:
        row.wrong(_L.REFERENCE, Fault.TOO_LONG)
    incoming = _incoming(row, sheet)
    for name, fault in intake.faults(incoming, today=sheet.today):
        row.wrong(COLUMNS[name], fault)
    on = incoming.received_on
    if on is not None and on <= sheet.today and not sheet.has_rules(incoming.destination_id, on):
        row.wrong(_L.RECEIVED, Problem.TOO_OLD)
    if row.issues:
        return row.issues
    office = unit_of(sheet.actor)
    key = key_of(Kind.LETTERS, sheet.actor.agency_id, imports.bare(reference), cells, unit_id=office)
    return Letter(incoming, key, content_of(cells))


def _incoming(row: Reading, sheet: Sheet) -> IncomingReport:
    cells = row.cells
    received = row.take(_L.RECEIVED, imports.day, Problem.NO_DATE if cells[_L.RECEIVED] else Fault.MISSING)
    happened = row.take(_L.EVENT_DATE, imports.day, Problem.NO_DATE) if cells[_L.EVENT_DATE] else None
    kind = row.take(_L.CLASSIFICATION, lambda said: imports.chosen(said, CLASSIFICATIONS), Problem.NO_CHOICE)
    channel = row.take(_L.CHANNEL, lambda said: imports.chosen(said, CHANNELS), Problem.NO_CHOICE)
    return IncomingReport(
        classification=kind or intake.Classification.COMPLAINT,
        title=cells[_L.TITLE],
        body=cells[_L.BODY],
        channel=channel or intake.ReportChannel.WALK_IN,
        received_on=received,
        event_date=happened,
        area_code=_area(row, sheet),
        location=cells[_L.LOCATION],
        destination_id=_destination(row, sheet),
        category_code=row.sure(_L.CATEGORY, sheet.category(cells[_L.CATEGORY], cells[_L.CATEGORY])),
        is_anonymous=bool(row.take(_L.ANONYMOUS, imports.yes_or_no, Problem.NO_CHOICE)),
        is_confidential=bool(row.take(_L.CONFIDENTIAL, imports.yes_or_no, Problem.NO_CHOICE)),
        urgency=row.take(_L.URGENCY, lambda said: imports.chosen(said, URGENCIES), Problem.NO_CHOICE)
        or intake.Urgency.NONE,
        solution=cells[_L.SOLUTION],
        loss=cells[_L.LOSS],
        identity=_identity(row),
    )


def _area(row: Reading, sheet: Sheet) -> str | None:
    """Return the code of the place: as it is written, or by the names from the province down."""
    if code := row.cells[_L.AREA]:
        if sheet.names.has_area(code):
            return code
        row.wrong(_L.AREA, Fault.UNKNOWN)
        return None
    names = [row.cells[level] for level in (_L.PROVINCE, _L.REGENCY, _L.DISTRICT, _L.VILLAGE)]
    return row.sure(_L.PROVINCE, sheet.names.area(names))


def _destination(row: Reading, sheet: Sheet) -> int | None:
    """Return whose the report is: the own agency's where nothing is said, as at the counter."""
    name = row.cells[_L.AGENCY]
    found = sheet.names.agency(name) if name else sheet.actor.agency_id
    agency = row.sure(_L.AGENCY, found)
    if agency in sheet.names.ended:
        row.wrong(_L.AGENCY, Problem.OFFICE_ENDED)
    return None if agency == sheet.names.national else agency


def _identity(row: Reading) -> Identity:
    cells = row.cells
    for column, most in (
        (_L.NAME, _LONGEST_NAME),
        (_L.PROXY, _LONGEST_NAME),
        (_L.ADDRESS, _LONGEST_ADDRESS),
        (_L.SOLUTION, EXTRA_MOST),
    ):
        if len(cells[column]) > most:
            row.wrong(column, Fault.TOO_LONG)
    if cells[_L.EMAIL]:
        row.take(_L.EMAIL, _email, Problem.NO_EMAIL)
    if cells[_L.PHONE]:
        row.take(_L.PHONE, _phone, Problem.NO_PHONE)
    return Identity(
        name=cells[_L.NAME],
        email=cells[_L.EMAIL],
        phone=cells[_L.PHONE],
        address=cells[_L.ADDRESS],
        proxy=cells[_L.PROXY],
    )


def _email(said: str) -> str | None:
    try:
        validate_email(said)
    except ValidationError:
        return None
    return said


def _phone(said: str) -> str | None:
    try:
        is_possible = phonenumbers.is_possible_number(phonenumbers.parse(said, "ID"))
    except phonenumbers.NumberParseException:
        return None
    return said if is_possible else None
