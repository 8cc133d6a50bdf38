"""Two officers act on one report in the same second, each by an own connection: one wins, nothing typed is lost.

Two colleagues of a unit; and the admin of an agency that is late with the one who verifies in its place.
"""

import re
import threading

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from tanggap.domain.lifecycle import Status
from tanggap.models import Event, User
from tests import conftest, make, world

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
        late = world.late_report(make.NOW)
        colleagues = [make.liaison() for _ in WORDS]
        admins = [make.agency_admin("kab-tangerang"), make.agency_admin()]
        unit = make.unit("disdik", "kab-tangerang").pk
        deed = {"tindakan": "verify_and_assign", "title": late.title, "category": make.category(), "unit": unit}
        deed |= {"classification": "complaint", "supervisory": "tidak"}
        return (report, sit(colleagues), {"tindakan": "follow_up"}), (late, sit(admins), deed)

    with time_machine.travel(make.NOW, tick=False):
        for report, clients, deed in apart(prepare)():
            barrier, at = threading.Barrier(len(WORDS)), f"/meja/{report.number}"

            def act(client, words, at=at, deed=deed | {"seen": report.event_count}, barrier=barrier):
                def work():
                    # Both have the page open, as everybody has who types; its mark says so to whom it is hidden by now.
                    mark = re.search(r'name="draf_halaman" value="([^"]+)"', client.get(at).content.decode())[1]
                    barrier.wait()
                    answer = client.post(at, {"draf_halaman": mark, "text": words, **deed})
                    return answer.status_code, answer.content.decode()

                return work

            ends = [apart(act(client, words)) for client, words in zip(clients, WORDS, strict=True)]
            answers = [end() for end in ends]
            assert sorted(status for status, _page in answers) == [302, 409], deed["tindakan"]
            (lost,) = (place for place, (status, _page) in enumerate(answers) if status == 409)
            assert WORDS[lost] in answers[lost][1]
            done = Event.objects.filter(report_id=report.pk, kind=deed["tindakan"])
            assert apart(done.count)() == 1


def sit(officers):
    """Return a browser for each officer, signed in."""
    clients = [Client() for _ in officers]
    for client, officer in zip(clients, officers, strict=True):
        client.force_login(User.objects.get(pk=officer.user_id))
    return clients
