"""`./run` as an operator meets it: a cluster of its own, real processes, real kills."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tanggap.cli.folder import CHECKOUT, migration_head
from tanggap.cli.postgres import HIDDEN_PLACE

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to find the processes"),
]


class Run:
    """One data folder, and what is started on it."""

    def __init__(self, base: Path):
        self.data = base / "data"
        self.base = base
        self.parent: subprocess.Popen | None = None
        self.port = 0
        self.env = {key: value for key, value in os.environ.items() if not key.startswith(("TANGGAP_", "DATABASE_URL"))}
        self.env["PYTHONPATH"] = str(CHECKOUT)

    def command(self, *arguments, data=None):
        words = [sys.executable, "-m", "tanggap.cli", *arguments, "--data", str(data or self.data)]
        return subprocess.run(words, env=self.env, capture_output=True, text=True, timeout=180)

    def start(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = [sys.executable, "-m", "tanggap.cli", "--port", str(self.port), "--no-demo", "--data", str(self.data)]
        with (self.base / "output").open("w") as output:
            self.parent = subprocess.Popen(words, env=self.env, stdout=output, stderr=output, start_new_session=True)
        until(lambda: "Ctrl-C stops" in self.output() or self.parent.poll() is not None, seconds=120)
        assert self.parent.poll() is None, self.output()

    def output(self):
        return (self.base / "output").read_text(encoding="utf-8")

    def children(self):
        """Return the processes of this parent, named by its number in their command line."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                state = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            except OSError:
                continue
            if b"tanggap.cli.child" in words and str(self.parent.pid).encode() in words and state != "Z":
                found.append(int(entry.name))
        return found

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/static/none", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def postmaster(self):
        return int((self.data / "postgres/cluster/postmaster.pid").read_text(encoding="utf-8").splitlines()[0])

    def stop(self, number=signal.SIGINT):
        self.parent.send_signal(number)
        return self.parent.wait(60)


def until(condition, *, seconds=30):
    """Wait until the condition holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.05)


@pytest.fixture(scope="module")
def run():
    base = Path(tempfile.mkdtemp(prefix="tanggap-cli-"))
    base.chmod(0o711)
    made = Run(base)
    yield made
    if made.parent and made.parent.poll() is None:
        made.stop()
    shutil.rmtree(base)


def test_a_new_folder_is_served_and_its_owner_named(run):
    run.start()
    assert run.answers()
    assert f"http://localhost:{run.port}" in run.output()
    second = run.command("--port", "1")
    assert second.returncode == 1
    assert f"in use by process {run.parent.pid}" in second.stderr


def test_the_database_is_durable_private_and_without_a_tcp_port(run):
    url = run.command("database-url").stdout.strip()
    with psycopg.connect(url) as connection:
        settings = ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses")
        assert [connection.execute(f"SHOW {name}").fetchone()[0] for name in settings] == ["on", "on", "on", ""]
        assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
    sockets = Path(json.loads((run.data / "database.json").read_text(encoding="utf-8"))["sockets"])
    assert sockets.stat().st_mode & 0o777 == 0o700


def test_the_application_may_add_events_and_never_change_them(run):
    url = run.command("database-url").stdout.strip().replace("tanggap_owner@", "tanggap_app@")
    with psycopg.connect(url) as connection:
        rights = "SELECT has_table_privilege('tanggap_event', %s)"
        assert [connection.execute(rights, [right]).fetchone()[0] for right in ("SELECT", "INSERT")] == [True, True]
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            assert connection.execute(rights, [right]).fetchone() == (False,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE tanggap_event SET seq = seq")


def test_a_killed_worker_comes_back(run):
    before = run.children()
    web = max(before)
    os.kill(web, signal.SIGKILL)
    until(lambda: web not in run.children() and len(run.children()) == len(before))
    until(run.answers)


def test_after_kill_9_of_the_parent_nothing_goes_on_serving_and_the_database_is_adopted(run):
    postmaster = run.postmaster()
    run.parent.kill()
    run.parent.wait(10)
    until(lambda: run.children() == [])
    assert not run.answers()
    assert run.postmaster() == postmaster
    run.start()
    assert run.postmaster() == postmaster
    assert run.answers()


def test_a_command_joins_the_running_database_and_leaves_it_running(run):
    postmaster = run.postmaster()
    assert run.command("prepare").returncode == 0
    assert run.postmaster() == postmaster


def test_ctrl_c_stops_everything_and_the_next_command_starts_the_database_for_itself(run):
    assert run.stop() == 0
    assert run.children() == []
    assert not (run.data / "postgres/cluster/postmaster.pid").exists()
    done = run.command("prepare")
    assert done.returncode == 0, done.stderr
    assert not (run.data / "postgres/cluster/postmaster.pid").exists()


def test_a_postmaster_file_left_by_a_killed_machine_does_not_matter(run):
    """The number in it belongs to somebody else by now."""
    left = run.data / "postgres/cluster/postmaster.pid"
    left.write_text(f"{os.getpid()}\n{left.parent}\n", encoding="utf-8")
    done = run.command("prepare")
    assert done.returncode == 0, done.stderr


def test_a_database_of_a_newer_version_is_refused_and_untouched(run):
    statement = "INSERT INTO django_migrations (app, name, applied) VALUES ('tanggap', '9999_future', now())"
    assert run.command("psql", "-qc", statement).returncode == 0
    done = run.command("prepare")
    assert done.returncode == 1
    assert "9999_future" in done.stderr


def test_a_backup_restores_into_a_folder_that_has_everything(run, tmp_path):
    """Also: the restored folder lies where the database's account cannot enter."""
    # The row of the test before, taken away by the owner: no command of ours would open this database.
    data = json.loads((run.data / "database.json").read_text(encoding="utf-8"))
    from tanggap.cli import folder as folders
    from tanggap.cli import postgres

    server = postgres.ensure(folders.open_folder(run.data))
    with psycopg.connect(data["url"]) as connection:
        connection.execute("DELETE FROM django_migrations WHERE name = '9999_future'")
        connection.execute("CREATE TABLE proof (word text); INSERT INTO proof VALUES ('kept')")
    server.stop()
    kept = run.data / "attachments" / "ab"
    kept.mkdir()
    (kept / "file").write_bytes(b"evidence")

    file = tmp_path / "backup.tar"
    done = run.command("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    again = run.command("backup", str(file))
    assert again.returncode == 1
    assert "exists already" in again.stderr

    new = tmp_path / "restored"
    try:
        done = run.command("restore", str(file), data=new)
        assert done.returncode == 0, done.stderr
        assert (new / "attachments/ab/file").read_bytes() == b"evidence"
        assert (new / "keys.json").read_bytes() == (run.data / "keys.json").read_bytes()
        assert (new / "keys.json").stat().st_mode & 0o777 == 0o600
        assert not (new / "database.dump").exists()
        question = "SELECT word, (SELECT count(*) > 83000 FROM tanggap_area) FROM proof"
        done = run.command("psql", "-Atc", question, data=new)
        assert done.stdout.strip() == "kept|t", done.stderr
        if os.geteuid() == 0:
            place = Path(json.loads((new / "database.json").read_text(encoding="utf-8"))["place"])
            assert place.parent == HIDDEN_PLACE
            copy = tmp_path / "copy"
            shutil.copytree(new, copy)
            done = run.command("prepare", data=copy)
            assert done.returncode == 1
            assert "is a copy of" in done.stderr
    finally:
        if os.geteuid() == 0 and (new / "database.json").exists():
            shutil.rmtree(json.loads((new / "database.json").read_text(encoding="utf-8"))["place"])


def test_a_backup_of_a_newer_version_is_refused(run, tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(
        json.dumps({"format": 1, "program": "9.9", "migration": migration_head() + 1}), encoding="utf-8"
    )
    with tarfile.open(tmp_path / "newer.tar", "w") as archive:
        archive.add(manifest, "manifest.json")
    done = run.command("restore", str(tmp_path / "newer.tar"), data=tmp_path / "new")
    assert done.returncode == 1
    assert "newer version of Tanggap (9.9" in done.stderr
    assert not (tmp_path / "new").exists()
