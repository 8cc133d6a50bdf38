"""A year of an organisation in which things go wrong (`./run simulate`), as a figure: all of its counts must be 0."""

from collections.abc import Mapping
from typing import Final

from bench.figures import Facts, Figure
from tanggap.cli import simulate

REPORTS, MONTHS, SEED = 20_000, 12, 7
QUICK: Final = (20, 1)


def measure(facts: Facts, *, is_quick: bool) -> str:
    """Play the year, which takes some 40 minutes, note its counts, and say what was played.

    Raises CommandError where a part breaks off.
    """
    reports, months = QUICK if is_quick else (REPORTS, MONTHS)
    words = ["--reports", str(reports), "--months", str(months), "--seed", str(SEED)]
    note(facts, *simulate.play(simulate.parse(words)))
    return f"`./run simulate {' '.join(words)}`."


def note(facts: Facts, played: Mapping[str, int], broken: Mapping[str, int]) -> None:
    """Note what was played, and the counts that must be 0."""
    detail = ", ".join(f"{name} {count:,}" for name, count in broken.items())
    figure = Figure("what went wrong in the simulation", sum(broken.values()), must=0, aim=0, unit="", detail=detail)
    facts.figures.append(figure)
    facts.notes.append("Played: " + ", ".join(f"{name} {count:,}" for name, count in sorted(played.items()) if count))
