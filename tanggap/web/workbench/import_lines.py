"""One row of an import in words: what it would become, or what is wrong with it and how to mend that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tanggap.domain.imports import LetterColumn, SheetRow, State, by_heading
from tanggap.domain.sp4n import Column
from tanggap.selectors import names
from tanggap.services.import_history import Past
from tanggap.services.import_letters import Letter
from tanggap.services.import_rows import Sheet
from tanggap.templatetags.tanggap import tanggal_pendek
from tanggap.web import wording, wording_imports


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A row as the page shows it."""

    position: int
    title: str
    state: str
    facts: str  # what it would become
    faults: list[str]
    number: str  # of the report, where the viewer may know of it


def shown(line: Any, found: Letter | Past | list[Any] | None, known: frozenset[str], title_: str = "") -> ShownLine:
    """Return a row in words; `found` is what it says, None once the sheet was swept away."""
    return ShownLine(
        position=line.position,
        title=title_,
        state=str(wording_imports.STATE[State(line.state)]),
        facts=_facts(found) if line.state == State.GOOD else "",
        faults=faults(line),
        number=line.number if line.number in known else "",
    )


def faults(line: Any) -> list[str]:
    """Return what is wrong with a row, column by column."""
    return [
        f"{column}: {words}" if column else words
        for column, code in line.faults
        for words in [wording_imports.fault(column, code)]
    ]


def title(sheet: Sheet, headings: Sequence[str], row: SheetRow) -> str:
    """Return what a row is called."""
    cells = by_heading(sheet.kind, headings, row.cells)
    return cells.get(LetterColumn.TITLE) or cells.get(Column.TITLE) or ""


def _facts(found: Letter | Past | list[Any] | None) -> str:
    match found:
        case Letter(incoming=incoming):
            said = [
                wording.CLASSIFICATION[incoming.classification],
                wording.CHANNEL[incoming.channel],
                _office(incoming.destination_id, None),
                _("diterima %(day)s") % {"day": tanggal_pendek(incoming.received_on)},
            ]
        case Past():
            said = [
                wording.STATUS[found.standing.status],
                _office(found.office.agency_id, found.office.unit_id),
                names.current().category(found.category).name if found.category else _("tanpa kategori"),
                _("diterima %(day)s") % {"day": tanggal_pendek(found.received_at)},
            ]
        case _:
            said = []
    return " · ".join(str(words) for words in said)


def _office(agency_id: int | None, unit_id: int | None) -> str:
    if agency_id is None:
        return _("Antrean nasional")
    known = names.current()
    return known.unit(unit_id).short if unit_id is not None else known.agency(agency_id).short
