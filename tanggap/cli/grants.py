"""Gives the application's role what `tanggap.models.rights` lists for it, and takes everything else from it.

The owner runs migrations and loads reference data; the site and the worker connect as this role (ADR 0010).
Triggers guard the record too; these grants hold even where a trigger was forgotten.
"""

from collections.abc import Mapping
from typing import Any, LiteralString, Protocol

from psycopg import Connection, errors, sql

from tanggap.cli.errors import CommandError


class Rights(Protocol):
    """What `tanggap.models.rights` says of a table."""

    @property
    def insert(self) -> bool: ...  # noqa: D102
    @property
    def update(self) -> frozenset[str] | None: ...  # noqa: D102
    @property
    def delete(self) -> bool: ...  # noqa: D102


def statements(role: str, rights: Mapping[str, Rights]) -> list[sql.Composed]:
    """Return the statements that give the role its rights and take all others; to be run by the owner of the tables.

    A table that is not named in `rights` can be read, and nothing else.
    """
    name = sql.Identifier(role)
    made = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        # This takes what is granted on columns, too.
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(name),
        sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {}").format(name),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {}").format(name),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}").format(name),
    ]
    for table, allowed in rights.items():
        granted: list[sql.Composable] = [sql.SQL(right) for right, is_given in _plain(allowed) if is_given]
        if allowed.update:
            columns = sql.SQL(", ").join(map(sql.Identifier, sorted(allowed.update)))
            granted.append(sql.SQL("UPDATE ({})").format(columns))
        if granted:
            grant = sql.SQL("GRANT {} ON {} TO {}")
            made.append(grant.format(sql.SQL(", ").join(granted), sql.Identifier(table), name))
    return made


def _plain(allowed: Rights) -> tuple[tuple[LiteralString, bool], ...]:
    return ("INSERT", allowed.insert), ("UPDATE", allowed.update is None), ("DELETE", allowed.delete)


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
