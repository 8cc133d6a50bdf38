"""PANRB's three indicators: a province with its governments, for whom it is, as page and as file."""

from datetime import date

import pytest
import time_machine

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.periods import Period
from tanggap.models import User
from tanggap.selectors import evaluation
from tanggap.services import accounts, decrees, indicators
from tests import make
from tests.make import NOW
from tests.sheets import sheet_of
from tests.web.test_assessments import words_of

pytestmark = pytest.mark.django_db
TODAY = date(2020, 7, 1)


@pytest.fixture
def banten():
    """The province has a decree and followed up four of seven reports; one regency was active."""
    admin, other = make.agency_admin(), make.agency_admin("kab-tangerang")
    said = decrees.NewDecree("1/2020", "Gubernur", TODAY, TODAY, covers_agency=True)
    decrees.enter(actor=admin, agency_id=admin.agency_id, said=said, now=NOW)
    accounts.record_day(other.user_id, NOW)
    for status in (Status.CLOSED, Status.IN_PROGRESS, Status.ANSWERED, Status.IN_PROGRESS):
        make.report(status=status)
    for _ in range(3):
        make.act(make.submit(), Action.VERIFY_AND_ASSIGN)
    make.act(make.submit(is_confidential=True, is_anonymous=True), Action.VERIFY_AND_ASSIGN)
    indicators.fold(now=NOW)


def test_a_province_is_the_sum_of_its_governments(banten):
    (found,) = evaluation.provinces({"36"}, Period.named("2020"), today=TODAY)
    counted = {code: (one.numerator, one.n) for code, one in found.figures.items()}
    assert counted == {"connectedness": (1, 9), "activity": (1, 9), "followup_rate_v1": (4, 7)}
    first = found.governments[0]
    assert (first.has_decree, first.was_active, first.followed_up.n) == (True, False, 7)
    assert len(found.governments) == 9
    (before,) = evaluation.provinces({"36"}, Period.named("2020-05"), today=TODAY)
    assert before.figures["connectedness"].numerator == 0, "as it was on the last day of the period"


@pytest.mark.parametrize("maker", [make.regional_overseer, make.overseer, make.evaluator])
def test_those_who_look_after_it_read_it_with_the_name_of_each_formula(banten, client, maker):
    client.force_login(User.objects.get(pk=maker().user_id))
    with time_machine.travel(NOW, tick=False):
        answer = client.get("/pengawasan/panrb?dari=2020-01&sampai=2020-07&provinsi=36")
        table = sheet_of(client.get("/pengawasan/panrb?dari=2020-01&sampai=2020-07&provinsi=36&bentuk=csv"))
    words = words_of(answer)
    assert all(key in words for key in ("connectedness@1", "activity@1", "followup_rate_v1@1", "57,14 % (4/7)"))
    (line,) = (row for row in table if row["Jumlah laporan"] == "7")
    assert (line["connectedness@1"], line["followup_rate_v1@1"], line["Ditindaklanjuti"]) == ("Ya", "57.14", "4")


def test_what_is_asked_wrongly_is_said_and_a_strange_province_is_none(client):
    client.force_login(User.objects.get(pk=make.regional_overseer().user_id))
    with time_machine.travel(NOW, tick=False):
        assert client.get("/pengawasan/panrb").status_code == 200
        assert client.get("/pengawasan/panrb?dari=2020-07&sampai=2020-01").status_code == 422
        assert client.get("/pengawasan/panrb?dari=2000-07&sampai=2020-01").status_code == 422
        assert client.get("/pengawasan/panrb?provinsi=11").status_code == 404
