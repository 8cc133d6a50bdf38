"""Plays the plans, by itself or in several processes: reports know nothing of each other, so nothing is shared."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any, Final

from django.db import connection, connections, transaction

from tanggap.cli.child import die_with
from tanggap.management.demo import desk_work, player, scene_steps
from tanggap.management.demo.steps import Stage, Walk
from tanggap.management.demo.stories import Plan
from tanggap.services import counters, messages, reminders

_EVERY: Final = 100
_LOOK_SECONDS: Final = 1.0


class PartFailedError(Exception):
    """One of the processes did not come to its end."""


@dataclass(slots=True)
class Tally:
    """What came of it."""

    statuses: Counter[str] = field(default_factory=Counter)
    more: Counter[str] = field(default_factory=Counter)

    def count(self, walk: Walk) -> None:
        """Count a report as it stands at the end."""
        report = walk.report
        if walk.refused:
            self.more[f"refused: {walk.refused}"] += 1
        if walk.plan.scene:
            self.more[walk.plan.scene] += 1
        for each in walk.beside:
            self.count(each)
        if report is None:
            self.statuses["unverified"] += 1
            return
        self.statuses[report.status] += 1
        self.more["confidential"] += report.is_confidential
        self.more["anonymous"] += report.is_anonymous
        self.more["published"] += report.is_published
        self.more["reopened"] += report.reopen_count > 0
        self.more["returned"] += report.return_count > 0
        self.more["rated"] += report.rating is not None

    def add(self, other: "Tally") -> None:
        """Take in what another part counted."""
        self.statuses.update(other.statuses)
        self.more.update(other.more)


def play(plans: Iterable[Plan], stage: Stage, *, started: datetime, tell: Callable[[], None]) -> Tally:
    """Play plans one after the other; `tell` is called after each."""
    with connection.cursor() as cursor:
        # A demonstration that a power cut takes back is played again.
        cursor.execute("SET synchronous_commit = off")
    tally = Tally()
    for done, plan in enumerate(plans, 1):
        _play_one(plan, stage, tally, started=started)
        tell()
        if done % _EVERY == 0:
            _tidy(stage)
    _tidy(stage)
    tally.more["images"] = stage.album.count
    return tally


@transaction.atomic
def _play_one(plan: Plan, stage: Stage, tally: Tally, *, started: datetime) -> None:
    """Play one report; nobody is told of what is only played."""
    walk = Walk(plan, stage)
    player.play(walk, scene_steps.play if plan.scene else None)
    if plan.scene or plan.stops_at:
        desk_work.leave(walk)
    messages.silence(before=started, now=stage.clockwork.end)
    tally.count(walk)


def _tidy(stage: Stage) -> None:
    reminders.flag_overdue(now=stage.clockwork.end)
    counters.fold()


def play_in_parts(
    plans: Sequence[Plan],
    parts: int,
    make_stage: Callable[[], Stage],
    *,
    started: datetime,
    on_progress: Callable[[int], None],
) -> Tally:
    """Play plans in several processes at once, each with a connection of its own; raises PartFailedError.

    One process alone leaves a core idle while the database works, and the other way round.
    """
    context = multiprocessing.get_context("fork")
    connections.close_all()
    done = context.Value("i", 0)
    running = []
    for part in range(parts):
        ours, theirs = context.Pipe(duplex=False)
        mine = plans[part::parts]
        process = context.Process(target=_part, args=(os.getpid(), mine, make_stage, started, done, theirs))
        process.start()
        theirs.close()
        running.append((process, ours))
    total = Tally()
    try:
        for process, ours in running:
            while not ours.poll(_LOOK_SECONDS):
                on_progress(done.value)
            try:
                total.add(ours.recv())
            except EOFError as error:
                raise PartFailedError(process.name) from error
            process.join()
    finally:
        for process, _ in running:
            process.terminate()
    return total


def _part(
    parent: int,
    plans: Sequence[Plan],
    make_stage: Callable[[], Stage],
    started: datetime,
    done: Any,
    result: Connection,
) -> None:
    """Play one part in a process that dies with the one that asked."""
    die_with(parent)

    def tell() -> None:
        with done.get_lock():
            done.value += 1

    result.send(play(plans, make_stage(), started=started, tell=tell))
    connections.close_all()
