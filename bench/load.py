"""Write many reports in bulk: whole valid chains with everything that follows from them, by COPY, on all cores.

The rows are those that the services would have written: the domain computes them, and `./run audit` compares.
What is not there: messages, jobs and attachments of the past.
"""

import json
import os
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any, Final

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg import sql

from bench import crew, stories
from bench.stories import Story, World
from bench.world import HOME, read
from tanggap.domain.ledger import EventRecord
from tanggap.domain.publication import compose
from tanggap.domain.reminders import schedule
from tanggap.models import (
    Area,
    ContactHash,
    Deadline,
    DeskSearch,
    Event,
    EventText,
    Identity,
    Intake,
    Mention,
    Note,
    Publication,
    Report,
    ReportTag,
)
from tanggap.selectors import areas
from tanggap.services import (
    columns,
    counters,
    deadlines,
    finding,
    indicator_recount,
    indicators,
    periods,
    publications,
    staleness,
)

CHUNK: Final = 500
# Ids are computed, so that two processes need not ask each other: room for events and clocks of a report, texts.
_EVENTS, _TEXTS, _CLOCKS = 64, 8, 64
TABLES: Final[tuple[type[models.Model], ...]] = (
    Report, Intake, Event, EventText, Deadline, Identity, ContactHash, Publication, ReportTag, Note, Mention,
)  # fmt: skip
# On one of so many reports hangs the word; on one of so many is a note that mentions the admin.
TAGS: Final = {"prioritas": 3, "rapat mingguan": 40}
_NOTES: Final = 50
_READ_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written, and how long it took."""

    reports: int
    rows: Mapping[str, int]
    seconds: float


def load(
    owner_url: str,
    *,
    reports: int,
    seed: int,
    now: datetime,
    days: int = 730,
    processes: int = 0,
    agencies: int = 0,
    waiting: int = 0,
) -> Loaded:
    """Fill the database that Django is connected to with reports of the last `days`.

    `owner_url` is an address of its owner or of a superuser. The reports are those of `agencies` agencies, where
    that is more than Banten has; `waiting` of them wait for the admin of the province to give them to a unit.
    Raises ValueError where there are reports already.
    """
    started = time.monotonic()
    if Report.objects.exists():
        raise ValueError("This database holds reports; the loader fills an empty one only.")
    world = read(now, days, agencies=agencies, waiting=waiting)
    parts = [(first, min(CHUNK, reports - first)) for first in range(0, reports, CHUNK)]
    rows = dict.fromkeys((model._meta.db_table for model in TABLES), 0)
    with psycopg.connect(owner_url, autocommit=True) as owner, _bare_tables(owner):
        connection.close()
        work = partial(_write_part, owner_url, world, seed)
        for counted in crew.spread(work, parts, processes=processes or os.cpu_count() or 1):
            for table, count in counted.items():
                rows[table] += count
    counters.fold()
    _fold_indicators(owner_url, processes=processes or os.cpu_count() or 1, now=now)
    staleness.flag_stale(now=now)
    periods.close(now=now)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for model in TABLES:
            _set_sequence(owner, model._meta.db_table)
        for statement in _IN_ORDER:
            owner.execute(statement)
        owner.execute("VACUUM (ANALYZE)")
    return Loaded(reports, rows, time.monotonic() - started)


# Publications lie as they do where each was written when it was published, day by day.
_IN_ORDER: Final = (
    "CREATE INDEX bench_in_order ON tanggap_publication (published_at, id)",
    "CLUSTER tanggap_publication USING bench_in_order",
    "DROP INDEX bench_in_order",
)


def _fold_indicators(owner_url: str, *, processes: int, now: datetime) -> None:
    """Count the figures, so that the worker does not do it while pages are measured."""
    spans = indicator_recount.spans()
    connection.close()
    for _done in crew.spread(partial(indicator_recount.write_reports, now=now), spans, processes=processes):
        pass
    months = indicators.months()
    connection.close()
    for _done in crew.spread(indicator_recount.write_month, months, processes=processes):
        pass
    indicator_recount.finish(now=now)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("DELETE FROM tanggap_indicatordue WHERE from_at IS NULL")


def _write_part(url: str, world: World, seed: int, part: tuple[int, int]) -> Mapping[str, int]:
    rows: dict[type[models.Model], list[tuple[Any, ...]]] = {model: [] for model in TABLES}
    words = []
    for index, story in enumerate(stories.stories(world, seed, *part), start=part[0] + 1):
        _lay_down(rows, index, story, world)
        words.append(_words(index, story))
    with psycopg.connect(url) as target, target.cursor() as cursor:
        _without_foreign_keys(cursor)
        for model, found in rows.items():
            names = sql.SQL(", ").join(sql.Identifier(name) for name in _columns(model))
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), names)
            with cursor.copy(into) as copy:
                for row in found:
                    copy.write_row(row)
        cursor.executemany(finding.PUT, words)
    return {model._meta.db_table: len(found) for model, found in rows.items()}


def _without_foreign_keys(cursor: psycopg.Cursor[Any]) -> None:
    """Skip the checks of foreign keys where we may: a superuser's right. The triggers of the record stay (ALWAYS)."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    row = cursor.fetchone()
    if row and row[0]:
        cursor.execute("SET LOCAL session_replication_role = replica")


@cache
def _columns(model: type[models.Model]) -> dict[str, Any]:
    """Return the columns of a table that are written, each with its default."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    return {field.column: field.get_default() if field.has_default() else None for field in fields}


def _row(model: type[models.Model], values: Mapping[str, Any]) -> tuple[Any, ...]:
    known = _columns(model)
    unknown = values.keys() - known.keys()
    if unknown:
        raise KeyError(f"{model.__name__} has no column {sorted(unknown)}")
    arrays = _arrays(model)
    given = ((name, values.get(name, default)) for name, default in known.items())
    return tuple(value if name in arrays else _plain(value) for name, value in given)


@cache
def _arrays(model: type[models.Model]) -> frozenset[str]:
    """Return the columns that hold an array of the database; a list in any other one is written as JSON."""
    return frozenset(field.column for field in model._meta.local_concrete_fields if isinstance(field, ArrayField))


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value


def _lay_down(
    rows: dict[type[models.Model], list[tuple[Any, ...]]], report_id: int, story: Story, world: World
) -> None:
    """Turn one history into the rows of every table."""
    now = world.now

    def put(model: type[models.Model], **values: Any) -> None:
        rows[model].append(_row(model, values))

    facts, runs = story.facts, deadlines.compute(story.events)
    titles = [text for (_seq, name), text in story.texts.items() if name == "title"]
    put(
        Report,
        id=report_id,
        number=story.number,
        channel=facts.channel,
        received_at=story.received_at,
        registered_at=story.received_at,
        destination_id=story.destination,
        title=titles[-1],
        **columns.of(facts, runs, now=now),
    )
    put(Intake, id=report_id, key_hash=random.randbytes(32), report_id=report_id)
    for event in story.events:
        values = {name: getattr(event, name) for name in EventRecord.__slots__}
        event_id = report_id * _EVENTS + event.seq
        put(Event, id=event_id, report_id=report_id, **values)
        texts = ((name, text) for (seq, name), text in story.texts.items() if seq == event.seq)
        for place, (name, text) in enumerate(texts):
            salt = story.salts[event.seq, name]
            put(EventText, id=event_id * _TEXTS + place, event_id=event_id, field=name, text=text, salt=salt)
    for place, run in enumerate(runs):
        values = {**deadlines.columns(run), **_reminding(run, now)}
        put(
            Deadline,
            id=report_id * _CLOCKS + place,
            report_id=report_id,
            clock=run.clock.value,
            run=run.run,
            **values,
        )
    _seal(put, report_id, story)
    _write_beside(put, report_id, story, world)
    record = compose(facts, story.events, story.texts, runs)
    if record is not None:
        put(
            Publication,
            id=report_id,
            report_id=report_id,
            number=story.number,
            updated_at=facts.last_acted_at,
            **publications.columns(record),
        )


def _reminding(run: Any, now: datetime) -> dict[str, Any]:
    """Return how far the reminders of a clock have come, as if the job had done its work until now."""
    if run.is_stopped or run.is_paused:
        return {"reminders": 0, "remind_at": None}
    planned = schedule(deadlines.span_of(run), deadlines.calendar_of(run.calendar, run.agency_id))
    later = [reminder.at for reminder in planned if reminder.at > now]
    return {"reminders": len(planned) - len(later), "remind_at": later[0] if later else None}


def _words(report_id: int, story: Story) -> dict[str, Any]:
    """Return the words that the desk finds a report by, as the job reads them that keeps them."""
    codes = areas.codes_of(story.facts.area or "")
    place = " ".join(_area_names().get(code, "") for code in codes)
    titles = [text for (_seq, name), text in story.texts.items() if name == "title"][-1], ""
    return {"report": report_id, **finding.words(story.events, story.texts, titles, place)}


@cache
def _area_names() -> dict[str, str]:
    return dict(Area.objects.filter(code__startswith=HOME).values_list("code", "name"))


def _write_beside(put: Any, report_id: int, story: Story, world: World) -> None:
    """Hang words on a report and write a note, as its agency does."""
    office = world.by_id[story.facts.owner_agency_id or 0]
    office_of = {"agency_id": office.agency_id, "user_id": office.admin}
    for place, (word, every) in enumerate(TAGS.items()):
        if report_id % every == 0:
            put(ReportTag, id=report_id * len(TAGS) + place, report_id=report_id, word=word, at=story.at, **office_of)
    if report_id % _NOTES == 0:
        values = {"audience": "agency", "text": "Mohon dilihat, @admin.", "created_at": story.at}
        put(Note, id=report_id, report_id=report_id, **values, **office_of)
        read_at = story.at if world.now - story.at > _READ_AFTER else None
        put(Mention, id=report_id, note_id=report_id, user_id=office.admin, read_at=read_at)


def _seal(put: Any, report_id: int, story: Story) -> None:
    """Put the identity into the vault as `services.vault` does."""
    sealed = story.sealed
    if sealed is None:
        return
    kinds = {kind for kind, _hash in sealed.contacts}
    put(
        Identity,
        id=report_id,
        report_id=report_id,
        key_version=sealed.key_version,
        wrapped_key=sealed.wrapped_key,
        sealed=sealed.sealed,
        has_email="email" in kinds,
        has_phone="phone" in kinds,
    )
    ((kind, hashed),) = sealed.contacts
    put(ContactHash, id=report_id, report_id=report_id, kind=kind, hash=hashed)


_INDEXES = """
SELECT c.oid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
"""


@contextmanager
def _bare_tables(owner: psycopg.Connection[Any]) -> Iterator[None]:
    """Take the indexes away that are faster made afterwards, and make them again."""
    tables = [model._meta.db_table for model in (*TABLES, DeskSearch)]
    found = owner.execute(_INDEXES, [tables]).fetchall()
    for name, _definition in found:
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    try:
        yield
    finally:
        owner.execute("SET maintenance_work_mem = '256MB'")
        for _name, definition in found:
            owner.execute(definition)


def _set_sequence(owner: psycopg.Connection[Any], table: str) -> None:
    place = owner.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table]).fetchone()
    highest = sql.SQL("SELECT setval(%s, coalesce(max(id), 0) + 1, false) FROM {}").format(sql.Identifier(table))
    owner.execute(highest, place)


def said(done: Loaded) -> str:
    """Say what was written."""
    rows = ", ".join(f"{table.removeprefix('tanggap_')} {count:,}" for table, count in done.rows.items())
    return f"loaded {done.reports:,} reports in {done.seconds:.1f} s ({done.reports / done.seconds:,.0f}/s): {rows}"
