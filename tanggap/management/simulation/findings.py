"""The counts of a run: what was played, and what was broken."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Findings:
    """The table of a run: what was played, and what was broken (all of which must be 0)."""

    played: Counter[str] = field(default_factory=Counter)
    without_owner: int = 0
    without_clock: int = 0
    too_many_hops: int = 0
    to_nobody: int = 0
    to_absent: int = 0
    to_named: int = 0
    left_behind: int = 0

    @property
    def broken(self) -> dict[str, int]:
        """Return what must be 0, in words."""
        return {
            "reports without an owner": self.without_owner,
            "open reports without a running clock": self.without_clock,
            "reports with too many hops": self.too_many_hops,
            "escalations that reach nobody": self.to_nobody,
            "people reached who were absent or out of office": self.to_absent,
            "people reached who are named in the report": self.to_named,
            "desks with reports that nobody is at": self.left_behind,
        }
