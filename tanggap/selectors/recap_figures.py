"""Gather all that a recap says, as data: figures from the sums or from the closed period, and names; no report.

Published figures alone, so no viewer is asked for: whoever reads a recap may know all of it. Of a closed year or month
the figures of offices are those that were frozen, with their version and checksum; what is not frozen (categories,
channels, areas) is read from the sums, and the recap says as of when.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from tanggap.domain import figures
from tanggap.domain.assessments import PUBLIC
from tanggap.domain.frozen import written
from tanggap.domain.periods import Period
from tanggap.domain.problems import State as Standing
from tanggap.domain.recaps import FORMAT, Stretch, Told, together
from tanggap.domain.recommendations import State
from tanggap.domain.reference_rows import GOVERNMENTS, AgencyKind, UnitKind
from tanggap.models import Agency, FrozenPeriod, IndicatorFact, Recommendation, Unit, UnitName
from tanggap.selectors import (
    areas,
    calendars,
    categories,
    formulas,
    frozen,
    indicators,
    policies,
    published_problems,
    standing,
)
from tanggap.selectors.indicators import Scope

# Of an agency as a whole, and of each of its offices.
WHOLE: Final = (
    *("volume", "status_distribution", "verify_ontime", "verify_median", "verify_p90", "verify_mean"),
    *("first_response_ontime", "first_response_median", "resolve_median", "resolve_p90", "resolve_mean"),
    *("resolve_distribution", "sla_rate", "followup_rate_v1", "followup_rate_v2", "followup_rate_v3"),
    *("completion_rate", "genuine_completion", "autoclose_share", "overdue_open", "overdue_age", "reopen_rate"),
    *("return_rate", "hops_mean", "archive_rate", "archive_reasons", "merge_share", "part_share"),
    *("extension_share", "same_answer_share", "outcome_distribution", "satisfaction", "rating_distribution"),
    *("rating_response", "solved_yes"),
)
OFFICE: Final = (
    *("volume", "status_distribution", "sla_rate", "verify_ontime", "verify_median", "first_response_median"),
    *("resolve_median", "resolve_distribution", "followup_rate_v1", "followup_rate_v2", "followup_rate_v3"),
    *("overdue_open", "reopen_rate", "return_rate", "archive_rate", "merge_share", "satisfaction"),
)
# What is known of two places at once.
CROSSED: Final = ("volume", "sla_rate", "followup_rate_v1", "followup_rate_v2", "followup_rate_v3", "overdue_open")
_BACKLOG: Final = ("volume", "status_distribution", "overdue_open", "overdue_age")
_CURVE: Final = ("volume", "sla_rate")
_FIRST_DAY: Final = date(2015, 1, 1)
_MOST_RECOMMENDED: Final = 100
_MOST_PROBLEMS: Final = 100
_HANDED_OVER: Final = "ombudsman_rate"
_LEAST_TOLD: Final = 5
_PARTED: Final = ("channel", "classification")


class NothingYetError(LookupError):
    """The sums were never computed, or the period has not begun."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a recap is of, and when it is made."""

    agency: Agency
    stretch: Stretch
    now: datetime


def gather(wanted: Wanted) -> dict[str, Any]:
    """Return the content of a recap (`tanggap-recap-1`). Raises NothingYetError."""
    return _Gatherer(wanted).content()


class _Gatherer:
    def __init__(self, wanted: Wanted) -> None:
        computed_at = indicators.computed_at()
        if computed_at is None:
            raise NothingYetError("The sums were never computed.")
        self.wanted, self.agency, self.stretch = wanted, wanted.agency, wanted.stretch
        self.computed_at = computed_at
        self.on = computed_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        days = self.stretch.days
        if days.first > self.on:
            raise NothingYetError(f"{self.stretch.name} has not begun.")
        self.days = Period(days.first, min(days.last, self.on))
        self.is_over = days.last < self.on
        self.closed = self._closed(self.stretch.name) if self.is_over and not self.stretch.is_week else None
        self.scope = Scope("agency", (str(self.agency.pk),))

    def content(self) -> dict[str, Any]:
        said = self._head()
        said["whole"] = self._of([str(self.agency.pk)], "agency", WHOLE) | self._handed_over(self.days)
        said["before"] = self._before()
        said["backlog"] = _told(self.scope, Period(_FIRST_DAY, self.days.last), _BACKLOG)
        said["curve"] = self._curve()
        said |= self._units()
        said["governments"] = self._governments()
        said["categories"], said["matrix"] = self._categories()
        for kind in _PARTED:
            said[kind] = self._parted(kind)
        said["secret"] = self._secret()
        said["recommendations"] = self._recommendations()
        said["problems"] = self._problems()
        said["annex"] = self._annex()
        return said

    def _head(self) -> dict[str, Any]:
        agency, stretch = self.agency, self.stretch
        return {
            "format": FORMAT,
            "agency": {"slug": agency.slug, "name": agency.name, "kind": agency.kind, "timezone": agency.timezone},
            "period": {
                "name": stretch.name,
                "size": stretch.size.value,
                "first": stretch.days.first.isoformat(),
                "last": stretch.days.last.isoformat(),
                "until": self.days.last.isoformat(),
                "is_over": self.is_over,
            },
            "made_at": self.wanted.now.isoformat(timespec="seconds"),
            "computed_at": self.computed_at.isoformat(timespec="seconds"),
            "closed": _named(self.closed) if self.closed is not None else None,
            "months_closed": [_named(row) for row in self._months_closed()],
            "is_demo": bool(settings.IS_DEMO),
        }

    def _closed(self, name: str) -> FrozenPeriod | None:
        return frozen.versions(name).first()

    def _months_closed(self) -> list[FrozenPeriod]:
        return [] if self.stretch.is_week else frozen.newest(self.days.months())

    def _of(self, places: Sequence[str], kind: str, codes: Sequence[str]) -> dict[str, Told]:
        """Return the figures of places taken together: as frozen where the period is closed, else from the sums."""
        if self.closed is None:
            return _told(Scope(kind, tuple(places)), self.days, codes)
        return _frozen(self.closed, kind, places, codes)

    def _before(self) -> dict[str, Any] | None:
        """Return the same days of the year before: as they were frozen where they are a whole closed period."""
        days = self.stretch.a_year_before(self.days.last)
        if days is None:
            return None
        is_whole = self.is_over and not self.stretch.is_week
        closed = self._closed(self.stretch.name_before()) if is_whole else None
        place = [str(self.agency.pk)]
        told = _frozen(closed, "agency", place, WHOLE) if closed else _told(self.scope, days, WHOLE)
        return {
            "first": days.first.isoformat(),
            "last": days.last.isoformat(),
            "closed": _named(closed) if closed is not None else None,
            "whole": told | self._handed_over(days),
        }

    def _handed_over(self, days: Period) -> dict[str, Told]:
        """Say how many went to the Ombudsman: of a year of the agency, and from five on (ADR 0076)."""
        code = _HANDED_OVER
        if self.stretch.size != "year":
            return _written({code: figures.untold(formulas.newest()[code])})
        rows = IndicatorFact.objects.filter(is_secret=False, received_on__range=(days.first, days.last))
        rows = rows.filter(facts__now_agency=self.agency.pk).exclude(facts__has_key="is_divided")
        handed_over = rows.filter(facts__has_key="is_escalated").count()
        if 0 < handed_over < _LEAST_TOLD:
            return {code: written(figures.untold(formulas.newest()[code])) | {"silence": "few"}}
        return _written({code: figures.ratio(formulas.newest()[code], handed_over, rows.count())})

    def _curve(self) -> list[dict[str, Any]]:
        """Return month by month, or of what is shorter than a year day by day; with the year before beside months."""
        if self.stretch.size != "year":
            return [
                {"name": day, "told": _written(told)}
                for day, told in indicators.daily(self.scope, self.days, _CURVE).items()
            ]
        before = Period.named(self.stretch.name_before())
        earlier = list(indicators.series(self.scope, before, _CURVE).values())
        return [
            {"name": month, "told": _written(told), "before": _written(earlier[place])}
            for place, (month, told) in enumerate(indicators.series(self.scope, self.days, _CURVE).items())
        ]

    def _units(self) -> dict[str, Any]:
        """Return every office directly below the agency with those below it taken together; of a week none."""
        if self.stretch.is_week:
            return {"units": [], "units_before": False}
        days, has_before = self.stretch.days, self.is_over
        there = Q(valid_to__isnull=True) | Q(valid_to__gte=days.first)
        rows = list(Unit.objects.filter(there, agency=self.agency, valid_from__lte=days.last).order_by("name", "pk"))
        tops = [row for row in rows if row.parent_id is None or row.parent_id not in {one.pk for one in rows}]
        former = self._former_names()
        found = []
        for row in tops:
            ids = [str(pk) for pk in _below(row.pk, rows)]
            one: dict[str, Any] = {
                "slug": row.slug,
                "name": row.name,
                "is_opd": row.kind in {UnitKind.OPD, UnitKind.INSPECTORATE},
                "ended": row.valid_to.isoformat() if row.valid_to and row.valid_to <= days.last else None,
                "former": former.get(row.pk, []),
                "parts": len(ids),
                "told": self._of(ids, "unit", OFFICE),
            }
            if has_before:
                one["before"] = self._unit_before(ids)
            found.append(one)
        return {"units": found, "units_before": has_before}

    def _unit_before(self, ids: Sequence[str]) -> dict[str, Told]:
        closed = self._closed(self.stretch.name_before())
        if closed is not None:
            return _frozen(closed, "unit", ids, ("volume", "sla_rate"))
        before = Period.named(self.stretch.name_before())
        return _told(Scope("unit", tuple(ids)), before, ("volume", "sla_rate"))

    def _former_names(self) -> dict[int, list[dict[str, str]]]:
        """Return which names offices had until a day of the period, by id."""
        found: dict[int, list[dict[str, str]]] = {}
        rows = UnitName.objects.filter(unit__agency=self.agency, valid_to__range=(self.days.first, self.days.last))
        for pk, name, until in rows.order_by("valid_to").values_list("unit_id", "name", "valid_to"):
            found.setdefault(pk, []).append({"name": name, "until": until.isoformat()})
        return found

    def _governments(self) -> list[dict[str, Any]]:
        """Return the regencies and cities of a province, by the code of their area, with the same figures."""
        if self.agency.kind != AgencyKind.PROVINCE or not self.agency.area_id:
            return []
        days = self.stretch.days
        there = Q(valid_to__isnull=True) | Q(valid_to__gte=days.first)
        inside = Agency.objects.filter(there, valid_from__lte=days.last, area__parent_id=self.agency.area_id)
        rows = list(inside.filter(kind__in=GOVERNMENTS).select_related("area").order_by("area_id", "name"))
        on = min(self.days.last, self.on)
        stands = {one.agency_id: one.row for one in standing.of([self.agency.pk, *(row.pk for row in rows)], on)}
        return [
            {
                "slug": row.slug,
                "name": row.name,
                "has_decree": stands.get(row.pk, {}).get("has_decree", False),
                "was_active": stands.get(row.pk, {}).get("was_active", False),
                "population": row.area.population if row.area else None,
                "told": self._of([str(row.pk)], "agency", OFFICE) if row.pk != self.agency.pk else None,
            }
            for row in (self.agency, *rows)
        ]

    def _categories(self) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
        """Return the categories of which the agency had reports, the fullest first; and those of the regions."""
        if self.stretch.is_week:
            return [], None
        tops = {row.code: {"id": row.name, "en": row.name_en or row.name} for row in categories.every_top()}
        rows = _compared("agency_category", {f"{self.agency.pk}/{code}": code for code in tops}, self.days)
        found: list[dict[str, Any]] = [
            {"code": code, "names": tops[code], "told": told} for code, told in rows if told["volume"]["n"]
        ]
        found.sort(key=lambda one: (-one["told"]["volume"]["n"], one["names"]["id"]))
        return found, self._matrix(tops)

    def _matrix(self, tops: Mapping[str, Any]) -> dict[str, Any] | None:
        if self.agency.kind != AgencyKind.PROVINCE or not self.agency.area_id:
            return None
        regions = list(areas.children(self.agency.area_id).order_by("code"))
        keys = {f"{region.code}/{code}": (region.code, code) for region in regions for code in tops}
        counts = {key: told["volume"]["n"] for key, told in _compared("regency_category", keys, self.days, ("volume",))}
        full = {code: sum(counts[region.code, code] for region in regions) for code in tops}
        shown = sorted((code for code in tops if full[code]), key=lambda code: (-full[code], code))
        return {
            "regions": [{"code": region.code, "name": region.name} for region in regions],
            "rows": [
                {"names": tops[code], "counts": [counts[region.code, code] for region in regions]} for code in shown
            ],
        }

    def _parted(self, kind: str) -> list[dict[str, Any]]:
        if self.stretch.is_week:
            return []
        places = {f"{self.agency.pk}/{code}": code for code in indicators.seen(kind, self.days)}
        rows = _compared(f"agency_{kind}", places, self.days)
        found = [{"code": code, "told": told} for code, told in rows if told["volume"]["n"]]
        return sorted(found, key=lambda one: (-one["told"]["volume"]["n"], one["code"]))

    def _secret(self) -> dict[str, Any]:
        """Return what is told of secret reports: of closed months, of five or more, else one tier up."""
        if self.stretch.is_week:
            return {"agency": {}, "province": {}}
        place = str(self.agency.pk)
        own = indicators.secret_counts("agency", [place], self.days).get(place, {})
        area = self.agency.area_id if self.agency.kind in GOVERNMENTS else None
        province = (area or "").partition(".")[0]
        above = indicators.secret_counts("province", [province], self.days).get(province, {}) if province else {}
        return {"agency": own, "province": above}

    def _recommendations(self) -> list[dict[str, Any]]:
        """Return what evaluators recommended until the end, and whether they took it as done; no answer of anybody."""
        end = datetime.combine(self.days.last + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
        rows = Recommendation.objects.filter(
            assessment__agency=self.agency, assessment__state__in=sorted(PUBLIC), given_at__lt=end
        ).exclude(state=State.WITHDRAWN.value)
        shown = rows.select_related("assessment__round__body", "unit").order_by("-given_at", "pk")[:_MOST_RECOMMENDED]
        return [
            {
                "year": row.assessment.round.year,
                "body": row.assessment.round.body.name,
                "text": row.text,
                "unit": row.unit.name if row.unit else None,
                "due_on": row.due_on.isoformat(),
                "is_done": row.state == State.DONE.value,
            }
            for row in shown
        ]

    def _problems(self) -> list[dict[str, Any]]:
        """Return what comes again and was found until the end, as everybody reads it now; the cause is the office's."""
        rows = published_problems.list_(agency_id=self.agency.pk, before=None, size=_MOST_PROBLEMS)
        zone = ZoneInfo(self.agency.timezone)
        return [
            {
                "category": {"id": row.category.name, "en": row.category.name_en or row.category.name},
                "district": row.district.name,
                "unit": row.unit.name if row.unit else None,
                "count": row.count,
                "first": row.first_day.isoformat(),
                "last": row.last_day.isoformat(),
                "plan": row.plan if row.state != Standing.OPEN else None,
                "done_on": row.done_on.isoformat() if row.done_on and row.state != Standing.OPEN else None,
            }
            for row in rows
            if row.found_at.astimezone(zone).date() <= self.days.last
        ]

    def _annex(self) -> dict[str, Any]:
        asked = formulas.newest()
        days = calendars.days(self.agency.pk, calendars.current_version()).filter(
            day__range=(self.stretch.days.first, self.stretch.days.last)
        )
        return {
            "formulas": [
                {"key": one.key, "names": dict(one.names), "definitions": dict(one.definitions), "source": one.source}
                for code, one in asked.items()
                if code in {*WHOLE, *OFFICE, _HANDED_OVER}
            ],
            "fingerprint": formulas.fingerprint(),
            "policy": policies.in_force(self.agency.pk, self.days.last).name,
            "calendar": calendars.current_version(),
            "days_off": [{"day": row.day.isoformat(), "name": row.name, "kind": row.kind} for row in days],
        }


def _below(unit_id: int, rows: Iterable[Unit]) -> list[int]:
    """Return a unit and those below it, of some rows."""
    found = [unit_id]
    for row in rows:
        if row.parent_id == unit_id:
            found += _below(row.pk, rows)
    return found


def _named(row: FrozenPeriod) -> dict[str, Any]:
    return {
        "period": row.period,
        "version": row.version,
        "checksum": row.checksum,
        "closed_at": row.closed_at.isoformat(timespec="seconds"),
    }


def _written(told: Mapping[str, Any]) -> dict[str, Told]:
    return {code: written(figure) for code, figure in told.items()}


def _told(scope: Scope, days: Period, codes: Sequence[str]) -> dict[str, Told]:
    return _written(indicators.told(scope, days, codes))


def _frozen(closed: FrozenPeriod, kind: str, places: Sequence[str], codes: Sequence[str]) -> dict[str, Told]:
    asked = formulas.newest()
    kept = frozen.of_places(closed, kind, places)
    return {code: together(asked[code], [one[code] for one in kept if code in one]) for code in codes}


def _compared[K](
    kind: str, places: Mapping[str, K], days: Period, codes: Sequence[str] = CROSSED
) -> list[tuple[K, dict[str, Told]]]:
    """Return the figures of two places at once, in the order of the keys."""
    rows = {row.place: row.figures for row in indicators.comparison(kind, places, days.whole(), codes)}
    return [(key, {code: written(rows[place][code]) for code in codes}) for place, key in places.items()]
