"""The receipt on paper: a tagged PDF whatever stands in it."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from tanggap.adapters.outbound.paper import ReceiptSheet, receipt_pdf

AT = datetime(2020, 7, 1, 3, 0, tzinfo=UTC)


def sheet(title="Jalan rusak", **values):
    whole = {
        "language": "id",
        "site": "Tanggap",
        "home": "Pemerintah Provinsi Banten",
        "demo": "",
        "title": "Tanda terima laporan",
        "number_label": "Nomor laporan",
        "number": "7KQ2-M9TD",
        "token_label": "Kode pelacakan",
        "token": "ABCD-EFGH-JKMN-PQRS",
        "keep": "Simpan ini.",
        "link": "https://contoh.id/lacak#7KQ2-M9TD.ABCD-EFGH-JKMN-PQRS",
        "qr_words": "Pindai",
        "next_title": "Apa selanjutnya",
        "next": ("Diverifikasi paling lambat Senin.",),
        "facts_title": "Rincian",
        "facts": (("Judul laporan", title),),
        "footer": "Sah tanpa tanda tangan.",
    }
    return ReceiptSheet(**{**whole, **values})


def test_it_is_one_tagged_page_with_a_title_and_a_language():
    with pikepdf.open(io.BytesIO(receipt_pdf(sheet(), printed_at=AT))) as document:
        assert len(document.pages) == 1
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("id")
        assert str(document.docinfo["/Title"]) == "Tanda terima laporan"


def test_the_same_receipt_is_the_same_file():
    assert receipt_pdf(sheet(), printed_at=AT) == receipt_pdf(sheet(), printed_at=AT)


@pytest.mark.parametrize(
    "title",
    [
        "\U0001f6a6 lampu \N{CRYING FACE}",
        "\N{RIGHT-TO-LEFT OVERRIDE}abc \N{CJK UNIFIED IDEOGRAPH-6F22} \N{ARABIC LETTER BEH}",
        '#import "@preview/x"; #read("/etc/passwd") $x$ *b* <lab> @ref \\ [a] // c',
        "\x07\x1b\ufffe\ue000\N{COMBINING ACUTE ACCENT}",
        "x" * 150,
        "",
    ],
)
def test_text_is_never_markup_and_never_breaks_it(title):
    assert receipt_pdf(sheet(title), printed_at=AT).startswith(b"%PDF")
