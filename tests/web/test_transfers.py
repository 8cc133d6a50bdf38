"""Handing a report on at the desk: offer, take or refuse, and let the next tier decide."""

import re
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.queues import OFFERED
from tanggap.models import Report, User
from tanggap.selectors import queues as lists
from tanggap.selectors.queues import Filters
from tests import make
from tests.services.test_transfers import HERE, LEBAK, SERANG, offer, refuse

pytestmark = pytest.mark.django_db

REASON = "Jalan ini jalan kabupaten, bukan jalan provinsi."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def sit(client):
    def as_(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_


def at(report):
    return f"/meja/{report.number}"


def seen(report):
    return Report.objects.get(pk=report.pk).event_count


def fresh(report):
    return Report.objects.get(pk=report.pk)


def page(client, address):
    return client.get(address).content.decode()


def test_an_admin_offers_a_report_and_the_other_admin_takes_it(sit):
    report = make.report(status=Status.ASSIGNED)
    here, lebak = make.agency_admin(HERE), make.agency_admin(LEBAK)
    form = page(sit(here), f"{at(report)}?tindakan=transfer")
    assert "Limpahkan ke instansi lain" in form
    values = {"tindakan": "transfer", "seen": seen(report), "agency": make.agency(LEBAK).pk, "text": REASON}
    assert sit(here).post(at(report), values).status_code == 302
    assert "Dilimpahkan kepada Pemkab Lebak" in page(sit(here), at(report))
    assert report.number in page(sit(lebak), "/meja?antrean=pelimpahan")
    theirs = page(sit(lebak), at(report))
    assert "melimpahkan laporan ini kepada instansi Anda" in theirs
    assert "Terima atau tolak paling lambat" in theirs
    assert sit(lebak).post(at(report), {"tindakan": "accept_transfer", "seen": seen(report)}).status_code == 302
    assert report.number in page(sit(lebak), "/meja")
    assert report.number in page(sit(here), "/meja?antrean=dilimpahkan")
    read_only = page(sit(here), at(report))
    assert "Instansi Anda pernah memegang laporan ini" in read_only
    assert 'name="tindakan"' not in read_only


def test_a_second_press_on_taking_over_is_confirmed_and_who_was_second_is_told_what_happened(sit):
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    sent = {"tindakan": "accept_transfer", "seen": seen(report)}
    first = make.agency_admin(LEBAK)
    for _ in range(2):
        answer = sit(first).post(at(report), sent, follow=True)
        assert answer.redirect_chain == [(at(report), 302)]
        assert "Terima pelimpahan tercatat." in answer.content.decode()
    late = sit(make.agency_admin(LEBAK)).post(at(report), sent)
    assert late.status_code == 409
    assert "berada di instansi lain" not in late.content.decode()
    assert "sudah berubah sejak Anda membukanya" in late.content.decode()


def test_who_is_offered_a_report_sees_until_when_to_answer_and_the_first_to_answer_first(sit, clock):
    due_first = make.report(status=Status.ASSIGNED)
    clock.shift(make.DAY)
    due_last = make.report(status=Status.ASSIGNED, now=make.NOW + make.DAY)
    offer(due_last, to=LEBAK, now=make.NOW + make.DAY)
    clock.shift(make.DAY)
    offer(due_first, to=LEBAK, now=make.NOW + 2 * make.DAY)
    assert fresh(due_first).due_at < fresh(due_last).due_at
    here, lebak = make.agency_admin(HERE), sit(make.agency_admin(LEBAK))
    listed = page(lebak, "/meja?antrean=pelimpahan")
    shown = re.findall(r'<span class="due">.*?datetime="([^"]+)".*?href="/meja/([^?"]+)', listed)
    assert shown == [("2020-07-03", due_last.number), ("2020-07-06", due_first.number)]
    links = [unescape(one) for one in re.findall(r'<a class="main" href="([^"]+)"', listed)]
    for address, beside in zip(links, (due_first, due_last), strict=True):
        assert beside.number in re.search(r'href="([^"]+)" rel="next"', page(lebak, address))[1]
    head = re.search(r'<header class="casehead">.*?</header>', page(lebak, at(due_last)), re.DOTALL)[0]
    assert "Persetujuan pelimpahan" in head
    assert 'datetime="2020-07-03"' in head
    owners = re.search(r'<header class="casehead">.*?</header>', page(sit(here), at(due_last)), re.DOTALL)[0]
    assert "Persetujuan pelimpahan" not in owners, "the owner keeps the due date of the report"


def test_a_long_list_of_offers_goes_on_by_the_time_to_answer_in_as_many_queries(sit):
    days = (3, 1, 4, 0, 2)
    made = [offer(make.report(status=Status.ASSIGNED), to=LEBAK, now=make.NOW + n * make.DAY) for n in days]
    lebak, shown, after, asked = make.agency_admin(LEBAK), [], "", []
    while after or not shown:
        with CaptureQueriesContext(connection) as queries:
            found = lists.list_(viewer=lebak, filters=Filters(queue=OFFERED), after=after, size=2)
        after = found.after
        asked.append(len(queries))
        shown += [row.number for row in found.rows]
    # From Friday on it is Monday: what is due at the same time goes by its place.
    assert shown == [made[place].number for place in (3, 1, 0, 2, 4)]
    assert asked == [1, 1, 1]


def test_a_refusal_without_a_proposal_comes_back_filled_in(sit):
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    client = sit(make.agency_admin(LEBAK))
    answer = client.post(at(report), {"tindakan": "refuse_transfer", "seen": seen(report), "text": REASON})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Sebutkan instansi yang menurut Anda berwenang." in said
    assert REASON in said


def test_the_national_admin_finds_what_is_disputed_and_decides(sit):
    report = refuse(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    refuse(offer(report, to=SERANG), by=SERANG, suggesting=LEBAK)
    client = sit(make.national_admin())
    assert report.number in page(client, "/meja?antrean=penetapan")
    disputed = page(client, at(report))
    assert "Belum disepakati siapa yang berwenang" in disputed
    assert "Alasan penetapan" in disputed, "the form of the decision is the open one"
    values = {"tindakan": "decide_owner", "seen": seen(report), "agency": make.agency(LEBAK).pk, "text": REASON}
    assert client.post(at(report), values).status_code == 302
    assert Report.objects.get(pk=report.pk).owner_agency.slug == LEBAK


def test_to_oneself_or_in_a_circle_is_refused_in_words(sit):
    report = refuse(offer(make.report(status=Status.ASSIGNED), to=LEBAK), by=LEBAK)
    client = sit(make.agency_admin(HERE))
    for slug, words in ((HERE, "sudah berada di instansi itu"), (LEBAK, "sudah pernah memegang atau menolak")):
        values = {"tindakan": "transfer", "seen": seen(report), "agency": make.agency(slug).pk, "text": REASON}
        answer = client.post(at(report), values)
        assert answer.status_code in {409, 422}
        assert words in answer.content.decode()


def test_an_offer_is_no_secret_to_the_public_nor_to_the_reporter(client):
    report = make.report(status=Status.ASSIGNED)
    offer(report, to=LEBAK)
    public = page(client, f"/laporan/{report.number}")
    assert "melimpahkan laporan ini kepada Pemerintah Kabupaten Lebak" in public
    assert "Instansi penerima menyatakan menerima atau menolak paling lambat" in public


@pytest.mark.parametrize("action", [Action.ACCEPT_TRANSFER, Action.REFUSE_TRANSFER, Action.TRANSFER])
def test_who_it_is_not_offered_to_finds_nothing(sit, action):
    report = offer(make.report(status=Status.ASSIGNED), to=LEBAK)
    client = sit(make.agency_admin(SERANG))
    assert client.get(at(report)).status_code == 404
    assert client.post(at(report), {"tindakan": action.value, "seen": seen(report)}).status_code == 404


def test_a_unit_takes_a_report_on_with_one_press_and_the_admin_takes_one_back_with_one(sit):
    report = make.report(status=Status.ASSIGNED)
    unit, admin = make.liaison(), make.agency_admin(HERE)
    assert 'value="take_back"' in page(sit(admin), at(report))
    assert 'value="accept_assignment"' in page(sit(unit), at(report))
    client = sit(unit)
    assert client.post(at(report), {"tindakan": "accept_assignment", "seen": seen(report)}).status_code == 302
    again = page(client, at(report))
    assert 'value="accept_assignment"' not in again
    assert "menerima laporan ini" in again
    late = sit(admin).post(at(report), {"tindakan": "take_back", "seen": seen(report) - 1})
    assert late.status_code in {409, 422}
    assert Report.objects.get(pk=report.pk).owner_unit_id == make.unit().pk


def test_who_returns_without_a_proposal_gets_the_form_back_filled_in(sit):
    report = make.report(status=Status.ASSIGNED)
    answer = sit(make.agency_admin(HERE)).post(at(report), {"tindakan": "return", "seen": seen(report), "text": REASON})
    assert answer.status_code == 422
    assert "Sebutkan instansi yang menurut Anda berwenang." in answer.content.decode()
    assert REASON in answer.content.decode()
