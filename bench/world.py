"""The reference data that histories are made of: agencies, their units and officers, villages, categories."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final

from django.db import transaction
from django.db.models import Q

from bench.stories import Office, World
from bench.words import vocabulary
from tanggap.domain.reference_rows import UnitKind
from tanggap.models import Agency, Appointment, Area, Category, Policy, Unit, User
from tanggap.services.upserts import BY_HAND

HOME: Final = "36"
# How much of the reports each agency gets, by the place of its area: the province, then regencies and cities.
_SHARES: Final = (40, 5, 6, 12, 5, 12, 4, 8, 8)
_NEW_UNITS: Final = ("Dinas Pekerjaan Umum", "Dinas Perhubungan", "Dinas Kesehatan")


@transaction.atomic
def read(now: datetime, days: int, *, agencies: int = 0, waiting: int = 0) -> World:
    """Read the reference data of Banten, or of more agencies than it has, and give every office an officer."""
    first = date(2018, 1, 1)
    national = Agency.objects.get(kind="national", valid_to=None)
    served, weights = _agencies(agencies, first)
    units = list(Unit.objects.filter(agency__in=served, valid_to=None).order_by("pk"))
    posts = [("national_admin", national, None)]
    posts += [("agency_admin", agency, None) for agency in served]
    posts += [("liaison_officer", unit.agency, unit) for unit in units]
    people = User.objects.bulk_create(
        User(username=f"bench{place}", password="!", email=f"bench{place}@example.org", created_at=now)
        for place in range(len(posts))
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, role=role, agency=agency, unit=unit, valid_from=first)
        for user, (role, agency, unit) in zip(people, posts, strict=True)
    )
    by_post = {(agency.pk, unit and unit.pk): user.pk for user, (_r, agency, unit) in zip(people, posts, strict=True)}
    offices = tuple(_office(agency, units, by_post) for agency in served)
    villages = Area.objects.filter(level="village", code__startswith=f"{HOME}.", valid_to=None).order_by("code")
    codes = list(villages.values_list("code", flat=True))
    categories = list(Category.objects.filter(active_to=None, parent__isnull=False).order_by("code"))
    random.Random(0).shuffle(categories)
    national_office = _office(national, [], by_post)
    return World(
        national=national_office,
        offices=offices,
        weights=tuple(accumulate(weights)),
        by_id={office.agency_id: office for office in (national_office, *offices)},
        villages={
            office.area: tuple(code for code in codes if code.startswith(f"{office.area}.")) or tuple(codes)
            for office in offices
        },
        categories=tuple(category.pk for category in categories),
        words=vocabulary(),
        changes=_changes(),
        now=now,
        days=days,
        waiting=waiting,
    )


def _agencies(count: int, first: date) -> tuple[list[Agency], Sequence[float]]:
    """Return the agencies of Banten with their shares; or so many, each with units, the first ones with the most work.

    By Zipf: the n-th has the n-th part of what the first has. Of 500 the province has a seventh of all reports.
    """
    known = Agency.objects.filter(valid_to=None).select_related("area")
    home = list(known.filter(Q(area_id=HOME) | Q(area__parent_id=HOME)).order_by("area_id"))
    if count <= len(home):
        return home, _SHARES
    others = known.exclude(pk__in=[agency.pk for agency in home]).exclude(kind="national").order_by("pk")
    served = [*home, *others[: count - len(home)]]
    if len(served) < count:
        raise ValueError(f"There are {len(served)} agencies, not {count}: say --agencies {len(served)}.")
    have = set(Unit.objects.values_list("agency_id", flat=True))
    Unit.objects.bulk_create(
        Unit(
            agency=agency,
            slug=f"bench-{place}",
            name=name,
            kind=UnitKind.OPD.value,
            is_synthetic=True,
            source=BY_HAND,  # so that no file ends it
            valid_from=first,
        )
        for agency in served
        if agency.pk not in have
        for place, name in enumerate(_NEW_UNITS)
    )
    return served, [1 / rank for rank in range(1, count + 1)]


def _changes() -> tuple[date, ...]:
    """Return the days on which some policy begins or has just ended."""
    spans = Policy.objects.values_list("valid_from", "valid_to")
    return tuple(sorted({first for first, _ in spans} | {last + timedelta(days=1) for _, last in spans if last}))


def _office(agency: Agency, units: Sequence[Unit], by_post: Mapping[tuple[int, int | None], int]) -> Office:
    desks = tuple((unit.pk, by_post[agency.pk, unit.pk]) for unit in units if unit.agency_id == agency.pk)
    return Office(agency.pk, agency.timezone, agency.area_id or "", by_post[agency.pk, None], desks)
