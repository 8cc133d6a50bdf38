"""The pages of problems that come again: answered, looked at, and read by everybody without pointing at anybody."""

import re
from html import unescape

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tanggap.domain.lifecycle import Status
from tanggap.models import Problem, User
from tanggap.services import problems
from tests import make
from tests.make import DAY, NOW

LATER = NOW + 120 * DAY


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        problems.set_rule(actor=make.agency_admin(), least=5, months=3, now=NOW)
        for _n in range(5):
            make.report(status=Status.ASSIGNED)
        problems.find(now=NOW)
        yield Problem.objects.get()
        transaction.set_rollback(True)


def words_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_the_unit_answers_the_admin_closes_and_everybody_reads_the_plan_without_the_cause(world, db):
    with time_machine.travel(NOW, tick=False):
        place = f"/meja/masalah-berulang/{world.pk}"
        works = signed_in(make.liaison())
        assert place in works.get("/meja/masalah-berulang").content.decode()
        said = {"tindakan": "rencana", "cause": "Tanah labil.", "plan": "Cor ulang.", "done_on": "2020-07-20"}
        assert works.post(place, said | {"cause": ""}).status_code == 422
        assert works.post(place, said | {"done_on": "2020-01-01"}).status_code == 422
        assert works.post(place, said).status_code == 302
        public = words_of(Client().get("/masalah-berulang?instansi=pemprov-banten"))
        assert ("5 laporan" in public, "Cor ulang." in public, "Tanah labil." in public) == (True, True, False)
        assert words_of(Client().get("/masalah-berulang?instansi=kab-lebak")).count("5 laporan") == 0
        assert signed_in(make.liaison("dindikbud")).get(place).status_code == 404
        watches = signed_in(make.overseer())
        assert "Tanah labil." in words_of(watches.get(f"/pengawasan/masalah-berulang/{world.pk}"))
        assert watches.get("/pengawasan/masalah-berulang").status_code == 200
    with time_machine.travel(LATER, tick=False):
        boss = signed_in(make.agency_admin())
        assert "Dapat dihitung setelah satu bulan penuh" in words_of(boss.get(place)), (
            "what was not counted is not zero"
        )
        problems.find(now=LATER)
        assert "5 bulan sebelum dan 2 bulan sesudah" in words_of(boss.get(place))
        closing = {"tindakan": "tutup", "text": "Sudah dicor."}
        assert signed_in(make.liaison()).post(place, closing).status_code == 422
        assert boss.post(place, closing).status_code == 302
        assert "Sudah dicor." in words_of(boss.get(place))
        assert place in boss.get("/meja/masalah-berulang?lihat=ditutup").content.decode()
        assert "Cor ulang." not in words_of(Client().get("/masalah-berulang"))


def test_an_admin_sets_the_rule_and_hostile_parameters_get_a_clear_answer(world, db):
    with time_machine.travel(NOW, tick=False):
        admin = signed_in(make.agency_admin())
        assert admin.post("/meja/masalah-berulang", {"least": "2", "months": "3"}).status_code == 422
        assert admin.post("/meja/masalah-berulang", {"least": "12", "months": "3"}).status_code == 302
        assert "Paling sedikit 12 laporan" in words_of(admin.get("/meja/masalah-berulang"))
        assert admin.get(f"/meja/masalah-berulang/{10**30}").status_code == 404
    for query in ("sesudah=x", "sesudah=" + "9" * 30, "instansi=tidak-ada", "instansi=a%00b"):
        assert Client().get(f"/masalah-berulang?{query}").status_code == 404, query
    assert Client().get("/masalah-berulang?sesudah=1").status_code == 200


def test_the_lists_ask_a_constant_number_of_questions(world, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        Client().get("/masalah-berulang")
