"""What rows must say of each other."""

from dataclasses import replace
from datetime import date

import pytest

from tanggap.domain.reference import BadRowsError
from tanggap.domain.reference_checks import Reference, check
from tanggap.domain.reference_rows import (
    AgencyRow,
    AreaRow,
    CategoryRow,
    DayRow,
    GroupRow,
    LimitRow,
    OversightRow,
    PointRow,
    PolicyRow,
    UnitRow,
)

BEGIN = date(2018, 1, 1)


def agency(line, slug, kind="institution", area="", valid_to=None):
    return AgencyRow(line, slug, slug, "", kind, area, "Asia/Jakarta", "", "", "", False, "own", BEGIN, valid_to)


def unit(line, slug, parent="", of="kab-x", valid_to=None):
    return UnitRow(line, of, slug, slug, "", "opd", parent, "", False, "own", BEGIN, valid_to)


def category(line, code, parent="", name=None, name_en="Name", group="jalan", active_to=None):
    return CategoryRow(line, code, name or code, name_en, parent, group, None, BEGIN, active_to, "", False, False)


def policy(line, code, valid_from, valid_to=None, of="", inherits=""):
    return PolicyRow(line, code, "Permen", of, valid_from, valid_to, inherits)


def limit(line, of="p1", clock="verify"):
    return LimitRow(line, of, clock, "", None, 3, "wd", "Ps 1", "Permen", BEGIN)


GOOD = Reference(
    code_book="Kepmendagri",
    areas=(
        AreaRow("36", "Banten", "province", "", ""),
        AreaRow("36.01", "Kabupaten X", "regency", "36", ""),
    ),
    points=(PointRow(2, "36", -6.0, 106.0, None, None),),
    agencies=(agency(2, "nasional", kind="national"), agency(3, "kab-x", kind="regency", area="36.01")),
    units=(unit(2, "dinas"), unit(3, "bidang", parent="dinas")),
    oversight=(OversightRow(2, "nasional", "kab-x", "UU", BEGIN, None),),
    groups=(GroupRow(2, "jalan", "Jalan", "Roads", 1),),
    categories=(category(2, "jalan"), category(3, "jalan.lubang", parent="jalan", name_en="")),
    policies=(policy(2, "p1", BEGIN, date(2020, 1, 1)), policy(3, "p2", date(2020, 1, 2), inherits="p1")),
    limits=(limit(2),),
    days=(DayRow(2, date(2020, 1, 1), "Tahun Baru", "holiday", "SKB"),),
)


def test_good_reference_data_passes():
    check(GOOD)


EARLY = date(2017, 1, 1)
BAD = [
    ("areas", (*GOOD.areas, GOOD.areas[1]), ["areas:2: 36.01 stands 2 times", "areas:3: 36.01 stands 2 times"]),
    (
        "areas",
        (*GOOD.areas, AreaRow("37.01", "Y", "regency", "37", "")),
        ["areas:3: 37.01 lies in the unknown area 37"],
    ),
    ("points", (PointRow(9, "99", 0.0, 100.0, None, None),), ["area_points.csv:9: the area 99 is not known"]),
    ("agencies", (*GOOD.agencies, agency(9, "kab-x")), ["agencies.csv:9: the same as line 3"]),
    (
        "agencies",
        (*GOOD.agencies, agency(9, "kab-y", kind="regency", area="36.99")),
        ["agencies.csv:9: the area 36.99 is not known"],
    ),
    (
        "agencies",
        (*GOOD.agencies, agency(9, "kab-y", kind="regency")),
        ["agencies.csv:9: a government has an area, and only a government"],
    ),
    (
        "agencies",
        (*GOOD.agencies, agency(9, "body", area="36")),
        ["agencies.csv:9: a government has an area, and only a government"],
    ),
    (
        "agencies",
        (*GOOD.agencies, agency(9, "n2", kind="national")),
        ["agencies.csv:9: there must be one national queue, not 2"],
    ),
    (
        "agencies",
        (*GOOD.agencies, agency(9, "body", valid_to=EARLY)),
        ["agencies.csv:9: ends on 2017-01-01, before it begins on 2018-01-01"],
    ),
    ("units", (*GOOD.units, unit(9, "dinas")), ["units.csv:9: the same as line 2"]),
    ("units", (*GOOD.units, unit(9, "x", of="kab-z")), ["units.csv:9: the agency kab-z is not known"]),
    ("units", (*GOOD.units, unit(9, "x", parent="nowhere")), ["units.csv:9: kab-x has no unit nowhere"]),
    (
        "units",
        (unit(2, "a", parent="b"), unit(3, "b", parent="a")),
        ["units.csv:2: stands below itself", "units.csv:3: stands below itself"],
    ),
    ("units", (*GOOD.units, unit(9, "x", of="nasional", parent="dinas")), ["units.csv:9: nasional has no unit dinas"]),
    (
        "oversight",
        (OversightRow(9, "nasional", "kab-z", "UU", BEGIN, None),),
        ["oversight.csv:9: the agency kab-z is not known"],
    ),
    (
        "oversight",
        (OversightRow(9, "kab-x", "kab-x", "UU", BEGIN, None),),
        ["oversight.csv:9: kab-x cannot oversee itself"],
    ),
    (
        "categories",
        (*GOOD.categories, category(9, "x", parent="nowhere")),
        ["categories.csv:9: the category nowhere is not known"],
    ),
    (
        "categories",
        (*GOOD.categories, category(9, "x", group="nowhere")),
        ["categories.csv:9: the group nowhere is not known"],
    ),
    (
        "categories",
        (*GOOD.categories, category(9, "x", parent="jalan", name="JALAN.lubang")),
        ["categories.csv:9: the same as line 3"],
    ),
    (
        "categories",
        (*GOOD.categories, category(9, "x", name_en="")),
        ["categories.csv:9: a top-level category needs an English name"],
    ),
    (
        "categories",
        (category(2, "a", parent="b"), category(3, "b", parent="a")),
        ["categories.csv:2: stands below itself", "categories.csv:3: stands below itself"],
    ),
    ("policies", (*GOOD.policies, policy(9, "p3", date(2026, 1, 1))), ["policies.csv:9: begins before p2 has ended"]),
    (
        "policies",
        (*GOOD.policies, policy(9, "p3", BEGIN, of="kab-z")),
        ["policies.csv:9: the agency kab-z is not known"],
    ),
    (
        "policies",
        (*GOOD.policies, policy(9, "p3", BEGIN, of="kab-x", inherits="p9")),
        ["policies.csv:9: the policy p9 is not known"],
    ),
    ("limits", (*GOOD.limits, limit(9)), ["time_limits.csv:9: the same as line 2"]),
    ("limits", (*GOOD.limits, limit(9, of="p9")), ["time_limits.csv:9: the policy p9 is not known"]),
    ("days", (*GOOD.days, replace(GOOD.days[0], line=9)), ["holidays.csv:9: the same as line 2"]),
]


@pytest.mark.parametrize(("noun", "rows", "expected"), BAD)
def test_a_row_that_contradicts_another_is_named(noun, rows, expected):
    with pytest.raises(BadRowsError) as caught:
        check(replace(GOOD, **{noun: rows}))
    assert str(caught.value).splitlines() == expected


def test_a_policy_may_not_inherit_from_itself_through_another():
    rows = (policy(2, "p1", BEGIN, date(2020, 1, 1), inherits="p2"), policy(3, "p2", date(2020, 1, 2), inherits="p1"))
    with pytest.raises(BadRowsError, match=r"policies.csv:2: inherits from itself"):
        check(replace(GOOD, policies=rows))


def test_a_sixteenth_group_is_one_too_many():
    groups = tuple(GroupRow(n + 2, "jalan" if n == 0 else f"g{n}", f"G{n}", "G", n + 1) for n in range(16))
    with pytest.raises(BadRowsError, match=r"category_groups.csv:17: at most 15 groups"):
        check(replace(GOOD, groups=groups))


def test_all_contradictions_of_all_files_are_told_at_once():
    bad = replace(GOOD, days=(GOOD.days[0], replace(GOOD.days[0], line=3)), limits=(limit(2, of="p9"),))
    with pytest.raises(BadRowsError) as caught:
        check(bad)
    assert [problem.file for problem in caught.value.problems] == ["holidays.csv", "time_limits.csv"]
