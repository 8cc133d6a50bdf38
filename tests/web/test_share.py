"""The page of a report as people pass it on: similar ones, before and after, links, and the picture for other sites."""

import io

import pytest
import time_machine
from django.test import Client
from PIL import Image

from tanggap.adapters.outbound import share_cards
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import Outcome
from tanggap.models import Area
from tanggap.selectors import public_search, publications
from tests import make
from tests.web.test_public import staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as traveller:
        yield traveller


def published(title="Jalan rusak di depan pasar", **values):
    return make.act(make.submit(**values), Action.VERIFY_AND_ASSIGN, title=title)


def elsewhere():
    """Return a village of another regency."""
    return Area.objects.filter(code__startswith="36.02.", level="village").values_list("code", flat=True).first()


def alike(report):
    return [row.title for row in public_search.alike(publications.get(report.number))]


class TestAlike:
    def test_what_shares_words_place_and_category_is_alike_the_nearest_first(self):
        report = published()
        published("Jalan rusak di pasar baru")
        published("Pasar kotor")
        published("Lampu mati", body="Lampu itu mati sejak dua minggu dan belum ada yang datang.")
        published("Jalan rusak di depan kantor", area_code=elsewhere())
        assert alike(report) == ["Jalan rusak di pasar baru", "Pasar kotor"]

    def test_what_is_secret_or_gone_is_alike_to_nothing(self):
        report = published()
        secret, gone = published("Jalan rusak satu"), published("Jalan rusak dua")
        assert len(alike(report)) == 2
        make.act(secret, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)
        make.act(gone, Action.WITHDRAW)
        assert alike(report) == []

    def test_the_page_lists_them(self):
        report, other = published(), published("Jalan rusak lagi")
        text = Client().get(f"/laporan/{report.number}").content.decode()
        assert "Laporan serupa di dekatnya" in text
        assert f'href="/laporan/{other.number}"' in text


def test_evidence_of_both_sides_stands_side_by_side(settings):
    report = published(files=(staged(),))
    path = f"/laporan/{report.number}"
    assert "Sebelum dan sesudah" not in Client().get(path).content.decode()
    make.act(report, Action.ANSWER, outcome=Outcome.FIXED, files=(staged(),))
    text = Client().get(path).content.decode()
    assert "Sebelum dan sesudah" in text
    assert text.count("<figure>") == 2


def test_a_link_is_passed_on_without_asking_another_site():
    report = published()
    text = Client().get(f"/laporan/{report.number}").content.decode()
    assert 'href="https://wa.me/?text=Jalan%20rusak' in text
    assert 'rel="external noopener noreferrer"' in text
    assert 'href="mailto:?subject=Jalan%20rusak' in text
    assert f'<meta property="og:image" content="http://localhost:8000/laporan/{report.number}/kartu.png">' in text


class TestCard:
    def test_it_is_a_picture_of_the_size_that_other_sites_want_and_small(self):
        report = published()
        answer = Client().get(f"/laporan/{report.number}/kartu.png")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
        assert len(answer.content) < 40_000
        assert Client().get(f"/laporan/{report.number}/kartu.png", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304

    def test_its_words_are_those_of_the_title_the_status_and_the_office(self):
        values = {"site": "Tanggap", "title": "Jalan rusak", "status": "Selesai", "office": "Dinas"}
        plain = share_cards.draw(**values)
        assert all(share_cards.draw(**values | {name: "Lain"}) != plain for name in values)

    @pytest.mark.parametrize("title", ["", "x" * 500, "kata " * 100, "日本語 \U0001f6a7 ‮", "\0\n\t"])
    def test_any_title_can_be_drawn(self, title):
        drawn = share_cards.draw(site="Tanggap", title=title, status="Selesai", office="Dinas")
        assert Image.open(io.BytesIO(drawn)).size == share_cards.SIZE

    def test_what_is_hidden_has_none_and_answers_as_what_is_unknown(self):
        report = published()
        make.act(report, Action.SET_VISIBILITY, actor=make.agency_admin(), is_confidential=True)
        assert Client().get(f"/laporan/{report.number}/kartu.png").status_code == 404
        stub = make.act(make.report(status=Status.ASSIGNED), Action.WITHDRAW)
        assert Client().get(f"/laporan/{stub.number}").status_code == 200
        assert Client().get(f"/laporan/{stub.number}/kartu.png").status_code == 404
