"""The cast of the demonstration: open work that a desk shows whatever the dice say, and what an office can do besides.

A part is one report that plays a role. Some only lie about at a step; others play a scene: a memo, a formal request,
more time, help of other offices, parts, several reporters of one matter. How each scene goes is in `scene_steps`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, zip_longest
from typing import Final

from tanggap.domain.intake import Classification
from tanggap.management.demo.offices import AUDITORS, NATIONAL, PROVINCE


class Scene(StrEnum):
    """What is played beside the main road of a report."""

    MEMO_SUBMITTED = "memo submitted"
    MEMO_CHECKED = "memo checked"
    MEMO_RETURNED = "memo returned"
    MEMO_HELD = "memo held"  # signed, and its answer waits for a second look
    FORMAL_NEW = "formal request"
    FORMAL_LONGER = "formal request extended"
    FORMAL_ANSWERED = "formal request answered"
    FORMAL_OBJECTED = "formal request objected to"
    TIME_ASKED = "more time asked"
    TIME_GRANTED = "more time granted"
    TIME_REFUSED = "more time refused"
    SUPPORTED = "supported by two units"
    DIVIDED = "divided into parts"
    TOGETHER = "handled together"
    WRITTEN_TO = "anonymous reporter written to"
    HANDED_OVER = "handed over to the Ombudsman"
    CORRECTION_PROPOSED = "correction proposed by a unit"
    CORRECTION_REFUSED = "correction proposed and refused"
    IDENTITY_ASKED = "hidden identity asked for"
    REDACTED = "words hidden after they were public"
    ARCHIVED_LATER = "archived after it was public"


@dataclass(frozen=True, slots=True)
class Part:
    """One report of the cast."""

    agency: str
    unit: str
    stops_at: str  # a step after which nobody does anything any more; '' where a scene says how it goes
    days: tuple[int, int]  # handed in between so many days before the end
    scene: Scene | None = None

    @property
    def classification(self) -> Classification | None:
        """Return the only classification that plays this part; None for any."""
        if self.scene is None:
            return Classification.COMPLAINT if self.unit else None
        is_request = self.scene.startswith("formal")
        return Classification.INFORMATION_REQUEST if is_request else Classification.COMPLAINT


# What lies on the desks of the demo sign-ins, in the order in which it is cast.
CAST: Final = (
    Part(PROVINCE, "dpupr", "assigned", (30, 50)),
    Part(PROVINCE, "dpupr", "assigned", (2, 6)),
    Part(NATIONAL, "", "unverified", (0, 3)),
    Part("kab-tangerang", "", "unverified", (0, 2)),
    Part(PROVINCE, "dindikbud", "assigned", (3, 9)),
    Part(PROVINCE, AUDITORS, "assigned", (5, 20)),
    Part(PROVINCE, "", "unverified", (0, 2)),
    Part("kab-tangerang", "", "unverified", (5, 9)),
    Part(PROVINCE, "", "unverified", (6, 11)),
    Part(NATIONAL, "", "unverified", (6, 10)),
    Part(PROVINCE, "dindikbud", "in_progress", (8, 18)),
    Part(PROVINCE, "dpupr", "in_progress", (10, 19)),
    Part(PROVINCE, "", "proposed", (2, 5)),
    Part(PROVINCE, "dpupr", "pending", (6, 14)),
    Part("kab-tangerang", "dpupr", "assigned", (12, 30)),
    Part(PROVINCE, AUDITORS, "in_progress", (20, 60)),
    Part(PROVINCE, "dindikbud", "assigned", (32, 45)),
    Part(PROVINCE, "dpupr", "replied", (14, 26)),
    Part(PROVINCE, "", "appealed", (8, 14)),
    Part("kab-tangerang", "", "returned", (5, 9)),
    Part(PROVINCE, "dpupr", "answered", (8, 14)),
    Part(PROVINCE, "dindikbud", "pending", (5, 12)),
    Part(PROVINCE, AUDITORS, "assigned", (90, 110)),
    Part(NATIONAL, "", "returned", (6, 12)),
    Part(PROVINCE, "dpupr", "assigned", (1, 3)),
    Part("kab-tangerang", "disdukcapil", "in_progress", (4, 12)),
    Part(PROVINCE, "dindikbud", "replied", (12, 22)),
    Part(PROVINCE, "", "unverified", (0, 1)),
    Part(PROVINCE, "dpupr", "in_progress", (28, 40)),
    Part("kab-tangerang", "", "proposed", (3, 6)),
)
# How often each scene is played among 1,200 reports, by which unit of the province ('': any), how long ago it began.
_SCENES: Final = (
    (Scene.MEMO_SUBMITTED, 6, "dpupr", (5, 10)),
    (Scene.FORMAL_NEW, 4, "", (3, 9)),
    (Scene.TIME_ASKED, 5, "dpupr", (8, 14)),
    (Scene.SUPPORTED, 12, "dpupr", (6, 60)),
    (Scene.DIVIDED, 10, "dpupr", (5, 80)),
    (Scene.TOGETHER, 10, "dpupr", (6, 50)),
    (Scene.WRITTEN_TO, 12, "dindikbud", (5, 50)),
    (Scene.HANDED_OVER, 10, "", (85, 140)),
    (Scene.MEMO_CHECKED, 4, "dpupr", (6, 12)),
    (Scene.MEMO_RETURNED, 4, "dpupr", (6, 12)),
    (Scene.MEMO_HELD, 4, "dpupr", (7, 12)),
    (Scene.FORMAL_LONGER, 3, "", (14, 24)),
    (Scene.FORMAL_ANSWERED, 4, "", (20, 60)),
    (Scene.FORMAL_OBJECTED, 3, "", (25, 45)),
    (Scene.TIME_GRANTED, 6, "dindikbud", (14, 60)),
    (Scene.TIME_REFUSED, 4, "dindikbud", (14, 60)),
    (Scene.CORRECTION_PROPOSED, 4, "dpupr", (2, 6)),
    (Scene.IDENTITY_ASKED, 3, "dindikbud", (2, 6)),
    (Scene.CORRECTION_REFUSED, 4, "dindikbud", (8, 40)),
    (Scene.REDACTED, 5, "", (4, 90)),
    (Scene.ARCHIVED_LATER, 5, "", (4, 90)),
)
_CAST_SHARE, _SCENE_SHARE = 6, 11  # one report in so many, at most twice the list and all scenes


def cast(count: int) -> list[Part]:
    """Return the parts of a play of so many reports: the fewer there are, the fewer of each."""
    usual = [CAST[at % len(CAST)] for at in range(min(count // _CAST_SHARE, 2 * len(CAST)))]
    return [*usual, *islice(_in_turn(), count // _SCENE_SHARE)]


def _in_turn() -> Iterator[Part]:
    """Yield every scene once, then again those that are played more often."""
    rows = [[Part(PROVINCE, unit, "", days, scene)] * often for scene, often, unit, days in _SCENES]
    for each in zip_longest(*rows):
        yield from (part for part in each if part is not None)
