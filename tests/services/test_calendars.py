"""Each change of the calendar is a version; who may make which."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tanggap import data
from tanggap.domain.actors import AgencyAdmin, Anyone, LiaisonOfficer, NationalAdmin, Reporter, System
from tanggap.domain.reference import read_rows
from tanggap.domain.reference_rows import DayKind, DayRow
from tanggap.models import CalendarDay, CalendarVersion
from tanggap.selectors import agencies
from tanggap.selectors import calendars as selectors
from tanggap.services import calendars

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
DAYS = read_rows(DayRow, "holidays.csv", data.text("holidays.csv"))
DAY = date(2026, 8, 10)


def load(rows):
    return calendars.load(rows, actor=System(), now=NOW)


def refusal(**arguments):
    with pytest.raises(calendars.NotAllowedError) as caught:
        calendars.override_day(**{"kind": DayKind.CLOSURE, "name": "Libur", "now": NOW, "day": DAY, **arguments})
    return caught.value.reason


class TestTheFile:
    def test_the_same_days_make_no_version(self):
        before = selectors.current_version()
        assert load(DAYS).is_nothing
        assert selectors.current_version() == before

    def test_a_revised_decree_is_one_version_and_the_old_one_reads_as_before(self):
        before = selectors.current_version()
        rows = [row for row in DAYS if row.day != date(2026, 5, 15)]
        rows = [replace(row, name="Idul Adha") if row.day == date(2026, 5, 27) else row for row in rows]
        rows.append(DayRow(999, date(2026, 8, 18), "Libur tambahan", "joint_leave", "SKB"))
        change = load(rows)
        assert (change.added, change.changed, change.retired, change.unchanged) == (1, 1, 1, 237)
        new = selectors.working_calendar(None, selectors.current_version())
        old = selectors.working_calendar(None, before)
        assert (new.is_working_day(date(2026, 5, 15)), old.is_working_day(date(2026, 5, 15))) == (True, False)
        assert (new.is_working_day(date(2026, 8, 18)), old.is_working_day(date(2026, 8, 18))) == (False, True)
        assert (new.names[date(2026, 5, 27)], old.names[date(2026, 5, 27)]) == ("Idul Adha", "Hari Raya Idul Adha")
        assert CalendarVersion.objects.latest("pk").reason == "1 days added, 1 changed, 1 taken out"

    def test_a_day_set_by_hand_is_kept_whatever_the_file_says(self):
        day = date(2026, 5, 15)
        calendars.override_day(actor=System(), agency_id=None, day=day, kind=DayKind.WORKING, name="Tugas", now=NOW)
        change = load(DAYS)
        assert change.is_nothing
        assert change.kept == 1
        assert selectors.working_calendar(None, selectors.current_version()).is_working_day(day)


class TestByHand:
    def test_an_agency_admin_closes_the_own_agency(self, django_user_model):
        agency = agencies.by_slug("kota-serang")
        user = django_user_model.objects.create(username="admin", created_at=NOW)
        version = calendars.close_day(
            actor=AgencyAdmin(user.pk, agency.pk), agency_id=agency.pk, day=DAY, name=" HUT  Kota ", now=NOW
        )
        assert (version.made_by_id, version.reason, version.made_at) == (user.pk, "2026-08-10: HUT Kota", NOW)
        row = CalendarDay.objects.get(since_version=version)
        assert (row.agency_id, row.kind, row.name, row.source) == (agency.pk, "closure", "HUT Kota", "manual")

    def test_another_agency_the_country_and_everybody_else_are_refused(self):
        own, other = agencies.by_slug("kota-serang"), agencies.by_slug("kab-serang")
        for actor, agency_id in (
            (AgencyAdmin(1, own.pk), other.pk),
            (AgencyAdmin(1, own.pk), None),
            (LiaisonOfficer(1, own.pk, 1), own.pk),
            (Reporter(1), own.pk),
            (Anyone(), own.pk),
        ):
            assert refusal(actor=actor, agency_id=agency_id) == calendars.Reason.NOT_YOURS

    def test_a_day_that_is_over_where_the_agency_is_cannot_be_closed_to_look_in_time(self):
        jayapura = agencies.by_slug("kota-jayapura")
        late = datetime(2026, 7, 1, 15, 30, tzinfo=UTC)  # 22.30 in Jakarta, half past midnight in Jayapura
        admin = AgencyAdmin(1, jayapura.pk)
        today = date(2026, 7, 1)
        assert refusal(actor=admin, agency_id=jayapura.pk, day=today, now=late) == calendars.Reason.PAST_DAY
        serang = agencies.by_slug("kota-serang")
        arguments = {"actor": System(), "agency_id": serang.pk, "day": today, "name": "Libur", "now": late}
        assert calendars.close_day(**arguments).pk == selectors.current_version()

    def test_a_national_admin_corrects_the_country_even_in_the_past(self, django_user_model):
        user = django_user_model.objects.create(username="nasional", created_at=NOW)
        actor = NationalAdmin(user.pk, agencies.national().pk)
        day = date(2026, 6, 30)
        version = calendars.override_day(
            actor=actor, agency_id=None, day=day, kind=DayKind.HOLIDAY, name="Libur", now=NOW
        )
        assert not selectors.working_calendar(None, version.pk).is_working_day(day)

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            ({"name": "  "}, calendars.Reason.NO_NAME),
            ({"day": date(2017, 12, 31)}, calendars.Reason.UNKNOWN_YEAR),
            ({"day": date(9999, 1, 1)}, calendars.Reason.UNKNOWN_YEAR),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, arguments, reason):
        before = selectors.current_version()
        assert refusal(actor=System(), agency_id=None, **arguments) == reason
        assert selectors.current_version() == before

    def test_saying_the_same_twice_makes_no_second_version(self):
        arguments = {"actor": System(), "agency_id": agencies.home().pk, "day": DAY, "name": "Libur", "now": NOW}
        version = calendars.close_day(**arguments)
        with pytest.raises(calendars.NotAllowedError) as caught:
            calendars.close_day(**arguments)
        assert caught.value.reason == calendars.Reason.SAME_ALREADY
        assert selectors.current_version() == version.pk

    def test_a_closure_can_be_taken_back_and_every_version_reads_as_it_was(self):
        agency = agencies.home()
        arguments = {"actor": System(), "agency_id": agency.pk, "day": DAY, "now": NOW}
        closed = calendars.close_day(name="Libur", **arguments)
        opened = calendars.override_day(kind=DayKind.WORKING, name="Tidak jadi", **arguments)
        assert not selectors.working_calendar(agency.pk, closed.pk).is_working_day(DAY)
        assert selectors.working_calendar(agency.pk, opened.pk).is_working_day(DAY)
        assert CalendarDay.objects.filter(agency=agency, until_version__isnull=True).count() == 1
