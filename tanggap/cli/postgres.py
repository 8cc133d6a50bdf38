"""The embedded PostgreSQL: a real cluster beside the data, on a private socket, without a TCP port.

Who may connect is decided by the file system alone: the socket's folder has mode 0700 and belongs
to the account that runs the server; inside it every role is trusted.
"""

import contextlib
import hashlib
import locale
import os
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tanggap.cli import binaries
from tanggap.cli.binaries import Account
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import Folder

SUPERUSER = "postgres"
OWNER_ROLE = "tanggap_owner"
APP_ROLE = "tanggap_app"
DATABASE = "tanggap"
PORT = 5432
# sun_path holds 108 bytes with its closing zero on Linux, 104 on macOS.
LONGEST_SOCKET = 103
HIDDEN_PLACE = Path("/var/lib/tanggap")
START_SECONDS = 60
# The folder inside the cluster's place that holds the cluster itself.
CLUSTER = "cluster"


@dataclass(frozen=True)
class Postgres:
    """One cluster: where it lies, who runs it, and how to reach it."""

    home: Path
    cluster: Path
    sockets: Path
    account: Account
    is_durable: bool = True

    def url(self, role: str = OWNER_ROLE, database: str = DATABASE) -> str:
        """Return the address for a role. The port is said, so that PGPORT of the environment cannot disturb."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    def create(self) -> None:
        """Make the cluster, its roles and its empty database."""
        command: list[str | Path] = [self.home / "bin" / "initdb", "-D", self.cluster, "-U", SUPERUSER]
        command += ["-E", "UTF8", "-A", "trust", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--locale=C", f"--lc-ctype={_ctype()}", *([] if self.is_durable else ["--no-sync"])]
        self._must(command, "could not make its cluster")
        self._put(
            "pg_hba.conf",
            "# The folder of the socket decides who comes in; there is no TCP port.\nlocal all all trust\n",
        )
        main = self._must(["/bin/cat", self.cluster / "postgresql.conf"], "could not read its settings")
        self._put("postgresql.conf", main + "\ninclude = 'tanggap.conf'\n")
        self.start()
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            for statement in ROLES:
                connection.execute(statement)

    def start(self) -> None:
        """Start the server, or adopt the one that runs already; return when it takes connections."""
        if self.pid() is None:
            with contextlib.suppress(FileNotFoundError):
                # Left by a server that is gone. A process that now happens to have its number,
                # or a dead one that nobody buried, would keep PostgreSQL from starting.
                (self.cluster / "postmaster.pid").unlink()
            self._put("tanggap.conf", self._settings())
            self._must(
                [*self._control("start"), "-l", self.cluster / "start.log"],
                f"did not start; see {self.cluster}/start.log and {self.cluster}/log",
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server in an orderly way; no harm where it does not run."""
        if self.pid() is not None:
            self._must([*self._control("stop"), "-m", "fast"], "did not stop")

    def pid(self) -> int | None:
        """Return the process of the running server, or None.

        The file alone proves nothing: it may be left from a killed server, or copied with the folder.
        """
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            pid, place = int(lines[0]), lines[1]
        except (OSError, ValueError, IndexError):
            return None
        is_ours = place == str(self.cluster) and _is_alive(pid)
        return pid if is_ours else None

    def kill(self) -> None:
        """End a cluster that is thrown away: no checkpoint, no waiting for clients."""
        if (pid := self.pid()) is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)

    def _wait(self) -> None:
        """Wait until connections are taken: a server that was killed first repairs itself from its log."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or self.pid() is None:
                    raise CommandError(f"The embedded PostgreSQL in {self.cluster} does not answer: {error}") from error
                time.sleep(0.05)
            else:
                return

    def _settings(self) -> str:
        durable = "on" if self.is_durable else "off"
        # Nobody restores or reads from a copy of what is thrown away, and its rows are gone before they are counted.
        brief = "" if self.is_durable else "wal_level = minimal\nmax_wal_senders = 0\nautovacuum = off\n"
        return (
            "# Written by ./run at every start. Your own settings go into postgresql.auto.conf (ALTER SYSTEM).\n"
            "listen_addresses = ''\n"
            f"port = {PORT}\n"
            f"unix_socket_directories = '{self.sockets}'\n"
            "unix_socket_permissions = 0700\n"
            f"fsync = {durable}\n"
            f"synchronous_commit = {durable}\n"
            f"full_page_writes = {durable}\n"
            f"{brief}"
            "max_connections = 100\n"
            "shared_buffers = 256MB\n"
            "timezone = 'UTC'\n"
            "log_timezone = 'UTC'\n"
            "logging_collector = on\n"
            "log_directory = 'log'\n"
            "log_filename = 'postgresql-%a.log'\n"
            "log_truncate_on_rotation = on\n"
            "log_rotation_age = 1d\n"
            "log_rotation_size = 0\n"
            # A statement that fails would be written down with the words of the reporter, and its DETAIL too.
            "log_min_error_statement = panic\n"
            "log_error_verbosity = terse\n"
        )

    def _put(self, name: str, text: str) -> None:
        """Write a file of the cluster as the account that owns it, never as root through its folder."""
        done = self.account.run(["/bin/sh", "-c", 'umask 077; cat >"$1"', "sh", self.cluster / name], text=text)
        if done.returncode:
            raise CommandError(f"{self.cluster / name} cannot be written: {done.stderr.strip()}")

    def _control(self, action: str) -> list[str | Path]:
        return [self.home / "bin" / "pg_ctl", action, "-w", "-t", str(START_SECONDS), "-D", self.cluster]

    def _must(self, command: list[str | Path], failure: str) -> str:
        done = self.account.run(command)
        if done.returncode:
            said = "\n".join(part.strip() for part in (done.stderr, done.stdout) if part.strip())
            raise CommandError(f"The embedded PostgreSQL {failure}.\n{said}")
        return done.stdout


# The owner makes tables and roles and is no superuser; the application's role only reads and writes rows.
ROLES: tuple[sql.Composed, ...] = (
    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER CREATEROLE CREATEDB").format(sql.Identifier(OWNER_ROLE)),
    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER").format(sql.Identifier(APP_ROLE)),
    sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(OWNER_ROLE)),
    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)),
)


def _ctype() -> str:
    """Return a UTF-8 character type if the system has it: full text and trigrams ask it what a letter is."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def _is_alive(pid: int) -> bool:
    """Tell whether a PostgreSQL runs under this number: not a stranger, not a dead one that nobody buried."""
    proc = Path("/proc") / str(pid)
    if Path("/proc/self").exists():
        try:
            state = (proc / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            return state not in "ZX" and "postgres" in (proc / "comm").read_text(encoding="utf-8")
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def of_folder(folder: Folder) -> Postgres:
    """Return the cluster of a data folder, deciding on the first call where it lies.

    As root, where the data folder or the binaries cannot be entered by the account that runs the
    database, both lie under /var/lib/tanggap. The decision is kept in DIR/database.json.
    """
    known = folder.read("database.json")
    place = _known_place(folder, known) if known else _chosen_place(folder, binaries.account())
    who = binaries.owner_of(place / CLUSTER)
    is_hidden = place.parent == HIDDEN_PLACE
    home = binaries.copied(binaries.unpacked(), place) if is_hidden else binaries.unpacked()
    server = Postgres(home, place / CLUSTER, _sockets(place, known.get("sockets"), who), who)
    noted = {
        **known,
        "folder": str(folder.path),
        "place": str(place) if is_hidden else place.name,
        "sockets": str(server.sockets),
        "url": server.url(),
    }
    if known != noted:
        folder.write("database.json", noted)
    return server


def _chosen_place(folder: Folder, who: Account) -> Path:
    place = folder.path / "postgres"
    if os.geteuid() == 0 and not (who.can_enter(folder.path) and binaries.runs_as(who, binaries.unpacked())):
        place = HIDDEN_PLACE / hashlib.sha256(str(folder.path).encode()).hexdigest()[:16]
        HIDDEN_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    if (place / CLUSTER / "PG_VERSION").exists():
        raise CommandError(
            f"{place} holds a database that {folder.path}/database.json does not know of. "
            "Move it away, or restore a backup into a new folder."
        )
    _make_for(place, who)
    return place


def _known_place(folder: Folder, known: dict[str, str]) -> Path:
    """Return where the cluster lies; a copied folder must not open the original's cluster."""
    place = folder.path / known["place"]
    if Path(known["place"]).is_absolute() and known.get("folder") != str(folder.path):
        raise CommandError(
            f"{folder.path} is a copy of {known.get('folder')}, whose database lies in {place}. "
            "To copy an installation: ./run backup FILE, then ./run restore FILE --data NEW."
        )
    if not place.is_dir():
        raise CommandError(f"The database of {folder.path} should lie in {place}, but that is gone. Restore a backup.")
    return place


def _make_for(place: Path, who: Account) -> None:
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.chmod(0o755)
    for inner in (place / CLUSTER, place / "s"):
        inner.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(inner, who.uid, who.gid)


def _sockets(place: Path, known: str | None, who: Account) -> Path:
    """Return the private folder of the socket, a short one elsewhere where the path would be too long."""
    beside = place / "s"
    if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
        return beside
    if known and Path(known).is_dir() and Path(known).stat().st_uid == who.uid and Path(known) != beside:
        return Path(known)
    made = Path(tempfile.mkdtemp(prefix="tanggap-", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(made, who.uid, who.gid)
    return made


def throwaway(base: Path) -> Postgres:
    """Return a fresh, running cluster for tests in `base`, which the caller removes; nothing in it is durable."""
    who = binaries.account()
    home = binaries.unpacked()
    base.chmod(0o755)
    if not binaries.runs_as(who, home):
        home = binaries.copied(home, base)
    _make_for(base, who)
    server = Postgres(home, base / CLUSTER, _sockets(base, None, who), who, is_durable=False)
    server.create()
    return server


def ensure(folder: Folder) -> Postgres:
    """Return the folder's cluster, running: made when new, adopted when it runs without an owner."""
    server = of_folder(folder)
    known = folder.read("database.json")
    version = server.cluster / "PG_VERSION"
    if not known.get("is_made"):
        _clear(server)
        server.create()
        folder.write("database.json", {**known, "is_made": True})
        return server
    if not version.exists():
        raise CommandError(f"The database of {folder.path} is gone from {server.cluster}. Restore a backup.")
    ours = server.home.name.removeprefix("postgresql-").split(".")[0]
    theirs = version.read_text(encoding="utf-8").strip()
    if theirs != ours:
        raise CommandError(
            f"The database of {folder.path} was made by PostgreSQL {theirs}, this is PostgreSQL {ours}. "
            "Make a backup with the version of Tanggap that ran it, and restore that into a new folder."
        )
    server.start()
    return server


def _clear(server: Postgres) -> None:
    """Remove what an interrupted first start left behind; it never held anything."""
    server.stop()
    for path in server.cluster.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
