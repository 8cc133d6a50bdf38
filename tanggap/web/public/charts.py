"""Small pictures of figures, drawn by the server: bars beside a number, columns and lines over months.

They are 340 wide, as a phone shows them, so their words are read at their own size; wider screens put more of them
side by side. Whatever a picture says stands in a table beside it: a bar is decoration, a picture an image with a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH, _HEIGHT = 340, 150
_TOP, _FOOT, _SIDE = 22, 20, 6
_GAP: Final = 3
_NEAR: Final = 3  # columns apart, so that two numbers do not touch
_ROOM: Final = 32  # for half of a number at the edge
_EMPTY: Final = SafeString("")


@dataclass(frozen=True, slots=True)
class Point:
    """One month: its short name, its value (None: no number), as it is written, and the bounds of an interval."""

    label: str
    value: Decimal | None
    written: str
    low: Decimal | None = None
    high: Decimal | None = None


def bar(part: float, tone: str = "") -> SafeString:
    """Draw a bar from zero for a share between 0 and 1; the number stands beside it."""
    width = f"{100 * min(1.0, max(0.0, part)):.2f}"
    return format_html(
        '<svg class="gauge {}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ground" width="100" height="10"></rect><rect width="{}" height="10"></rect></svg>',
        tone,
        width,
    )


def whisker(low: Decimal | None, value: Decimal | None, high: Decimal | None) -> SafeString:
    """Draw a share of a hundred as a point on a line with its interval."""
    if value is None or low is None or high is None:
        return _EMPTY
    return format_html(
        '<svg class="whisker" viewBox="0 0 104 8" aria-hidden="true"><path class="axis" d="M2 4H102"></path>'
        '<path class="range" d="M{} 4H{}"></path><circle cx="{}" cy="4" r="2.5"></circle></svg>',
        _fine(low + 2),
        _fine(high + 2),
        _fine(value + 2),
    )


def columns(name: str, points: Sequence[Point]) -> SafeString:
    """Draw columns from zero; the highest and the last have their number."""
    most = max((point.value for point in points if point.value is not None), default=Decimal(0))
    if not most:
        return _EMPTY
    step = Decimal(_WIDTH - 2 * _SIDE) / len(points)
    drawn = []
    for place, point in enumerate(points):
        height = (point.value or Decimal(0)) / most * (_HEIGHT - _TOP - _FOOT)
        x = _SIDE + step * place + Decimal(_GAP) / 2
        drawn.append((_fine(x), _fine(_HEIGHT - _FOOT - height), _fine(step - _GAP), _fine(height)))
    bars = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}"></rect>', drawn)
    return _framed(name, bars, points, most, step)


def line(name: str, points: Sequence[Point], most: Decimal | None = None) -> SafeString:
    """Draw values over months as a line with its intervals; a month without a number is a gap."""
    top = most or max((point.value for point in points if point.value is not None), default=Decimal(0))
    if not top or all(point.value is None for point in points):
        return _EMPTY
    step = Decimal(_WIDTH - 2 * _SIDE) / len(points)
    middle = [_SIDE + step * place + step / 2 for place in range(len(points))]
    known = [(x, point) for x, point in zip(middle, points, strict=True) if point.value is not None]
    ranges = [
        f"M{_fine(x)} {_fine(_y(point.low, top))}V{_fine(_y(point.high, top))}"
        for x, point in known
        if point.low is not None and point.high is not None
    ]
    dots = format_html_join(
        "", '<circle cx="{}" cy="{}" r="3"></circle>', ((_fine(x), _fine(_y(point.value, top))) for x, point in known)
    )
    drawn = format_html(
        '<path class="range" d="{}"></path><path class="line" d="{}"></path>{}',
        "".join(ranges),
        _road(middle, points, top),
        dots,
    )
    return _framed(name, drawn, points, top, step)


def _road(middle: Sequence[Decimal], points: Sequence[Point], top: Decimal) -> str:
    road, is_apart = [], True
    for x, point in zip(middle, points, strict=True):
        if point.value is None:
            is_apart = True
            continue
        road.append(f"{'M' if is_apart else 'L'}{_fine(x)} {_fine(_y(point.value, top))}")
        is_apart = False
    return "".join(road)


def _framed(name: str, drawn: SafeString, points: Sequence[Point], top: Decimal, step: Decimal) -> SafeString:
    """Put the ground line, the months and the numbers of the highest and of the last around what was drawn."""
    ground = _HEIGHT - _FOOT
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}<path class="axis" d="M{} {}H{}"></path>'
        "{}{}</svg>",
        _WIDTH,
        _HEIGHT,
        name,
        drawn,
        _SIDE,
        ground,
        _WIDTH - _SIDE,
        _months(points, step),
        _numbers(points, top, step),
    )


def _months(points: Sequence[Point], step: Decimal) -> SafeString:
    last = len(points) - 1
    shown = {0: "start", last // 2: "middle", last: "end"} if last > 1 else {0: "start"}
    rows = []
    for place, anchor in shown.items():
        x = {"start": Decimal(_SIDE), "end": Decimal(_WIDTH - _SIDE)}.get(anchor, _SIDE + step * place + step / 2)
        rows.append((_fine(x), _HEIGHT - 5, anchor, points[place].label))
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', rows)


def _numbers(points: Sequence[Point], top: Decimal, step: Decimal) -> SafeString:
    known = [place for place, point in enumerate(points) if point.value is not None]
    best = max(known, key=lambda place: points[place].value or 0)
    last = known[-1]
    shown = {last} if abs(best - last) < _NEAR else {best, last}
    rows = []
    for place in sorted(shown):
        point, x = points[place], _SIDE + step * place + step / 2
        # Above what stands beside it, too, for it is wider than its month.
        around = points[max(0, place - 1) : place + 2]
        above = min(_y(near.high if near.high is not None else near.value, top) for near in around) - 6
        edge = min(max(x, Decimal(_ROOM)), Decimal(_WIDTH - _ROOM))
        rows.append((_fine(edge), _fine(max(Decimal(12), above)), point.written))
    return format_html_join("", '<text class="said" x="{}" y="{}" text-anchor="middle">{}</text>', rows)


def _y(value: Decimal | None, top: Decimal) -> Decimal:
    return _HEIGHT - _FOOT - (value or Decimal(0)) / top * (_HEIGHT - _TOP - _FOOT)


def _fine(value: Decimal) -> str:
    return f"{value:.1f}"
