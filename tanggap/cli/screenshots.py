"""`./run screenshots`: pictures of the real product for the README, taken by a browser that uses it.

It files a report as a citizen does, has it verified and answered by the demonstration's officers, and
photographs what each of them sees. Without `--url` it starts a demonstration of its own and throws it away.
"""

import argparse
import contextlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from tanggap.cli import browser as browsers
from tanggap.cli import codes, every_page
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import CHECKOUT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TARGET = CHECKOUT / "docs" / "screenshots"
EVERY = CHECKOUT / "var" / "screenshots"
REPORTS = 400
READY_SECONDS = 300
LARGEST_BYTES = 150_000
MOST_PAGES = 6
# name of the width → the browser's window; a phone has twice the dots.
WIDTHS: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desk": {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": 1},
}
TITLE = "Jembatan gantung miring dan talinya putus"
BODY = (
    "Tali kiri jembatan gantung putus sejak hari Senin. Lantai miring ke kiri, dan anak sekolah tetap lewat setiap "
    "pagi karena tidak ada jalan lain. Ketua RT, Bapak Contoh Sutrisno (0812 3456 7890), sudah memasang tali plastik."
)


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demonstration."""

    url: str
    accounts: dict[str, tuple[str, str | None]]  # password, and the key of the second step


def take(arguments: list[str]) -> int:
    """Take the pictures of docs/screenshots from a running demonstration (--url) or one of its own."""
    parser = argparse.ArgumentParser(prog="./run screenshots", description=take.__doc__, allow_abbrev=False)
    parser.add_argument("--url", help="address of a running demonstration (default: start one for the while)")
    parser.add_argument("--data", metavar="DIR", help="its data folder, where demo-accounts.json lies")
    parser.add_argument("--folder", type=Path, default=TARGET, help="where the pictures go (default docs/screenshots)")
    parser.add_argument("--all", action="store_true", help="every page behind the sign-in, to be looked at, not kept")
    options = parser.parse_args(arguments)
    if options.all and options.folder == TARGET:
        options.folder = EVERY
    if bool(options.url) != bool(options.data):
        raise CommandError("--url needs --data, the data folder of that demonstration, and the other way round.")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CommandError("Screenshots need Playwright, which `./run test` installs.") from error
    program = browsers.chromium()
    if program is None:
        raise CommandError("Screenshots need Chromium; TANGGAP_CHROMIUM names one.")
    options.folder.mkdir(parents=True, exist_ok=True)
    running = _known(options.url, Path(options.data)) if options.url else _demonstration()
    with running as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*browsers.FLAGS])
        photographer = _Photographer(browser, demo, options.folder)
        photographer.every() if options.all else photographer.work()
        browser.close()
    return 0


@contextlib.contextmanager
def _known(url: str, data: Path) -> Iterator[Demo]:
    yield Demo(url.rstrip("/"), _accounts(data))


def _accounts(data: Path) -> dict[str, tuple[str, str | None]]:
    try:
        entries = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CommandError(f"There are no demo sign-ins in {data}.") from error
    return {entry["username"]: (entry["password"], entry.get("totp_secret")) for entry in entries}


@contextlib.contextmanager
def _demonstration() -> Iterator[Demo]:
    """Have a demonstration in a folder of its own as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="tanggap-screenshots-") as folder:
        # Else the database of a root would lie elsewhere, where nobody takes it away afterwards.
        Path(folder).chmod(0o755)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "tanggap.cli", "--data", folder, "--port", str(port)]
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        process = subprocess.Popen([*command, "--demo-reports", str(REPORTS)], env=env, stdout=subprocess.DEVNULL)
        try:
            _wait(process, Path(folder))
            yield Demo(f"http://127.0.0.1:{port}", _accounts(Path(folder)))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Return when the demonstration is complete."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError):
            if json.loads((folder / "demo.json").read_text(encoding="utf-8")).get("state") == "complete":
                return
        if process.poll() is not None:
            raise CommandError("The demonstration ended before it was complete; the reason stands above.")
        time.sleep(0.5)
    raise CommandError(f"The demonstration was not complete after {READY_SECONDS} s.")


class _Photographer:
    """Uses the product by the words on its pages and takes each picture at both widths."""

    def __init__(self, browser: "Browser", demo: Demo, folder: Path) -> None:
        self.browser, self.demo, self.folder = browser, demo, folder

    def work(self) -> None:
        """Take all pictures."""
        anyone = self._context("desk")
        page = anyone.new_page()
        self._both(anyone, "home", "/")
        self._file(page)
        self._shoot_both(page, "lapor")
        page.get_by_role("button", name="Kirim laporan").click()
        page.wait_for_url("**/lapor/tanda-terima")
        self._shoot_both(page, "receipt")
        text = page.get_by_role("main").inner_text()
        number, token = (
            re.search(rf"{label}\s+(\S+)", text, re.IGNORECASE)[1]  # type: ignore[index]
            for label in ("Nomor laporan", "Kode pelacakan")
        )
        self._both(anyone, "public-report", self._told_report(page))
        self._desk(number)
        self._track(page, number, token)
        self._shoot_both(page, "tracking")

    def every(self) -> None:
        """Photograph every page behind the sign-in, as who works with it."""
        for who, stops in every_page.PAGES.items():
            state = self._officer(who).storage_state() if who else None
            for width, window in every_page.WIDTHS.items():
                context = self._context(window, state)
                page = context.new_page()
                for stop in stops:
                    fault = self._tried(page, stop, self.folder / f"{stop.file}-{width}.png")
                    print(f"{stop.file}-{width}.png{': ' + fault if fault else ''}")
                context.close()

    @staticmethod
    def _tried(page: "Page", stop: every_page.Stop, target: Path) -> str:
        """Photograph one page of many; what could not be done is said, and the others follow."""
        from playwright.sync_api import Error

        try:
            return every_page.shoot(page, stop, target)
        except Error as error:
            return str(error).partition("\n")[0]

    def _context(self, width: str | dict[str, Any], state: Any = None) -> "BrowserContext":
        window = WIDTHS[width] if isinstance(width, str) else width
        context = self.browser.new_context(
            base_url=self.demo.url, locale="id-ID", storage_state=state, reduced_motion="reduce", **window
        )
        context.set_default_timeout(30_000)
        return context

    def _file(self, page: "Page") -> None:
        page.goto("/lapor")
        page.get_by_label("Judul laporan", exact=True).fill(TITLE)
        page.get_by_label("Isi laporan", exact=True).fill(BODY)
        for label, words in (
            ("Kabupaten/Kota", "Kabupaten Lebak"),
            ("Kecamatan", "Rangkasbitung"),
            ("Desa/Kelurahan", "Cijoro Lebak"),
            ("Instansi tujuan", "Pemerintah Provinsi Banten"),
        ):
            page.get_by_label(label, exact=True).select_option(label=words)
        page.get_by_label("Tanggal kejadian", exact=True).evaluate(
            "field => { field.value = new Date(Date.now() - 864e5).toISOString().slice(0, 10); }"
        )
        page.get_by_label("Lampiran", exact=True).set_input_files(
            {"name": "jembatan.jpg", "mimeType": "image/jpeg", "buffer": _bridge(is_broken=True)}
        )
        page.get_by_role("checkbox", name=re.compile("boleh ditampilkan ke publik")).check()
        page.get_by_label("Nama", exact=True).fill("Ratna Contoh")
        page.get_by_label("Surel", exact=True).fill("ratna@example.org")

    def _track(self, page: "Page", number: str, token: str) -> None:
        page.goto("/lacak")
        page.get_by_label("Nomor laporan", exact=True).fill(number)
        page.get_by_label("Kode pelacakan", exact=True).fill(token)
        page.get_by_role("button", name="Lihat", exact=True).click()
        page.wait_for_url("**/lacak/laporan")

    def _told_report(self, page: "Page") -> str:
        """Return the address of a published report with pictures, a rating and the longest story."""
        reports: list[str] = []
        address: str | None = "/laporan?status=closed"
        for _ in range(MOST_PAGES):
            page.goto(address or "/laporan?status=closed")
            links = page.get_by_role("main").get_by_role("link")
            paths = [link.get_attribute("href") or "" for link in links.all()]
            reports += [path for path in paths if re.fullmatch(r"/laporan/[0-9A-Z]{4}-[0-9A-Z]{4}", path)]
            older = page.get_by_role("link", name="Lebih lama")
            address = older.get_attribute("href") if older.count() else None
            if address is None:
                break

        def worth(path: str) -> tuple[bool, bool, bool, int]:
            html = page.request.get(path).text()
            words, _, story = html.partition('id="perjalanan"')
            return "/kecil" in words, "/kecil" in story, "dari 5" in html, story.count('<li class="tone')

        if not reports:
            raise CommandError("This demonstration has no closed report yet.")
        return max(reports, key=worth)

    def _officer(self, username: str) -> "BrowserContext":
        context = self._context("desk")
        page = context.new_page()
        page.goto("/masuk")
        page.get_by_label("Nama pengguna", exact=True).fill(username)
        password, secret = self.demo.accounts[username]
        page.get_by_label("Kata sandi", exact=True).fill(password)
        page.get_by_role("button", name="Masuk", exact=True).click()
        if secret:
            page.wait_for_url("**/masuk/kode")
            page.get_by_label("Kode", exact=True).fill(codes.shown(secret))
            page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url(re.compile("/(meja|pengawasan)$"))
        return context

    def _desk(self, number: str) -> None:
        """Photograph the desks, and have the report of the story verified and answered."""
        admin = self._officer("admin.banten")
        page = admin.pages[0]
        self._both(admin, "desk-report", f"/meja/{number}")
        page.goto(f"/meja/{number}")
        page.get_by_label("Kategori", exact=True).select_option(index=3)
        page.get_by_role("group", name="Berkadar pengawasan").get_by_label("Tidak", exact=True).check()
        page.get_by_label("Unit tujuan", exact=True).select_option(label="Dinas Pekerjaan Umum dan Penataan Ruang")
        page.get_by_label("Catatan", exact=True).fill("Mohon diperiksa hari ini; jembatan dilewati anak sekolah.")
        for answer in page.get_by_role("radio", name="Samarkan").all():
            answer.check()
        for box in page.get_by_role("group", name="Pemeriksaan sebelum terbit").get_by_role("checkbox").all():
            box.check()
        page.get_by_role("button", name="Verifikasi", exact=True).click()
        page.wait_for_load_state()
        dpupr = self._officer("dpupr")
        self._both(dpupr, "desk", "/meja")
        self._answer(dpupr.pages[0], number)

    def _answer(self, page: "Page", number: str) -> None:
        page.goto(f"/meja/{number}?tindakan=answer")
        page.get_by_label("Hasil", exact=True).select_option(label="Diperbaiki")
        page.get_by_label("Isi jawaban", exact=True).fill(
            "Tali kiri sudah diganti dengan kawat baja 12 mm, dan lantai diratakan. Tim menguji beban tadi pagi."
        )
        page.get_by_label("Bukti", exact=True).set_input_files(
            {"name": "jembatan-sesudah.jpg", "mimeType": "image/jpeg", "buffer": _bridge()}
        )
        page.get_by_role("button", name="Jawab", exact=True).last.click()
        page.wait_for_load_state()

    def _both(self, context: "BrowserContext", name: str, path: str) -> None:
        """Open an address at both widths, as the person of this profile, and photograph it."""
        state = context.storage_state()
        for width in WIDTHS:
            fresh = self._context(width, state)
            page = fresh.new_page()
            page.goto(path)
            self._shoot(page, f"{name}-{width}")
            fresh.close()

    def _shoot_both(self, page: "Page", name: str) -> None:
        """Photograph a page that cannot be opened again, at both widths."""
        self._shoot(page, f"{name}-desk")
        # The form of another browser: a draft of the first would greet it.
        fresh = self._context("phone", None if name == "lapor" else page.context.storage_state())
        other = fresh.new_page()
        if name == "lapor":
            self._file(other)
        else:
            other.goto(page.url)
        self._shoot(other, f"{name}-phone")
        fresh.close()

    def _shoot(self, page: "Page", name: str) -> None:
        page.evaluate("() => { scrollTo(0, 0); document.activeElement?.blur(); }")
        page.wait_for_load_state("networkidle")
        target = self.folder / f"{name}.png"
        target.write_bytes(_small(page.screenshot()))
        print(f"{target} ({target.stat().st_size // 1000} kB)")


def _small(picture: bytes) -> bytes:
    """Return the picture with as few colours as it takes to stay small."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST_BYTES:
            break
    return out.getvalue()


def _bridge(*, is_broken: bool = False) -> bytes:
    """Return a drawing of a bridge: no photograph of anybody or any place."""
    image = Image.new("RGB", (960, 640), "#a9c4d4")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 420), (960, 380), (960, 640), (0, 640)], fill="#5d7f56")
    draw.polygon([(250, 640), (430, 420), (560, 420), (760, 640)], fill="#6f9fb3")
    drop = 70 if is_broken else 0
    draw.line([(60, 330 + drop), (900, 330)], fill="#5b4a3a", width=22)
    first = 420 if is_broken else 80
    for x in range(first, 900, 60):
        draw.line([(x, _sag(x)), (x, 330 + drop * (900 - x) // 840)], fill="#3b3b3b", width=4)
    draw.line([(x, _sag(x)) for x in range(first - 20, 901, 20)], fill="#3b3b3b", width=9)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def _sag(x: int) -> int:
    return 300 - (x - 480) ** 2 // 1200
