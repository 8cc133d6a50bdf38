"""Make the virtual environment that everything else runs in.

`./run` starts this file with whatever Python it found, before anything is installed: standard
library only, no import of `tanggap`. Two at once are safe: the second waits and finds it done.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

LOCK_NAME = "requirements.lock"
STAMP_NAME = "tanggap-stamp"


def say(text: str) -> None:
    """Write to the standard error, so that a command's own output stays clean."""
    print(f"tanggap: {text}", file=sys.stderr, flush=True)


def make(venv: Path) -> None:
    """Make the environment, from scratch where the one that stands there does not run."""
    python = venv / "bin" / "python"
    works = python.exists() and subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0
    if not works:
        say(f"making {venv} with Python {sys.version.split()[0]}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)


def install(venv: Path, lock: Path) -> None:
    """Install exactly what the lock file names; every file is checked against its hash."""
    python = str(venv / "bin" / "python")
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    uv = shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(lock)]
        if subprocess.run(command, env=quiet).returncode == 0:
            return
        say("uv could not install; trying pip")
    command = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    subprocess.run([*command, "--require-hashes", "-r", str(lock)], check=True, env=quiet)


def compile_code(root: Path, venv: Path) -> None:
    """Compile packages and program now: the confined processes that open files of strangers may not write, and would
    each read Pillow from its source, a third of a second for every picture. What cannot be compiled is run as it is.
    """
    python = str(venv / "bin" / "python")
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip()
    command = [python, "-m", "compileall", "-q", "-j", "0", packages, str(root / "tanggap"), str(root / "config")]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def compile_messages(root: Path, venv: Path) -> None:
    """Turn each .po that is newer than its .mo into one, with Babel: GNU gettext need not be there.

    Two at once are safe: each writes a file of its own and puts it in the place of the other's.
    """
    script = (
        "import os, sys; from babel.messages.pofile import read_po; from babel.messages.mofile import write_mo\n"
        "for source in sys.argv[1:]:\n"
        "    made, part = source[:-3] + '.mo', f'{source[:-3]}.{os.getpid()}.part'\n"
        "    with open(source, 'rb') as words: catalog = read_po(words)\n"
        "    with open(part, 'wb') as out: write_mo(out, catalog)\n"
        "    os.replace(part, made)\n"
    )
    stale = [
        str(source)
        for source in sorted(root.glob("tanggap/locale/*/LC_MESSAGES/*.po"))
        if not source.with_suffix(".mo").exists()
        or source.with_suffix(".mo").stat().st_mtime_ns < source.stat().st_mtime_ns
    ]
    if stale:
        subprocess.run([venv / "bin" / "python", "-c", script, *stale], check=True)


def main(root: Path, checksum: str) -> int:
    """Bring `.venv` up to what the lock file says; do nothing where it is already."""
    venv = root / ".venv"
    with (root / LOCK_NAME).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        stamp = venv / STAMP_NAME
        try:
            make(venv)
            if not stamp.exists() or stamp.read_text(encoding="utf-8").strip() != checksum:
                started = time.monotonic()
                say("installing what requirements.lock names; this takes about half a minute, once")
                stamp.unlink(missing_ok=True)
                install(venv, root / LOCK_NAME)
                compile_code(root, venv)
                stamp.write_text(checksum + "\n", encoding="utf-8")
                say(f"installed in {time.monotonic() - started:.0f} s")
            compile_messages(root, venv)
        except subprocess.CalledProcessError as error:
            say(f"set-up failed (exit {error.returncode}); what was printed above says why. Run it again to go on.")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
