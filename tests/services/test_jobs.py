"""Jobs of dead workers go back to the queue; what is long done is removed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.sql import queries

from tanggap.services import jobs
from tests.make import NOW

pytestmark = pytest.mark.django_db


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchone()[0] if cursor.description else None


def worker(age):
    """Register a worker whose last heartbeat is so old."""
    return sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id", age)


def job(task="messages.deliver", *, held_by, **values):
    """Defer a job and let a worker take it."""
    task_kwargs = {"message_id": 1} if task == "messages.deliver" else {"timestamp": 0}
    pk = queue.configure_task(task, **values).defer(**task_kwargs)
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", held_by, pk)
    return pk


def status(pk):
    return ProcrastinateJob.objects.values_list("status", flat=True).get(pk=pk)


def test_the_job_of_a_worker_that_died_goes_back_to_the_queue_once():
    pk = job(held_by=worker(timedelta(minutes=1)))
    assert [jobs.retry_stalled(now=NOW) for _ in range(2)] == [1, 0]
    assert status(pk) == "todo"


def test_the_job_of_a_worker_that_was_removed_goes_back_too():
    assert status(pk := job(held_by=None)) == "doing"
    assert jobs.retry_stalled(now=NOW) == 1
    assert status(pk) == "todo"


def test_the_job_of_a_worker_that_lives_is_left_alone():
    pk = job(held_by=worker(timedelta(seconds=5)))
    assert jobs.retry_stalled(now=NOW) == 0
    assert status(pk) == "doing"


def test_a_periodic_job_of_a_dead_worker_is_let_go_even_while_its_next_round_waits():
    lock = {"queueing_lock": "reports.auto_close"}
    pk = job("reports.auto_close", held_by=worker(timedelta(minutes=1)), **lock)
    waiting = queue.configure_task("reports.auto_close", **lock).defer(timestamp=0)
    assert jobs.retry_stalled(now=NOW) == 1
    assert (status(pk), status(waiting)) == ("failed", "todo")


def finish(pk, state, age):
    sql("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", state, pk)
    sql("UPDATE procrastinate_events SET at = now() - %s WHERE job_id = %s", age, pk)


@pytest.mark.parametrize(
    ("state", "age", "stays"),
    [
        ("succeeded", timedelta(hours=23), True),
        ("succeeded", timedelta(hours=25), False),
        ("failed", timedelta(days=29), True),
        ("failed", timedelta(days=31), False),
        ("todo", timedelta(days=99), True),
    ],
)
def test_a_job_that_is_long_done_is_removed_and_one_that_waits_never(state, age, stays):
    pk = job(held_by=None)
    finish(pk, state, age)
    jobs.remove_old()
    assert ProcrastinateJob.objects.filter(pk=pk).exists() is stays


def test_the_next_job_is_found_along_the_index_and_never_by_sorting_all_that_wait():
    # The function of the version that the worker calls; a later one needs the setting anew (migration 0007).
    called = re.search(r"procrastinate_fetch_job\w*", queries["fetch_job"])
    assert sql("SELECT proconfig FROM pg_proc WHERE proname = %s", called[0]) == ["enable_sort=off"]
