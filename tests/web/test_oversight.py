"""The pages of those who look: figures, lists, one report, the nudge, the sample."""

import io
import re
import zipfile
from datetime import timedelta
from hashlib import md5

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import BulkJob, Event, Message, User
from tanggap.services import reminders
from tanggap.tasks.bulk import run
from tests import make, world
from tests.sheets import sheet_of

pytestmark = pytest.mark.django_db

LATE = make.NOW + timedelta(days=40)


@pytest.fixture
def clock():
    with time_machine.travel(LATE, tick=False):
        yield


def _of(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def _text(answer):
    return answer.content.decode()


def _row(page, name):
    """Return what a table says of an office, by heading."""
    table = [
        [
            " ".join(re.sub("<[^>]+>", " ", cell).split())
            for cell in re.findall("<t[hd][ >].*?</t[hd]>", line, re.DOTALL)
        ]
        for line in re.findall("<tr>.*?</tr>", page, re.DOTALL)
    ]
    return dict(zip(table[0], next(cells for cells in table if cells[0] == name), strict=True))


def test_a_province_sees_its_regencies_drills_down_and_nudges(clock):
    home = make.agency("kab-tangerang")
    report = make.submit(destination_id=home.pk)
    make.act(make.submit(destination_id=home.pk), Action.REQUEST_DATA)
    secret = make.submit(destination_id=home.pk, is_confidential=True, is_anonymous=True)
    reminders.flag_overdue(now=LATE)
    client = _of(make.regional_overseer())
    board = _text(client.get("/pengawasan"))
    assert board.count("/pengawasan/instansi/") == 8
    assert "&lt; 5" in board
    counts = _row(board, "Pemerintah Kabupaten Tangerang")
    assert (counts["Belum terverifikasi"], counts["Tertunda"], counts["Selesai"]) == ("1", "1", "0")
    listed = _text(client.get("/pengawasan/instansi/kab-tangerang?lihat=terlambat"))
    assert report.number in listed
    assert secret.number not in listed
    rows = sheet_of(client.get("/pengawasan/angka?bentuk=csv"))
    row = next(row for row in rows if row["Instansi"] == "Pemerintah Kabupaten Tangerang")
    assert (row["Belum terverifikasi"], row["Tertunda"], row["Rahasia"]) == ("1", "1", "< 5")
    (row,) = sheet_of(client.get("/pengawasan/instansi/kab-tangerang?lihat=terlambat&bentuk=csv"))
    assert (row["Nomor laporan"], row["Judul"]) == (report.number, "Judul belum atau tidak tampil ke publik")
    page = client.get(f"/pengawasan/laporan/{report.number}")
    assert make.PERSON.name not in _text(page)
    assert make.BODY not in _text(page), "nobody has checked it yet"
    path = f"/pengawasan/laporan/{report.number}"
    assert client.post(path, {"text": " ", "seen": 1}).status_code == 422
    assert client.post(path, {"text": "Mohon segera diverifikasi.", "seen": 1}).status_code == 302
    moved = client.post(path, {"text": "Sekali lagi.", "seen": 1})
    assert moved.status_code == 409
    assert "Sekali lagi." in _text(moved), "what was typed is kept"
    event = Event.objects.get(report=report, kind="nudge")
    assert (event.role, event.visibility) == ("regional_overseer", "internal")
    assert Message.objects.get(report=report, notice="nudged").audience == "owner_and_admins"
    assert client.get(f"/pengawasan/laporan/{secret.number}").status_code == 404


def test_a_head_sees_what_is_due_and_of_a_secret_report_only_where_it_stands(clock):
    report = make.report(status=Status.IN_PROGRESS)
    secret = make.submit(is_anonymous=True, is_confidential=True)
    make.act(secret, Action.VERIFY_AND_ASSIGN)
    client = _of(make.head("dpupr"))
    board = _text(client.get("/pengawasan"))
    assert "Jalan rusak di depan pasar" in board
    assert "Laporan rahasia" in board
    page = _text(client.get(f"/pengawasan/laporan/{report.number}"))
    assert make.BODY in page
    assert make.SAYING.text in page
    assert make.PERSON.name not in page
    hidden = _text(client.get(f"/pengawasan/laporan/{secret.number}"))
    assert make.BODY not in hidden
    assert "Laporan ini rahasia" in hidden
    assert "Jalan rusak" not in hidden
    path = f"/pengawasan/laporan/{secret.number}"
    assert client.post(path, {"text": "Mohon diselesaikan minggu ini.", "seen": 2}).status_code == 302
    event = Event.objects.get(report=secret, kind="nudge")
    assert (event.role, event.unit.slug, event.visibility) == ("head", "dpupr", "internal")
    assert "Pimpinan DPUPR menegur" in _text(client.get(path))
    other = _of(make.head("dindikbud"))
    assert other.post(path, {"text": "Bukan urusan kami.", "seen": 3}).status_code == 404


def test_an_evaluator_draws_the_same_sample_with_the_same_seed(clock):
    reports = [make.report(status=Status.ASSIGNED) for _ in range(3)]
    make.act(make.submit(), Action.VERIFY_AND_ASSIGN, is_confidential=True)
    client = _of(make.evaluator())
    asked = {"bulan": "2020-07", "jumlah": "10", "benih": "uji"}

    def drawn(**values):
        return re.findall(
            r'class="main" href="/laporan/(\S{9})"', _text(client.get("/pengawasan/contoh", asked | values))
        )

    numbers = sorted(report.number for report in reports)
    first = sorted(numbers, key=lambda number: md5(f"uji:{number}".encode()).hexdigest())
    assert drawn() == drawn() == first, "as the page says that it is drawn"
    assert sorted(drawn(benih="lain")) == numbers
    assert drawn(bulan="2020-06") == []
    assert client.get("/pengawasan/contoh", {"bulan": "x", "jumlah": "10", "benih": ""}).status_code == 422


def test_a_reporter_hands_over_what_is_ticked_and_the_ombudsman_takes_it(clock):
    report = make.report(status=Status.IN_PROGRESS)
    world.track(reporter := Client(), report)
    with time_machine.travel(LATE + timedelta(days=60), tick=False):
        world.track(reporter, report)
        page = _text(reporter.get("/lacak/laporan"))
        assert 'action="/lacak/laporan/ombudsman"' in page
        seen = re.search(r'name="seen" value="([^"]+)"', page[page.index("/lacak/laporan/ombudsman") :]).group(1)
        path = "/lacak/laporan/ombudsman"
        assert reporter.post(path, {"seen": seen}).status_code == 422
        assert reporter.post(path, {"seen": seen, "parts": ["text", "nonsense"]}).status_code == 422
        assert reporter.post(path, {"seen": seen, "parts": ["text", "history"]}).status_code == 302
        officer = _of(make.ombudsman())
        assert report.number in _text(officer.get("/pengawasan"))
        assert "&lt; 5" in _text(officer.get("/pengawasan/angka"))
        page = _text(officer.get(f"/pengawasan/penyerahan/{report.number}"))
        assert make.PERSON.name not in page
        taken = officer.post(f"/pengawasan/penyerahan/{report.number}/berkas")
        with zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as archive:
            assert sorted(archive.namelist()) == ["laporan.json", "manifest.json", "riwayat.json"]
        decided = officer.post(f"/pengawasan/penyerahan/{report.number}", {"tindakan": "decline_handover", "text": ""})
        assert (decided.status_code, "Belum diputuskan" in _text(decided)) == (422, True)
        path = f"/pengawasan/penyerahan/{report.number}"
        assert officer.post(path, {"tindakan": "nudge", "text": "x"}).status_code == 404, "no act of this page"
        assert officer.post(path, {"tindakan": "accept_handover"}).status_code == 302
        assert officer.post(path, {"tindakan": "decline_handover", "text": "Terlambat."}).status_code == 409
        mine = _text(reporter.get("/lacak/laporan"))
        assert "Ombudsman menerima penyerahan laporan ini" in mine
        assert "membuka berkas yang Anda serahkan" in mine
        seen = re.search(r'name="seen" value="([^"]+)"', mine[mine.index("/lacak/laporan/tarik-persetujuan") :]).group(
            1
        )
        assert reporter.post("/lacak/laporan/tarik-persetujuan", {"seen": seen}).status_code == 302
        assert officer.post(f"/pengawasan/penyerahan/{report.number}/berkas").status_code == 404
        assert officer.get(f"/pengawasan/penyerahan/{report.number}").status_code == 404


def test_an_overseer_asks_to_reopen_and_reads_why_it_was_refused(clock):
    report = make.report(status=Status.CLOSED)
    asker, national = _of(make.overseer()), _of(make.national_admin())
    path = f"/pengawasan/laporan/{report.number}"
    assert "Minta laporan ini dibuka kembali" in _text(asker.get(path))
    asked = {"tindakan": "ask_reopen", "text": "Warga melapor lubangnya masih ada.", "seen": report.event_count}
    assert asker.post(path, asked).status_code == 302
    again = asker.post(path, asked | {"text": "Sekali lagi, tolong."})
    assert (again.status_code, "Sekali lagi, tolong." in _text(again)) == (409, True), "what was typed is kept"
    desk = _text(national.get("/meja?antrean=diminta-buka"))
    assert (report.number in desk, "Diminta dibuka kembali" in desk) == (True, True)
    page = _text(national.get(f"/meja/{report.number}"))
    assert "Warga melapor lubangnya masih ada." in page
    refusal = {"tindakan": "refuse_reopen", "text": "Sudah ada laporan baru.", "seen": report.event_count + 1}
    assert national.post(f"/meja/{report.number}", refusal).status_code in {302, 303}
    answered = _text(asker.get(path))
    assert "Sudah ada laporan baru." in answered
    assert "Minta laporan ini dibuka kembali" in answered, "and may ask again"


def test_the_national_admin_takes_a_flag_back_on_the_page_of_the_report(clock):
    report = make.report(status=Status.ASSIGNED)
    make.act(report, Action.SET_VISIBILITY, actor=make.liaison(), is_anonymous=True, is_confidential=True)
    path = f"/meja/{report.number}?tindakan=set_visibility"
    assert "Cabut rahasia" not in _text(_of(make.agency_admin()).get(path))
    national = _of(make.national_admin())
    assert "Cabut rahasia yang dipasang petugas" in _text(national.get(path))
    report.refresh_from_db()
    lift = {"tindakan": "set_visibility", "lifts_confidential": "on", "seen": report.event_count}
    assert national.post(f"/meja/{report.number}", lift).status_code == 422, "why?"
    assert national.post(f"/meja/{report.number}", lift | {"lift_reason": "Salah menandai."}).status_code in {302, 303}
    report.refresh_from_db()
    assert (report.is_confidential, report.is_anonymous, report.is_published) == (False, True, True)


def test_those_who_look_are_led_to_their_page(clock):
    client = _of(make.evaluator())
    assert client.get("/meja")["Location"] == "/pengawasan"
    assert "/pengawasan/contoh" in _text(client.get("/pengawasan"))


def test_a_province_nudges_many_at_once_and_reads_what_became_of_each(clock):
    home, foreign = make.agency("kab-tangerang"), make.agency("kemensetneg")
    late = [make.submit(destination_id=home.pk) for _ in range(2)]
    secret = make.submit(destination_id=home.pk, is_confidential=True)
    elsewhere = make.submit(destination_id=foreign.pk)
    reminders.flag_overdue(now=LATE)
    fresh = make.submit(destination_id=home.pk, now=LATE)
    client = _of(make.regional_overseer())
    page = _text(client.get("/pengawasan/instansi/kab-tangerang?lihat=terlambat"))
    assert page.count('class="pick"') == 2
    path = "/pengawasan/massal?lihat=terlambat&instansi=kab-tangerang"
    assert path.replace("&", "&amp;") in page
    chosen = {"nomor": [one.number for one in (*late, fresh, secret, elsewhere)]}
    preview = _text(client.post(path, chosen))
    assert "2 laporan dapat dikerjakan sekarang" in preview
    listed = preview.partition("<h2>")[2]
    assert [one.number in listed for one in (*late, fresh, secret, elsewhere)] == [True, True, True, False, False]
    assert late[0].title not in preview, "nobody has checked it yet"
    empty = client.post(path, {**chosen, "kirim": "1", "text": " "})
    assert (empty.status_code, "Tulis isi teguran" in _text(empty)) == (422, True)
    url = client.post(path, {**chosen, "kirim": "1", "text": "Mohon segera diverifikasi."}).url
    run(job_id=BulkJob.objects.get().pk)
    done = _text(client.get(url))
    assert "2 dari 5 laporan selesai dikerjakan." in done
    assert done.count("Laporan tidak ditemukan.") == 2
    nudged = Event.objects.filter(kind=Action.NUDGE).values_list("report_id", flat=True)
    assert set(nudged) == {one.pk for one in late}
    assert _of(make.regional_overseer()).get(url).status_code == 404
    whole = _text(client.post(path, {"semua": "1"}))
    assert "2 laporan dapat dikerjakan sekarang" in whole
    assert client.post("/pengawasan/massal?instansi=kemensetneg", chosen).status_code == 404
    assert _of(make.overseer()).post(path, chosen).status_code == 404


def test_a_head_nudges_many_of_the_own_office_and_no_other(clock):
    own = make.submit()
    other = make.submit(destination_id=make.agency("kab-tangerang").pk)
    reminders.flag_overdue(now=LATE)
    client = _of(make.head())
    chosen = {"nomor": [own.number, other.number], "kirim": "1", "text": "Mohon segera diverifikasi."}
    client.post("/pengawasan/massal", chosen)
    run(job_id=BulkJob.objects.get().pk)
    assert [event.report_id for event in Event.objects.filter(kind=Action.NUDGE)] == [own.pk]
