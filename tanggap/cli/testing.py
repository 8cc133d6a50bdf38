"""`./run test`: everything that the tests need, then the checks, then all tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tanggap.cli import checks, scratch
from tanggap.cli.folder import CHECKOUT

# Chromium without its windows renders the same and opens a page in a third of the time, so it comes first.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium-headless-shell", "chromium")  # the first that Debian has
FONTS = "fonts-dejavu-core"


def ensure_browser() -> None:
    """Install Debian's Chromium where none is there and we may; say how where we may not."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    how = f"apt-get install --no-install-recommends {PACKAGES[0]} {FONTS}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"tanggap: no Chromium here, so the browser tests will be skipped. To run them: {how}", file=sys.stderr)
        return
    print("tanggap: installing Chromium for the browser tests", file=sys.stderr, flush=True)
    said = _apt("update", "-qq")
    for package in () if said else PACKAGES:
        said = _apt("install", "-qq", "-y", "--no-install-recommends", package, FONTS)
        if not said:
            return
    print(f"{said}\ntanggap: Chromium could not be installed; the browser tests will be skipped.", file=sys.stderr)


def _apt(*words: str) -> str:
    """Run apt-get; return what it said where it failed, else nothing."""
    done = subprocess.run(
        ["apt-get", *words],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout.strip() or f"apt-get ended with {done.returncode}" if done.returncode else ""


def test(arguments: list[str]) -> int:
    """Run the checks and then pytest with these arguments; 0 only where both are content."""
    ensure_browser()
    # The database takes some seconds of one core: the checks, and the tests that need none, go beside it. Tests wait
    # for servers and browsers now and then: what the slowest check finds is told after them.
    told: list[str] = []
    with scratch.server() as env, _prepared(env), ThreadPoolExecutor(1) as beside:
        slow = beside.submit(checks.check_all, env, [checks.SLOW], say=told.append)
        checked = checks.check_all(env, [row().name for row in checks.CHECKS if row().name != checks.SLOW])
        code = run_pytest(arguments, env)
        checked = slow.result() or checked
    print("\n".join(told))
    if checked:
        print("The tests ran, but ./run check failed: see above.", file=sys.stderr)
    return code or checked


@contextmanager
def _prepared(env: dict[str, str]) -> Iterator[None]:
    """Have the database that the tests clone made meanwhile; one that fails says so when the tests ask for it."""
    command = [sys.executable, "-m", "tests.databases"]
    made = {**env, "DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(command, cwd=CHECKOUT, env=made, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        yield


def run_pytest(arguments: list[str], env: dict[str, str]) -> int:
    """Run pytest in three processes; its own exit code, so that a run that collected nothing (5) is a failure."""
    # In the order of tests/conftest.py: xdist would take the files with few tests last, and those are the long ones.
    # By file: pytest 9.2 and xdist 3.8 together ignore groups without a word (pytest-xdist issue 1386).
    # On two cores a third process works while the others wait for servers and browsers: 455 seconds against 517 on a
    # slow machine, 251 against 254 on a fast one.
    command = [sys.executable, "-m", "pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=env).returncode
