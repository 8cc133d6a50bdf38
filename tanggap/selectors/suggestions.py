"""What may be chosen for a report that waits to be verified: what rules suggest, and apart, what is often chosen.

Whoever asks is an officer who has got the report by `reports.get`; what is suggested are public names of offices and
categories, and how often the own office chose them. Reports of others are never a source.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tanggap.domain.actors import AgencyAdmin, Officer
from tanggap.domain.reference_rows import AgencyKind, Authority
from tanggap.domain.routing import Guess, Rule, for_category, guesses, words_of
from tanggap.models import Agency, Category, Report, RoutingRule, Unit
from tanggap.selectors import names

RECENT = 200  # verifications that are looked at
MOST_RECENT = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category with an office. `unit` where the report is here already, `agency` where it belongs elsewhere."""

    category: Category
    unit: Unit | None
    agency: Agency | None  # whose it is, when it is not the agency that has it
    reasons: tuple[RoutingRule, ...] = ()
    words: tuple[str, ...] = ()
    times: int = 0  # how often the own office did this lately, for what is often chosen


def suggest(*, report: Report, texts: Sequence[str]) -> list[Suggestion]:
    """Return what the rules say of the words of a report, each with its reason; four queries at most."""
    rules = _rules(names.current().load)
    found = guesses((rule for rule, _row in rules.values()), *texts, category=report.category_id or "")
    return _of_rules(found, report, {code: row for code, (_rule, row) in rules.items()})


def after_correction(*, report: Report, texts: Sequence[str], category: str) -> Suggestion | None:
    """Return where the rules lead a report that gets another category; None where they say nothing of it."""
    rules = _rules(names.current().load)
    guess = for_category((rule for rule, _row in rules.values()), *texts, category=category)
    found = _of_rules([guess] if guess else [], report, {code: row for code, (_rule, row) in rules.items()})
    return next(iter(found), None)


@lru_cache(maxsize=2)
def _rules(_load: int) -> dict[str, tuple[Rule, RoutingRule]]:
    """Return the rules in force, read again after each load of reference data."""
    return {
        row.code: (
            Rule(
                code=row.code,
                position=row.position,
                words=words_of(row.words),
                category=row.category_id,
                authority=row.authority,
                agency=row.agency,
                province_unit=row.province_unit,
                regency_unit=row.regency_unit,
            ),
            row,
        )
        for row in RoutingRule.objects.filter(valid_to__isnull=True)
    }


_LEVEL = {
    AgencyKind.PROVINCE: Authority.PROVINCE,
    AgencyKind.REGENCY: Authority.REGENCY,
    AgencyKind.CITY: Authority.REGENCY,
}


def _of_rules(found: Sequence[Guess], report: Report, rows: dict[str, RoutingRule]) -> list[Suggestion]:
    if not found:
        return []
    here = report.owner_agency
    categories = Category.objects.in_bulk([guess.category for guess in found])
    near = _governments(report.area_id or "")
    named = {agency.slug: agency for agency in Agency.objects.filter(slug__in=[g.agency for g in found if g.agency])}
    units = {unit.slug: unit for unit in Unit.objects.filter(agency=here, valid_to=None)}
    made = []
    for guess in found:
        level = _LEVEL.get(AgencyKind(here.kind), Authority.NATIONAL)
        owner = named.get(guess.agency) or (near.get(Authority(guess.authority)) if guess.authority else None)
        if owner is None and not guess.authority and level == Authority.NATIONAL:
            owner = near.get(Authority.REGENCY) or near.get(Authority.PROVINCE)
        is_elsewhere = owner is not None and owner.pk != here.pk
        unit = None if is_elsewhere else units.get(guess.units[0] if level == Authority.PROVINCE else guess.units[1])
        if is_elsewhere or unit is not None:
            made.append(
                Suggestion(
                    category=categories[guess.category],
                    unit=unit,
                    agency=owner if is_elsewhere else None,
                    reasons=tuple(rows[code] for code in guess.rules),
                    words=guess.words,
                )
            )
    return made


def _governments(area_code: str) -> dict[Authority, Agency]:
    """Return the province and the regency or city of a place."""
    codes = [area_code[:2], area_code[:5]] if area_code else []
    rows = Agency.objects.filter(area_id__in=codes, kind__in=list(_LEVEL), valid_to=None)
    return {_LEVEL[AgencyKind(row.kind)]: row for row in rows}


def often_chosen(*, viewer: Officer, report: Report, suggested: Sequence[Suggestion]) -> list[Suggestion]:
    """Return the pairs of category and unit that this agency chose most often lately, for an admin of it.

    They say nothing of the report, so they are no suggestions; what is suggested already is left out. Three queries.
    """
    match viewer:
        case AgencyAdmin(agency_id=agency_id) if agency_id == report.owner_agency_id:
            pass
        case _:
            return []
    lately = (
        Report.objects.filter(owner_agency_id=agency_id, assigned_at__isnull=False, is_confidential=False)
        .exclude(owner_unit=None)
        .exclude(category=None)
        .order_by("-assigned_at")
        .values_list("category_id", "owner_unit_id")[:RECENT]
    )
    known = {(one.category.pk, one.unit.pk) for one in suggested if one.unit is not None}
    pairs = [
        (pair, times) for pair, times in Counter(lately).most_common(MOST_RECENT + len(known)) if pair not in known
    ]
    categories = Category.objects.filter(active_to=None).in_bulk([pair[0] for pair, _times in pairs])
    units = Unit.objects.filter(agency_id=agency_id, valid_to=None).in_bulk([pair[1] for pair, _times in pairs])
    return [
        Suggestion(category=categories[category], unit=units[unit], agency=None, times=times)
        for (category, unit), times in pairs[:MOST_RECENT]
        if category in categories and unit in units
    ]
