"""The tables of open data that hold no reports: the organisation, the rules, what was counted, the record (ADR 0064).

`{agency}` is the agency of a package, or NULL for all; the columns are those of the dictionary, in its order.
"""

from collections.abc import Mapping
from typing import Final

_MOMENT: Final = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _mine(column: str) -> str:
    return f"({{agency}}::bigint IS NULL OR {column} = {{agency}}::bigint)"


LISTS: Final[Mapping[str, str]] = {
    "log": "SELECT log_index, encode(hash, 'hex') FROM tanggap_logentry ORDER BY log_index",
    "agencies": """
SELECT id, slug, name, short_name, kind, area_id, timezone, valid_from, valid_to FROM tanggap_agency ORDER BY id""",
    "units": "SELECT id, agency_id, parent_id, slug, name, kind, valid_from, valid_to FROM tanggap_unit ORDER BY id",
    "oversight": """
SELECT overseer_id, overseen_id, basis, valid_from, valid_to FROM tanggap_oversightedge
ORDER BY overseer_id, overseen_id, valid_from""",
    # Of months that are over, and how many days, not which: no day of work can be laid beside a report.
    "sign_in_days": f"""
SELECT post.agency_id, to_char(there.day, 'YYYY-MM'), count(DISTINCT there.day)
FROM tanggap_signinday AS there JOIN tanggap_appointment AS post ON post.user_id = there.user_id
WHERE post.role IN ('agency_admin', 'national_admin') AND post.valid_from <= there.day
    AND (post.valid_to IS NULL OR post.valid_to >= there.day)
    AND there.day < date_trunc('month', {{today}}::date) AND {_mine("post.agency_id")}
GROUP BY 1, 2 ORDER BY 1, 2""",
    "decrees": f"""
SELECT agency_id, number, issued_on, valid_from, valid_to, withdrawn_at::date FROM tanggap_decree
WHERE {_mine("agency_id")} ORDER BY agency_id, valid_from, id""",
    "assessments": f"""
SELECT assessment.id, agency_id, round.body_id, form_code, form_version, year, told_at::date, total, grade, aspects
FROM tanggap_assessment AS assessment JOIN tanggap_assessmentround AS round ON round.id = assessment.round_id
WHERE assessment.state = ANY({{told}}) AND {_mine("agency_id")} ORDER BY assessment.id""",
    "assessment_points": f"""
SELECT DISTINCT ON (assessment.id, criterion, side) assessment.id, criterion, side, points
FROM tanggap_assessmentpoint AS point JOIN tanggap_assessment AS assessment ON assessment.id = point.assessment_id
WHERE assessment.state = ANY({{told}}) AND {_mine("agency_id")}
ORDER BY assessment.id, criterion, side, point.id DESC""",
    "areas": """
SELECT code, name, level, parent_id, population FROM tanggap_area WHERE level <> 'village' ORDER BY code""",
    "categories": "SELECT code, name, name_en, parent_id, active_from, active_to FROM tanggap_category ORDER BY code",
    "calendar_versions": """
SELECT id, (made_at AT TIME ZONE {zone})::date, source, reason FROM tanggap_calendarversion ORDER BY id""",
    "calendar_days": """
SELECT agency_id, day, kind, name, since_version_id, until_version_id FROM tanggap_calendarday
ORDER BY day, agency_id NULLS FIRST, since_version_id""",
    "policies": """
SELECT code || '@' || version, basis, agency_id, valid_from, valid_to, inherits FROM tanggap_policy
ORDER BY code, version""",
    "time_limits": """
SELECT policy.code || '@' || policy.version, clock, classification, supervisory::text, count, unit, article, one.basis,
    since
FROM tanggap_timelimit AS one JOIN tanggap_policy AS policy ON policy.id = one.policy_id
ORDER BY policy.code, policy.version, clock, classification, supervisory NULLS FIRST""",
    "frozen_periods": f"""
SELECT period, version, {_MOMENT.format("closed_at")}, reason, formulas, checksum FROM tanggap_frozenperiod
WHERE {{month}}::text IS NULL OR period = {{month}} ORDER BY period, version""",
    "frozen_figures": """
SELECT period, version, kind, place, figures
FROM tanggap_frozenfigures AS one JOIN tanggap_frozenperiod AS closed ON closed.id = one.frozen_id
WHERE {month}::text IS NULL OR period = {month}
ORDER BY period, version, array_position(ARRAY['nation', 'province', 'agency', 'unit'], kind), place COLLATE "C" """,
    "secret_counts": """
SELECT kind, place, period, family, n FROM tanggap_secretcount
WHERE {month}::text IS NULL OR period = {month} ORDER BY period, kind, place, family""",
}
