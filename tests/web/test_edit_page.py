"""The page on which a reporter changes the own report, and what the desk shows of it."""

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Report, User
from tanggap.services import keys
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_contexts")]

PAGE = "/lacak/laporan/mengubah"
NEW = "Jalan di depan pasar berlubang sedalam 20 sentimeter, dua motor jatuh."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def reporter(client):
    """Open a report to its reporter: returns what the form holds, as the browser would send it."""

    def open_(report):
        client.post("/lacak", {"number": report.number, "token": keys.token_for(report.number)})
        form = client.get(PAGE).context["form"]
        return {name: value for name in form.fields if (value := form[name].value())}

    return open_


def sit(actor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=actor.user_id))
    return made


def test_the_form_begins_with_the_report_and_changes_only_what_was_typed(client, reporter):
    report = make.submit()
    filled = reporter(report)
    assert (filled["village"], filled["title"]) == (make.village(), "Jalan rusak di depan pasar")
    assert client.post(PAGE, {**filled, "body": NEW})["Location"] == "/lacak/laporan"
    page = client.get("/lacak/laporan").content.decode()
    assert NEW in page
    assert "Diubah oleh pelapor" in page
    changed = Report.objects.get(pk=report.pk)
    assert (changed.area_id, changed.event_date, changed.title) == (report.area_id, report.event_date, report.title)
    again = client.post(PAGE, {**filled, "body": NEW})
    assert again["Location"] == "/lacak/laporan", "pressed twice"
    assert Report.objects.get(pk=report.pk).event_count == 2


def test_faults_and_the_next_list_of_areas_keep_what_was_typed(client, reporter):
    filled = reporter(make.submit())
    redrawn = client.post(PAGE, {**filled, "body": NEW, "regency": "36.02", "pilih": "wilayah"}).content.decode()
    assert NEW in redrawn
    assert '<option value="36.02" selected>' in redrawn
    refused = client.post(PAGE, {**filled, "body": NEW, "title": "Pendek"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Judul terlalu pendek" in page
    assert NEW in page


def test_a_change_that_comes_after_the_two_hours_waits_for_the_code_and_is_taken_with_it(client, reporter):
    report = make.submit()
    filled = reporter(report)
    client.post("/lacak/keluar")
    asked = client.post(PAGE, {**filled, "body": NEW})
    assert asked.status_code == 403
    code = {"number": report.number, "token": keys.token_for(report.number)}
    assert client.post(PAGE, {**dict(asked.context["kept"]), **code})["Location"] == "/lacak/laporan"
    assert NEW in client.get("/lacak/laporan").content.decode()


def test_what_was_verified_while_it_was_typed_is_not_changed_and_the_words_are_still_there(client, reporter):
    report = make.submit()
    filled = reporter(report)
    make.act(report, Action.VERIFY_AND_ASSIGN)
    refused = client.post(PAGE, {**filled, "body": NEW})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "sudah diperiksa, jadi tidak dapat diubah" in page
    assert NEW in page
    assert "Simpan perubahan" not in page
    assert client.get(PAGE)["Location"] == "/lacak/laporan"
    assert NEW not in client.get("/lacak/laporan").content.decode()


def test_the_desk_shows_what_it_said_before_and_tells_who_has_the_form_open(client, reporter):
    report = make.submit()
    admin = sit(make.agency_admin())
    filled = reporter(report)
    client.post(PAGE, {**filled, "body": NEW})
    page = admin.get(f"/meja/{report.number}").content.decode()
    assert "Diubah oleh pelapor 1 kali: baca isi sebelumnya" in page
    assert make.BODY in page
    sent = admin.post(f"/meja/{report.number}", {"tindakan": "archive", "seen": 1, "text": "Sudah saya baca."})
    assert sent.status_code == 409
    assert "Diubah oleh pelapor (Pelapor" in sent.content.decode()


def test_a_unit_from_which_the_reporter_is_hidden_reads_nothing_that_was_taken_back(client, reporter):
    report = make.submit(is_anonymous=True, body="Saya Sumarni dari gang tiga, jalan di depan pasar berlubang.")
    client.post(PAGE, {**reporter(report), "body": NEW})
    make.act(report, Action.VERIFY_AND_ASSIGN)
    assert Report.objects.get(pk=report.pk).status == Status.ASSIGNED
    page = sit(make.liaison()).get(f"/meja/{report.number}").content.decode()
    assert NEW in page
    assert "Sumarni" not in page
