"""The table of periodic jobs: registered as it stands, each round once, and harmless twice."""

import sys
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync
from croniter import croniter
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicDeferrer

from tanggap.domain.lifecycle import Status
from tanggap.models import Appointment, DeskCount, DeskDelta, Message
from tanggap.tasks import open_data
from tanggap.tasks.periodic import PERIODIC, QUEUE
from tests import make
from tests.make import DAY, NOW

NAMES = [job.name for job in PERIODIC]


@pytest.fixture(autouse=True)
def package_is_made_by_nobody(monkeypatch):
    """Let what makes the open data end at once: its process would ask another database than that of the tests."""
    monkeypatch.setattr(open_data, "_COMMAND", (sys.executable, "-c", ""))
    yield
    for child in open_data._started:
        child.wait()
    open_data._started.clear()


def run(name):
    """Run a job as the worker does."""
    return queue.tasks[name](timestamp=0)


def test_every_row_is_a_job_with_its_schedule_and_no_job_has_two():
    registered = {task: periodic.cron for (task, _id), periodic in queue.periodic_registry.periodic_tasks.items()}
    assert registered == {job.name: job.cron for job in PERIODIC}
    assert len(set(NAMES)) == len(NAMES)


def test_at_most_one_round_of_each_waits_and_all_go_before_the_mails():
    for name in NAMES:
        task = queue.tasks[name]
        assert (task.queueing_lock, task.queue) == (name, QUEUE)
        assert task.priority > queue.tasks["messages.deliver"].priority


@pytest.mark.parametrize("job", PERIODIC, ids=NAMES)
def test_a_missed_round_comes_again_within_the_hour(job):
    rounds = croniter(job.cron, NOW)
    first, second = rounds.get_next(datetime), rounds.get_next(datetime)
    assert second - first <= timedelta(hours=1)


def test_nothing_piles_up_while_the_worker_is_away(own_database):
    def schedule(at):
        deferrer = PeriodicDeferrer(queue.periodic_registry)
        async_to_sync(deferrer.defer_jobs)(jobs_to_defer=list(deferrer.get_previous_tasks(at=at.timestamp())))

    midnight = datetime(2020, 7, 2, 0, 0, 1, tzinfo=UTC)
    for hours in range(5):
        schedule(midnight + timedelta(hours=hours))
    waiting = ProcrastinateJob.objects.filter(queue_name=QUEUE, status="todo").values_list("task_name", flat=True)
    assert len(waiting) == len(set(waiting)) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_round_that_runs_twice_on_an_empty_desk_does_no_harm(name):
    run(name)
    run(name)


@pytest.mark.django_db
def test_the_rounds_of_a_day_close_remind_and_flag_once():
    answered, late = make.report(status=Status.ANSWERED), make.submit()
    admin = make.agency_admin()
    Appointment.objects.exclude(user_id=admin.user_id).update(valid_to=date(2019, 1, 1))
    with time_machine.travel(datetime(2020, 7, 16, 1, 10, tzinfo=UTC), tick=False):
        for name in [*NAMES, *NAMES]:
            run(name)
    answered.refresh_from_db()
    late.refresh_from_db()
    assert (answered.status, answered.closing) == ("closed", "auto")
    assert late.is_overdue
    told = Message.objects.filter(report=late, clock="verify", origin=None)
    assert [(row.notice, row.user_id) for row in told] == [("overdue", admin.user_id)]
    assert Message.objects.filter(report=answered, notice="closed").count() == 1


@pytest.mark.django_db
def test_the_counters_are_folded():
    make.submit()
    run("counters.fold")
    assert DeskDelta.objects.count() == 0
    assert DeskCount.objects.get().n == 1


@pytest.mark.django_db
def test_a_staged_file_without_a_row_goes_after_a_day_and_not_before(settings, tmp_path):
    settings.ATTACHMENTS_DIR = tmp_path
    key = "ab" * 16
    folder = tmp_path / key[:2] / key[2:4]
    folder.mkdir(parents=True)
    (folder / key).write_bytes(b"left behind")
    run("attachments.sweep")
    assert (folder / key).exists()
    changed = datetime.fromtimestamp((folder / key).stat().st_ctime, UTC)
    with time_machine.travel(changed + DAY + timedelta(minutes=1), tick=False):
        run("attachments.sweep")
    assert not (folder / key).exists()
