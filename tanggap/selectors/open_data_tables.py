"""The tables of open data that are read as they stand: one statement each, written out by the database (ADR 0064).

Of reports they read publications, and facts only of what has one. `{chosen}` is the table of what goes out, `{of}` the
condition on its places; the columns of each statement are those of the dictionary, in its order.
"""

from collections.abc import Mapping
from typing import Final

# What the data of a public event may say for its header to go out: rules, places, dates, results. Not who is named or
# hidden, or which other report it concerns. Where something was masked, or seen and left (it may be masked later), the
# places would tell how long it is: `masked` and `kept` are empty, or the header stays.
PLAIN: Final = (
    *("policy", "calendar", "zone", "owner", "outcome", "outcome_on", "rating", "solved", "offer", "proposed"),
    *("supporter", "in_place_of", "classification", "supervisory", "category", "urgency", "extension", "until"),
    *("releases", "masked", "kept"),
)
_DAY: Final = "({} AT TIME ZONE agency.timezone)::date"
_MOMENT: Final = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_AREA: Final = "array_to_string((string_to_array({}, '.'))[1:3], '.')"


def _flag(name: str) -> str:
    return f"coalesce(fact.facts ->> '{name}', 'false') AS {name}"


def _day(column: str) -> str:
    return _DAY.format(f"publication.{column}")


_PUBLIC: Final = """
FROM {chosen} AS chosen JOIN tanggap_publication AS publication ON publication.report_id = chosen.report_id
"""
_SHOWN: Final = f"{_PUBLIC.rstrip()} AND NOT publication.is_stub"

REPORTS: Final = f"""
SELECT publication.number, publication.is_stub::text, coalesce(fact.received_on, {_day("received_at")}),
    {_day("published_at")},
    publication.classification, publication.category_id, {_AREA.format("publication.area_id")}, publication.agency_id,
    publication.unit_id, publication.status,
    CASE WHEN NOT publication.is_stub THEN report.channel END,
    publication.outcome, publication.outcome_on, publication.archive_reason, publication.is_returned::text,
    publication.is_extended::text, {_day("answered_at")}, {_day("closed_at")}, publication.rating, publication.solved,
    publication.reopen_count
{_PUBLIC} JOIN tanggap_agency AS agency ON agency.id = publication.agency_id
    JOIN tanggap_report AS report ON report.id = publication.report_id
    -- The day where the office is that got it, as everywhere: whose it is now may count another.
    LEFT JOIN tanggap_indicatorfact AS fact ON fact.report_id = publication.report_id
WHERE {{of}} ORDER BY chosen.place
"""

_FLAGS: Final = (
    *("is_merged", "is_divided", "is_part", "is_withdrawn", "is_formal", "is_extended", "was_assigned"),
    *("was_answered", "has_same_answer"),
)
_BEFORE: Final = ("channel", "classification", "category")
_ENDS: Final = ("status", "family", "outcome", "closing", "archive_reason")
_COUNTS: Final = (
    *("return_count", "hop_count", "reopen_count", "rating", "solved", "overdue_since", "received_agency"),
    *("received_unit", "verify_agency", "verify_unit", "verify_state", "verify_hours", "verify_days"),
    *("followup_agency", "followup_unit", "followup_state", "followup_days", "resolve_agency", "resolve_unit"),
    *("resolve_state", "resolve_days", "resolve_gross_days", "now_agency", "now_unit", "events"),
)


def _facts(*names: str) -> str:
    return ", ".join(f"fact.facts ->> '{name}' AS {name}" for name in names)


FACTS: Final = f"""
SELECT publication.number, fact.received_on, {_facts(*_BEFORE)}, {_AREA.format("fact.facts ->> 'area'")} AS area,
    {_facts(*_ENDS)}, {", ".join(map(_flag, _FLAGS))}, {_facts(*_COUNTS)}
{_SHOWN} JOIN tanggap_indicatorfact AS fact ON fact.report_id = chosen.report_id AND NOT fact.is_secret
WHERE {{of}} ORDER BY chosen.place
"""

ASSIGNMENTS: Final = f"""
SELECT publication.number, (entry.told ->> 'seq')::int,
    ((entry.told ->> 'at')::timestamptz AT TIME ZONE agency.timezone)::date, entry.told ->> 'kind',
    (entry.told #>> '{{{{owner,agency}}}}')::bigint, (entry.told #>> '{{{{owner,unit}}}}')::bigint,
    (entry.told ->> 'agency')::bigint, (entry.told ->> 'unit')::bigint
{_SHOWN} CROSS JOIN LATERAL jsonb_array_elements(publication.timeline) WITH ORDINALITY AS entry (told, place)
    JOIN tanggap_agency AS agency ON agency.id = (entry.told #>> '{{{{owner,agency}}}}')::bigint
WHERE {{of}} AND jsonb_typeof(entry.told -> 'owner') = 'object' AND entry.told ->> 'kind' <> 'submit'
ORDER BY chosen.place, entry.place
"""


def _run_day(name: str, of: str = "run") -> str:
    return f"(({of} ->> '{name}')::timestamptz AT TIME ZONE (run ->> 'zone'))::date"


# A clock that stands still, or stood still when it was stopped, counts to the beginning of that pause.
_LATE: Final = """
(CASE WHEN jsonb_array_length(run -> 'pauses') > 0
    AND run #> '{{pauses,-1,to}}' IS NOT DISTINCT FROM run -> 'stopped_at'
    THEN (run #>> '{{pauses,-1,from}}')::timestamptz
    ELSE coalesce((run ->> 'stopped_at')::timestamptz, {now})
    END >= (run ->> 'due_at')::timestamptz + interval '1 second')::text
"""

CLOCKS: Final = f"""
SELECT publication.number, run ->> 'clock', (run ->> 'run')::int, {_run_day("started_at")}, (run ->> 'count')::int,
    run ->> 'unit', run ->> 'policy', (run ->> 'calendar')::int, (run ->> 'agency')::bigint, run ->> 'zone',
    coalesce((run ->> 'extended')::int, 0), {_run_day("anchor_at")}, (run ->> 'remaining')::int, {_run_day("due_at")},
    CASE WHEN run -> 'pauses' = '[]' THEN '[]' ELSE (
        SELECT jsonb_agg(jsonb_build_object('from', {_run_day("from", "pause")}, 'to', {_run_day("to", "pause")},
            'remaining', pause -> 'remaining') ORDER BY at)
        FROM jsonb_array_elements(run -> 'pauses') WITH ORDINALITY AS paused (pause, at)) END,
    {_run_day("stopped_at")}, run ->> 'stopped_by', {_LATE}
{_SHOWN} CROSS JOIN LATERAL jsonb_array_elements(publication.clocks) WITH ORDINALITY AS listed (run, place)
WHERE {{of}} ORDER BY chosen.place, listed.place
"""

# Where the page of a report shows a mark, no header goes out that says whether words were masked: beside the page one
# that says "nothing" would tell that they were hidden later, of the reports that the moderation log leaves unnamed.
_PAGE: Final = "publication.title || publication.body || publication.location || publication.timeline::text"
_IS_MARKED: Final = f"({_PAGE}) LIKE '%%disamarkan]%%'"
# A header goes out whole or not at all: what its hash covers cannot be left out of it.
_IS_TOLD: Final = """(
    event.visibility = 'public' AND event.kind <> 'submit' AND (event.data - {plain}::text[]) = '{{}}'::jsonb
    AND NOT jsonb_path_exists(event.data, '$.masked.*[*]') AND NOT jsonb_path_exists(event.data, '$.kept.*[*]')
    AND NOT (event.data ? 'masked' AND marked)
    AND NOT EXISTS (
        SELECT FROM jsonb_object_keys(event.commitments) AS file
        WHERE file LIKE 'file:%%' AND NOT publication.files ? substr(file, 6)
    )
)"""
_HEADER: Final = (
    *("event.kind", _MOMENT.format("event.acted_at"), _MOMENT.format("event.recorded_at"), "event.role"),
    *("event.user_id", "event.agency_id", "event.unit_id", "event.from_status", "event.to_status", "event.visibility"),
    *("event.data", "event.commitments", "encode(event.nonce, 'hex')", "encode(event.previous_hash, 'hex')"),
)

EVENTS: Final = f"""
SELECT publication.number, event.seq, encode(event.hash, 'hex'), entry.log_index,
    {", ".join(f"CASE WHEN told THEN {column} END" for column in _HEADER)}
{_SHOWN} CROSS JOIN LATERAL (SELECT {_IS_MARKED} OFFSET 0) AS looked_at (marked)
    JOIN tanggap_event AS event ON event.report_id = chosen.report_id
    LEFT JOIN tanggap_logentry AS entry ON entry.event_id = event.id
    CROSS JOIN LATERAL (SELECT {_IS_TOLD} OFFSET 0) AS judged (told)  -- asked once for each event, not for each column
WHERE {{of}} ORDER BY chosen.place, event.seq
"""

RATINGS: Final = f"""
SELECT publication.number, event.seq, (event.acted_at AT TIME ZONE agency.timezone)::date,
    (event.data ->> 'rating')::int, event.data ->> 'solved'
{_SHOWN} JOIN tanggap_event AS event ON event.report_id = chosen.report_id AND event.visibility = 'public'
    AND event.data ? 'rating'
    JOIN tanggap_agency AS agency ON agency.id = publication.agency_id
WHERE {{of}} ORDER BY chosen.place, event.seq
"""


def _midnight(moment: str, day: str = "NULL") -> str:
    """Return a moment with its hour left out, and the offset that Open311 wants; `day`: what it is counted to."""
    there = f"({moment}) AT TIME ZONE agency.timezone"
    offset = f"({there}) - ({moment}) AT TIME ZONE 'UTC'"
    on = f"coalesce({day}::date, ({there})::date)"
    return f"""to_char({on}, 'YYYY-MM-DD"T00:00:00+"') || to_char({offset}, 'HH24:MI')"""


_CHANGED: Final = "greatest(publication.published_at, publication.answered_at, publication.closed_at)"
_CODE: Final = _AREA.format("publication.area_id")

OPEN311: Final = f"""
SELECT publication.number, CASE WHEN publication.is_open THEN 'open' ELSE 'closed' END, publication.status,
    category.name, publication.category_id, NULL, concat_ws(', ', agency.name, unit.name),
    {{home}} || '/laporan/' || publication.number, {_midnight("publication.received_at", "fact.received_on")},
    {_midnight(_CHANGED)}, {_midnight("publication.due_at")}, concat_ws(', ', area.name, above.name), {_CODE}, NULL,
    round(area.latitude::numeric, 6), round(area.longitude::numeric, 6), NULL
{_SHOWN} JOIN tanggap_agency AS agency ON agency.id = publication.agency_id
    LEFT JOIN tanggap_unit AS unit ON unit.id = publication.unit_id
    LEFT JOIN tanggap_category AS category ON category.code = publication.category_id
    LEFT JOIN tanggap_area AS area ON area.code = {_CODE}
    LEFT JOIN tanggap_area AS above ON above.code = area.parent_id
    LEFT JOIN tanggap_indicatorfact AS fact ON fact.report_id = publication.report_id
WHERE {{of}} ORDER BY chosen.place
"""

# In the order of the dictionary. These are read in pieces of so many reports each.
OF_REPORTS: Final[Mapping[str, str]] = {
    "reports": REPORTS,
    "facts": FACTS,
    "assignments": ASSIGNMENTS,
    "clocks": CLOCKS,
    "events": EVENTS,
    "ratings": RATINGS,
    "open311": OPEN311,
}
