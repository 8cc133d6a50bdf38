"""A database server for checks and tests: the one of DATABASE_URL, else a fresh one that is thrown away."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tanggap.cli import postgres


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Yield the environment whose DATABASE_URL names the server, signed in with all rights."""
    if os.environ.get("DATABASE_URL"):
        yield dict(os.environ)
        return
    base = Path(tempfile.mkdtemp(prefix="tanggap-test-"))
    made = None
    try:
        made = postgres.throwaway(base)
        yield {**os.environ, "DATABASE_URL": made.url(postgres.SUPERUSER)}
    finally:
        if made is not None:
            made.kill()
        shutil.rmtree(base, ignore_errors=True)
