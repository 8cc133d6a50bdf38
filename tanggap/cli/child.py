"""The processes under `./run`: the web server, the job worker, the demo. None outlives its parent.

On Linux the kernel kills the child when its parent dies, even by kill -9; elsewhere the child looks
every half second whether its parent is still the same.
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from pathlib import Path

from tanggap.cli.binaries import is_linux

PR_SET_PDEATHSIG = 1
SERVER_PID = "TANGGAP_SERVER_PID"
LOOK_SECONDS = 0.5


def die_with(parent: int) -> None:
    """Tie the life of this process to its parent's; at once dead where the parent is already."""
    if is_linux():
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def give_way() -> None:
    """Let a lower priority count: Linux weighs sessions against each other, and `nice` only within a session."""
    if os.nice(0) > 0 and is_linux():
        with contextlib.suppress(OSError):  # a kernel without this grouping
            Path("/proc/self/autogroup").write_text(str(os.nice(0)), encoding="ascii")


def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Run the web server; its own workers are tied to it in `tanggap.cli.application`."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    os.environ[SERVER_PID] = str(os.getpid())
    Granian(
        "tanggap.cli.application:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


def manage(arguments: list[str]) -> None:
    """Run a management command of Django in this process."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./run", *arguments])


def main(arguments: list[str]) -> None:
    """Start one child: PARENT, then `serve HOST PORT WORKERS THREADS` or `manage COMMAND …`."""
    parent, kind, *rest = arguments
    die_with(int(parent))
    give_way()
    if kind == "serve":
        host, port, workers, threads = rest
        serve(host, int(port), int(workers), int(threads))
    else:
        manage(rest)


if __name__ == "__main__":
    main(sys.argv[1:])
