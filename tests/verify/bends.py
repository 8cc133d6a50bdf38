"""Quiet ways to bend a row of a package, with hashes and marks repaired: each is named all the same."""

from dataclasses import dataclass
from typing import Final

type Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Bend:
    """A row of a table (the first that is like `of`), what is written into it, and what is said of it."""

    table: str
    of: Row
    to: Row
    said: str


# Each is of another row, so that all can be told apart in one reading; those that few rows are like come first.
BENDS: Final = (
    Bend(
        "clocks",
        {"clock": "resolve", "due_on": "2020-07-29"},
        {"pauses": '[{"from":"2020-07-07","to":"2020-07-11","remaining":12}]', "remaining": "12"},
        "pauses is '2020-07-07', the chain says",
    ),
    Bend("clocks", {"clock": "reopened"}, {"agency": "277"}, "agency is '277', the chain says 'no such owner'"),
    Bend(
        "clocks",
        {"clock": "resolve", "stopped_by": "answer"},
        {"started_on": "2020-07-06", "anchor_on": "2020-07-06", "due_on": "2020-07-24"},
        "started_on is '2020-07-06', the chain says 'no act on that day'",
    ),
    Bend("clocks", {"clock": "first_followup", "stopped_by": "answer"}, {"stopped_on": "2020-07-09"}, "'no answer on"),
    Bend("clocks", {"clock": "statutory_max"}, {"policy": "kab-tangerang-internal@1"}, "is of the agency 279"),
    Bend("clocks", {"clock": "auto_close"}, {"policy": "permen5-2025@1"}, "permen5-2025@1 was not in force on"),
    Bend("facts", {"resolve_gross_days": "17"}, {"resolve_gross_days": "7"}, "resolve_gross_days is '7', event"),
    Bend(
        "facts", {"resolve_state": "running"}, {"resolve_agency": "2", "resolve_unit": ""}, "which never had the report"
    ),
    Bend("facts", {"now_agency": "278"}, {"verify_unit": "130"}, "verify_unit is 130, no unit of the agency 276"),
    Bend("facts", {"overdue_since": "2020-07-23"}, {"overdue_since": ""}, "overdue_since is '', clocks.csv says"),
    Bend("facts", {"closing": "confirmed"}, {"closing": "auto"}, "closing is 'auto', the chain says"),
    Bend("facts", {"status": "answered"}, {"family": "closed"}, "family is 'closed', the status says 'in_progress'"),
    Bend("facts", {"status": "in_progress"}, {"is_part": "True"}, "is_part is no boolean: 'True'"),
    Bend("facts", {"resolve_state": "late"}, {"resolve_unit": "24"}, "resolve_unit is 24, which never had the report"),
    Bend("facts", {"followup_state": "kept", "verify_days": "0"}, {"verify_days": "1"}, "verify_days is '1', the"),
    Bend("reports", {"answered_on": "2020-07-20"}, {"answered_on": ""}, "answered_on is '', event"),
    Bend("reports", {"status": "answered"}, {"published_on": "2020-07-30"}, "published_on is '2020-07-30', the chain"),
    Bend("reports", {"status": "in_progress"}, {"is_returned": "true"}, "is_returned is 'true', the chain says"),
    Bend("reports", {"status": "assigned"}, {"published_on": "besok"}, "published_on is no date: 'besok'"),
    Bend("reports", {"status": "closed"}, {"outcome_on": "2020-07-09"}, "outcome_on is '2020-07-09', event"),
    Bend("units", {"slug": "dishub"}, {"parent": "999999"}, "no such agency or parent"),
    Bend("open311", {"status": "open"}, {"service_notice": "http://localhost:8000/laporan/0"}, "service_notice is"),
    Bend("open311", {"status": "closed"}, {"status": "open"}, "status is 'open', reports.csv line"),
    Bend("agencies", {"slug": "kab-lebak"}, {"kind": "national"}, "is not what agencies.csv says of it"),
    Bend("indicators", {"kind": "unit"}, {"kind": "dinas"}, "of a 'dinas'"),
    Bend("indicators", {"kind": "nation", "formula": "volume"}, {"formula": "sla_rate_v9"}, "no figure 'sla_rate_v9'"),
    Bend("rest", {"kind": "agency"}, {"kind": "saluran"}, "there is no sum of 'saluran'"),
    Bend("sign_in_days", {}, {"agency": "1", "month": "2020-07", "days": "x"}, "days is no integer: 'x'"),
    Bend(
        "secret_counts",
        {},
        {"kind": "agency", "place": "2", "period": "2020-07", "family": "closed", "n": "4"},
        "4 of agency 2 is no count that may be told",
    ),
    Bend("dropped", {}, {"ever": "1", "dropped": "9"}, "there is one row, of those that ever went out"),
)


def apply(rows: list[Row], bend: Bend, taken: set[int], head: list[str], whole: set[str]) -> int:
    """Bend the first row that no other bend has taken, or put one in where any will do; return its place.

    Of reports those come first of which every act is told: `whole` are their numbers.
    """
    fitting = [
        at
        for at, row in enumerate(rows)
        if at not in taken and all(row[name] == value for name, value in bend.of.items())
    ]
    if fitting:
        at = next((at for at in fitting if rows[at][head[0]] in whole), fitting[0])
        rows[at] |= bend.to
        return at
    assert not bend.of, f"no row of {bend.table} is like {bend.of}"
    rows.append(dict.fromkeys(head, "") | bend.to)
    return len(rows) - 1
