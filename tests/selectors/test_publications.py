"""Published reports: what is found, in which order, what is counted, and what is never there."""

from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.models import Area, Category, Publication
from tanggap.selectors import public_search, publications
from tanggap.selectors.public_search import Filters
from tanggap.services import reports
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW + 10 * make.DAY


def published(title="Jalan rusak di depan pasar", *, now=make.NOW, status=Status.ASSIGNED, unit="dpupr", **values):
    """Return a report that is public, at a status, verified by a usual admin."""
    report = make.submit(now=now, **{"event_date": (now - make.DAY).date(), **values})
    for action in make.ROADS[status]:
        more = {"title": title, "unit_id": make.unit(unit).pk} if action == Action.VERIFY_AND_ASSIGN else {}
        report = make.act(report, action, now=now, **more)
    return report


def titles(*args, **values):
    return [row.title for row in public_search.list_(*args, now=NOW, **values).rows]


def numbers(page):
    return [row.number for row in page.rows]


def walk(query="", filters=public_search.NO_FILTERS, size=2):
    """Return the numbers of all pages, one after the other."""
    found, after = [], ""
    while True:
        page = public_search.list_(query, filters, after, size, now=NOW)
        assert len(page.rows) <= size
        found += numbers(page)
        after = page.after
        if not after:
            return found


class TestGet:
    def test_a_published_report_is_found_with_its_office(self):
        report = published()
        found = publications.get(report.number)
        assert (found.title, found.unit.slug, found.agency.slug) == (report.title, "dpupr", "pemprov-banten")

    def test_an_unknown_and_an_unverified_report_are_the_same(self):
        for number in ("AAAA-AAAA", "", make.report().number):
            with pytest.raises(publications.NotFoundError):
                publications.get(number)

    def test_a_stub_is_found_but_listed_nowhere(self):
        report = make.act(published(), Action.ARCHIVE, actor=make.agency_admin())
        assert publications.get(report.number).is_stub
        assert titles() == []
        assert titles(report.number) == []


class TestSearch:
    def test_stems_are_found_all_words_must_be_there_and_small_words_do_not_matter(self):
        published("Perbaikan jembatan gantung", body="Jembatan di atas kali sudah lapuk dan perlu diperbaiki.")
        published("Lampu jalan mati", body="Lampu di sepanjang jalan mati sejak dua minggu yang lalu.")
        assert titles("diperbaiki") == ["Perbaikan jembatan gantung"]
        assert titles("jembatan yang lapuk") == ["Perbaikan jembatan gantung"]
        assert titles("jembatan lampu") == []

    def test_an_answer_is_searched_too(self):
        report = published(status=Status.ASSIGNED)
        make.act(report, Action.ANSWER, text="Kami akan memasang tambalan beton di ruas itu pekan depan.")
        assert titles("tambalan beton") == [report.title]

    def test_a_number_finds_its_report_however_it_is_typed(self):
        report = published("Satu-satunya")
        published("Yang lain")
        for typed in (report.number, report.number.lower(), f" #{report.number.replace('-', '')} "):
            assert titles(typed) == ["Satu-satunya"]

    @pytest.mark.parametrize(
        "query", ["yang di", "-jalan", "'; --", "\0", "!", "<script>", "| & !", '"jalan', "(" * 300]
    )
    def test_signs_and_empty_words_are_no_error(self, query):
        published()
        assert titles(query) in ([], ["Jalan rusak di depan pasar"])

    def test_words_that_mean_nothing_find_nothing(self):
        published()
        assert titles("yang di dan") == []


class TestFilters:
    def test_status_is_asked_for_by_family(self):
        published("Baru")
        published("Dijawab", status=Status.ANSWERED)
        published("Selesai", status=Status.CLOSED)
        assert titles(filters=Filters(family=Family.ASSIGNED)) == ["Baru"]
        assert titles(filters=Filters(family=Family.IN_PROGRESS)) == ["Dijawab"]
        assert titles(filters=Filters(family=Family.CLOSED)) == ["Selesai"]
        assert titles(filters=Filters(family=Family.ARCHIVED)) == []

    def test_office_is_an_agency_or_a_unit(self):
        published("Jalan")
        published("Sekolah", unit="dindikbud")
        home, unit = make.agency().pk, make.unit("dindikbud").pk
        assert sorted(titles(filters=Filters(agency_id=home))) == ["Jalan", "Sekolah"]
        assert titles(filters=Filters(agency_id=home, unit_id=unit)) == ["Sekolah"]
        assert titles(filters=Filters(agency_id=make.agency("kota-serang").pk)) == []

    def test_a_category_stands_for_those_that_were_asked_for_with_it(self):
        published()
        code = make.category()
        parent = Category.objects.get(pk=code).parent_id
        assert len(titles(filters=Filters(categories=frozenset({code})))) == 1
        assert len(titles(filters=Filters(categories=frozenset({code, parent})))) == 1
        assert titles(filters=Filters(categories=frozenset({parent}))) == []

    def test_an_area_holds_what_lies_in_it_and_not_what_only_begins_alike(self):
        published()
        village = make.village()
        for depth in range(1, 5):
            assert len(titles(filters=Filters(area=".".join(village.split(".")[:depth])))) == 1
        assert titles(filters=Filters(area=village[:-1])) == []
        assert titles(filters=Filters(area="36.0")) == []

    def test_late_is_an_open_report_whose_office_let_its_date_pass(self):
        published("Terlambat")
        published("Menunggu pelapor", status=Status.ANSWERED, now=make.NOW - 60 * make.DAY)
        published("Baru", now=NOW)
        assert titles(filters=Filters(is_late=True)) == ["Terlambat"]

    def test_filters_and_words_hold_together(self):
        published("Jalan rusak")
        published("Jalan rusak", unit="dindikbud")
        filters = Filters(agency_id=make.agency().pk, unit_id=make.unit("dindikbud").pk, is_late=True, area="36.01")
        assert len(titles("jalan rusak", filters)) == 1
        assert titles("jalan rusak", replace(filters, family=Family.CLOSED)) == []


class TestPages:
    @pytest.fixture
    def seven(self, django_db_blocker):
        """Return the numbers of seven reports, newest first; some were published in the same moment."""
        moments = [0, 0, 1, 1, 1, 2, 3]
        made = [
            published(f"Laporan ke-{n}", now=make.NOW + hours * timedelta(hours=1)) for n, hours in enumerate(moments)
        ]
        rows = Publication.objects.filter(number__in=[report.number for report in made])
        return [row.number for row in sorted(rows, key=lambda row: (row.published_at, row.pk), reverse=True)]

    def test_pages_follow_each_other_without_gap_or_repeat(self, seven):
        for size in range(1, 9):
            assert walk(size=size) == seven

    @pytest.mark.parametrize(
        ("query", "filters"),
        [
            ("laporan", public_search.NO_FILTERS),
            ("", Filters(is_late=True)),
            ("laporan", Filters(area="36.01", is_late=True)),
            ("", Filters(family=Family.ASSIGNED, categories=frozenset({"x", "y"}))),
        ],
    )
    def test_the_bounded_walk_and_the_exact_set_find_the_same(self, seven, monkeypatch, query, filters):
        wanted = [] if filters.categories else seven
        for near, size in product((0, 1, 3, 100), (1, 2, 7)):
            monkeypatch.setattr(public_search, "_NEAR", near)
            assert walk(query, filters, size) == wanted

    def test_a_report_that_is_published_meanwhile_moves_nothing(self, seven):
        first = public_search.list_(size=3, now=NOW)
        published("Yang baru", now=make.NOW + make.DAY)
        second = public_search.list_("", public_search.NO_FILTERS, first.after, 10, now=NOW)
        assert numbers(first) + numbers(second) == seven

    def test_the_key_to_the_next_page_does_not_tell_how_many_reports_were_published_unseen(self, seven):
        Publication.objects.filter(number=seven[2]).update(id=987654321)
        key = public_search.list_(size=3, now=NOW).after
        assert "987654321" not in key
        assert b"987654321" not in urlsafe_b64decode(key + "=" * (-len(key) % 4))

    def test_a_key_in_the_clear_is_as_none(self, seven):
        key = f"{(make.NOW - 100 * make.DAY).isoformat()}_1"
        assert numbers(public_search.list_("", public_search.NO_FILTERS, key, 10, now=NOW)) == seven

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
    @given(
        after=st.one_of(
            st.text(max_size=60), st.from_regex(r"20\d\d-[01]\d-[0-3]\dT00:00(\+00:00)?_-?\d{1,25}", fullmatch=True)
        )
    )
    def test_a_key_that_nobody_gave_is_no_error(self, after):
        public_search.list_("", public_search.NO_FILTERS, after, now=NOW)

    def test_a_page_costs_the_same_queries_whatever_its_size(self, seven, django_assert_max_num_queries):
        for size in (1, 7):
            with django_assert_max_num_queries(8):  # four of them hold the others within their time
                public_search.list_("laporan", Filters(area="36"), size=size, now=NOW)


class TestFigures:
    def test_the_three_numbers_of_the_home_page(self):
        published()
        late = published(now=make.NOW - 40 * make.DAY)
        make.act(late, Action.ANSWER, now=make.NOW)
        published(status=Status.CLOSED)
        make.report()
        found = publications.headline(now=make.NOW + timedelta(hours=1))
        assert (found.published, found.answered, found.in_time, found.open_now) == (2, 2, 1, 2)
        assert found.share == 0.5

    def test_without_answers_there_is_no_share(self):
        assert publications.headline(now=NOW).share is None

    def test_the_three_lists_of_an_agency(self):
        published("Terlambat")
        published("Baru", now=NOW)
        answered = published("Dijawab", now=NOW)
        make.act(answered, Action.ANSWER, now=NOW)
        home, later = make.agency().pk, NOW + timedelta(hours=1)
        assert [row.title for row in publications.overdue(agency_id=home, now=later)] == ["Terlambat"]
        assert {row.title for row in publications.waiting(agency_id=home, now=later)} == {"Baru", "Dijawab"}
        assert [row.title for row in publications.latest_answers(agency_id=home, now=later)] == ["Dijawab"]
        assert [row.title for row in publications.latest_answers(now=later)] == ["Dijawab"]
        assert publications.latest_answers(agency_id=home, unit_id=make.unit("dindikbud").pk, now=later) == []

    def test_the_offices_of_a_timeline_have_names(self):
        report = published()
        agencies, units = publications.office_names(publications.get(report.number))
        assert make.agency().name in agencies.values()
        assert make.unit().name in units.values()


class TestSitemap:
    def test_months_and_pages_hold_every_report_that_can_be_read(self, monkeypatch):
        monkeypatch.setattr(publications, "SITEMAP_SIZE", 2)
        made = [published(now=make.NOW + n * make.DAY) for n in range(3)]
        gone = published()
        make.act(gone, Action.WITHDRAW)
        assert list(publications.sitemap_months("Asia/Jakarta")) == [(date(2020, 7, 1), 2)]
        pages = [publications.sitemap_page(date(2020, 7, 1), page, "Asia/Jakarta") for page in (1, 2, 3)]
        assert [number for page in pages for number, _changed in page] == [report.number for report in made]
        assert publications.sitemap_page(date(2020, 12, 1), 1, "Asia/Jakarta") == []

    def test_a_month_begins_at_midnight_of_the_place(self):
        published(now=make.NOW.replace(month=6, day=30, hour=18))
        assert list(publications.sitemap_months("Asia/Jakarta")) == [(date(2020, 7, 1), 1)]
        assert len(publications.sitemap_page(date(2020, 7, 1), 1, "Asia/Jakarta")) == 1


def secret_from_the_start():
    report = make.submit(
        title="Zirkonium rahasia", body="Zirkonium disimpan di gudang sekolah itu.", is_confidential=True
    )
    return make.act(report, Action.VERIFY_AND_ASSIGN, title="Zirkonium rahasia")


def secret_by_the_reporter():
    report = published("Zirkonium rahasia")
    return reports.set_own_visibility(
        actor=Reporter(report.pk), number=report.number, is_anonymous=False, is_confidential=True, now=make.NOW
    )


def secret_by_an_officer():
    report = published("Zirkonium rahasia")
    return make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)


def not_verified():
    return make.submit(title="Zirkonium rahasia")


HIDDEN = [secret_from_the_start, secret_by_the_reporter, secret_by_an_officer, not_verified]


@pytest.mark.parametrize("hide", HIDDEN)
def test_what_is_hidden_is_in_no_list_no_search_and_no_figure(hide):
    report = hide()
    home, unit = make.agency().pk, make.unit().pk
    assert titles() == titles("zirkonium") == titles(report.number) == titles(report.title) == []
    assert titles(filters=Filters(agency_id=home)) == titles(filters=Filters(unit_id=unit, is_late=True)) == []
    headline = publications.headline(now=NOW)
    assert (headline.published, headline.answered, headline.open_now) == (0, 0, 0)
    for unit_id in (None, unit):
        assert publications.overdue(agency_id=home, unit_id=unit_id, now=NOW) == []
        assert publications.waiting(agency_id=home, unit_id=unit_id, now=make.NOW) == []
        assert publications.latest_answers(agency_id=home, unit_id=unit_id, now=NOW) == []
    assert list(publications.sitemap_months("Asia/Jakarta")) == []
    with pytest.raises(publications.NotFoundError):
        publications.get(report.number)


def test_an_area_of_the_reference_data_is_what_the_tests_think():
    assert Area.objects.get(pk=make.village()).level == "village"
