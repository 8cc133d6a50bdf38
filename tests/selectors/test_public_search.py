"""The public list: exact words, every filter, the order by lateness, and questions that are too wide."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.domain.outcomes import Outcome
from tanggap.selectors import public_search
from tanggap.selectors.public_search import Filters, Order, TooWideError
from tanggap.selectors.words import Asked, asked
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW + 10 * make.DAY


def published(title, *, now=make.NOW, status=Status.ASSIGNED, unit="dpupr", kind=Classification.COMPLAINT, **values):
    report = make.submit(now=now, **{"event_date": (now - make.DAY).date(), **values})
    for action in make.ROADS[status]:
        more = (
            {"title": title, "unit_id": make.unit(unit).pk, "classification": kind}
            if action == Action.VERIFY_AND_ASSIGN
            else {}
        )
        report = make.act(report, action, now=now, **more)
    return report


def titles(*args, **values):
    return [row.title for row in public_search.list_(*args, now=NOW, **values).rows]


class TestWords:
    def test_quoted_words_are_found_as_they_stand_and_others_by_their_stem(self):
        published("Perbaikan jembatan", body="Mohon jembatan gantung di kali itu segera diperbaiki.")
        published("Gantungan lampu", body="Gantungan lampu di jembatan itu lepas sejak minggu lalu.")
        assert titles("gantung jembatan") == ["Gantungan lampu", "Perbaikan jembatan"]
        assert titles('"gantung"') == ["Perbaikan jembatan"]
        assert titles('"jembatan gantung"') == ["Perbaikan jembatan"]
        assert titles('"gantung jembatan"') == []
        assert titles("“jembatan gantung” perbaiki") == ["Perbaikan jembatan"]

    def test_words_are_bounded_and_hold_no_sign_of_the_language_of_queries(self):
        made = asked('"a\' | !b:* <-> c" & :C ' + "kata " * 5000)
        assert made == Asked("c kata kata kata kata", "(a:C <-> b:C <-> c:C)", ("a", "b", "c"))
        assert not asked('"" ')
        assert asked('"' + "x " * 50 + '"').exact.count("x:C") == 8

    @pytest.mark.parametrize(
        "query", ['"', '"&', '"\'"', '"a"b"c"', '"jalan:*"', '"!!"', '"\0"', '"_"', "“”", '"a_b ²"']
    )
    def test_no_quotation_is_an_error(self, query):
        published("Jalan rusak di depan pasar")
        assert titles(query) in ([], ["Jalan rusak di depan pasar"])


class TestFilters:
    def test_kind_outcome_and_dates_narrow(self):
        published("Lama", now=make.NOW - 5 * make.DAY)
        published("Aspirasi", kind=Classification.ASPIRATION)
        published("Diperbaiki", status=Status.CLOSED)
        assert titles(filters=Filters(classification="aspiration")) == ["Aspirasi"]
        assert titles(filters=Filters(outcome=Outcome.EXPLAINED.value)) == ["Diperbaiki"]
        assert titles(filters=Filters(until=make.NOW - make.DAY)) == ["Lama"]
        assert set(titles(filters=Filters(since=make.NOW - make.DAY))) == {"Aspirasi", "Diperbaiki"}
        assert titles(filters=Filters(since=make.NOW - make.DAY, outcome=Outcome.EXPLAINED.value)) == ["Diperbaiki"]


class TestMonths:
    """What the index of the words of each month finds is what a walk through all reports finds."""

    MONTHS = (0, 0, 1, 2, 5, 14, 18)

    @pytest.fixture
    def years(self):
        for place, months in enumerate(self.MONTHS):
            published(
                f"Jembatan {'gantung ' * (place % 2)}{place}",
                now=make.NOW - months * 31 * make.DAY - make.DAY,
                status=(Status.ASSIGNED, Status.CLOSED)[place % 2],
                unit=("dpupr", "dindikbud")[place % 3 == 0],
                kind=(Classification.COMPLAINT, Classification.ASPIRATION)[place % 4 == 3],
                body=f"Mohon jembatan {'di kali ' * (place % 3)}itu diperbaiki, '\\ kata{place}.",
            )

    def pages(self, query, filters, size):
        found, after = [], ""
        while True:
            page = public_search.list_(query, filters, after, size, now=NOW)
            found += [row.number for row in page.rows]
            after = page.after
            if not after:
                return found

    @pytest.mark.parametrize(
        "query", ["", "jembatan", "jembatan diperbaiki kali", '"jembatan gantung"', '"kata5"', "\\x'"]
    )
    def test_words_and_filters_and_dates_find_the_same(self, years, query, monkeypatch):
        area, agency = make.village(), make.agency().pk
        district = area.rpartition(".")[0]
        narrowed = [
            Filters(agency_id=agency, classification="complaint"),
            Filters(unit_id=make.unit().pk, outcome=Outcome.EXPLAINED.value),
            Filters(area=district, family=Family.CLOSED),
            *(Filters(area=code) for code in (area, "36", district.rpartition(".")[0], district[:-1], "36.0")),
            Filters(categories=frozenset({make.category(), "tidak-ada"})),
            Filters(categories=frozenset({"tidak-ada"})),
            Filters(agency_id=agency, until=make.NOW - 40 * make.DAY),
            Filters(agency_id=agency, since=make.NOW - 200 * make.DAY, is_late=True),
            Filters(agency_id=agency, received_until=make.NOW - 100 * make.DAY),
            Filters(family=Family.IN_PROGRESS, agency_id=agency),
            Filters(),
        ]
        for filters in narrowed:
            with monkeypatch.context() as patched:
                patched.setattr(public_search, "_FIRST", 99)
                walked = self.pages(query, filters, 2)
            with monkeypatch.context() as patched:
                patched.setattr(public_search, "_FIRST", 1)
                assert self.pages(query, filters, 2) == walked, filters
                assert self.pages(query, filters, 25) == walked, filters
        if query == "jembatan":
            assert len(self.pages(query, narrowed[-1], 25)) == len(self.MONTHS)
            assert 0 < len(self.pages(query, narrowed[2], 25)) < len(self.MONTHS)

    def test_the_index_is_asked(self, years, monkeypatch):
        monkeypatch.setattr(public_search, "_FIRST", 1)
        with CaptureQueriesContext(connection) as asked_for, connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            assert len(titles("jembatan", Filters(agency_id=make.agency().pk))) == len(self.MONTHS)
            (first, *_rest) = [one["sql"] for one in asked_for.captured_queries if "tanggap_month_words" in one["sql"]]
            cursor.execute("EXPLAIN " + first)
            assert "publication_month_words" in "".join(row[0] for row in cursor.fetchall())
        assert sum(one["sql"].startswith("SELECT") for one in asked_for.captured_queries) <= 10


class TestOrder:
    @pytest.fixture
    def four(self):
        for days in (5, 1, 6, 2):
            published(f"Terlambat {days}", now=make.NOW - days * make.DAY)
        published("Belum terlambat", now=NOW)
        return [f"Terlambat {days}" for days in (6, 5, 2, 1)]

    @pytest.mark.parametrize("filters", [Filters(), Filters(area="36.01"), Filters(since=make.NOW - 9 * make.DAY)])
    def test_the_longest_overdue_come_first_page_by_page(self, four, filters, monkeypatch):
        for near in (0, 2, 100):
            monkeypatch.setattr(public_search, "_NEAR", near)
            found, after = [], ""
            while True:
                page = public_search.list_("", filters, after, 3, order=Order.OVERDUE, now=NOW)
                found += [row.title for row in page.rows]
                after = page.after
                if not after:
                    break
            assert found == four

    def test_a_key_of_one_order_is_none_in_another(self, four):
        key = public_search.list_(size=2, now=NOW).after
        assert key
        assert titles("", Filters(), key, order=Order.OVERDUE) == four


def test_what_takes_too_long_is_given_up(monkeypatch):
    """Another connection holds the table, so that any look at it takes longer than it may."""
    monkeypatch.setattr(public_search, "LONGEST", timedelta(milliseconds=50))
    settings = connection.settings_dict
    other = psycopg.connect(
        dbname=settings["NAME"], host=settings["HOST"], port=settings["PORT"], user=settings["USER"], autocommit=False
    )
    with other:
        other.execute("LOCK TABLE tanggap_publication IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(TooWideError):
            public_search.list_("jalan", now=NOW)
        other.rollback()
    assert titles("jalan") == []
