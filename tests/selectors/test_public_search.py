"""The public list: exact words, every filter, the order by lateness, and questions that are too wide."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
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
        assert made == Asked("c kata kata kata kata", "(a:C <-> b:C <-> c:C)")
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
