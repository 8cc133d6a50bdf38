"""Counts that are too small to be shown to those who must not know of the single case (D1.9: counts only)."""

from typing import Final

# Below this a count of secret reports in one office could point at a person, so only that it is below is said. Zero is
# not told from four: else "fewer than five" would mean that there is one.
SMALLEST: Final = 5


def shown(count: int) -> int | None:
    """Return a count as it may be shown, or None for one that is too small."""
    return count if count >= SMALLEST else None
