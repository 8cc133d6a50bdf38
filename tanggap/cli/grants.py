"""What the application's role may do in the database: read and write rows, never rewrite history.

The owner runs migrations; the site and the worker connect as this role (ADR 0010). Triggers guard
the append-only tables too; these grants hold even where a trigger was forgotten.
"""

from collections.abc import Iterable
from typing import Any

from psycopg import Connection, errors, sql

from tanggap.cli.errors import CommandError

# Written by the program that prepares the database, read by nobody else's code.
READ_ONLY = ("django_migrations", "tanggap_prepared")


def statements(
    role: str, *, append_only: Iterable[str], undeletable: Iterable[str], read_only: Iterable[str] = READ_ONLY
) -> list[sql.Composed]:
    """Return the statements that give the role its rights; to be run by the owner of the tables."""
    name = sql.Identifier(role)
    made = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {}").format(name),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}").format(name),
    ]
    for rights, tables in (
        ("UPDATE, DELETE, TRUNCATE", append_only),
        ("DELETE, TRUNCATE", undeletable),
        ("INSERT, UPDATE, DELETE, TRUNCATE", read_only),
    ):
        revoke = sql.SQL(f"REVOKE {rights} ON {{}} FROM {{}}")
        made += [revoke.format(sql.Identifier(table), name) for table in tables]
    return made


def ensure_role(connection: Connection[Any], role: str) -> None:
    """Make the application's role where it is missing, and let the owner take it.

    Raises CommandError, with the SQL for an administrator, where this login may not make roles.
    """
    name = sql.Identifier(role)
    try:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER").format(name))
        # From PostgreSQL 16 on, being a member and being allowed to take the role are two things.
        right = "SET" if connection.info.server_version >= 160000 else "MEMBER"
        row = connection.execute("SELECT pg_has_role(current_user, %s, %s)", [role, right]).fetchone()
        if not (isinstance(row, tuple) and row[0]):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    except errors.InsufficientPrivilege as error:
        raise CommandError(
            f"This login may not make the application's role. Let an administrator of the server run:\n"
            f"  CREATE ROLE {role} NOLOGIN; GRANT {role} TO {connection.info.user};\n"
            "or set TANGGAP_DATABASE_ROLE= (empty) to go without the second line of defence."
        ) from error
