"""The map and its list: the same places, the same counts, no script needed, no host of others."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import MapCount
from tanggap.selectors import maps as places
from tanggap.selectors import public_search, publications
from tanggap.selectors.public_search import Filters
from tanggap.services import maps
from tanggap.web.public import views_map
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + 10 * make.DAY


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counted():
    """Return the district of three open reports, one of them not late, and of one that is closed."""
    village = make.village()
    late = [make.report(status=Status.ASSIGNED) for _ in range(2)]
    make.act(make.submit(now=LATER), Action.VERIFY_AND_ASSIGN, now=LATER)
    make.report(status=Status.CLOSED)
    make.act(
        make.report(status=Status.ASSIGNED), Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True
    )
    make.act(make.report(status=Status.ASSIGNED), Action.WITHDRAW)
    make.report()
    assert len(late) == 2
    assert maps.count(now=LATER) == 2
    return village.rpartition(".")[0]


def page(path="/peta"):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_place_counts_what_is_published_open_and_late_and_nothing_else(counted):
    (district,) = places.places("36", "district")
    (village,) = places.places(counted, "village")
    assert (district.code, district.published, district.open, district.late) == (counted, 4, 3, 2)
    assert (village.published, village.open, village.late) == (4, 3, 2)
    listed = public_search.list_(filters=Filters(area=counted, is_late=True), now=LATER)
    assert len(listed.rows) == district.late
    assert publications.live().filter(area__code__startswith=counted).count() == district.published


def test_what_is_counted_again_is_counted_once(counted):
    make.act(make.submit(now=LATER), Action.VERIFY_AND_ASSIGN, now=LATER)
    maps.count(now=LATER + timedelta(minutes=5))
    assert [row.open for row in MapCount.objects.all()] == [4, 4]
    assert places.counted_at() == LATER + timedelta(minutes=5)


def test_the_list_says_what_the_symbols_say(counted):
    text = page()
    said = re.search(r'<a href="/peta\?wilayah=[\d.]+" aria-label="([^"]+)"><circle class="mark late"', text)
    assert said.group(1).endswith(": 3 laporan sedang ditangani, 2 terlambat")
    row = re.search(r"<tr data-latitude.*?</tr>", text).group(0)
    assert re.findall(r'<td class="n">([^<]+)</td>', row) == ["3", "2", "67\xa0%", "4"]
    assert f'href="/laporan?wilayah={counted}"' in row
    assert 'cx="40.0"' in text


def test_a_district_shows_its_villages_which_lead_to_their_reports(counted):
    text = page(f"/peta?wilayah={counted}")
    assert f'href="/laporan?wilayah={make.village()}"' in text
    assert page("/peta?wilayah=36.01").count("<circle") == 1
    assert "Belum ada laporan terbit di wilayah ini." in page("/peta?wilayah=36.02")


@pytest.mark.parametrize("code", ["11", "36.99", "36.01.01.2001.9", "%00", "x" * 500, "36.01.99", "36."])
def test_any_other_place_is_home(code):
    assert "Peta · Banten" in page(f"/peta?wilayah={code}")


def test_no_picture_of_another_host_may_be_loaded_unless_the_operator_names_its_tiles(monkeypatch):
    assert "img-src 'self' data:;" in Client().get("/peta")["Content-Security-Policy"] + ";"
    monkeypatch.setattr(settings, "MAP_TILES", "https://tiles.example.org/{z}/{x}/{y}.png")
    policy = views_map._policy()
    assert policy["img-src"] == ["'self'", "data:", "https://tiles.example.org"]
    assert policy | {"img-src": 0} == settings.SECURE_CSP | {"img-src": 0}


def test_a_visitor_has_nothing_counted(counted, django_assert_max_num_queries):
    page()
    with django_assert_max_num_queries(7):
        page()


def test_what_was_published_and_not_counted_yet_is_not_called_nothing():
    none, soon = "Belum ada laporan terbit di wilayah ini.", "Peta ini sedang dihitung."
    make.village()
    assert none in page()
    make.report(status=Status.ASSIGNED)
    assert soon in page()
    assert none not in page()
    maps.count(now=LATER)
    assert soon not in page()
    assert none in page("/peta?wilayah=36.72")
