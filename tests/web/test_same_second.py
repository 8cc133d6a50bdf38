"""Two officers act on one report in the same second, each by an own connection: one wins, nothing typed is lost."""

import threading

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from tanggap.domain.lifecycle import Status
from tanggap.models import Event, Report, User
from tests import conftest, make

NAME = "tanggap_same_second"
WORDS = ("Kami sudah menutup lubang di sisi utara.", "Kami sudah memasang rambu di sisi selatan.")


@pytest.fixture
def apart(django_db_blocker, monkeypatch):
    """Run something in a thread, on a database of its own that really commits; returns what it returns."""
    conftest.clone(NAME)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", NAME)

    def begin(work):
        found = []

        def run():
            with django_db_blocker.unblock():
                try:
                    found.append(work())
                finally:
                    connection.close()

        thread = threading.Thread(target=run)
        thread.start()

        def end():
            thread.join()
            return found[0]

        return end

    yield begin
    conftest.remove(NAME)


def test_one_wins_and_the_other_gets_the_words_back(apart):
    def prepare():
        report = make.report(status=Status.ASSIGNED)
        users = [User.objects.get(pk=make.liaison().user_id) for _ in WORDS]
        clients = [Client() for _ in WORDS]
        for client, user in zip(clients, users, strict=True):
            client.force_login(user)
        return Report.objects.get(pk=report.pk), clients

    with time_machine.travel(make.NOW, tick=False):
        report, clients = apart(prepare)()
        barrier = threading.Barrier(len(WORDS))

        def act(client, words):
            def work():
                barrier.wait()
                values = {"tindakan": "follow_up", "seen": report.event_count, "text": words}
                answer = client.post(f"/meja/{report.number}", values)
                return answer.status_code, answer.content.decode()

            return work

        ends = [apart(act(client, words)) for client, words in zip(clients, WORDS, strict=True)]
        answers = [end() for end in ends]
    assert sorted(status for status, _page in answers) == [302, 409]
    (lost,) = (place for place, (status, _page) in enumerate(answers) if status == 409)
    assert WORDS[lost] in answers[lost][1]
    assert apart(lambda: Event.objects.filter(report_id=report.pk, kind="follow_up").count())() == 1
