"""Write what the application's own role may not write: reference data, and rows bent for a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def owning() -> Iterator[None]:
    """Be the owner of the tables for a while."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('role', %s, false)", [settings.DATABASE_ROLE or "none"])
