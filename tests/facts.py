"""Sums as so many reports would give them: for pages that read sums, and no report."""

from typing import Any

from tanggap.domain.case_facts import Stage
from tanggap.selectors import formulas
from tanggap.services import indicators


def row(agency: int, unit: int | None = None, **values: object) -> dict[str, Any]:
    """Return the facts of an answered report that was in time; name what differs."""
    base: dict[str, Any] = {"received_on": "2020-07-01", "channel": "web", "classification": "complaint"}
    base |= {"area": "36.01.02.2003", "category": "jalan.lubang", "is_secret": False, "was_public": True}
    base |= {
        "status": "answered",
        "family": "in_progress",
        "was_assigned": True,
        "was_answered": True,
        "verify_state": "kept",
    }
    base |= {"resolve_state": "kept", "resolve_days": 0, "verify_hours": 0, "reopen_count": 0, "hop_count": 0}
    for stage in Stage:
        base |= {f"{stage}_agency": agency, f"{stage}_unit": unit}
    return base | values


def count(one: dict[str, Any], times: int = 1) -> None:
    """Add what such a report counts for to the sums, so many times, without any report."""
    change = indicators.Change(formulas.measures())
    change.count(one, times)
    change.store()
