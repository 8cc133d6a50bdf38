"""`./run` by itself: database, site, worker and demo under one parent that owns the data folder."""

import argparse
import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from types import FrameType

from tanggap.cli import database as databases
from tanggap.cli import folder as folders
from tanggap.cli import keys as key_files
from tanggap.cli import prepare, static
from tanggap.cli.database import Database
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import Folder
from tanggap.services.keys import KeyRing

DEFAULT_PORT = 8000
DEFAULT_REPORTS = 1200
READY_SECONDS = 60
STOP_SECONDS = 15
# A child that dies sooner than this after its start, so many times, will not live: give up.
SOON_SECONDS = 5
SOON_LIMIT = 3
# Long enough that a restart by hand or by a cluster manager is not disturbed by ours.
DATABASE_AWAY_SECONDS = 15
POOL = 8
# Who waits at a page goes before who will read a mail: with both cores busy the worker gets a tenth of one.
WORKER_NICE = 10


@dataclass
class Child:
    """One process under the parent, started again when it dies."""

    name: str
    arguments: list[str]
    env: dict[str, str]
    nice: int = 0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    soon: int = 0

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C in the terminal reaches the parent only, which ends all in order."""
        command = [sys.executable, "-m", "tanggap.cli.child", str(os.getpid()), *self.arguments]
        if self.nice:
            command = ["nice", "-n", str(self.nice), *command]
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, start_new_session=True)

    def returncode(self) -> int | None:
        """Return how it ended, or None while it lives."""
        return self.process.poll() if self.process else None

    def died_too_soon(self) -> bool:
        """Count a death soon after the start; tell whether that happened too often."""
        self.soon = self.soon + 1 if time.monotonic() - self.started < SOON_SECONDS else 0
        return self.soon >= SOON_LIMIT

    def end(self) -> None:
        """Ask it to end; `Site.stop` waits."""
        if self.process and self.process.poll() is None:
            self.process.terminate()


@dataclass
class Site:
    """What one `./run` keeps alive."""

    folder: Folder
    database: Database
    children: list[Child]
    demo: Child | None
    stopping: threading.Event = field(default_factory=threading.Event)
    accounts_shown: bool = False
    away_since: float | None = None

    def watch(self) -> int:
        """Keep everything alive until a signal comes; return the exit code."""
        while not self.stopping.wait(0.5):
            self._look_at_database()
            self._look_at_demo()
            for child in self.children:
                if child.returncode() is None:
                    continue
                say(f"the {child.name} ended (exit {child.returncode()}); starting it again")
                if child.died_too_soon():
                    say(f"the {child.name} does not stay alive; giving up")
                    return 1
                child.start()
        return 0

    def _look_at_database(self) -> None:
        server = self.database.server
        if server is None or server.pid() is not None:
            self.away_since = None
            return
        self.away_since = self.away_since or time.monotonic()
        if time.monotonic() - self.away_since > DATABASE_AWAY_SECONDS:
            say("the database is gone; starting it again")
            self.away_since = None
            with self.folder.locked("start.lock"):
                server.start()

    def _look_at_demo(self) -> None:
        if not self.accounts_shown:
            self.accounts_shown = show_accounts(self.folder)
        code = self.demo.returncode() if self.demo else None
        if code is None:
            return
        self.demo = None
        if code == 0:
            self.folder.write("demo.json", {**self.folder.read("demo.json"), "state": "complete"})
            say("demo data complete")
        else:
            say(f"the demo data could not be completed (exit {code}); the next ./run goes on with it")

    def stop(self) -> None:
        """End every child, the ones that do not listen by force."""
        everyone = [*self.children, *([self.demo] if self.demo else [])]
        for child in everyone:
            child.end()
        deadline = time.monotonic() + STOP_SECONDS
        for child in everyone:
            if child.process:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.process.kill()
                    child.process.wait()


def say(text: str) -> None:
    """Write for the person at the terminal."""
    print(f"tanggap: {text}", file=sys.stderr, flush=True)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the options of `./run`."""
    parser = argparse.ArgumentParser(
        prog="./run", description="Start Tanggap. `./run help` lists the other commands.", allow_abbrev=False
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"port to listen on (default {DEFAULT_PORT})")
    parser.add_argument("--data", metavar="DIR", help="data folder (default TANGGAP_DATA, else `var` in the checkout)")
    parser.add_argument("--no-demo", action="store_true", help="do not fill a new data folder with demo data")
    parser.add_argument("--demo-reports", type=int, default=DEFAULT_REPORTS, metavar="N", help="size of the demo")
    parser.add_argument("--demo-seed", type=int, default=1, metavar="S", help="seed of the demo")
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server (default 2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each of them (default 4)")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        parser.error("--port must be between 1 and 65535")
    return options


def check_port(host: str, port: int) -> None:
    """Raise CommandError where the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CommandError(f"--host {host} is not an address of this machine: {error.strerror}.") from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used: {error.strerror}. Stop what listens there, or choose another: "
                f"./run --port {port + 1 if port < 65535 else DEFAULT_PORT}"
            ) from error


def show_accounts(folder: Folder) -> bool:
    """Print the demo sign-ins once they are there; tell whether they were."""
    try:
        accounts = json.loads((folder.path / "demo-accounts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    print("Demo sign-ins (synthetic, this folder only):", flush=True)
    for account in accounts:
        where = account.get("agency") or "-"
        print(f"  {account['username']:<22} {account['password']:<26} {account['role']:<16} {where}")
        if account.get("totp_secret"):
            print(f"  {'':<22} second step: authenticator key {account['totp_secret']}")
    print("  The second step: enter the key into an authenticator app, or let ./run code NAME print the six digits.")
    print(f"  kept in {folder.path / 'demo-accounts.json'}", flush=True)
    return True


def settle_demo(folder: Folder, database: Database, options: argparse.Namespace) -> bool:
    """Decide whether this folder plays the demo; tell whether it still has to grow.

    Only a new folder with an empty database becomes a demo, so that no real one ever does.
    """
    known = folder.read("demo.json")
    if not known and folder.is_new and not options.no_demo and prepare.is_empty(database):
        known = {"reports": options.demo_reports, "seed": options.demo_seed, "state": "growing"}
        folder.write("demo.json", known)
    return known.get("state") == "growing" and not options.no_demo


def site_environment(env: dict[str, str], folder: Folder, options: argparse.Namespace) -> dict[str, str]:
    """Return the settings of the web server."""
    made = {**env, "TANGGAP_MANIFEST": "true", "TANGGAP_STATIC": str(static.place(folder))}
    made.setdefault("TANGGAP_POOL", str(POOL))
    made.setdefault("TANGGAP_PUBLIC_URL", f"http://localhost:{options.port}")
    return made


def children(
    folder: Folder, env: dict[str, str], options: argparse.Namespace, *, has_demo: bool
) -> tuple[list[Child], Child | None]:
    """Return what is to run: the server, the worker, and the demo where it still grows."""
    server = Child(
        "web server", ["serve", options.host, str(options.port), str(options.workers), str(options.threads)], env
    )
    unpooled = {**env, "TANGGAP_POOL": "0"}
    arguments = ["manage", "procrastinate", "worker", "--name", f"run-{secrets.token_hex(3)}"]
    worker = Child("job worker", arguments, unpooled, nice=WORKER_NICE)
    demo = None
    if has_demo:
        plan = folder.read("demo.json")
        arguments = ["manage", "demo_data", "--reports", str(plan["reports"]), "--seed", str(plan["seed"])]
        demo = Child("demo data", arguments, unpooled, nice=5)
    return [server, worker], demo


def wait_until_ready(server: Child, options: argparse.Namespace, stopping: threading.Event) -> None:
    """Return when the site answers; raise CommandError where it does not."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(options.host, options.host)  # noqa: S104 - where all is listened on
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host
    # The name that the site knows itself by is not the one that the probe connects to.
    request = urllib.request.Request(f"http://{host}:{options.port}/", headers={"Host": "localhost"})
    deadline = time.monotonic() + READY_SECONDS
    while not stopping.is_set():
        try:
            with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        if server.returncode() is not None:
            raise CommandError("The web server ended while starting; the reason stands above.")
        if time.monotonic() > deadline:
            raise CommandError(f"The site does not answer after {READY_SECONDS} s; the reason may stand above.")
        stopping.wait(0.1)


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C; the exit code."""
    options = parse(arguments)
    folder = folders.open_folder(folders.resolve(options.data))
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    with folder.claim(f"serving on port {options.port}"):
        check_port(options.host, options.port)
        keys = key_files.load(folder)
        with databases.joined(folder) as database:
            return _serve(folder, database, keys, options, stopping)


def _serve(
    folder: Folder, database: Database, keys: KeyRing, options: argparse.Namespace, stopping: threading.Event
) -> int:
    began = time.monotonic()
    say(f"{databases.described(database)}, data in {folder.path}")
    has_demo = settle_demo(folder, database, options)
    env = site_environment(databases.environment(folder, database, keys), folder, options)
    collecting = static.begin(folder, env)
    try:
        prepare.prepare(folder, database, keys, is_strict=True)
        static.finish(folder, collecting)
    except BaseException:
        if collecting:
            collecting.kill()
        raise
    running, demo = children(folder, env, options, has_demo=has_demo)
    site = Site(folder, database, running, demo, stopping)
    try:
        for child in [*running, *([demo] if demo else [])]:
            child.start()
        wait_until_ready(running[0], options, stopping)
        if not stopping.is_set():
            _announce(site, env, time.monotonic() - began)
        return site.watch()
    finally:
        with contextlib.suppress(BrokenPipeError):
            say("stopping")
        site.stop()


def _announce(site: Site, env: dict[str, str], seconds: float) -> None:
    print(f"Tanggap: {env['TANGGAP_PUBLIC_URL']}   (ready after {seconds:.1f} s; Ctrl-C stops)", flush=True)
    if site.demo:
        say("demo data is still growing; the site says so until it is complete")
    site.accounts_shown = show_accounts(site.folder)
    if not site.folder.read("demo.json"):
        say("no demo data here; `./run createadmin` makes the first account")
