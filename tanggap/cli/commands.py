"""The commands of `./run`: our own, and every management command of Django under the same name."""

import ast
import datetime
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

from tanggap.cli import backup as backups
from tanggap.cli import binaries, checks, codes, postgres, prepare, screenshots, serve, simulate, testing
from tanggap.cli import database as databases
from tanggap.cli import folder as folders
from tanggap.cli import keys as key_files
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import CHECKOUT, Folder

# What the application's own role may not write.
AS_OWNER = frozenset({"load_reference"})
# What Django offers and cannot work here: a password is set by its owner, and there is no superuser.
INSTEAD = {
    "changepassword": "./run account password NAME (prints a link by which the person sets a new one)",
    "createsuperuser": "./run createadmin",
}
_HELP = frozenset({"-h", "--help"})
MANAGEMENT = CHECKOUT / "tanggap" / "management" / "commands"


def split_data(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Take `--data DIR` or `--data=DIR` out of the arguments: every command has it."""
    data = None
    rest = []
    given = iter(arguments)
    for word in given:
        if word == "--data":
            data = next(given, None)
            if data is None:
                raise CommandError("--data needs a folder.")
        elif word.startswith("--data="):
            data = word.removeprefix("--data=")
        else:
            rest.append(word)
    return data, rest


def _folder(data: str | None) -> Folder:
    return folders.open_folder(folders.resolve(data))


def manage(name: str, arguments: list[str]) -> int:
    """Run a management command on the folder's database: joined where it runs, started for the while where not."""
    from django.core.management import execute_from_command_line

    if name in INSTEAD:
        raise CommandError(f"There is no {name} here. Use {INSTEAD[name]}")
    data, rest = split_data(arguments)
    words = ["./run", name.replace("-", "_"), *rest]
    if _HELP & set(rest):
        # Who asks what a command does wants no folder and no database made.
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.setdefault("TANGGAP_SECRET_KEY", "for the words of a command only")
        execute_from_command_line(words)
        return 0
    folder = _folder(data)
    keys = key_files.load(folder)
    with databases.joined(folder) as database:
        prepare.prepare(folder, database, keys)
        os.environ.update(databases.environment(folder, database, keys))
        if name.replace("-", "_") in AS_OWNER:
            os.environ.update(DATABASE_URL=database.owner_url, TANGGAP_DATABASE_ROLE="")
        execute_from_command_line(words)
    return 0


def database_url(arguments: list[str]) -> int:
    """Print the address of this folder's database, for psql and backups (`--superuser`: with all rights)."""
    data, rest = split_data(arguments)
    folder = _folder(data)
    keys = key_files.load(folder)
    with databases.joined(folder) as database:
        prepare.prepare(folder, database, keys)
        if rest == ["--superuser"] and database.server is not None:
            print(database.server.url(postgres.SUPERUSER))
        else:
            print(database.owner_url)
    if database.server is not None and database.server.pid() is None:
        print("tanggap: it answers only while ./run runs (or use ./run psql).", file=sys.stderr)
    return 0


def psql(arguments: list[str]) -> int:
    """Open psql on this folder's database, as the owner of its tables."""
    data, rest = split_data(arguments)
    folder = _folder(data)
    keys = key_files.load(folder)
    with databases.joined(folder) as database:
        prepare.prepare(folder, database, keys)
        env = {**os.environ, **databases.libpq_environment(database.owner_url)}
        return subprocess.run([binaries.tool("psql"), *rest], env=env).returncode


def prepare_only(arguments: list[str]) -> int:
    """Bring the database up to date and do nothing else."""
    data, _rest = split_data(arguments)
    folder = _folder(data)
    keys = key_files.load(folder)
    with databases.joined(folder) as database:
        prepare.prepare(folder, database, keys)
        print(f"Ready: {databases.described(database)}")
    return 0


def backup(arguments: list[str]) -> int:
    """Write database, attachments and keys into FILE."""
    data, rest = split_data(arguments)
    if len(rest) != 1:
        raise CommandError("Say where to: ./run backup FILE [--data DIR]")
    folder = _folder(data)
    if folder.is_new and not os.environ.get("DATABASE_URL"):
        raise CommandError(f"There is no installation in {folder.path}.")
    keys = key_files.load(folder)
    target = Path(rest[0]).absolute()
    with databases.joined(folder) as database:
        prepare.prepare(folder, database, keys)
        size = backups.backup(folder, database, target, now=datetime.datetime.now(datetime.UTC))  # noqa: TID251 - a door
    print(f"Wrote {target} ({size / 1_000_000:.1f} MB, mode 0600). It holds the keys: keep it as safe as them.")
    return 0


def restore(arguments: list[str]) -> int:
    """Make the new data folder of --data from FILE."""
    data, rest = split_data(arguments)
    if len(rest) != 1 or data is None:
        raise CommandError("Say from where and into which new folder: ./run restore FILE --data NEW")
    target = folders.resolve(data)
    backups.restore(Path(rest[0]).absolute(), target)
    print(f"Restored into {target}. Look at it: ./run audit --data {target}; serve it: ./run --data {target}")
    return 0


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, as ratios."""
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=CHECKOUT).returncode


def verify(arguments: list[str]) -> int:
    """Check a folder of open data with tanggap-verify, which knows nothing of this program (verify/README.md)."""
    # Isolated: it finds what it imports among what is installed, and no module of this checkout.
    return subprocess.run([sys.executable, "-I", str(CHECKOUT / "verify" / "tanggap_verify.py"), *arguments]).returncode


def show_help(_arguments: list[str]) -> int:
    """List the commands."""
    print("./run starts Tanggap: database, site and worker (./run --help for its options).\n")
    rows = [(name, (function.__doc__ or "").strip().splitlines()[0]) for name, function in OWN.items()]
    rows += [(path.stem.replace("_", "-"), _help_of(path)) for path in sorted(MANAGEMENT.glob("[a-z]*.py"))]
    for name, words in rows:
        print(textwrap.fill(words, 100, initial_indent=f"  {name:<18} ", subsequent_indent=" " * 21))
    print("\nEvery command takes --data DIR (default TANGGAP_DATA, else `var` in the checkout); DATABASE_URL names")
    print(
        "another PostgreSQL. Django's own commands work too, for example ./run shell. More: docs/operations/README.md"
    )
    return 0


def _help_of(path: Path) -> str:
    """Return the `help` of a management command without running it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="help")], value=ast.Constant(value=str(words))):
                return words
            case _:
                pass
    return (ast.get_docstring(tree) or "").partition("\n")[0]


OWN: dict[str, Callable[[list[str]], int]] = {
    "test": testing.test,
    "check": checks.check,
    "fix": checks.fix,
    "bench": bench,
    "simulate": simulate.simulate,
    "screenshots": screenshots.take,
    "code": codes.show,
    "tanggap-verify": verify,
    "backup": backup,
    "restore": restore,
    "database-url": database_url,
    "psql": psql,
    "prepare": prepare_only,
    "help": show_help,
}


_WITHOUT_OPTIONS = frozenset({backup, restore, database_url, prepare_only})


def run(arguments: list[str]) -> int:
    """Do what the command line says; the exit code."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {"-h", "--help"}):
        return serve.main(arguments)
    name, *rest = arguments
    if name == "--help" or name == "-h":
        return serve.main(["--help"])
    own = OWN.get(name)
    if own in _WITHOUT_OPTIONS and _HELP & set(rest):
        print(f"./run {name}: {own.__doc__}")
        return 0
    return own(rest) if own else manage(name, rest)
