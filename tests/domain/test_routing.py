"""Words lead to an office, the authority that they name decides, and nothing is suggested without a word."""

import csv
from pathlib import Path

import pytest

from tanggap.domain.routing import MOST, Rule, guesses, words_of

ROWS = Path(__file__).resolve().parents[2] / "tanggap" / "data" / "routing_rules.csv"
RULES = [
    Rule(
        row["code"],
        int(row["position"]),
        words_of(row["words"]),
        row["category"],
        row["authority"],
        row["agency"],
        row["province_unit"],
        row["regency_unit"],
    )
    for row in csv.DictReader(ROWS.read_text(encoding="utf-8").splitlines())
]


def first(text: str, category: str = ""):
    found = guesses(RULES, text, category=category)
    return (found[0].category, found[0].authority or "-", found[0].agency, found[0].units) if found else None


@pytest.mark.parametrize(
    ("text", "category", "authority", "agency", "units"),
    [
        (
            "Jalan berlubang di ruas jalan provinsi dekat pasar",
            "pekerjaan-umum.jalan-berlubang",
            "province",
            "",
            ("dpupr", "dpupr"),
        ),
        (
            "Jalan kabupaten rusak, jalan berlubang sejak lama",
            "pekerjaan-umum.jalan-berlubang",
            "regency",
            "",
            ("dpupr", "dpupr"),
        ),
        ("Aspal terkelupas", "pekerjaan-umum.jalan-berlubang", "-", "", ("dpupr", "dpupr")),
        ("Uang komite di SMAN 1 naik", "pendidikan.biaya-sekolah", "province", "", ("dindikbud", "disdik")),
        ("Uang komite di SDN 2 naik", "pendidikan.biaya-sekolah", "regency", "", ("dindikbud", "disdik")),
        (
            "Perekaman KTP ditolak",
            "kependudukan.ktp-kartu-tanda-penduduk",
            "regency",
            "",
            ("", "disdukcapil"),
        ),
        ("Sertifikat tanah belum jadi", "pekerjaan-umum.sertifikat-tanah", "national", "atr-bpn", ("", "")),
        ("Listrik padam tiap malam", "energi", "national", "pln", ("", "")),
    ],
)
def test_the_words_of_a_report_lead_to_its_office(text, category, authority, agency, units):
    assert first(text) == (category, authority, agency, units)


def test_a_school_beside_a_road_does_not_take_the_road():
    assert first("Jalan berlubang di depan SMAN 3") == (
        "pekerjaan-umum.jalan-berlubang",
        "-",
        "",
        ("dpupr", "dpupr"),
    )


def test_a_word_inside_another_is_no_word():
    assert first("Tugas gangguan esdm") is None, "'gang' is not 'gangguan', 'sd' is not 'esdm'"


def test_the_category_that_the_reporter_chose_counts_more_than_words():
    text = "Sampah menutup saluran air sehingga banjir"
    assert first(text, "lingkungan.banjir")[0] == "lingkungan.banjir"
    assert first(text, "lingkungan.pengelolaan-sampah")[0] == "lingkungan.pengelolaan-sampah"


def test_nothing_is_suggested_without_a_word_and_never_more_than_can_be_chosen():
    assert guesses(RULES, "Terima kasih atas pelayanannya") == ()
    many = guesses(RULES, "sampah banjir trotoar pju parkir liar ktp bansos pln samsat")
    assert len(many) == MOST
    assert all(guess.words for guess in many)
