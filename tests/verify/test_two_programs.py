"""Two programs that share no line come to the same: the product, and the verifier, written from the documents."""

import json
import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from tanggap import data
from tanggap.domain import figures, indicators, merkle
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.case_facts import COLUMNS
from tanggap.domain.indicators import Kind, Population
from tests.verify.loading import load

verifier = load()
TEXT = data.text("indicators.json")
ON = date(2026, 11, 26)
CODES = {
    "status": ("unverified", "assigned", "in_progress", "answered", "closed", "archived", "withdrawn"),
    "outcome": ("", "fixed", "explained", "rejected_with_reason", "information_given"),
    "closing": ("", "auto", "confirmed"),
    "solved": ("", "yes", "partly", "no"),
    "family": ("waiting", "in_progress", "closed"),
    "archive_reason": ("", "hoax_spam", "too_general"),
    "overdue_since": (None, "2026-11-25", "2026-10-01", "2026-12-24", "2025-01-31"),
    "rating": (None, 1, 2, 3, 4, 5),
    "channel": ("web", "sms"),
}


def _facts(chance: random.Random) -> dict[str, object]:
    row: dict[str, object] = {}
    for name in COLUMNS:
        if name in CODES:
            row[name] = chance.choice(CODES[name])
        elif name.endswith("_state"):
            row[name] = chance.choice(("none", "kept", "missed", "running", "late"))
        elif name.startswith(("is_", "was_", "has_")):
            row[name] = chance.random() < 0.2
        elif name.endswith("_count"):
            row[name] = chance.choice((0, 0, 0, 1, 2))
        elif name.endswith(("_days", "_hours")):
            row[name] = chance.choice((None, *range(30)))
    return row


@pytest.mark.parametrize("size", [0, 3, 6, 40, 257])
def test_every_formula_gives_the_same_digits(size):
    chance = random.Random(size)
    rows = [_facts(chance) for _ in range(size)]
    mine = verifier.newest([verifier.Formula(row) for row in json.loads(TEXT)["indicators"]])
    for code, one in indicators.newest(indicators.read(TEXT)).items():
        if one.population != Population.REPORTS or one.kind == Kind.COMPOSITE:
            continue
        said = figures.from_rows(one, rows, on=ON)
        tally: dict[str, verifier.Counter[str]] = {}
        for key, test, column in mine[code].measures():
            met = [row for row in rows if test(row) and (not column or row.get(column) is not None)]
            tally[key] = verifier.Counter(str(row[column]) if column else "" for row in met)
        spread = json.dumps([list(pair) for pair in said.spread], separators=(",", ":")) if said.spread else ""
        printed = (
            *(said.n, said.numerator, said.n if said.kind == Kind.RATIO else None, said.shown),
            *(said.silence and said.silence.value, said.low, said.high, spread),
        )
        shown = tuple("" if value is None else str(value) for value in printed)
        assert mine[code].figure(tally, ON).printed == shown, code


def test_the_names_of_measures_and_formulas_are_the_same():
    mine = [verifier.Formula(row) for row in json.loads(TEXT)["indicators"]]
    theirs = indicators.read(TEXT)
    assert verifier.fingerprint(mine) == indicators.fingerprint(theirs)
    assert [(one.key, one.numerator_key) for one in mine] == [(one.of_key, one.numerator_key) for one in theirs]


def test_working_days_are_counted_the_same():
    chance, first = random.Random(1), date(2024, 1, 1)
    every = [first + timedelta(days=at) for at in range(900)]
    off, worked = frozenset(chance.sample(every, 80)), frozenset(chance.sample(every, 20))
    theirs = WorkingCalendar(off=off, worked=worked)
    mine = verifier.WorkingDays({day.toordinal() for day in off}, {day.toordinal() for day in worked})
    for _ in range(300):
        day, count = chance.choice(every), chance.randrange(90)
        assert mine.after(day, count) == theirs.add_working_days(day, count)
        assert mine.between(day, day + timedelta(days=count)) == theirs.working_days_between(
            day, day + timedelta(days=count)
        )
    with pytest.raises(ValueError):
        mine.after(date(2059, 12, 30), 5)


def test_the_trees_have_the_same_roots():
    theirs, mine = merkle.Frontier(), verifier.Tree()
    assert mine.root() == theirs.root().hex()
    for at in range(70):
        leaf = at.to_bytes(32)
        theirs.add(merkle.leaf_hash(leaf))
        mine.add(leaf)
        assert mine.root() == theirs.root().hex()


@pytest.mark.parametrize("text", ["1e9", "1/0x", "NaN", "1" * 30, "", "1.", None, "١"])
def test_a_weight_that_would_be_a_very_long_number_is_none(text):
    with pytest.raises(ValueError):
        verifier.fraction(text)


def test_numbers_are_rounded_half_away_from_zero():
    halves = [(Fraction(1, 200), "0.01"), (Fraction(-1, 200), "-0.01"), (Fraction(5, 2), "2.50"), (Fraction(0), "0.00")]
    assert [verifier.fixed(value, 2) for value, _text in halves] == [text for _value, text in halves]
    assert [verifier.fixed(Fraction(n, 2), 0) for n in (1, 3, 5, 200)] == ["1", "2", "3", "100"]
