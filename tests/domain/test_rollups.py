"""Sums of counts give, to the digit, what the records themselves give; and what was added can be taken back."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.domain import figures, rollups
from tanggap.domain.case_facts import CaseFacts
from tanggap.domain.indicators import Kind, Population
from tanggap.domain.rollups import Measures, add, cells, secret_cells
from tests.domain.test_indicators import ALL, ON

MEASURES = Measures(ALL)
COUNTED = [one for one in ALL if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE]
_STATES = st.sampled_from(["none", "kept", "missed", "running", "late"])
_DAYS = st.none() | st.integers(0, 30)
_AGENCY, _UNIT = st.integers(1, 3), st.none() | st.integers(11, 13)
_FACTS = st.builds(
    CaseFacts,
    number=st.just("7KQ2-M9TD"),
    received_on=st.sampled_from(["2025-12-31", "2026-01-01", "2026-01-31"]),
    channel=st.sampled_from(["web", "sms"]),
    classification=st.sampled_from(["complaint", "aspiration"]),
    category=st.sampled_from([None, "jalan", "jalan.lubang"]),
    area=st.sampled_from([None, "36", "36.01.02.2003"]),
    status=st.sampled_from(["unverified", "in_progress", "answered", "closed", "archived", "withdrawn"]),
    family=st.sampled_from(["unverified", "closed"]),
    outcome=st.sampled_from(["", "fixed", "scheduled"]),
    closing=st.sampled_from(["", "auto", "confirmed"]),
    archive_reason=st.sampled_from(["", "test"]),
    rating=st.none() | st.integers(1, 5),
    solved=st.sampled_from(["", "yes", "no"]),
    overdue_since=st.sampled_from([None, "2026-01-05", "2026-11-20"]),
    received_agency=_AGENCY, received_unit=_UNIT, verify_agency=_AGENCY, verify_unit=_UNIT,
    followup_agency=_AGENCY, followup_unit=_UNIT, resolve_agency=_AGENCY, resolve_unit=_UNIT,
    now_agency=_AGENCY, now_unit=_UNIT,
    verify_state=_STATES, followup_state=_STATES, resolve_state=_STATES,
    verify_hours=_DAYS, verify_days=_DAYS, followup_days=_DAYS, resolve_days=_DAYS, resolve_gross_days=_DAYS,
    reopen_count=st.integers(0, 2), return_count=st.integers(0, 2), hop_count=st.integers(0, 2),
)  # fmt: skip


def _rolled(facts: list[CaseFacts]) -> dict[rollups.Cell, rollups.Tally]:
    found: dict[rollups.Cell, rollups.Tally] = {}
    for one in facts:
        for cell, tally in cells(one.as_row(), MEASURES):
            add(found.setdefault(cell, {}), tally)
    return found


@given(facts=st.lists(_FACTS, max_size=12))
@settings(max_examples=12, deadline=None)
def test_what_is_rolled_up_is_what_the_records_say(facts):
    rolled = _rolled(facts)
    for indicator in COUNTED:
        for month in ("2025-12", "2026-01"):
            rows = [one.as_row() for one in facts if one.received_on.startswith(month)]
            scopes = {("nation", ""): rows, ("regency", "36.01"): [r for r in rows if (r["area"] or "") > "36"]}
            # What was never public is told by the office that has it, and of no smaller place.
            scopes = {
                key: of if key[0] == "nation" else [r for r in of if r["was_public"]] for key, of in scopes.items()
            }
            for agency in (1, 2, 3):
                scopes["agency", str(agency)] = [r for r in rows if r[f"{indicator.stage}_agency"] == agency]
            rows = [row for row in rows if row["was_public"]]
            scopes["unit", "12"] = [row for row in rows if row[f"{indicator.stage}_unit"] == 12]
            scopes["category", "jalan"] = [row for row in rows if (row["category"] or "").startswith("jalan")]
            for (kind, place), wanted in scopes.items():
                found = rollups.figure(indicator, rolled.get((kind, place, month), {}), on=ON, kind=kind)
                is_told = kind == "nation" or not indicator.is_of_nation
                plain = figures.from_rows(indicator, wanted, on=ON) if is_told else figures.untold(indicator)
                assert found == plain, (indicator.key, kind, place, month)


@given(facts=st.lists(_FACTS, min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_the_agencies_add_up_to_the_nation_and_the_days_to_the_month(facts):
    rolled, public = _rolled(facts), _rolled([one for one in facts if one.was_public])
    for month in ("2025-12", "2026-01"):
        nation = rolled.get(("nation", "", month), {})
        days = [t for (kind, _, when), t in rolled.items() if kind == "nation" and when.startswith(f"{month}-")]
        assert rollups.summed(days) == nation
        assert _summed(rolled, "agency", month) == _told(nation)
        assert _summed(rolled, "channel", month) == _told(public.get(("nation", "", month), {}))


def _summed(rolled: dict[rollups.Cell, rollups.Tally], kind: str, month: str) -> rollups.Tally:
    return rollups.summed(tally for (of, _, when), tally in rolled.items() if of == kind and when == month)


def _told(tally: rollups.Tally) -> rollups.Tally:
    return {key: n for key, n in tally.items() if key not in MEASURES.of_nation}


@given(one=_FACTS)
@settings(max_examples=40, deadline=None)
def test_what_was_never_public_is_told_by_the_office_alone_and_a_hand_over_of_the_nation_alone(one):
    row = one.as_row()
    found = list(cells(row, MEASURES))
    assert one.was_public or {kind for (kind, _, _), _ in found} <= {"nation", "agency"}
    told = {kind for (kind, _, _), tally in found if not MEASURES.of_nation.isdisjoint(tally)}
    is_counted = one.is_escalated and not one.is_divided
    assert told == ({"nation"} if is_counted else set())
    assert MEASURES.of_nation, "there is something that is told of the nation alone"


@given(before=_FACTS, after=_FACTS)
@settings(max_examples=40, deadline=None)
def test_a_report_that_becomes_public_or_is_handed_over_moves_as_if_it_were_counted_anew(before, after):
    before = dataclasses.replace(before, is_secret=False)
    old, new = before.as_row(), {**before.as_row(), "was_public": after.was_public, "is_escalated": after.is_escalated}
    stood, wanted = _rolled([before]), _rolled([CaseFacts(**new)])
    parts = rollups.moved(old, new, MEASURES)
    assert (parts is None) == (old["was_public"] != new["was_public"])
    for cell, tally in parts or ():
        add(stood.setdefault(cell, {}), tally)
    if parts is not None:
        assert {cell: t for cell, t in stood.items() if t} == {cell: t for cell, t in wanted.items() if t}


@given(facts=st.lists(_FACTS, min_size=2, max_size=8))
@settings(max_examples=25, deadline=None)
def test_what_was_added_can_be_taken_back(facts):
    kept = _rolled(facts[:1])
    rolled = _rolled(facts)
    for one in facts[1:]:
        for cell, tally in cells(one.as_row(), MEASURES):
            add(rolled[cell], tally, -1)
    assert {cell: tally for cell, tally in rolled.items() if tally} == {cell: t for cell, t in kept.items() if t}


@given(one=_FACTS)
@settings(max_examples=20, deadline=None)
def test_a_secret_report_is_counted_by_office_and_month_alone(one):
    for (kind, _place, when), _tally in secret_cells(one.as_row(), MEASURES):
        assert kind in {"nation", "agency", "unit"}
        assert len(when) == len("2026-01")


def test_every_measure_has_a_key_of_its_own():
    assert len(MEASURES.keys) == len(set(MEASURES.keys)) > 30


def test_a_composite_is_not_counted():
    composite = next(one for one in ALL if one.kind == Kind.COMPOSITE)
    with pytest.raises(ValueError, match="ikp"):
        rollups.figure(composite, {}, on=date(2026, 1, 1))
