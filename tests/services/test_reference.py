"""All of it in one transaction: nothing by half, and twice changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tanggap import data
from tanggap.adapters import areas
from tanggap.domain.actors import AgencyAdmin, System
from tanggap.domain.reference import BadRowsError
from tanggap.domain.reference_rows import AgencyRow, LimitRow
from tanggap.models import Agency, CalendarVersion, OversightEdge, Policy, ReferenceLoad
from tanggap.selectors import reference as reference_selectors
from tanggap.services import reference as reference_services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def reference():
    return data.read(code_book=areas.code_book(), areas=areas.areas())


def load(reference, fingerprint="f"):
    return reference_services.load(reference, fingerprint=fingerprint, actor=System(), now=NOW)


def test_the_second_run_changes_nothing_and_says_so(reference):
    before = Policy.objects.count(), CalendarVersion.objects.count()
    changes = load(reference)
    assert all(change.is_nothing for change in changes)
    assert {change.noun: change.unchanged for change in changes} == {
        "areas": 91_599,
        "agencies": 642,
        "units": 130,
        "oversight": 1695,
        "category groups": 15,
        "categories": 958,
        "routing rules": 33,
        "calendar days": 239,
        "policies": 3,
    }
    assert (Policy.objects.count(), CalendarVersion.objects.count()) == before


def test_the_planner_knows_what_was_loaded_and_takes_no_table_for_empty_that_will_fill():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relname LIKE 'tanggap\\_%' AND relkind = 'r'")
        known = dict(cursor.fetchall())
    assert known["tanggap_oversightedge"] == OversightEdge.objects.count() > 600
    assert known["tanggap_report"] == -1  # never looked at


def test_what_was_loaded_is_remembered_by_its_fingerprint(reference):
    assert not reference_selectors.is_current("another")
    load(reference, "another")
    assert reference_selectors.is_current("another")
    assert reference_selectors.loads().first().changes[0]["noun"] == "areas"


def test_nothing_is_loaded_by_half_when_a_row_is_bad(reference):
    new = AgencyRow(99, "badan-baru", "Badan Baru", "", "institution", "", "Asia/Jakarta", "", "", "", False, "own", date(2026, 1, 1), None)  # fmt: skip # noqa: E501
    bad = replace(reference, agencies=(*reference.agencies, new), days=(*reference.days, reference.days[0]))
    bad = replace(bad, days=(*reference.days, replace(reference.days[0], line=999)))
    with pytest.raises(BadRowsError, match=r"holidays.csv:999: the same as line 2"):
        load(bad)
    assert not Agency.objects.filter(slug="badan-baru").exists()


def test_a_looser_local_limit_is_refused_by_its_line_and_takes_everything_with_it(reference):
    new = AgencyRow(99, "badan-baru", "Badan Baru", "", "institution", "", "Asia/Jakarta", "", "", "", False, "own", date(2026, 1, 1), None)  # fmt: skip # noqa: E501
    looser = LimitRow(77, "kab-tangerang-internal", "first_followup", "", None, 8, "cd", "Ps 1", "Internal", NOW.date())
    loads = ReferenceLoad.objects.count()
    bad = replace(reference, agencies=(*reference.agencies, new), limits=(*reference.limits, looser))
    with pytest.raises(BadRowsError) as caught:
        load(bad)
    assert {(problem.file, problem.line) for problem in caught.value.problems} == {("time_limits.csv", 77)}
    assert "first_followup: 8 cd is not as strict as the national 5 wd" in str(caught.value)
    assert not Agency.objects.filter(slug="badan-baru").exists()
    assert not Policy.objects.filter(code="kab-tangerang-internal", version=2).exists()
    assert ReferenceLoad.objects.count() == loads


def test_only_the_system_loads(reference):
    with pytest.raises(reference_services.NotAllowedError):
        reference_services.load(reference, fingerprint="f", actor=AgencyAdmin(1, 1), now=NOW)


class TestTheCommand:
    def run(self, *arguments):
        out = StringIO()
        call_command("load_reference", *arguments, stdout=out)
        return out.getvalue().splitlines()

    def test_it_prints_one_line_for_each_noun(self):
        lines = self.run()
        assert lines[0] == "areas: nothing changed (91599)"
        assert lines[-1] == "policies: nothing changed (3)"
        assert len(lines) == 9

    def test_it_says_what_changed(self):
        Agency.objects.filter(slug="kpk").update(name="Komisi")
        assert "agencies: 0 added, 1 changed, 0 retired, 641 unchanged" in self.run()

    def test_if_needed_does_nothing_when_these_files_are_loaded(self):
        assert self.run("--if-needed") == []

    def test_a_bad_file_stops_it_with_file_and_line(self, monkeypatch):
        good = data.text
        bad = good("agencies.csv").replace(",regency,36.03,", ",county,36.03,")
        monkeypatch.setattr(data, "text", lambda name: bad if name == "agencies.csv" else good(name))
        with pytest.raises(CommandError, match=r"Nothing was loaded.\nagencies.csv:\d+: kind: 'county' is not one of"):
            self.run()

    def test_it_warns_of_days_kept_by_hand(self, django_user_model):
        from tanggap.domain.reference_rows import DayKind
        from tanggap.services import calendars

        calendars.override_day(
            actor=System(), agency_id=None, day=date(2026, 8, 18), kind=DayKind.HOLIDAY, name="Libur tambahan", now=NOW
        )
        assert "calendar days: nothing changed (239), 1 kept as set by hand" in self.run()
