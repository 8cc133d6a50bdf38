"""The whole product for a real browser: server, database, files and mail of its own, and one Chromium.

The server is the one that operators run, in a process of its own, on a clone of the loaded database. Tests
never wait for time to pass: they wait for what appears on the page, and let the job worker run dry.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from tanggap.cli.browser import FLAGS, chromium
from tests.databases import ROOT, address_of, clone, remove
from tests.journeys import acts

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
NOTHING_HERE = "No Chromium was found (TANGGAP_CHROMIUM names one): the tests in a real browser did not run."
START_SECONDS = 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none, and say so in the summary."""
    if chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NOTHING_HERE))


@dataclass
class Site:
    """One running installation."""

    url: str
    database: str
    folder: Path
    env: dict[str, str]
    accounts: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, list[SetCookieParam]] = field(default_factory=dict)

    @contextmanager
    def rows(self, blocker: object) -> Iterator[None]:
        """Reach the site's rows from the test: to prepare what no page can make, and to look behind the pages."""
        from django.db import connections

        with blocker.unblock():  # type: ignore[attr-defined]
            here = connections["default"]
            before = here.settings_dict["NAME"]
            here.close()
            here.settings_dict["NAME"] = self.database
            try:
                yield
            finally:
                here.close()
                here.settings_dict["NAME"] = before

    def run_jobs(self) -> None:
        """Let a worker do everything that is due, and return when it is done."""
        self.manage("procrastinate", "worker", "--one-shot", "--no-listen-notify", "--concurrency", "1")

    def manage(self, *words: str) -> str:
        """Run a management command on this installation; return what it printed."""
        command = [sys.executable, "-m", "django", *words]
        env = {**self.env, "TANGGAP_POOL": "0"}
        done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def mails(self) -> list[EmailMessage]:
        """Return every mail that was sent, the oldest first."""
        found = []
        for path in sorted((self.folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns):
            for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                if part.strip():
                    found.append(message_from_bytes(part.lstrip(), policy=policy.default))  # type: ignore[arg-type]
        return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/sehat", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def site(_keys: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start the product with the sign-ins of the demonstration and nothing else."""
    folder = Path(settings.DATA_DIR)
    database = f"tanggap_journey_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    clone(database)
    port = _free_port()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address_of(database),
        "TANGGAP_DATABASE_ROLE": settings.DATABASE_ROLE,
        "TANGGAP_POOL": "8",
        "TANGGAP_DATA": str(folder),
        "TANGGAP_KEY_FILE": str(settings.KEY_FILE),
        "TANGGAP_MAIL": "file",
        "TANGGAP_LIMIT_FACTOR": "1000",
        "TANGGAP_SECRET_KEY": secrets.token_hex(32),
        "TANGGAP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TANGGAP_LEAST_FREE_MB": "1",
        "TANGGAP_OPEN_DATA": "false",  # each worker that is let run dry would make the packages of the day
        "TANGGAP_DIRECTORIES": json.dumps([acts.DIRECTORY]),
    }
    made = Site(f"http://127.0.0.1:{port}", database, folder, env)
    with made.rows(django_db_blocker):
        from tanggap.management import demo_accounts

        now = datetime.now(UTC)  # noqa: TID251 - the server reads the same clock
        entries = demo_accounts.ensure(folder, now=now)
        made.accounts = {entry["username"]: entry["password"] for entry in entries}
        acts.SECRETS.update({entry["username"]: entry["totp_secret"] for entry in entries if entry["totp_secret"]})
    log = (folder / "server.log").open("wb")
    command = [sys.executable, "-m", "tanggap.cli.child", str(os.getpid()), "serve", "127.0.0.1", str(port), "1", "4"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _wait_until_ready(made, server)
        yield made
    finally:
        server.kill()  # it would wait for the browsers' open lines; its workers end with it, as `test_outages` sees
        server.wait()
        log.close()
        remove(database)


def _wait_until_ready(made: Site, server: subprocess.Popen[bytes]) -> None:
    """Ask until it answers: there is no other sign of a server that is ready."""
    import threading

    pause = threading.Event()
    for _ in range(START_SECONDS * 20):
        if _answers(made.url):
            return
        assert server.poll() is None, (made.folder / "server.log").read_text(encoding="utf-8")
        pause.wait(0.05)
    pytest.fail((made.folder / "server.log").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one Chromium for the journeys of a file.

    Playwright's synchronous door keeps an event loop running in this thread: Django would take it for a mistake, and
    what comes after in this process could not start one of its own. So it ends with the file.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        yield launched
        launched.close()


@dataclass
class Watch:
    """What a browser did behind its pages: nothing of it may leave the site or fail."""

    host: str
    faults: list[str] = field(default_factory=list)

    def look_at(self, context: BrowserContext) -> None:
        """Note every request to another host, every failed part of a page and every error of a script."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.host, "data:", "blob:")):
            self.faults.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status} for {response.url}")
        if response.status >= 500:
            self.faults.append(f"{response.status} for {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 on purpose is written to the console, too: `_response` judges those.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")


class People:
    """Opens a browser profile of its own for each person of a story, and watches all of them."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.watch = Watch(site.url)
        self._contexts: list[BrowserContext] = []

    def context(self, **options: object) -> BrowserContext:
        """Return a fresh profile: no cookie, no storage."""
        values = {"base_url": self.site.url, "locale": "id-ID", **options}
        made = self.browser.new_context(**values)  # type: ignore[arg-type]
        made.set_default_timeout(15_000)
        self.watch.look_at(made)
        self._contexts.append(made)
        return made

    def phone(self, **options: object) -> Page:
        """Return the page of somebody with a telephone."""
        return self.context(viewport=PHONE, is_mobile=True, has_touch=True, **options).new_page()

    def desk(self, **options: object) -> Page:
        """Return the page of somebody at a desk."""
        return self.context(viewport=DESK, **options).new_page()

    def officer(self, username: str, **options: object) -> Page:
        """Return the page of an officer who has signed in; who did so in a story before goes on with that session.

        A code of an authenticator app is good for one sign-in, and tests do not wait for the next; and to sign in
        takes longer than most of what a story does.
        """
        page = self.desk(**options)
        kept = self.site.sessions.get(username)
        if kept:
            page.context.add_cookies(kept)
            page.goto("/meja")
            if page.url.endswith(("/meja", "/pengawasan")):
                return page
        acts.sign_in(page, username, self.site.accounts[username])
        self.site.sessions[username] = page.context.cookies()  # type: ignore[assignment]
        return page

    def keep(self, folder: Path) -> None:
        """Keep what everybody sees now: pictures and pages for whoever looks into a failure."""
        for number, page in enumerate(page for context in self._contexts for page in context.pages):
            page.screenshot(path=folder / f"{number}.png", full_page=True)
            (folder / f"{number}.html").write_text(page.content(), encoding="utf-8")
        print(f"The pages as they stood are kept in {folder}")

    def close(self) -> None:
        """Close all profiles."""
        for context in self._contexts:
            context.close()


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test failed, so that its pages are kept."""
    report = yield
    if report.when == "call":  # type: ignore[attr-defined]
        item.stash[_FAILED] = report.failed  # type: ignore[attr-defined]
    return report


@pytest.fixture
def people(browser: Browser, site: Site, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[People]:
    """Give a story its people; in the end no page of theirs may have failed, or have called another host."""
    made = People(browser, site)
    yield made
    if request.node.stash.get(_FAILED, False):
        made.keep(tmp_path)
    made.close()
    assert made.watch.faults == []
