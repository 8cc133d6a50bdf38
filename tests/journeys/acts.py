"""What people do on the pages, by the words that they read: labels, buttons, headings, and nothing else."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.test import override_settings
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from tanggap.cli import codes
from tanggap.domain.actors import AgencyAdmin, System
from tanggap.domain.comments import Act as CommentAct
from tanggap.domain.lifecycle import Action
from tanggap.models import Report, User
from tanggap.selectors import published_comments
from tanggap.services import accounts, citizens, comment_rules, comments, keys, tracking
from tanggap.web import citizens as citizens_door
from tests import make

ZONE = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Kept:
    """What stands on a receipt."""

    number: str
    token: str
    text: str


def picture(words: str = "bukti", size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a photograph as a telephone takes it."""
    image = Image.new("RGB", size, "#7a8a86")
    draw = ImageDraw.Draw(image)
    draw.ellipse((180, 180, 460, 380), fill="#2f3a37")
    draw.text((20, 20), words, fill="white")
    made = io.BytesIO()
    image.save(made, "JPEG", quality=85)
    return made.getvalue()


def upload(name: str, content: bytes, media_type: str = "image/jpeg") -> dict[str, object]:
    """Return a file as the browser hands it over."""
    return {"name": name, "mimeType": media_type, "buffer": content}


def field(page: Page | Locator, label: str) -> Locator:
    """Return the field with exactly this label."""
    return page.get_by_label(label, exact=True)


def press(page: Page | Locator, button: str) -> None:
    """Press the button with exactly this word."""
    page.get_by_role("button", name=button, exact=True).click()


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a list by what is read there."""
    field(page, label).select_option(label=words)


def tick(page: Page | Locator, label: str) -> None:
    """Tick a box or a radio button."""
    field(page, label).check()


def start_report(page: Page, *, today: date, title: str, body: str, **values: str) -> None:
    """Open the form and write what happened; the place and the person are the caller's."""
    page.goto("/lapor")
    tick(page, values.get("classification", "Pengaduan"))
    field(page, "Judul laporan").fill(title)
    field(page, "Isi laporan").fill(body)
    field(page, "Tanggal kejadian").fill(today.isoformat())


def send(page: Page) -> Kept:
    """Send the report and read the receipt."""
    press(page, "Kirim laporan")
    page.wait_for_url("**/lapor/tanda-terima")
    return receipt(page)


def receipt(page: Page) -> Kept:
    """Read number and code of a receipt."""
    text = page.get_by_role("main").inner_text()
    number = re.search(r"Nomor laporan\s+([0-9A-Z]{4}-[0-9A-Z]{4})\b", text, re.IGNORECASE)
    token = re.search(r"Kode pelacakan\s+([0-9A-Z-]{16,24})\b", text, re.IGNORECASE)
    assert number, text
    assert token, text
    return Kept(number[1], token[1], text)


def track(page: Page, kept: Kept) -> None:
    """Open the own report with number and code."""
    page.goto("/lacak")
    field(page, "Nomor laporan").fill(kept.number)
    field(page, "Kode pelacakan").fill(kept.token)
    press(page, "Lihat")
    page.wait_for_url("**/lacak/laporan")


# A directory of an agency by which nobody signs in here: the door offers it all the same.
DIRECTORY = {
    "key": "contoh",
    "agency": "pemprov-banten",
    "name": "Direktori Provinsi Contoh",
    "issuer": "https://direktori.example.org",
    "client_id": "tanggap",
    "secret": "bukan-rahasia",
}
# The keys of the authenticator apps of those who have one, by the name they sign in with.
SECRETS: dict[str, str] = {}
_shown: dict[str, set[int]] = {}


def sign_in(page: Page, username: str, password: str) -> None:
    """Sign in, with the second step where the person has one, and land on the first page of the own office."""
    page.goto("/masuk")
    field(page, "Nama pengguna").fill(username)
    field(page, "Kata sandi").fill(password)
    press(page, "Masuk")
    second_step(page, username)
    page.wait_for_url(re.compile("/(meja|pengawasan)$"))


def second_step(page: Page, username: str) -> None:
    """Type the code of the app, for a person who has one."""
    if username in SECRETS:
        page.wait_for_url("**/masuk/kode")
        field(page, "Kode").fill(code(username))
        press(page, "Masuk")


def code(username: str) -> str:
    """Return a code that was not used before: the server takes those of one step early and late, each once.

    So a person may sign in three times within thirty seconds; whoever has to oftener keeps a session. The code of
    the step before comes last: it may be stale when it arrives.
    """
    step = int(datetime.now(UTC).timestamp()) // codes.STEP_SECONDS  # noqa: TID251 - the app of a person
    used = _shown.setdefault(username, set())
    chosen = next(one for one in (step, step + 1, step - 1) if one not in used)
    used.add(chosen)
    return codes.code(SECRETS[username], chosen)


def open_on_desk(page: Page, number: str) -> None:
    """Open a report on the desk."""
    page.goto(f"/meja/{number}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def mask_everything(page: Page) -> int:
    """Answer every finding with "Samarkan"; return how many there were."""
    answers = page.get_by_role("radio", name="Samarkan")
    for index in range(answers.count()):
        answers.nth(index).check()
    return answers.count()


def tick_checklist(page: Page) -> None:
    """Tick the check before publication."""
    for box in page.get_by_role("group", name="Pemeriksaan sebelum terbit").get_by_role("checkbox").all():
        box.check()


def today() -> date:
    """Return the day at home, as the server counts it."""
    return datetime.now(ZONE).date()  # noqa: TID251 - the server reads the same clock


DPUPR = "Dinas Pekerjaan Umum dan Penataan Ruang"


def verify(page: Page, number: str, *, field_of: str = "Unit tujuan", to: str = DPUPR) -> None:
    """Verify a report and assign it, every finding masked; a national admin chooses an agency, not a unit."""
    open_on_desk(page, number)
    category = field(page, "Kategori")
    category.select_option(index=2)
    tick(page, "Pengaduan")
    page.get_by_role("group", name="Berkadar pengawasan").get_by_label("Tidak", exact=True).check()
    choose(page, field_of, to)
    field(page, "Catatan").fill("Mohon diperiksa dan dijawab.")
    mask_everything(page)
    tick_checklist(page)
    press(page, "Verifikasi")
    expect(page.get_by_text("Terdisposisi, belum ditindaklanjuti").first).to_be_visible()


def deed(page: Page, number: str, name: str) -> None:
    """Open the form of a deed on the desk, where it is not open already."""
    open_on_desk(page, number)
    offers = page.get_by_role("form", name="Pilih tindakan").get_by_role("button", name=name, exact=True)
    if offers.count():
        offers.click()


def answer(page: Page, number: str, text: str) -> None:
    """Answer with a photograph as evidence."""
    deed(page, number, "Jawab")
    choose(page, "Hasil", "Diperbaiki")
    field(page, "Isi jawaban").fill(text)
    field(page, "Bukti").set_input_files([upload("sesudah.jpg", picture("sesudah"))])
    page.get_by_role("button", name="Jawab", exact=True).last.click()
    expect(page.get_by_text("Menunggu tanggapan pelapor").first).to_be_visible()


def filed(*, title: str, hours: int = 2, **values: object) -> Any:
    """Hand a report to the province in by the service, some hours ago: for a story that begins later."""
    moment = _ago(hours)
    return make.submit(now=moment, title=title, event_date=moment.astimezone(ZONE).date(), **values)


def published(*, title: str, hours: int = 2, **values: object) -> Any:
    """Return a report that is public and waits for DPUPR."""
    report = filed(title=title, hours=hours, **values)
    return make.act(report, Action.VERIFY_AND_ASSIGN, title=title, now=_ago(hours - 1))


def kept(report: Any) -> Kept:
    """Return what its receipt says."""
    return Kept(report.number, keys.token_for(report.number), "")


def commented(report: Report) -> None:
    """Let readers comment on a report: one comment is shown, another waits and has something to mask."""
    admin, now = make.agency_admin(), make.NOW
    if not published_comments.is_on(admin.agency_id):
        comment_rules.change(actor=admin, agency_id=admin.agency_id, is_on=True, ground="Contoh", now=now)
    who = citizens.enter("siti@example.org", language="id", now=now)
    for text in (f"Di sini juga begitu, {report.number}.", "Hubungi 0812-3456-7890."):
        who = comments.write(who, report.pk, text=text, name="Warga", now=now)
    comments.decide(actor=admin, comment_id=who.account.comments[-2], act=CommentAct.SHOW, now=now)


def citizen(address: str, reports: Iterable[Kept], *, secret: str) -> str:
    """Make the account of a citizen with some reports, and return the cookie of a browser that is signed in to it.

    `secret` is the site's own, with which its cookies are sealed.
    """
    now, response = _ago(0), HttpResponse()
    who = citizens.enter(address, language="id", now=now)
    for one in reports:
        own = tracking.recognise(number=one.number, token=one.token)
        assert own is not None
        who = citizens.link(who, own.report_id)
    with override_settings(SECRET_KEY=secret):
        citizens_door.begin(response, who, is_kept=True, now=now)
    return response.cookies["warga"].value


def may_look(report: Any, username: str) -> None:
    """Let an admin of the agency open the hidden identity of a report: asked for, and agreed to, just now."""
    user = User.objects.get(username=username)
    make.agreed(report, AgencyAdmin(user.pk, report.owner_agency_id), now=_ago(0))


def officer(username: str, password: str) -> None:
    """Make an account of a liaison officer of DPUPR."""
    accounts.create_officer(
        actor=System(),
        username=username,
        password=password,
        role="liaison_officer",
        agency="pemprov-banten",
        unit="dpupr",
        now=_ago(0),
        display_name=username,
    )


def _ago(hours: int) -> datetime:
    return datetime.now(UTC) - timedelta(hours=hours)  # noqa: TID251 - the server reads the same clock
