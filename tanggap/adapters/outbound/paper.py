"""Sets what people keep on paper: the receipt of a report (UU 25/2009 Ps 44) and a memo, as accessible PDFs.

The sheet is made from our own template and the fonts that come with the typesetter, so it looks the same
on every machine. What comes from outside is passed as data, never as markup.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from tanggap.adapters.outbound import qr

# What the fonts of the typesetter surely hold: Latin letters and the usual punctuation. PDF/UA refuses a sign
# that cannot be drawn, and a title may hold any.
_LAST_LATIN = 0x24F
_PUNCTUATION = frozenset("–—‘’“”…·•\N{NO-BREAK SPACE}")
_UNKNOWN = "?"
_TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates" / "paper"


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """Everything that stands on a receipt, in the reader's words; `link` is what the QR code holds."""

    language: str
    site: str
    home: str
    demo: str  # '' unless the data are a demonstration
    title: str
    number_label: str
    number: str
    token_label: str
    token: str
    keep: str
    link: str
    qr_words: str
    next_title: str
    next: tuple[str, ...]
    facts_title: str
    facts: tuple[tuple[str, str], ...]
    footer: str
    # The signed statement, as text and as what the second code holds; '' where the site has no key to sign with.
    proof_title: str = ""
    proof_words: str = ""
    proof: str = ""
    proof_link: str = ""


def receipt_pdf(sheet: ReceiptSheet, *, printed_at: datetime) -> bytes:
    """Return the receipt as a tagged PDF (PDF/UA-1)."""
    said = asdict(sheet) | {
        "qr": qr.svg(sheet.link),
        "proof_qr": qr.svg(sheet.proof_link) if sheet.proof_link else "",
        "facts": [[drawable(part) for part in row] for row in sheet.facts],
    }
    made = typst.compile(
        template("receipt.typ"),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(printed_at.timestamp()),
    )
    return bytes(made)


@dataclass(frozen=True, slots=True)
class MemoSheet:
    """Everything that stands on a memo (nota dinas), in the words of the office; nothing of who reported."""

    site: str
    demo: str
    agency: str
    unit: str
    title: str
    heads: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    attachments_title: str
    attachments: tuple[str, ...]
    signed: tuple[str, ...]
    footer: str


def memo_pdf(sheet: MemoSheet, *, made_at: datetime) -> bytes:
    """Return a memo as a tagged PDF (PDF/UA-1)."""
    said = asdict(sheet) | {
        "heads": [[drawable(part) for part in row] for row in sheet.heads],
        "paragraphs": [drawable(text) for text in sheet.paragraphs],
        "attachments": [drawable(name) for name in sheet.attachments],
        "signed": [drawable(line) for line in sheet.signed],
        "agency": drawable(sheet.agency),
        "unit": drawable(sheet.unit),
    }
    made = typst.compile(
        template("memo.typ"),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
    )
    return bytes(made)


def drawable(text: str) -> str:
    """Return a text with one question mark for each run of signs that the fonts cannot draw."""
    parts: list[str] = []
    for sign in text:
        if sign in _PUNCTUATION or (sign.isprintable() and ord(sign) <= _LAST_LATIN) or sign == " ":
            parts.append(sign)
        elif not parts or parts[-1] != _UNKNOWN:
            parts.append(_UNKNOWN)
    return "".join(parts)


@cache
def template(name: str) -> bytes:
    """Return one of our own templates."""
    return (_TEMPLATES / name).read_bytes()
