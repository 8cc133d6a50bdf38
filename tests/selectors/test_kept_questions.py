"""A question that was put together once for everybody in a kind of office finds what one put together anew would."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.domain.actors import (
    AgencyAdmin,
    Anyone,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
)
from tanggap.domain.lifecycle import Status
from tanggap.models import NamedParty, Note, Presence, Report, Unit
from tanggap.selectors import duplicates, notes, patterns, prepared, presence, reports
from tests import make

pytestmark = pytest.mark.django_db

AGENCIES = ("pemprov-banten", "kab-lebak", "kota-serang")
UNITS = ("dpupr", "dindikbud", "inspektorat")


class World:
    """Some reports that differ in all that the wall looks at, and the ids that viewers are drawn from."""

    def __init__(self):
        self.agencies = [make.agency(slug).pk for slug in AGENCIES]
        lebaks = Unit.objects.create(
            agency_id=self.agencies[1],
            slug="dinas",
            name="Dinas",
            kind="opd",
            source="manual",
            valid_from=make.NOW.date(),
        )
        self.units = [*(make.unit(slug).pk for slug in UNITS), lebaks.pk]
        officers = (make.agency_admin(), make.liaison(), make.unit_admin())
        self.users = [officer.user_id for officer in officers]
        home, lebak, serang = self.agencies
        _dpupr, dindikbud, inspektorat, dinas = self.units
        late = {"is_overdue": True, "due_clock": "verify"}
        changes = (
            {},
            {"is_confidential": True, "is_published": False, "supervisory": True},
            {"supporting_unit_ids": [dindikbud]},
            {"supporting_agency_ids": [lebak], "owner_unit_id": None},
            {"owner_unit_id": dindikbud, "offered_agency_id": serang},
            {"owner_agency_id": lebak, "owner_unit_id": dinas, "former_agency_ids": [home], **late},
            {"owner_agency_id": serang, "owner_unit_id": None, "is_confidential": True, "is_published": False, **late},
            {"owner_unit_id": inspektorat, "supervisory": True},
        )
        self.rows = [make.report(status=Status.ASSIGNED) for _change in changes[:5]]
        self.rows += [make.submit() for _change in changes[5:]]
        for row, change in zip(self.rows, changes, strict=True):
            Report.objects.filter(pk=row.pk).update(**change)
        named = ((0, self.users[1], None), (2, None, dindikbud), (4, None, inspektorat), (5, self.users[0], None))
        for place, user_id, unit_id in named:
            NamedParty.objects.create(report=self.rows[place], user_id=user_id, unit_id=unit_id)
        self.rows = list(Report.objects.order_by("pk"))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def offices(world):
    """Draw who works at a desk, in every kind of office and with any others beside it."""
    users, agencies = st.sampled_from(world.users), st.sampled_from(world.agencies)
    others = st.frozensets(st.sampled_from(world.units))
    in_agency = {"user_id": users, "agency_id": agencies, "other_units": others}
    in_unit = {"user_id": users, "other_units": others}
    verifies = st.frozensets(st.sampled_from(world.agencies))
    return st.one_of(
        st.builds(NationalAdmin, **in_agency),
        st.builds(AgencyAdmin, **in_agency, verifies_for=verifies),
        *(
            st.builds(kind, agency_id=st.just(world.agencies[agency]), unit_id=st.sampled_from(units), **in_unit)
            for kind in (LiaisonOfficer, UnitAdmin, InternalAuditor)
            for agency, units in ((0, world.units[:3]), (1, world.units[3:]))  # a unit is of one agency
        ),
    )


def everybody(world):
    users, agencies = st.sampled_from(world.users), st.sampled_from(world.agencies)
    return st.one_of(
        offices(world),
        st.just(System()),
        st.just(Anyone()),
        st.builds(Reporter, st.sampled_from([row.pk for row in world.rows])),
        st.builds(Overseer, users, agencies),
        st.builds(RegionalOverseer, users, agencies, st.frozensets(agencies)),
        st.builds(Head, users, agencies, st.none() | st.sampled_from(world.units)),
    )


def found(find, viewer, numbers, **said):
    numbers_found = set()
    for number in numbers:
        try:
            numbers_found.add(find(viewer=viewer, number=number, **said).number)
        except reports.NotFoundError:
            continue
    return numbers_found


def test_whoever_asks_gets_by_a_kept_question_what_the_wall_lets_through(world):
    numbers = [row.number for row in world.rows]
    seen = set()

    @settings(max_examples=50, deadline=None, database=None)
    @given(viewer=everybody(world), is_locked=st.booleans(), also_in_place=st.booleans())
    def ask(viewer, is_locked, also_in_place):
        find = reports.locked if is_locked else reports.get
        wall = set(reports.visible(viewer=viewer).values_list("number", flat=True))
        instead = set(reports.in_place(viewer=viewer).values_list("number", flat=True)) if also_in_place else set()
        assert found(find, viewer, numbers, also_in_place=also_in_place) == wall | instead
        seen.add((type(viewer), frozenset(wall)))

    ask()
    assert len(seen) > 10, "they see different things"


def test_what_may_be_the_same_is_what_a_question_of_its_own_finds(world):
    text = make.BODY
    told = set()

    @settings(max_examples=25, deadline=None, database=None)
    @given(
        viewer=offices(world),
        row=st.sampled_from(world.rows),
        area=st.sampled_from(["", "36", "36.01", make.village()]),
        category=st.sampled_from([None, make.category()]),
        is_stored=st.booleans(),
    )
    def compare(viewer, row, area, category, is_stored):
        asked = Report(title=row.title, received_at=row.received_at, is_confidential=row.is_confidential)
        asked.pk, asked.area_id, asked.category_id = row.pk if is_stored else None, area or None, category
        kept, places = duplicates._questions(viewer, asked, text)
        least = duplicates.CANDIDATES.least
        near = [one.pk for one in kept.near.rows(places)] if kept.near else []
        anew = duplicates._alike(duplicates._near(viewer, asked), asked, text, least) if area else ()
        assert near == [one.pk for one in anew]
        ids = [one.pk for one in world.rows]
        mergeable = duplicates._mergeable(viewer, asked).filter(pk__in=ids)
        of_reporter = duplicates._alike(mergeable, asked, text, duplicates.CANDIDATES.least_same_reporter)
        kept_ids = [one.pk for one in kept.same_reporter.rows({**places, duplicates._IDS: tuple(ids)})]
        assert kept_ids == [one.pk for one in of_reporter]
        told.add((tuple(near), tuple(kept_ids)))

    compare()
    assert len(told) > 3, "they find different things"


def test_who_has_it_open_and_what_was_noted_is_asked_of_the_report_that_is_shown(world):
    viewer, other = make.agency_admin(), make.liaison()
    for row in world.rows[:2]:
        for user_id, minutes in ((viewer.user_id, 0), (other.user_id, 0), (world.users[2], 60)):
            seen = make.NOW - timedelta(minutes=minutes)
            Presence.objects.create(report=row, user_id=user_id, since=seen, seen_at=seen)
        Note.objects.create(
            report=row, user_id=viewer.user_id, agency_id=viewer.agency_id, audience="agency", text=row.number,
            created_at=make.NOW,
        )  # fmt: skip
    for row in world.rows:
        is_first = row in world.rows[:2]
        at = [one.user_id for one in presence.others(viewer=viewer, report=row, now=make.NOW)]
        assert at == [other.user_id] * is_first
        assert [note.text for note in notes.of_report(viewer=viewer, report=row)] == [row.number] * is_first


def test_a_place_that_nothing_fills_is_no_question():
    asked = prepared.keep(Report.objects.filter(pk=-101, number="<number>"))
    assert asked.rows({-101: 1, "<number>": "x"}) == []
    with pytest.raises(patterns.UnfilledError):
        asked.rows({"<number>": "x"})
    for param in (object(), b"x", [1, -105]):
        with pytest.raises(patterns.UnfilledError):
            patterns.given({}, param)
    assert patterns.given({-1: (4, 5)}, [3, -1, True]) == [3, 4, 5, True]


def test_a_sign_that_would_be_prepared_otherwise_than_it_is_asked_is_refused():
    with pytest.raises(ValueError, match="%%"):
        prepared.fetch("SELECT 1 FROM tanggap_report WHERE title LIKE 'a%%' AND id = %s", [1])
