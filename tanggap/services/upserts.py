"""Bring the rows of one table up to what a file says, and count what that took: for the loaders of reference data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from tanggap.domain.reference import Change

BY_HAND = "manual"  # the source of rows that an installation made itself: files do not end them
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Table[M: Model]:
    """The table to bring up to date: what stands in it, and the column that ends a row (rows are never deleted)."""

    noun: str
    model: type[M]
    rows: Mapping[Any, M]
    ends: str = ""


def is_edited(row: Model) -> bool:
    """Say whether somebody changed a row with the editor: from then on it is its master, not the files (ADR 0030)."""
    return getattr(row, "edited_at", None) is not None


def _is_of_files(row: Model) -> bool:
    return getattr(row, "source", "file") != BY_HAND and not is_edited(row)


def bring_up_to_date[M: Model](table: Table[M], wanted: Mapping[Any, Mapping[str, Any]], *, today: date) -> Change:
    """Add what is missing, change what differs, end what the file no longer has.

    `wanted` maps the key of a row to its columns. Keys that the file does not have keep their row,
    with an end date, because reports point at it. What was changed by hand is left alone and counted.
    """
    new = [table.model(**columns) for key, columns in wanted.items() if key not in table.rows]
    changed = []
    columns_changed: set[str] = set()
    kept = 0
    for key, columns in wanted.items():
        row = table.rows.get(key)
        if row is not None and is_edited(row):
            kept += 1
            continue
        differing = [] if row is None else [name for name, value in columns.items() if getattr(row, name) != value]
        for name in differing:
            setattr(row, name, columns[name])
        if row is not None and differing:
            changed.append(row)
            columns_changed.update(differing)
    gone = [] if not table.ends else [row for key, row in table.rows.items() if key not in wanted]
    ended = [row for row in gone if getattr(row, table.ends) is None and _is_of_files(row)]
    for row in ended:
        setattr(row, table.ends, today)
    manager = table.model._default_manager
    manager.bulk_create(new, batch_size=BATCH)
    if changed:
        manager.bulk_update(changed, sorted(columns_changed), batch_size=BATCH)
    if ended:
        manager.bulk_update(ended, [table.ends], batch_size=BATCH)
    return Change(
        table.noun,
        added=len(new),
        changed=len(changed),
        retired=len(ended),
        unchanged=len(wanted) - len(new) - len(changed) - kept,
        kept=kept,
    )
