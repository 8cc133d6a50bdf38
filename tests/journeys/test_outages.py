"""The database goes away under load, server and worker are killed in the middle of work: nothing promised is lost.

Real processes, as `./run` starts and watches them, and browsers that file one report after the other.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from bench import filing
from bench.client import ClientError
from bench.filing import Citizen, Filed
from bench.places import Place, opened
from bench.words import vocabulary
from tanggap.cli import binaries, postgres, serve
from tanggap.cli.postgres import APP_ROLE, SUPERUSER, Postgres
from tests.databases import address_of, clone, remove

pytestmark = pytest.mark.postgres

POOL_TIMEOUT_SECONDS = 2
GONE_SECONDS = 3 * POOL_TIMEOUT_SECONDS  # long enough for each line to be refused twice, which a longer one repeats
WANTED = 500


def until(condition: Callable[[], object], *, seconds: float) -> None:
    """Return as soon as something is so; fail when it is not after so long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def running(place: Place, *, with_worker: bool) -> Iterator[tuple[serve.Site, int]]:
    """Have server and worker running and watched, as `./run` does, and yield them with the port."""
    options, children = place.children(place.name)
    site = serve.Site(place.folder, place.database, children[: 1 + with_worker], None, accounts_shown=True)
    watching = threading.Thread(target=site.watch)
    try:
        for child in site.children:
            child.start()
        serve.wait_until_ready(site.children[0], options, site.stopping)
        watching.start()
        yield site, options.port
    finally:
        site.stopping.set()
        if watching.is_alive():
            watching.join()
        site.stop()


class Crowd:
    """Browsers that file until they are told to stop, and come back when the line broke."""

    def __init__(self, port: int, address: str, *, connections: int, most: int = 1_000_000) -> None:
        self.port, self.connections, self.most = port, connections, most
        villages = "SELECT code FROM tanggap_area WHERE level = 'village' AND code LIKE '36.%' ORDER BY code LIMIT 50"
        codes = [code for (code,) in _rows(address, villages)]
        self.citizen = Citizen(vocabulary(), codes, date(2026, 7, 1), with_email=0.2)
        self.filed = Filed()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._file)

    def _goes_on(self) -> bool:
        return not self.is_over.is_set() and len(self.filed.numbers) < self.most

    def _file(self) -> None:
        round_ = 0
        while self._goes_on():
            round_ += 1
            scripts = [
                filing.file_reports(self.citizen, self.filed, self._goes_on, seed=round_ * 1000 + place)
                for place in range(self.connections)
            ]
            try:
                filing.play(self.port, scripts)
            except (OSError, ClientError):
                self._wait_for_the_server()

    def _wait_for_the_server(self) -> None:
        while not self.is_over.is_set():
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                self.is_over.wait(0.05)
            else:
                return

    def __enter__(self) -> "Crowd":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.thread.join(timeout=40)


def _rows(address: str, question: str) -> list[tuple]:
    with psycopg.connect(address) as connection:
        return connection.execute(question).fetchall()


def _stored(address: str) -> set[str]:
    return {number for (number,) in _rows(address, "SELECT number FROM tanggap_report")}


# What every report must have: one without any of these would be half a report.
_HALF = """
SELECT number FROM tanggap_report r WHERE event_count <> 1
   OR NOT EXISTS (SELECT FROM tanggap_event e WHERE e.report_id = r.id AND e.hash = r.head_hash)
   OR (SELECT count(*) FROM tanggap_eventtext t JOIN tanggap_event e ON t.event_id = e.id WHERE e.report_id = r.id) <> 3
   OR (SELECT count(*) FROM tanggap_deadline d WHERE d.report_id = r.id) <> 2
   OR NOT EXISTS (SELECT FROM tanggap_intake i WHERE i.report_id = r.id)
   OR NOT EXISTS (SELECT FROM tanggap_identity i WHERE i.report_id = r.id)
   OR NOT EXISTS (SELECT FROM tanggap_message m WHERE m.report_id = r.id AND notice = 'to_verify')
   OR (SELECT has_email FROM tanggap_identity i WHERE i.report_id = r.id)
      IS DISTINCT FROM EXISTS (SELECT FROM tanggap_message m WHERE m.report_id = r.id AND notice = 'confirm_address')
   OR EXISTS (SELECT FROM tanggap_message m WHERE m.report_id = r.id AND NOT EXISTS (
          SELECT FROM procrastinate_jobs j WHERE (j.args->>'message_id')::bigint = m.id))
"""


@pytest.fixture
def cluster() -> Iterator[Postgres]:
    """Return a cluster of its own, with a copy of the loaded database in it."""
    base = Path(tempfile.mkdtemp(prefix="tanggap-outage-"))
    source = f"tanggap_outage_{os.getpid()}"
    made = None
    try:
        made = postgres.throwaway(base)
        made.stop()
        # What is acknowledged must be there after a stop of any kind.
        made = replace(made, is_durable=True)
        made.start()
        clone(source)
        _copy(address_of(source), made.url(SUPERUSER))
        yield made
    finally:
        remove(source)
        if made is not None:
            made.kill()
        shutil.rmtree(base, ignore_errors=True)


def _copy(source: str, target: str) -> None:
    dump = [binaries.tool("pg_dump"), "--no-owner", "--format=plain", source]
    load = [binaries.tool("psql"), "--quiet", "--no-psqlrc", "--output=/dev/null", "-v", "ON_ERROR_STOP=1", target]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
        subprocess.run(load, stdin=dumping.stdout, check=True, stdout=subprocess.DEVNULL)
    assert dumping.returncode == 0
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("ANALYZE")


def test_a_database_that_is_gone_is_said_at_once_and_its_return_needs_no_restart(cluster, tmp_path, monkeypatch):
    address = cluster.url(SUPERUSER)
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("TANGGAP_DATABASE_ROLE", APP_ROLE)
    with opened(str(tmp_path / "data"), is_quick=True) as place, running(place, with_worker=False) as (site, port):
        process = site.children[0].process
        with Crowd(port, address, connections=4) as crowd:
            filed = crowd.filed
            until(lambda: len(filed.numbers) >= 20, seconds=60)
            cluster.stop()
            gone_at = time.monotonic()
            before = len(filed.numbers)
            until(lambda: filed.refused.get(503, 0) >= 4, seconds=2 * POOL_TIMEOUT_SECONDS + 3)
            until(lambda: time.monotonic() - gone_at > GONE_SECONDS, seconds=GONE_SECONDS + 1)
            assert len(filed.numbers) == before
            refused = filed.refused[503]
            cluster.start()
            until(lambda: len(filed.numbers) >= before + 20, seconds=60)
        assert site.children[0].process is process, "the server was started anew"
        assert refused >= 4 * (GONE_SECONDS / POOL_TIMEOUT_SECONDS - 1), "the refusals came too slowly"
        assert set(filed.refused) == {503}
        assert set(filed.numbers) <= _stored(address)
        assert _rows(address, _HALF) == []


def test_a_server_and_a_worker_killed_among_500_submissions_lose_nothing(tmp_path, monkeypatch, django_db_blocker):
    name = f"tanggap_killed_{os.getpid()}"
    clone(name)
    address = address_of(name)
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("TANGGAP_DATABASE_ROLE", APP_ROLE)
    try:
        with opened(str(tmp_path / "data"), is_quick=True) as place, running(place, with_worker=True) as (site, port):
            server, worker = site.children
            until(lambda: _rows(address, "SELECT 1 FROM procrastinate_workers"), seconds=60)
            (first,) = _rows(address, "SELECT max(id) FROM procrastinate_workers")
            with Crowd(port, address, connections=16, most=WANTED) as crowd:
                filed = crowd.filed
                for kill, at in ((worker, WANTED // 4), (server, WANTED // 2)):
                    until(lambda at=at: len(filed.numbers) >= at, seconds=60)
                    os.kill(kill.process.pid, signal.SIGKILL)
                until(lambda: len(filed.numbers) >= WANTED, seconds=60)
            assert set(filed.numbers) <= _stored(address)
            assert set(filed.refused) <= {502, 503}
            assert _rows(address, _HALF) == []
            # The dead one may be forgotten by now: a slow machine takes longer to start the next than it is remembered.
            until(lambda: _rows(address, "SELECT max(id) FROM procrastinate_workers")[0] > first, seconds=60)
            with django_db_blocker.unblock():
                _give_back_what_the_dead_worker_held(name, address)
            until(
                lambda: not _rows(address, "SELECT 1 FROM tanggap_message WHERE state = 'queued' LIMIT 1"), seconds=120
            )
        letters = "\n".join(path.read_text(errors="replace") for path in (tmp_path / "data" / "mail").iterdir())
        told = set(re.findall(r"^To: (\S+)$", letters, re.MULTILINE))
        (reports,) = _rows(address, "SELECT count(*) FROM tanggap_identity WHERE has_email")[0]
        assert len(told) == reports > 50
    finally:
        remove(name)


def _give_back_what_the_dead_worker_held(name: str, address: str) -> None:
    """Do what the periodic job does when the silence of a worker has lasted half a minute."""
    from django.db import connections

    from tanggap.services import jobs

    with psycopg.connect(address, autocommit=True) as connection:
        (alive,) = connection.execute("SELECT max(id) FROM procrastinate_workers").fetchone()
        silence = (
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '5 minutes' WHERE id < %s"
        )
        connection.execute(silence, [alive])
    here = connections["default"]
    before = here.settings_dict["NAME"]
    here.close()
    here.settings_dict["NAME"] = name
    try:
        jobs.retry_stalled(now=datetime.now(UTC))  # noqa: TID251
    finally:
        here.close()
        here.settings_dict["NAME"] = before
