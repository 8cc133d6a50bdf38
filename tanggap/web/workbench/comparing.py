"""Two reports beside each other, drawn: what is the same and what is not, and the words that only one of them says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tanggap.domain import comparing
from tanggap.selectors.duplicates import Side
from tanggap.selectors.names import Names
from tanggap.templatetags.tanggap import named, tanggal
from tanggap.web import wording
from tanggap.web.workbench import together
from tanggap.web.workbench.forms import Desk

if TYPE_CHECKING:
    from tanggap.models import Report

_DISTRICT, _REGENCY = 8, 5  # how long their codes are: "36.01.05", "36.01"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that both reports have or leave open: what it is called, and what each says."""

    label: Promise
    texts: tuple[str, str]

    @property
    def is_same(self) -> bool:
        """Say whether both say the same."""
        return self.texts[0] == self.texts[1]


def part(desk: Desk, one: Side, two: Side, known: Names) -> dict[str, Any]:
    """Return what the page of two reports shows."""
    facts = list(_facts(one.report, two.report, known))
    same, of = comparing.shared(one.words, two.words)
    return {
        "sides": [_side(desk, one, two, facts, 0), _side(desk, two, one, facts, 1)],
        "same": [fact.label for fact in facts if fact.is_same and fact.texts[0]],
        "different": [fact.label for fact in facts if not fact.is_same],
        "days": abs((one.report.received_at - two.report.received_at).days),
        "shared": same,
        "of": of if one.words and two.words else 0,
    }


def _side(desk: Desk, side: Side, other: Side, facts: list[Fact], at: int) -> dict[str, Any]:
    return {
        "row": together.beside(desk, side.report),
        "facts": [{"term": fact.label, "text": fact.texts[at] or "–"} for fact in facts],
        "words": _marked(side.words, other.words),
        "photos": side.photos,
    }


def _facts(one: "Report", two: "Report", known: Names) -> Iterator[Fact]:
    places = known.places(row.area_id for row in (one, two) if row.area_id)

    def both(label: Promise, of: Any) -> Fact:
        return Fact(label, (of(one), of(two)))

    def place(row: "Report") -> str:
        codes = dict.fromkeys((row.area_id, (row.area_id or "")[:_DISTRICT], (row.area_id or "")[:_REGENCY]))
        return ", ".join(places[code] for code in codes if code in places)

    def happened(row: "Report") -> str:
        return tanggal(row.event_date) if isinstance(row.event_date, date) else ""

    yield both(_("Tempat"), place)
    yield both(_("Tanggal kejadian"), happened)
    yield both(_("Diterima"), lambda row: tanggal(row.received_at, row.owner_agency.timezone))
    yield both(_("Kategori"), lambda row: named(row.category) if row.category else "")
    yield both(_("Klasifikasi"), lambda row: str(wording.CLASSIFICATION[row.classification]))
    yield both(_("Instansi"), lambda row: str(row.owner_unit or row.owner_agency))


def _marked(words: str, other: str) -> SafeString | str:
    """Draw a text with what the other one does not say marked: by a line under it, and by a word for who listens."""
    if not other:
        return words
    return format_html_join("", "{}", ((_drawn(run),) for run in comparing.runs(words, other)))


def _drawn(run: comparing.Run) -> SafeString | str:
    if not run.is_different:
        return run.text
    bare = run.text.rstrip()
    return format_html('<mark><span class="sr">{} </span>{}</mark>{}', _("berbeda:"), bare, run.text[len(bare) :])
