"""Figures as they were printed when a period was closed: their written form, and the checksum over all of them.

The form is canonical JSON, a line for each place, so that anyone can hash what was published and find the same mark.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from tanggap.domain.figures import Figure
from tanggap.domain.ledger import canonical, moment

FORMAT: Final = "tanggap-frozen-1"
# Of these places figures are kept, in this order.
KINDS: Final = ("nation", "province", "agency", "unit")

type Lines = list[tuple[str, str, dict[str, Any]]]


def written(figure: Figure) -> dict[str, Any]:
    """Return a figure as it is kept: what was printed, and what it was computed from; no float."""
    told: dict[str, Any] = {"version": figure.version, "n": figure.n}
    told |= {"value": None if figure.shown is None else str(figure.shown)}
    if figure.silence is not None:
        told["silence"] = figure.silence.value
    if figure.numerator is not None:
        told["numerator"] = figure.numerator
    if figure.low is not None and figure.high is not None:
        told["interval"] = [str(figure.low), str(figure.high)]
    if figure.spread:
        told["spread"] = [[value, times] for value, times in figure.spread]
    return told


def in_order(places: Iterable[tuple[str, str, dict[str, Any]]]) -> Lines:
    """Return the figures of places (kind, id, figures) in the order in which they are hashed."""
    return sorted(places, key=lambda one: (KINDS.index(one[0]), one[1]))


def checksum(
    period: str,
    version: int,
    *,
    closed_at: datetime,
    formulas: str,
    places: Iterable[tuple[str, str, Mapping[str, Any]]],
) -> str:
    """Return the SHA-256 over a heading and a line for each place (kind, id, figures), in the order that is given."""
    heading = {"format": FORMAT, "period": period, "version": version, "closed_at": moment(closed_at)}
    digest = hashlib.sha256(canonical(heading | {"formulas": formulas}) + b"\n")
    for kind, place, figures in places:
        digest.update(canonical({"kind": kind, "place": place, "figures": figures}) + b"\n")
    return digest.hexdigest()
