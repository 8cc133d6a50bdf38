"""Who prepares may say that a report is not the unit's; who speaks for the unit gives it back (DOMAIN 1.9)."""

import pytest
import time_machine
from django.test import Client

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience
from tanggap.models import Report, User
from tanggap.selectors import recipients
from tests import make

pytestmark = pytest.mark.django_db
GROUND = "Ruas ini dipelihara Balai Jalan, bukan unit kami."


def test_an_operator_proposes_a_return_and_the_liaison_officer_gives_it_back():
    with time_machine.travel(make.NOW, tick=False):
        report, (operator, liaison) = make.report(status=Status.ASSIGNED), (make.unit_admin(), make.liaison())
        desks = []
        for actor in (operator, liaison):
            desks.append(Client())
            desks[-1].force_login(User.objects.get(pk=actor.user_id))
        at, values = f"/meja/{report.number}", {"seen": report.event_count, "text": GROUND}
        assert desks[0].post(at, values | {"tindakan": Action.RETURN_TO_ADMIN.value}).status_code == 422
        assert desks[0].post(at, values | {"tindakan": Action.PROPOSE_RETURN.value}).status_code == 302
        assert recipients.officers(report, Audience.SPEAKERS, on=make.NOW.date()) == [liaison.user_id]
        assert "Diusulkan untuk dikembalikan" in desks[0].get(at).text
        assert GROUND not in Client().get(f"/laporan/{report.number}").text
        link = f"?tindakan=refuse_proposal&amp;usul={report.event_count + 1}"
        assert link in desks[1].get(at).text
        assert link not in desks[0].get(at).text
        # The ground is in the form already; who gives the report back says it to the reporter.
        form = desks[1].get(f"{at}?tindakan=return_to_admin").text
        assert f"{GROUND}</textarea>" in form
        assert '<h2 id="tindakan">Kembalikan ke admin instansi</h2>' in desks[1].get(at).text
        make.act(report, Action.RETURN_TO_ADMIN, actor=liaison, text=GROUND)
        assert Report.objects.get(pk=report.pk).owner_unit_id is None
        back = make.act(report, Action.ASSIGN_TO_UNIT, unit_id=make.unit().pk, text="Tetap di unit ini.")
        assert back.owner_unit_id == make.unit().pk
        assert "Diusulkan untuk dikembalikan" not in desks[1].get(at).text
