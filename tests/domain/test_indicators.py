"""The formulas that ship: complete, and giving the percentages that were counted by hand from public figures (D7.7)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from tanggap.domain import figures, indicators, rollups
from tanggap.domain.indicators import BadIndicatorError, Kind, Population

TEXT = (Path(__file__).resolve().parent.parent.parent / "tanggap" / "data" / "indicators.json").read_text("utf-8")
ALL = indicators.read(TEXT)
BY_CODE = indicators.newest(ALL)
ON = date(2026, 11, 26)
# Reports, closed, in progress; what the formulas of PANRB 2020 and Kemendagri make of them.
CASES = {
    "Jambi, Jan-Aug 2020": (215, 77, 12, "41.40", "35.81"),
    "Lampung, Jan-Jul 2020": (633, 129, 14, "22.59", "20.38"),
    "Kemendagri 2022": (2308, 2139, 111, "97.49", "92.68"),
    "Kab. Tangerang 2022": (1333, 985, 346, "99.85", "73.89"),
    "Jatim, Jan-Jul 2025": (2809, 2568, 241, "100.00", "91.42"),
}


def _rows(total: int, closed: int, in_progress: int) -> Iterator[dict[str, Any]]:
    base = {"received_on": "2020-03-05", "channel": "web", "classification": "complaint", "now_agency": 1}
    base["was_public"] = False  # what was not verified yet is not, and an agency is judged by it all the same
    yield from repeat(base | {"status": "closed", "family": "closed"}, closed)
    yield from repeat(base | {"status": "in_progress", "family": "in_progress"}, in_progress)
    yield from repeat(base | {"status": "unverified", "family": "unverified"}, total - closed - in_progress)


@pytest.mark.parametrize("name", CASES)
def test_the_same_reports_give_the_published_percentage_of_each_formula(name):
    total, closed, in_progress, panrb, kemendagri = CASES[name]
    measures = rollups.Measures(ALL)
    tally: dict[str, int] = {}
    for row in _rows(total, closed, in_progress):
        for cell, part in rollups.cells(row, measures):
            if cell == ("agency", "1", "2020-03"):
                rollups.add(tally, part)
    for code, expected in (("followup_rate_v1", panrb), ("followup_rate_v3", kemendagri)):
        figure = rollups.figure(BY_CODE[code], tally, on=ON)
        assert (figure.shown, figure.n) == (Decimal(expected), total), f"{name}: {figure.key}"
    plain = figures.from_rows(BY_CODE["followup_rate_v1"], _rows(total, closed, in_progress), on=ON)
    assert plain.shown == Decimal(panrb)


@pytest.mark.parametrize(
    ("covered", "expected"),
    [(11, "91.67"), (9, "75.00")],
    ids=["Jambi, 11 of 12", "Lampung, 9 of 12"],
)
def test_connectedness_counts_agencies(covered, expected):
    rows = [{"agency": place, "has_decree": place < covered, "was_active": True} for place in range(12)]
    assert figures.from_rows(BY_CODE["connectedness"], rows, on=ON).shown == Decimal(expected)
    assert figures.from_rows(BY_CODE["activity"], rows, on=ON).shown == Decimal("100.00")


def test_an_archive_rate_is_the_one_of_the_first_half_of_2018():
    row = {"received_on": "2018-02-01", "channel": "web", "classification": "complaint", "now_agency": 1}
    rows = [*repeat(row | {"status": "archived"}, 24_345), *repeat(row | {"status": "closed"}, 57_171 - 24_345)]
    assert figures.from_rows(BY_CODE["archive_rate"], rows, on=ON).shown == Decimal("42.58")


def test_every_formula_of_the_dossier_is_there_in_both_languages():
    asked = {
        *("volume", "verify_ontime", "verify_mean", "verify_median"),
        *("followup_rate_v1", "followup_rate_v2", "followup_rate_v3", "completion_rate", "genuine_completion"),
        *("autoclose_share", "first_response_median", "resolve_median", "resolve_mean", "sla_rate", "overdue_open"),
        *("reopen_rate", "return_rate", "hops_mean", "archive_rate", "connectedness", "activity"),
        *("satisfaction", "solved_yes", "ombudsman_rate", "same_answer_share", "ikp"),
    }
    assert asked <= set(BY_CODE)
    for one in ALL:
        assert all([*one.names.values(), *one.definitions.values(), one.source]), one.key
        assert one.is_proposal == (one.kind == Kind.COMPOSITE), one.key


def test_whatever_is_late_is_in_the_denominator_of_what_was_kept():
    row = {"received_on": "2026-01-05", "channel": "web", "classification": "complaint"}
    for code, state in (
        ("verify_ontime", "verify_state"),
        ("sla_rate", "resolve_state"),
        ("first_response_ontime", "followup_state"),
    ):
        kept, late, running = (row | {state: value} for value in ("kept", "late", "running"))
        rows = [*repeat(kept, 6), *repeat(late, 2), *repeat(running, 9)]
        assert figures.from_rows(BY_CODE[code], rows, on=ON).shown == Decimal("75.00")
        # Merging what is late leaves the timing, and stays in the volume.
        rows = [*repeat(kept, 6), *repeat(late | {"is_merged": True}, 2)]
        assert figures.from_rows(BY_CODE[code], rows, on=ON).shown == Decimal("100.00")
        assert figures.from_rows(BY_CODE["volume"], rows, on=ON).n == 8


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"format": "tanggap-indicators-1"', '"format": "other"'),
        ('"column": "verify_state"', '"column": "verified"'),
        ('"quantile": "1/2"', '"quantile": "3/2"'),
        ('"weight": "0.25"', '"weight": "0.30"'),
        ('"code": "followup_rate_v2"', '"code": "followup_rate_v1"'),
        ('"kind": "ratio"', '"kind": "share"'),
        ('"parts": [{"code": "connectedness"', '"parts": [{"code": "connected"'),
        ('"en": "Reports"', '"fr": "Reports"'),
    ],
)
def test_a_bad_formula_is_named_and_refused(old, new):
    assert old in TEXT
    with pytest.raises(BadIndicatorError):
        indicators.read(TEXT.replace(old, new, 1))


def test_a_changed_formula_is_known_by_its_fingerprint_and_a_changed_word_is_not():
    assert indicators.fingerprint(ALL) == indicators.fingerprint(
        indicators.read(TEXT.replace("Jumlah laporan", "Banyaknya laporan"))
    )
    assert indicators.fingerprint(ALL) != indicators.fingerprint(
        indicators.read(TEXT.replace('"eq": "auto"', '"eq": "manual"'))
    )
    reports = [one for one in ALL if one.population == Population.REPORTS]
    assert indicators.fingerprint(ALL) != indicators.fingerprint(reports)
