"""Sets a recap as a tagged PDF (PDF/UA-1): tables with heads on every page, charts with their numbers and words."""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import typst
from django.utils.translation import gettext as _

from tanggap.adapters.outbound import qr
from tanggap.adapters.outbound.paper import drawable, template
from tanggap.adapters.outbound.recap_document import Bar, Block, Chart, Document, Section, Table


def pdf(document: Document, *, made_at: datetime) -> bytes:
    """Return a recap as PDF. What stands in it is passed as data, never as markup."""
    made = typst.compile(
        template("recap.typ"),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(_said(document), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
    )
    return bytes(made)


def _said(document: Document) -> dict[str, Any]:
    plain = ("language", "title", "agency", "period", "site", "demo", "state", "signed_title", "summary_title")
    said: dict[str, Any] = {name: drawable(getattr(document, name)) for name in (*plain, "annex_title", "footer")}
    return said | {
        "facts": [[drawable(words) for words in fact] for fact in document.facts],
        "summary": [drawable(words) for words in document.summary],
        "signed": [drawable(words) for words in document.signed],
        "runs": [run for section in document.sections for run in _runs(section, level=1)],
        "annex": [run for section in document.annex for run in _runs(section, level=2)],
        "link": document.link,
        "link_words": drawable(document.link_words),
        "qr": qr.svg(document.link),
        "page_words": [_("Halaman"), _("dari")],
        "table_word": _("Tabel"),
        "picture_word": _("Gambar"),
        "contents_word": _("Isi"),
    }


def _runs(section: Section, *, level: int) -> list[dict[str, Any]]:
    """Cut a section where the paper turns; its heading goes with the first of it."""
    found: list[dict[str, Any]] = []
    for block in section.blocks:
        is_wide = isinstance(block, Table) and block.is_wide
        if not found or found[-1]["is_wide"] != is_wide:
            found.append({"heading": "", "level": level, "paragraphs": [], "blocks": [], "is_wide": is_wide})
        found[-1]["blocks"].append(_block(block))
    if not found:
        found.append({"level": level, "blocks": [], "is_wide": False})
    found[0] |= {"heading": drawable(section.title), "paragraphs": [drawable(words) for words in section.paragraphs]}
    return found


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Chart):
        return {
            "shape": block.shape,
            "title": drawable(block.title),
            "alt": drawable(block.alt),
            "bars": _bars(block.bars, block.most),
            "beside": _bars(block.beside, block.most),
            "names": list(block.names),
            "notes": [drawable(note) for note in block.notes],
        }
    return {
        "caption": drawable(block.caption),
        "labels": [drawable(column.label) for column in block.columns],
        "numbers": [column.is_number for column in block.columns],
        "shares": [column.share for column in block.columns],
        "rows": [[drawable(cell.text) for cell in row] for row in block.rows],
        "notes": [drawable(note) for note in block.notes if note],
        "is_wide": block.is_wide,
        "has_total": block.has_total,
    }


def _bars(bars: Sequence[Bar], most: Decimal) -> list[dict[str, Any]]:
    return [
        {
            "label": drawable(one.label),
            "text": drawable(one.text),
            "value": _share(one.value, most),
            "low": _share(one.low, most),
            "high": _share(one.high, most),
        }
        for one in bars
    ]


def _share(value: Decimal | None, most: Decimal) -> float | None:
    """Return how much of a chart a value fills."""
    return None if value is None else float(value / most)
