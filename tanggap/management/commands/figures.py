"""Print every figure of a period as it was known at a moment, from the events, as CSV: of all, an office, an area."""

import csv
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.domain.figures import Figure
from tanggap.domain.periods import Period
from tanggap.selectors import agencies, areas, as_known, categories, formulas
from tanggap.selectors.indicators import Scope

_EARLIEST: Final = 2000  # no report is older
_LEVELS: Final = frozenset({"province", "regency", "district"})
HEADINGS: Final = (
    *("scope", "period", "as_of", "formula", "name", "unit"),
    *("value", "numerator", "n", "low", "high", "spread", "silence"),
)


class Command(BaseCommand):
    """Read the reports of a period again, as far as was written down by then. Changes nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a period, a moment, and of what."""
        parser.add_argument(
            "--period", required=True, help="when reports were received: 2026-10, 2026, 2026-09/2026-11"
        )
        parser.add_argument(
            "--as-of", default="", metavar="MOMENT", help="2026-11-01T00:00, in the agency's zone if none is said; now"
        )
        of = parser.add_mutually_exclusive_group()
        of.add_argument("--agency", metavar="SLUG", help="one agency, or SLUG/UNIT; without any of these the nation")
        of.add_argument("--area", metavar="CODE", help="a province, regency or district: 36.03")
        of.add_argument("--category", metavar="CODE", help="a category with those below it")

    def handle(
        self, *, period: str, as_of: str, agency: str | None, area: str | None, category: str | None, **_: object
    ) -> None:
        """Count, and print a line for each formula."""
        now = timezone.now()  # noqa: TID251 - a door
        days = _period(period, timezone.localdate(now))
        scope, zone = _scope(agency, area, category)
        at = _moment(as_of, zone) if as_of else now.astimezone(zone)
        if at > now:
            raise CommandError(f"{at.isoformat()} has not come: nothing is known as of then.")
        said = [agency or area or category or scope.kind, period, at.isoformat(timespec="seconds")]
        table = csv.writer(self.stdout, lineterminator="\n")
        table.writerow(HEADINGS)
        for figure in as_known.told(scope, days, at=at).values():
            table.writerow([*said, *_row(figure)])


def _period(name: str, today: date) -> Period:
    try:
        found = Period.named(name)
    except ValueError:
        raise CommandError(f"{name!r} is no month 2026-10, year 2026 or months 2026-09/2026-11.") from None
    if found.last < found.first:
        raise CommandError(f"{name} ends before it begins.")
    if not _EARLIEST <= found.first.year <= found.last.year <= today.year:
        raise CommandError(f"{name} is not between {_EARLIEST} and this year.")
    return found


def _scope(agency: str | None, area: str | None, category: str | None) -> tuple[Scope, ZoneInfo]:
    """Return what is asked for, and in which zone moments are meant. Raises CommandError for what is not there."""
    find: Mapping[str, Callable[[str], tuple[Scope, str]]]
    find = {"agency": _of_office, "area": _of_area, "category": _of_category}
    for what, code in (("agency", agency), ("area", area), ("category", category)):
        if code is None:
            continue
        try:
            scope, zone = find[what](code)
        except (agencies.NotFoundError, areas.NotFoundError, categories.NotFoundError):
            raise CommandError(f"There is no {what} {code!r}.") from None
        return scope, ZoneInfo(zone)
    return Scope(), ZoneInfo(settings.TIME_ZONE)


def _of_office(code: str) -> tuple[Scope, str]:
    slug, _slash, unit = code.partition("/")
    found = agencies.by_slug(slug)
    if unit:
        return Scope("unit", (str(agencies.unit(found.pk, unit).pk),)), found.timezone
    return Scope("agency", (str(found.pk),)), found.timezone


def _of_area(code: str) -> tuple[Scope, str]:
    level = areas.path(code)[-1].level
    if level not in _LEVELS:  # of a village nothing is summed
        raise areas.NotFoundError(code)
    return Scope(level, (code,)), settings.TIME_ZONE


def _of_category(code: str) -> tuple[Scope, str]:
    return Scope("category", (categories.get(code).code,)), settings.TIME_ZONE


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is no moment such as 2026-11-01T00:00.") from None
    if found.year < _EARLIEST:
        raise CommandError(f"Nothing was known in {found.year}: say a moment since {_EARLIEST}.")
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def _row(figure: Figure) -> list[Any]:
    formula = formulas.newest()[figure.code]
    spread = " ".join(f"{value}={times}" for value, times in figure.spread)
    numbers = [figure.shown, figure.numerator, figure.n, figure.low, figure.high]
    silence = figure.silence.value if figure.silence else ""
    return [figure.key, formula.names["en"], figure.unit, *("" if n is None else n for n in numbers), spread, silence]
