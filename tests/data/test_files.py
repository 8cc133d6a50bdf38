"""The shipped files: complete, clean, and what the numbers in the README say."""

from collections import Counter

import pytest

from tanggap import data
from tanggap.domain.intake import EARLIEST_RECEIPT
from tanggap.domain.reference import BadRowsError, read_rows
from tanggap.domain.reference_checks import FILES


def rows(name):
    return read_rows(FILES[name], name, data.text(name))


@pytest.mark.parametrize("name", FILES)
def test_no_file_has_a_bad_row(name):
    assert rows(name)


def test_the_agencies_are_as_many_as_the_readme_says():
    counted = Counter(row.kind for row in rows("agencies.csv"))
    assert counted == {
        "national": 1,
        "ministry": 48,
        "institution": 45,
        "state_company": 2,
        "province": 38,
        "regency": 415,
        "city": 93,
    }


def test_banten_has_its_41_opd_and_each_regency_and_city_ten_that_are_marked_synthetic():
    units = rows("units.csv")
    banten = [row for row in units if row.agency == "pemprov-banten" and row.kind in ("opd", "inspectorate")]
    assert len(banten) == 41
    assert not any(row.is_synthetic for row in banten)
    others = Counter(row.agency for row in units if row.agency != "pemprov-banten")
    assert set(others.values()) == {10}
    assert len(others) == 8
    assert all(row.is_synthetic for row in units if row.agency != "pemprov-banten")


def test_no_report_is_taken_for_a_day_before_the_first_policy():
    assert min(row.valid_from for row in rows("policies.csv")) == EARLIEST_RECEIPT


def test_each_time_zone_is_that_of_the_area():
    zone = {row.slug: row.timezone for row in rows("agencies.csv")}
    assert (zone["pemprov-banten"], zone["kota-denpasar"], zone["kota-jayapura"]) == (
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
    )


def test_there_are_38_top_levels_and_the_doubled_children_are_one():
    categories = rows("categories.csv")
    assert sum(not row.parent for row in categories) == 38
    assert len(categories) == 958
    for parent, name in (
        ("pekerjaan-umum", "Lainnya terkait infrastruktur jalan"),
        ("corona", "Lainnya"),
        ("lingkungan", "REDD+"),
    ):
        assert sum((row.parent, row.name) == (parent, name) for row in categories) == 1


def test_what_is_over_has_an_end_date_and_is_still_there():
    over = {row.code for row in rows("categories.csv") if row.active_to and not row.parent}
    assert over == {"corona", "peniadaan-mudik", "pemulihan-ekonomi"}


def test_no_name_is_in_capitals_and_none_has_a_space_that_does_not_break():
    for row in rows("categories.csv"):
        assert row.name != row.name.upper() or len(row.name) < 12  # an abbreviation
        assert "\u00a0" not in row.name


def test_a_levy_is_suggested_as_supervisory_and_confidential():
    by_code = {row.code: row for row in rows("categories.csv")}
    assert by_code["hukum.pungutan-liar"].suggest_supervisory
    assert by_code["hukum.pungutan-liar"].suggest_confidential
    assert by_code["kesetaraan.kekerasan-dalam-rumah-tangga"].suggest_confidential
    assert not by_code["pekerjaan-umum.jalan-berlubang"].suggest_supervisory


def test_the_fingerprint_knows_the_code_book_and_is_always_the_same():
    assert data.fingerprint("a") == data.fingerprint("a") != data.fingerprint("b")


def test_a_file_that_is_not_utf8_is_a_bad_first_line(tmp_path, monkeypatch):
    (tmp_path / "holidays.csv").write_bytes(b"day,name\n\xff")
    monkeypatch.setattr(data, "files", lambda _: tmp_path)
    with pytest.raises(BadRowsError, match=r"holidays.csv:1: the file is not UTF-8"):
        data.text("holidays.csv")
