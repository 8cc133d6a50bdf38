"""Beside a report on the desk: what may be the same, merged with one button and taken apart with another."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Area, Report, ToldApart, User
from tanggap.selectors import duplicates, publications
from tanggap.services import clusters, reports
from tests import make
from tests.world import picture, track

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def sit(client):
    def as_(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_


def far_away():
    return Area.objects.filter(level="village", code__startswith="36.02.").order_by("code").first().code


def found(report, viewer):
    return {one.report.number: one for one in duplicates.candidates(viewer=viewer, report=report, text=make.BODY)}


def page(client, address):
    return client.get(address).content.decode()


def test_candidates_are_of_one_place_and_time_and_alike_and_within_sight():
    admin = make.agency_admin()
    report = make.report(status=Status.ASSIGNED)
    near = make.submit(title="Jalan berlubang di depan pasar")
    other = {
        "another matter": make.submit(title="Guru sering terlambat", body="Guru kelas empat jarang masuk sejak Mei."),
        "another time": make.submit(now=make.NOW - 40 * make.DAY, event_date=date(2020, 5, 1)),
        "another place": make.submit(area_code=far_away(), is_anonymous=True),
        "another agency": make.submit(destination_id=make.agency("kab-lebak").pk),
        "secret": make.submit(is_confidential=True),
        "over": make.report(status=Status.CLOSED),
    }
    names = {row.number: what for what, row in other.items()}
    assert [names.get(number, "near") for number in found(report, admin)] == ["near"]
    assert near.number in found(report, make.national_admin())
    assert other["another agency"].number in found(report, make.national_admin())


def test_one_reporter_is_recognised_only_where_neither_hides():
    admin = make.agency_admin()
    far = {"area_code": far_away(), "title": "Jalan rusak", "body": f"{make.BODY} Tolong."}
    report = make.report(status=Status.ASSIGNED)
    mine, hidden = make.submit(**far), make.submit(**far, is_anonymous=True)
    seen = found(report, admin)
    assert seen[mine.number].is_same_reporter
    assert hidden.number not in seen
    assert [one.is_same_reporter for one in found(hidden, admin).values()] == [False], "by its place alone"


def test_a_hidden_reporter_is_read_as_published_by_the_unit():
    report = make.report(status=Status.ASSIGNED)
    hidden = make.submit(is_anonymous=True, body=f"{make.BODY} Saya Budi Sutrisno, 081234567890.")
    spans = {"title": (), "location": (), "body": ((len(make.BODY), len(make.BODY) + 33, "phone"),)}
    make.act(hidden, Action.VERIFY_AND_ASSIGN, masked=spans)
    words = found(report, make.liaison())[hidden.number].words
    assert make.BODY in words
    assert "Sutrisno" not in words


def test_n_candidates_are_ticked_and_merged_and_one_is_taken_apart_again(sit):
    admin, lead = make.agency_admin(), make.report(status=Status.ASSIGNED)
    one, other = make.submit(files=(picture(),)), make.report(status=Status.ASSIGNED)
    client, at = sit(admin), f"/meja/{lead.number}"
    shown = page(client, at)
    assert "2 laporan mungkin tentang hal yang sama" in shown
    assert f'value="{one.number}"' in shown
    values = {"tindakan": "merge", "laporan": [one.number, other.number]}
    refused = client.post(f"{at}/gabungan", values)
    assert refused.status_code == 422
    assert f"{one.number} belum diverifikasi. Baca dahulu" in refused.content.decode()
    assert refused.content.decode().count(" checked") == 2, "what was ticked stays ticked"
    assert client.post(f"{at}/gabungan", values | {"is_checked": "on"}).status_code == 302
    shown = page(client, at)
    assert "2 laporan lain ditangani bersama laporan ini" in shown
    listed = page(client, "/meja?keluarga=assigned")
    assert "+2 laporan" in listed
    assert listed.count("Gabungan") == 2
    assert "Laporan utamanya:" in page(client, f"/meja/{one.number}")
    assert "2 laporan serupa" in page(client, f"/laporan/{lead.number}")
    # It had that office before, and the sentence has an end all the same.
    assert f"hal yang sama, oleh {make.unit().short_name}" in page(client, f"/meja/{one.number}")
    assert client.post(f"{at}/gabungan", {"tindakan": "unmerge", "laporan": [one.number]}).status_code == 302
    assert client.post(f"/meja/{other.number}/gabungan", {"tindakan": "unmerge"}).status_code == 302
    assert Report.objects.get(pk=lead.pk).member_count == 0
    assert "laporan serupa" not in page(client, f"/laporan/{lead.number}")


def test_a_fresh_report_joins_a_cluster_that_is_there(sit):
    lead, fresh = make.report(status=Status.ASSIGNED), make.submit()
    client = sit(make.agency_admin())
    assert "Gabungkan ke laporan ini" in page(client, f"/meja/{fresh.number}")
    values = {"utama": lead.number, "is_checked": "on"}
    assert client.post(f"/meja/{fresh.number}/gabungan", values).status_code == 302
    assert Report.objects.get(pk=fresh.pk).cluster_lead_id == lead.pk


def test_what_was_made_up_is_no_error_and_a_unit_only_looks(sit):
    report, near = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
    elsewhere = make.submit(destination_id=make.agency("kab-lebak").pk)
    client = sit(make.agency_admin())
    at = f"/meja/{report.number}/gabungan"
    for numbers in (["ZZZZ-ZZZZ"], ["\x00", "x"], [elsewhere.number], []):
        assert client.post(at, {"tindakan": "merge", "laporan": numbers}).status_code == 422
    shown = page(sit(make.liaison()), f"/meja/{report.number}")
    assert near.number in shown
    assert 'name="laporan"' not in shown


def test_the_reporter_is_told_in_plain_words_and_not_whose(client):
    lead, one = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
    clusters.merge(actor=make.agency_admin(), lead=lead.number, members=[one.number], now=make.NOW)
    track(client, one)
    shown = page(client, "/lacak/laporan")
    assert "ditangani bersama laporan lain tentang hal yang sama" in shown
    assert lead.number not in shown


def test_the_public_count_knows_published_members_only():
    lead, one, other = (make.report(status=Status.ASSIGNED) for _ in range(3))
    numbers = [one.number, other.number]
    clusters.merge(actor=make.agency_admin(), lead=lead.number, members=numbers, now=make.NOW)
    assert publications.similar(publications.get(lead.number)) == 2
    assert publications.similar(publications.get(one.number)) == 2
    values = {"is_anonymous": False, "is_confidential": True, "now": make.NOW}
    reports.set_own_visibility(actor=Reporter(one.pk), number=one.number, **values)
    assert publications.similar(publications.get(lead.number)) == 1


def test_more_candidates_cost_no_more_queries(sit):
    report = make.report(status=Status.ASSIGNED)
    make.submit()
    client, counts = sit(make.agency_admin()), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page(client, f"/meja/{report.number}")
        counts.append(len(queries))
        for _more in range(3):
            make.submit()
    assert counts[1] <= counts[0]


def test_two_reports_stand_side_by_side_with_what_only_one_says_and_are_merged_from_there(sit):
    report = make.report(status=Status.ASSIGNED)
    other = make.submit(
        body=f"{make.BODY} <b>Truk</b> juga lewat.", now=make.NOW - 2 * make.DAY, event_date=date(2020, 6, 28)
    )
    client = sit(make.agency_admin())
    address = f"/meja/{report.number}/banding/{other.number}"
    assert address in page(client, f"/meja/{report.number}")
    shown = page(client, address)
    assert re.search(r'<mark><span class="sr">berbeda: </span>&lt;b&gt;Truk&lt;/b&gt; juga lewat\.</mark>', shown)
    assert "Diterima berselisih 2 hari." in shown
    assert "Sama: Tempat" in re.sub(r"<[^>]+>|\s+", " ", shown).replace("  ", " ").replace("  ", " ")
    merging = shown.partition("/gabungan")[2].partition("</form>")[0]
    sent = dict(re.findall(r'name="(laporan|tindakan)" value="([^"]+)"', merging))
    assert sent == {"laporan": other.number, "tindakan": "merge"}
    assert "is_checked" in shown, "the other one was not verified yet"
    client.post(f"/meja/{report.number}/gabungan", {**sent, "is_checked": "on"})
    assert Report.objects.get(pk=other.pk).cluster_lead_id == report.pk
    assert "Tidak dapat digabungkan." in page(client, address)


def test_who_may_not_read_one_of_two_reports_learns_nothing_and_a_hidden_reporter_is_read_as_published(sit):
    report = make.report(status=Status.ASSIGNED)
    foreign = make.submit(destination_id=make.agency("kab-lebak").pk)
    secret = make.report(status=Status.ASSIGNED, is_anonymous=True)
    unknown = sit(make.liaison()).get(f"/meja/{report.number}/banding/ZZZZ-ZZZZ")
    for number in (foreign.number, report.number):
        answer = sit(make.liaison()).get(f"/meja/{report.number}/banding/{number}")
        assert (answer.status_code, answer.content) == (404, unknown.content)
    assert sit(make.agency_admin("kab-lebak")).get(f"/meja/{foreign.number}/banding/{report.number}").status_code == 404
    words = f"{make.BODY} Saya Budi Sutrisno, 081234567890."
    hidden = make.submit(is_anonymous=True, body=words)
    spans = {"title": (), "location": (), "body": ((len(make.BODY), len(words), "phone"),)}
    make.act(hidden, Action.VERIFY_AND_ASSIGN, masked=spans)
    for one, two in ((report, hidden), (hidden, secret)):
        shown = page(sit(make.liaison()), f"/meja/{one.number}/banding/{two.number}")
        assert "Jalan di depan pasar" in shown
        assert "Budi" not in shown


def test_two_reports_are_compared_with_as_many_questions_for_many_photos(sit, django_assert_max_num_queries):
    report, other = make.report(status=Status.ASSIGNED), make.submit()
    client = sit(make.agency_admin())
    client.get(f"/meja/{report.number}/banding/{other.number}")
    with django_assert_max_num_queries(30):
        client.get(f"/meja/{report.number}/banding/{other.number}")


def test_what_an_office_told_apart_is_suggested_to_it_no_more_until_it_is_taken_back(sit):
    report, other = make.report(status=Status.ASSIGNED), make.submit()
    admin, national = make.agency_admin(), make.national_admin()
    address = f"/meja/{report.number}/banding/{other.number}"
    events = Report.objects.get(pk=other.pk).event_count
    assert sit(admin).post(address, {"tindakan": "beda"}).url == f"/meja/{report.number}"
    sit(admin).post(f"/meja/{other.number}/banding/{report.number}", {"tindakan": "beda"})  # the same, said twice
    assert ToldApart.objects.count() == 1
    assert (found(report, admin), found(other, admin)) == ({}, {})
    assert other.number in found(report, national), "another agency looks for itself"
    assert Report.objects.get(pk=other.pk).event_count == events
    assert "bukan hal yang sama" in page(sit(make.agency_admin()), address)
    sit(admin).post(f"/meja/{other.number}/banding/{report.number}", {"tindakan": "sarankan"})
    assert other.number in found(report, admin)
