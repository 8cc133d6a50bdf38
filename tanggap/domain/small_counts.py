"""Counts that are too small to be shown to those who must not know of the single case (D1.9: counts only)."""

from collections.abc import Mapping
from typing import Final

# Below this a count of secret reports in one office could point at a person, so only that it is below is said. Zero is
# not told from four: else "fewer than five" would mean that there is one.
SMALLEST: Final = 5


def shown(count: int) -> int | None:
    """Return a count as it may be shown, or None for one that is too small."""
    return count if count >= SMALLEST else None


def told(counts: Mapping[tuple[str, str], Mapping[str, int]]) -> dict[tuple[str, str, str], int]:
    """Return counts as they may be published: (kind of place, place, what) -> how many.

    `counts` are those of agencies, each with its province ('' for none). What is too small for an agency is told of
    its province together with the other small ones, and what is too small there of the nation, or not at all.
    """
    found: dict[tuple[str, str, str], int] = {}
    rest: dict[tuple[str, str], int] = {}
    for (agency, province), numbers in counts.items():
        for what, n in numbers.items():
            if shown(n) is not None:
                found["agency", agency, what] = n
            else:
                rest[province, what] = rest.get((province, what), 0) + n
    nation: dict[str, int] = {}
    for (province, what), n in rest.items():
        if province and shown(n) is not None:
            found["province", province, what] = n
        else:
            nation[what] = nation.get(what, 0) + n
    return found | {("nation", "", what): n for what, n in nation.items() if shown(n) is not None}
