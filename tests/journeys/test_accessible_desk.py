"""Every page that an officer may see keeps what `accessible` asks for, in both languages."""

import functools
from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Page, Response

from tanggap.domain.actors import Reporter
from tanggap.domain.handover import Part
from tanggap.domain.imports import HEADINGS, Kind
from tanggap.domain.lifecycle import Action
from tanggap.domain.memos import MemoMode
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import ArchiveReason
from tanggap.models import User
from tanggap.services import clusters, memos, reports, tags
from tests import make, world
from tests.journeys import acts
from tests.journeys.accessible import LANGUAGES, Stop, describe, led_to, sent, spoken, walk

pytestmark = pytest.mark.browser

FORM = "#tindakan-form"
PASSWORD = "kata-sandi-untuk-uji-coba"
PRIVATE = f"{make.BODY} Hubungi Bapak Sutrisno, 0812 3456 7890, NIK 3603281708950001."


@pytest.fixture(scope="module")
def numbers(site, django_db_blocker):
    """Make one report of everything that a desk can show."""
    with site.rows(django_db_blocker):
        fresh = acts.filed(title="Pungutan liar di loket pajak", body=PRIVATE, files=(world.picture(),))
        hidden = acts.published(
            title="Laporan tentang atasan sendiri", is_anonymous=True, body=f"{make.BODY} Banyak saksi."
        )
        working = acts.published(title="Jembatan gantung miring dan berbahaya", files=(world.picture(),))
        make.act(working, Action.FOLLOW_UP)
        tags.hang(actor=make.agency_admin(), number=working.number, word="musim hujan", now=make.NOW)
        acts.commented(working)
        make.act(working, Action.ADD_INFORMATION, text="Saya tunggu di 0812 9999 8888 setiap sore.")
        answered = acts.published(title="Lampu jalan padam")
        make.act(answered, Action.ANSWER)
        closed = acts.published(title="Sampah menumpuk di pasar")
        make.act(closed, Action.ANSWER)
        make.act(closed, Action.CONFIRM_DONE)
        proposed = acts.published(title="Laporan yang diragukan kebenarannya")
        make.act(
            proposed, Action.PROPOSE_ARCHIVE, archive_reason=ArchiveReason.HOAX_SPAM, text="Tampaknya mengada-ada."
        )
        evasive = acts.published(title="Antrean loket tidak teratur")
        make.act(evasive, Action.ANSWER, text="Silakan menghubungi instansi terkait.")
        memo = acts.published(title="Trotoar rusak di depan sekolah")
        switch(MemoMode.ALWAYS)
        make.act(memo, Action.SUBMIT_MEMO, actor=make.unit_admin(), files=(world.picture(),))
        switch(MemoMode.OFF)  # what was begun goes on
        late = make.report(now=make.NOW, title="Laporan lama yang terlambat")
        lead, follows = (acts.published(title=f"Saluran tersumbat di {place}") for place in ("pasar", "alun-alun"))
        clusters.merge(actor=make.agency_admin(), lead=lead.number, members=[follows.number], now=make.NOW)
        values = {"proposes": Action.MERGE, "lead_number": lead.number, "text": "Laporan yang sama."}
        make.act(proposed, Action.PROPOSE, actor=make.liaison(), **values)
        acts.may_look(hidden, "admin.banten")
        made = {"fresh": fresh, "hidden": hidden, "working": working, "answered": answered, "closed": closed}
        made |= {"proposed": proposed, "late": late, "evasive": evasive, "lead": lead, "memo": memo}
        for language in LANGUAGES:
            acts.officer(f"petugas.{language}", PASSWORD)
            user = User.objects.get(username=f"petugas.{language}")
            SocialAccount.objects.create(provider=acts.DIRECTORY["key"], uid=language, user=user, extra_data={})
        return {name: report.number for name, report in made.items()}


def switch(mode: MemoMode) -> None:
    admin = make.agency_admin()
    memos.change_mode(actor=admin, agency_id=admin.agency_id, mode=mode, now=make.NOW)


def at_desk(people, username, language) -> Page:
    page = people.officer(username)
    speak(page, language)
    return page


def speak(page: Page, language: str) -> None:
    """Signing in speaks the officer's language; here the test decides."""
    page.context.add_cookies([{"name": "bahasa", "value": language, "url": page.url}])


def deed(number: str, action: Action) -> Stop:
    """The form of a deed; the page around it is that of the report, which is a stop of its own."""
    return Stop(f"deed {action}", f"/meja/{number}?tindakan={action}", part=FORM)


def incomplete(number: str, action: Action, page: Page) -> Response:
    """Send the form of a deed with nothing in it."""
    page.goto(f"/meja/{number}?tindakan={action}")
    return sent(page, lambda: page.locator(f"{FORM} .bar button").first.click())


@pytest.mark.parametrize("language", spoken("en"))
def test_pages_of_the_counter(people, language):
    page = at_desk(people, "dpupr", language)

    def typed_in(_page: Page) -> Response:
        page.goto("/meja/loket")
        for name, value in (
            ("title", "Surat tentang jembatan"),
            ("body", make.BODY),
            ("name", "Ani"),
            ("address", "Baros"),
        ):
            page.locator(f"[name={name}]").fill(value)
        page.locator("[name=event_date]").fill(acts.today().isoformat())
        return led_to(page, "/meja/loket/tanda-terima", lambda: page.locator("button[name=kirim]").click())

    def emptied(_page: Page) -> Response:
        page.goto("/meja/loket")
        return sent(page, lambda: page.locator("button[name=kirim]").click())

    def opened_again(_page: Page) -> Response:
        page.goto("/meja/loket")
        page.locator("[name=body]").fill(make.BODY)
        page.context.clear_cookies(name="sessionid")
        page.locator("button[name=kirim]").click()
        page.locator("[name=login]").fill("dpupr")
        page.locator("[name=password]").fill(people.site.accounts["dpupr"])
        answer = sent(page, lambda: page.locator("[name=password]").press("Enter"))
        assert page.locator("[name=body]").input_value() == make.BODY
        return answer

    stops = [
        Stop("counter", "/meja/loket"),
        Stop("counter with faults", emptied),
        Stop("form that outlived its session", opened_again),
        Stop("receipt of the counter", typed_in),
    ]
    found = walk(page, stops, language)
    assert found == [], describe(found)


@pytest.mark.parametrize("language", spoken("id"))
def test_pages_of_the_organisation(people, language):
    page = at_desk(people, "admin.banten", language)

    def person(_page: Page) -> Response:
        page.goto("/meja/organisasi/pemprov-banten/petugas")
        first = page.locator("tbody a").first
        return led_to(page, str(first.get_attribute("href")), first.click)

    def locking(_page: Page) -> Response:
        page.goto("/meja/organisasi/pemprov-banten/petugas?q=dpupr")
        page.locator("tbody a").first.click()
        link = page.locator("a[href$='/akun/kunci']")
        link.click()
        return sent(page, lambda: page.locator("main form button").click())

    def emptied(_page: Page) -> Response:
        page.goto("/meja/organisasi/pemprov-banten/undangan")
        return sent(page, lambda: page.locator("main form button").last.click())

    stops = [
        Stop("units", "/meja/organisasi/pemprov-banten", is_kind=True),
        Stop("new unit", "/meja/organisasi/pemprov-banten/unit"),
        Stop("one unit", "/meja/organisasi/pemprov-banten/unit/dpupr"),
        Stop("people", "/meja/organisasi/pemprov-banten/petugas"),
        Stop("one person", person),
        Stop("locking an account with faults", locking),
        Stop("invitations with faults", emptied),
        Stop("decrees", "/meja/organisasi/pemprov-banten/sk"),
        Stop("own assessments", "/meja/penilaian"),
        Stop("own recommendations", "/meja/penilaian/rekomendasi"),
        Stop("own recaps", "/meja/rekap"),
        Stop("own recurring problems", "/meja/masalah-berulang"),
        Stop("contact", "/meja/organisasi/pemprov-banten/kontak"),
        Stop("memos", "/meja/organisasi/pemprov-banten/nota-dinas"),
        Stop("rule on comments", "/meja/organisasi/pemprov-banten/komentar"),
        Stop("comments of readers", "/meja/komentar"),
        Stop("log", "/meja/organisasi/pemprov-banten/catatan"),
        Stop("looks at people", "/meja/organisasi/pemprov-banten/akses", part="main"),
        Stop("canned texts", "/meja/templat"),
        Stop("a new canned text", "/meja/templat/baru"),
        Stop("mentions", "/meja/disebut"),
        Stop("offices", "/akun/jabatan"),
    ]
    found = walk(page, stops, language)
    found += walk(at_desk(people, "admin.nasional", language), [Stop("organisation", "/meja/organisasi")], language)
    assert found == [], describe(found)


@pytest.mark.parametrize("language", spoken("id"))
def test_pages_of_an_admin(people, numbers, language):
    page = at_desk(people, "admin.banten", language)
    fresh, working, answered = numbers["fresh"], numbers["working"], numbers["answered"]

    def opened(code: str, _page: Page) -> Response:
        page.goto(f"/meja/{numbers['hidden']}")
        page.locator(f"form[action$='/{code}']").evaluate("form => form.closest('details').open = true")
        page.locator(f"form[action$='/{code}'] textarea").fill("Perlu menghubungi pelapor.")
        return sent(page, lambda: page.locator(f"form[action$='/{code}'] button").click())

    def previewed(_page: Page) -> Response:
        page.goto(f"/meja/{working}?tindakan=reclassify")
        page.locator(f"{FORM} #text").fill("Menyangkut petugas.")
        page.locator(f"{FORM} [name=supervisory][value=ya]").check()
        return sent(page, lambda: page.locator(f"{FORM} .bar button").first.click())

    def moved_on(_page: Page) -> Response:
        page.goto(f"/meja/{working}?tindakan=follow_up")
        page.locator("#text").fill("Sudah dijadwalkan minggu depan.")
        page.locator(f"{FORM} input[name=seen]").evaluate("field => { field.value = '2'; }")
        return sent(page, lambda: page.locator(f"{FORM} .bar button").first.click())

    def exported(_page: Page) -> Response:
        page.goto("/meja/ekspor?antrean=unit")
        page.locator("input[name=kolom][value=sp4n]").check()
        page.locator("#nama").check()
        page.locator("#alasan").fill("Rekap tahunan untuk pimpinan.")
        return sent(page, lambda: page.locator("form.card button").click())

    def chosen(deed: str, _page: Page) -> Response:
        page.goto("/meja?antrean=unit")
        page.locator("input[name=semua]").check()
        page.locator("#massal").select_option(deed)
        return sent(page, lambda: page.locator(".bulkbar button").click())

    def tagged(_page: Page) -> Response:
        chosen("tandai", _page)
        page.locator("#word").fill("musim hujan")
        return sent(page, lambda: page.locator("form.card button").click())

    def imported(_page: Page) -> Response:
        page.goto("/meja/impor")
        headings = ",".join(HEADINGS[Kind.LETTERS])
        file = {"name": "agenda.csv", "mimeType": "text/csv", "buffer": f"{headings}\n1,Surat,tadi".encode()}
        page.locator("#berkas").set_input_files(file)
        return sent(page, lambda: page.locator("form.card > p button").click())

    stops = [
        Stop("import", "/meja/impor"),
        Stop("a sheet", imported),
        Stop("a deed for many", functools.partial(chosen, "tandai")),
        Stop("merging many", functools.partial(chosen, "gabungkan")),
        Stop("a deed for many, begun", tagged),
        Stop("search", "/meja/cari?q=jalan"),
        Stop("export", "/meja/ekspor?antrean=unit"),
        Stop("keep a view", "/meja/tampilan?antrean=unit&kanal=phone"),
        Stop("a job", exported),
        Stop("desk", "/meja", is_kind=True),
        Stop("desk, nothing there", "/meja?status=archived&kategori=xx"),
        Stop("verifying", f"/meja/{fresh}", is_kind=True),
        Stop("verifying, incomplete", functools.partial(incomplete, fresh, Action.VERIFY_AND_ASSIGN)),
        deed(fresh, Action.REQUEST_DATA),
        deed(fresh, Action.RETURN),
        deed(fresh, Action.SPLIT),
        deed(fresh, Action.ARCHIVE),
        deed(fresh, Action.SET_VISIBILITY),
        deed(working, Action.CONFIRM_TEXT),
        Stop("a correction, previewed", previewed, part=FORM),
        deed(working, Action.ADD_SUPPORT),
        deed(answered, Action.CLOSE_MANUAL),
        deed(answered, Action.REDACT),
        Stop("archive, incomplete", functools.partial(incomplete, fresh, Action.ARCHIVE), part=FORM),
        Stop("second look", f"/meja/{numbers['evasive']}"),
        Stop("second looks", "/meja?antrean=ditahan"),
        Stop("a proposal", f"/meja/{numbers['proposed']}"),
        Stop("closed", f"/meja/{numbers['closed']}"),
        Stop("moved on", moved_on),
        Stop("clocks", f"/meja/{working}/tenggat"),
        Stop("together", f"/meja/{numbers['lead']}/gabungan", is_kind=True),
        Stop("side by side", f"/meja/{numbers['lead']}/banding/{working}"),
        Stop("identity", functools.partial(opened, "identitas")),
        Stop("not found", "/meja/ZZZZ-ZZZZ"),
        Stop("duty", "/meja/jaga"),
        Stop("overdue board", "/meja/terlambat"),
    ]
    found = walk(page, stops, language)
    assert found == [], describe(found)


@pytest.mark.parametrize("language", spoken("en"))
def test_pages_of_a_unit(people, numbers, language):
    page = at_desk(people, "dpupr", language)
    working = numbers["working"]

    def drafted(_page: Page) -> Response:
        page.goto(f"/meja/{working}?tindakan=follow_up")
        page.locator("#text").fill("Tim sedang menuju lokasi.")
        page.locator("[data-draft-line]:not(:empty)").wait_for()
        answer = page.goto(f"/meja/{working}?tindakan=follow_up")
        assert page.locator("#text").input_value() == "Tim sedang menuju lokasi.", "what was typed is there again"
        assert answer is not None
        return answer

    stops = [
        Stop("desk", "/meja"),
        Stop("a draft", drafted),
        Stop("own drafts", "/meja/draf"),
        Stop("answering", f"/meja/{working}", is_kind=True),
        Stop("answer, incomplete", functools.partial(incomplete, working, Action.ANSWER)),
        deed(working, Action.FOLLOW_UP),
        Stop("a memo to sign", f"/meja/{numbers['memo']}"),
        deed(numbers["hidden"], Action.ASSIGN_TO_UNIT),
        deed(numbers["hidden"], Action.RETURN_TO_ADMIN),
    ]
    found = walk(page, stops, language)
    assert found == [], describe(found)


@pytest.mark.parametrize("language", spoken("en"))
def test_pages_of_the_national_admin_and_of_the_inspectorate(people, numbers, language):
    page = at_desk(people, "admin.nasional", language)
    late = numbers["late"]
    stops = [Stop("desk", "/meja"), Stop("national report", f"/meja/{late}"), deed(late, Action.VERIFY_AND_ASSIGN)]
    found = walk(page, stops, language)
    found += walk(at_desk(people, "inspektorat", language), [Stop("inspectorate", "/meja")], language)
    assert found == [], describe(found)


@pytest.fixture(scope="module")
def looked_at(site, numbers, django_db_blocker):
    """Make what those see who only look: late, secret, handed over."""
    with site.rows(django_db_blocker):
        regency = make.submit(now=make.NOW, title="Puskesmas tutup", destination_id=make.agency("kab-tangerang").pk)
        handed = make.submit(now=make.NOW, title="Izin tidak terbit")
        reports.act(
            actor=Reporter(handed.pk),
            number=handed.number,
            action=Action.ESCALATE_OMBUDSMAN,
            move=Move(consent=(Part.TEXT, Part.HISTORY)),
            now=datetime.now(UTC),  # noqa: TID251 - the server reads the same clock
        )
        return {**numbers, "regency": regency.number, "handed": handed.number}


@pytest.mark.parametrize("language", spoken("en"))
def test_pages_of_those_who_look(people, looked_at, language):
    def nudged(page: Page) -> Response:
        page.goto(f"/pengawasan/laporan/{looked_at['regency']}")
        return sent(page, lambda: page.locator("#nudge button").click())

    def chosen(page: Page) -> Response:
        page.goto("/pengawasan/instansi/kab-tangerang")
        page.locator("[name=semua]").check()
        return sent(page, lambda: page.locator(".bulkbar button").click())

    seats = {
        "kepala.dpupr": [
            Stop("head", "/pengawasan", is_kind=True),
            Stop("head, list", "/pengawasan/laporan?lihat=in_progress"),
            Stop("head, report", f"/pengawasan/laporan/{looked_at['working']}"),
            Stop("head, own leave", "/akun/cuti"),
        ],
        "pengawas.banten": [
            Stop("overseer", "/pengawasan"),
            Stop("overseer, list", "/pengawasan/instansi/kab-tangerang"),
            Stop("overseer, nudge, incomplete", nudged),
            Stop("overseer, nudge to many", chosen),
            Stop("overseer, overdue board", "/pengawasan/terlambat"),
            Stop("figures", "/pengawasan/angka"),
            Stop("recaps", "/pengawasan/rekap"),
        ],
        "evaluator": [
            Stop("sample", "/pengawasan/contoh?bulan=2026-01&jumlah=10&benih=uji"),
            Stop("three indicators", "/pengawasan/panrb?dari=2026-01&sampai=2026-02&provinsi=36"),
            Stop("exact counts", "/pengawasan/rahasia"),
            Stop("exact counts of an agency", "/pengawasan/rahasia/pemprov-banten"),
            Stop("rounds of assessment", "/pengawasan/penilaian"),
            Stop("recommendations", "/pengawasan/penilaian/rekomendasi"),
            Stop("recurring problems", "/pengawasan/masalah-berulang"),
        ],
        "ombudsman": [
            Stop("handed over", "/pengawasan"),
            Stop("hand-over", f"/pengawasan/penyerahan/{looked_at['handed']}"),
        ],
    }
    found = [fault for who, stops in seats.items() for fault in walk(at_desk(people, who, language), stops, language)]
    assert found == [], describe(found)


class Owner:
    """A person who looks after the own account, step by step, in one language."""

    def __init__(self, page: Page, username: str, language: str) -> None:
        self.page, self.username, self.language, self.secret = page, username, language, ""
        acts.sign_in(page, username, PASSWORD)
        speak(page, language)

    def press(self) -> None:
        self.page.locator("main form:not([data-passkey]) button").last.click()

    def wrong_password(self, page: Page) -> Response:
        page.goto("/akun/pastikan?next=/akun/dua-langkah")
        page.locator("input[type=password]").fill("bukan kata sandi ini")
        return sent(page, self.press)

    def enrolling(self, page: Page) -> Response:
        page.goto("/akun/pastikan?next=/akun/dua-langkah")
        page.locator("input[type=password]").fill(PASSWORD)
        answer = led_to(page, "/akun/dua-langkah", self.press)
        self.secret = page.locator("main code").first.inner_text().strip()
        return answer

    def recovery(self, page: Page) -> Response:
        now = datetime.now(UTC).timestamp()  # noqa: TID251 - the app of a person reads the clock
        page.locator("input[name=code]").fill(format_hotp_value(hotp_value(self.secret, int(now) // 30)))
        return led_to(page, "/akun/kode-pemulihan", self.press)

    def _begin_again(self, page: Page, username: str, password: str) -> None:
        page.context.clear_cookies()
        page.goto("/masuk")
        speak(page, self.language)
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(password)

    def second_step(self, page: Page) -> Response:
        self._begin_again(page, self.username, PASSWORD)
        return led_to(page, "/masuk/kode", self.press)

    def wrong_sign_in(self, page: Page) -> Response:
        self._begin_again(page, "tidak.ada.orangnya", "bukan kata sandi ini")
        return sent(page, self.press)


@pytest.mark.parametrize("language", spoken("id"))
def test_pages_of_the_own_account(people, numbers, language):
    page = people.desk()
    owner = Owner(page, f"petugas.{language}", language)
    stops = [
        Stop("account", "/akun"),
        Stop("signed-in browsers", "/akun/perangkat"),
        Stop("passkeys", "/akun/kunci-sandi"),
        Stop("why a second factor", "/akun/langkah-kedua"),
        Stop("new password", "/akun/kata-sandi"),
        Stop("password again", "/akun/pastikan?next=/akun/dua-langkah"),
        Stop("password again, wrong", owner.wrong_password),
        Stop("enrolling", owner.enrolling),
        Stop("recovery codes", owner.recovery),
        Stop("new recovery codes", "/akun/kode-pemulihan/baru"),
        Stop("account with two steps", "/akun"),
        Stop("unenrolling", "/akun/dua-langkah/matikan"),
        Stop("second step", owner.second_step),
        Stop("sign in, wrong", owner.wrong_sign_in),
    ]
    found = walk(page, stops, language)
    assert found == [], describe(found)
