"""A list of the desk is worked through report by report: in its order, back to it, and from where a deed was done."""

import re
from datetime import date, timedelta
from html import unescape
from itertools import cycle
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.memos import MemoMode
from tanggap.models import Report, User
from tanggap.selectors import desk_search
from tanggap.services import finding, memos, saved_views
from tests import make, world

pytestmark = pytest.mark.django_db
SPOKEN = "Mohon tambahkan letak yang tepat dan foto yang jelas."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False) as moving:
        yield moving


def sit(actor: object) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def lines(client: Client, address: str) -> list[str]:
    """Return the addresses to which the lines of a list lead, in their order."""
    return [unescape(one) for one in re.findall(r'<a class="main" href="([^"]+)"', client.get(address).text)]


def numbers(addresses: list[str]) -> list[str]:
    return [urlsplit(one).path.rpartition("/")[2] for one in addresses]


def beside(page: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page)
    return unescape(found[1]) if found else ""


def back(page: str) -> str:
    return unescape(
        re.search(r'<header class="casehead">\s*<p class="row apart"><a class="link" href="([^"]+)"', page)[1]
    )


def walked(client: Client, address: str) -> list[str]:
    """Follow "next" from the first line of a list until it comes round; return the numbers that were passed."""
    first, passed = lines(client, address)[0], []
    here = first
    while urlsplit(here).path not in passed:
        passed.append(urlsplit(here).path)
        here = beside(client.get(here).text, "next")
    return numbers(passed)


def later(n: int) -> dict[str, object]:
    return {"now": make.NOW - timedelta(days=9 - n), "event_date": date(2020, 6, 1)}


def queue_of(kind: str) -> tuple[object, str]:
    """Return whose list it is, and its address, with three reports in it and others between them."""
    admin, address = make.agency_admin(), f"/meja?antrean={kind}"
    if kind == "nota":
        memos.change_mode(actor=admin, agency_id=admin.agency_id, mode=MemoMode.ALWAYS, now=make.NOW)
    for n in range(3):
        report = make.report(status=Status.ASSIGNED, **later(n))
        make.report(**later(n))
        if kind == "nota":
            make.act(report, Action.SUBMIT_MEMO, actor=make.unit_admin())
        elif kind == "belum-selesai":
            for action in (Action.ANSWER, Action.REPORTER_REPLY):
                make.act(report, action)
    return (make.liaison() if kind == "nota" else admin), address


@pytest.mark.parametrize("kind", ["nota", "belum-selesai"])
def test_a_queue_is_worked_through_in_its_order_and_left_for_itself(kind):
    viewer, address = queue_of(kind)
    client = sit(viewer)
    stands = numbers(lines(client, address))
    assert len(stands) == 3
    assert walked(client, address) == stands
    page = client.get(lines(client, address)[1]).text
    assert numbers([beside(page, "prev")]) == stands[:1]
    assert back(page) == address
    assert "Kembali ke daftar" in page


def test_a_filter_and_a_kept_list_are_worked_through_and_come_back_whole():
    wishes = [make.submit(classification=Classification.ASPIRATION, **later(n)) for n in range(3)]
    for n in range(3):
        make.submit(**later(n))
    admin = make.agency_admin()
    client = sit(admin)
    said = {"klasifikasi": "aspiration", "antrean": "unit"}
    view = saved_views.keep(actor=admin, name="Aspirasi", said=said, is_shared=False, now=make.NOW)
    for address in ("/meja?klasifikasi=aspiration", f"/meja?antrean=unit&klasifikasi=aspiration&tampilan={view.key}"):
        assert walked(client, address) == [report.number for report in wishes]
        last = client.get(lines(client, address)[-1]).text
        kept = urlsplit(back(last))
        assert (kept.path, dict(parse_qsl(kept.query))) == ("/meja", dict(parse_qsl(urlsplit(address).query)))
        assert numbers([beside(last, "next")]) == [wishes[0].number], "past the end comes the first"


@pytest.mark.parametrize("near", [1, 2000])
def test_a_search_is_worked_through_the_newest_change_first_in_both_directions(monkeypatch, near):
    monkeypatch.setattr(desk_search, "_NEAR", near)
    found = [make.submit(body="Lampu penerangan padam sejak lama sekali.", **later(n)) for n in range(4)]
    for n in range(4):
        make.submit(**later(n))
    lent = make.submit(body="Lampu taman padam juga malam ini.", destination_id=make.agency("kab-lebak").pk, **later(2))
    between = make.NOW - timedelta(days=6, hours=12)
    make.act(lent, Action.MANAGE_SELF, now=between)
    admin = make.agency_admin()
    asked = {"text": "Mohon dukungan.", "agency_id": admin.agency_id}
    make.act(lent, Action.ADD_SUPPORT, actor=make.national_admin(), now=between, **asked)
    finding.index()
    client = sit(admin)
    stands = numbers(lines(client, "/meja/cari?q=lampu"))
    assert stands == [report.number for report in (found[3], lent, found[2], found[1], found[0])]
    assert walked(client, "/meja/cari?q=lampu") == stands
    page = client.get(lines(client, "/meja/cari?q=lampu")[2]).text
    assert numbers([beside(page, "prev"), beside(page, "next")]) == [stands[1], stands[3]]
    assert back(page) == "/meja/cari?q=lampu"
    last = client.get(lines(client, "/meja/cari?q=lampu")[4]).text
    assert numbers([beside(last, "prev"), beside(last, "next")]) == [stands[3], stands[0]]


def test_a_list_of_other_agencies_is_walked_by_who_stands_in_for_them():
    old = [world.late_report(make.NOW + timedelta(hours=n)) for n in range(2)]
    make.submit()
    client = sit(make.agency_admin())
    stands = numbers(lines(client, "/meja?antrean=menggantikan"))
    assert stands == [report.number for report in old]
    assert walked(client, "/meja?antrean=menggantikan") == stands
    assert beside(client.get(f"/meja/{stands[0]}").text, "next") == "", "without that list it is none of the own ones"


def deed(client: Client, address: str, action: str, **values: object):
    seen = Report.objects.get(number=numbers([address])[0]).event_count
    return client.post(address, {"tindakan": action, "seen": seen, **values})


def test_every_address_on_the_page_of_a_report_bears_the_list_and_the_place():
    for n in range(3):
        make.submit(**later(n))
    client = sit(make.agency_admin())
    first, second = lines(client, "/meja?klasifikasi=complaint")[:2]
    assert "lanjut=1" in client.get(second).text
    sent = deed(client, first, "request_data", text=SPOKEN)
    assert "tempat=" in sent.url
    for address in (sent.url, first, second, f"{second}&tindakan=archive", f"{second}&tindakan=propose"):
        page, number = client.get(address).text, numbers([address])[0]
        here = rf'(?:href|action|formaction|data-presence)="((?:/meja/{number}|\?)[^"]*)"'
        found = [unescape(one) for one in re.findall(here, page)]
        assert len(found) > 5
        for one in found:
            said = dict(parse_qsl(urlsplit(one).query))
            assert said.get("daftar") == "klasifikasi=complaint", one
            assert bool(said.get("tempat")) == ("tempat=" in address), one
        assert 'name="daftar" value="klasifikasi=complaint"' in page


def verification(report: Report) -> dict[str, object]:
    return {
        "title": report.title,
        "category": make.category(),
        "classification": report.classification,
        "supervisory": "tidak",
        "urgency": "",
        "unit": make.unit().pk,
        "text": "Mohon segera.",
        "checklist": ["names", "contacts", "addresses", "accusations"],
    }


DEEDS = {
    "archive": {"archive_reason": "not_government", "text": "Di luar kewenangan pemerintah."},
    "request_data": {"text": SPOKEN},
    "verify_and_assign": None,
}


LISTS = ("/meja", "/meja?antrean=unit&klasifikasi=complaint", "/meja?urut=terbaru")


@pytest.mark.parametrize(
    ("action", "address"), [*zip(DEEDS, LISTS, strict=True), *(("archive", one) for one in LISTS[1:])]
)
def test_after_a_deed_the_next_report_is_the_one_that_was_next_before_it(action, address):
    for n in range(4):
        make.submit(**later(n))
    client = sit(make.agency_admin())
    stands, here = numbers(lines(client, address)), lines(client, address)[1]
    values = DEEDS[action] or verification(Report.objects.get(number=stands[1]))
    answer = deed(client, here, action, **values)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]+)', answer.text)
    page = client.get(answer.url).text
    assert numbers([beside(page, "prev"), beside(page, "next")]) == [stands[0], stands[2]]
    assert back(page) == address
    again = client.get(beside(page, "next")).text
    assert numbers([beside(again, "next")]) == [stands[3]], "from there on the list is walked as ever"


def test_a_report_that_is_out_of_sight_leaves_the_list_where_it_stood():
    for n in range(4):
        make.report(status=Status.ASSIGNED, **later(n))
    client, elsewhere = sit(make.agency_admin()), {"suggested_agency": make.agency("kab-lebak").pk, "text": SPOKEN}
    for address in ("/meja?antrean=unit", "/meja?antrean=unit&urut=terbaru"):
        stands = numbers(lines(client, address))
        answer = deed(client, lines(client, address)[1], "return", **elsewhere)
        assert answer.status_code == 302
        assert numbers(lines(client, answer.url)) == stands[2:], "the list goes on with the next one"
    left = lines(client, "/meja?antrean=unit")
    assert len(left) == 2
    assert deed(client, left[1], "return", **elsewhere).url == "/meja?antrean=unit", "after the last comes the first"


def test_a_report_that_joins_another_leaves_the_officer_in_the_list():
    made = [make.submit(**later(n)) for n in range(3)]
    lead = make.report(status=Status.ASSIGNED)
    client, address = sit(make.agency_admin()), "/meja?status=unverified"
    query = urlsplit(lines(client, address)[1]).query
    answer = client.post(f"/meja/{made[1].number}/gabungan?{query}", {"utama": lead.number, "is_checked": "on"})
    assert answer.status_code == 302
    assert urlsplit(answer.url).path == f"/meja/{lead.number}/gabungan"
    to_lead = unescape(re.search(rf'href="(/meja/{lead.number}\?[^"]+)"', client.get(answer.url).text)[1])
    assert numbers([beside(client.get(to_lead).text, "next")]) == [made[2].number]


def test_verify_then_next_goes_on_in_the_list_and_after_the_last_one_back_to_it():
    wishes = [make.submit(classification=Classification.ASPIRATION, **later(n)) for n in range(2)]
    make.submit(**later(0))
    client, address = sit(make.agency_admin()), "/meja?klasifikasi=aspiration&status=unverified"
    here = lines(client, address)[0]
    answer = deed(client, f"{here}&lanjut=1", "verify_and_assign", **verification(wishes[0]))
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]+)', answer.text)
    assert numbers([answer.url]) == [wishes[1].number]
    assert beside(client.get(answer.url).text, "next") == ""
    last = deed(client, f"{answer.url}&lanjut=1", "verify_and_assign", **verification(wishes[1]))
    assert dict(parse_qsl(urlsplit(last.url).query)) == {"klasifikasi": "aspiration", "status": "unverified"}


def test_the_list_that_a_desk_begins_with_needs_no_word_in_the_address():
    report = make.submit()
    client = sit(make.agency_admin())
    assert lines(client, "/meja") == lines(client, "/meja?asing=1") == [f"/meja/{report.number}"]
    page = client.get(f"/meja/{report.number}").text
    assert back(page) == "/meja"
    assert "Kembali ke meja" in page
    assert "daftar=" not in page.partition("<footer")[0].replace("/masuk?", "")


def test_notes_tags_and_drafts_lead_back_to_the_report_in_its_list():
    report = make.submit()
    client = sit(make.agency_admin())
    query = urlsplit(lines(client, "/meja?klasifikasi=complaint")[0]).query
    at = f"/meja/{report.number}"
    answers = (
        client.post(f"{at}/tanda?{query}", {"tanda-word": "rapat"}),
        client.post(f"{at}/catatan?{query}", {"catatan-text": "Sudah ditelepon.", "catatan-audience": "agency"}),
        client.post(f"{at}/draf/request_data?{query}", {"text": "Belum selesai ditulis", "seen": 1}),
    )
    for answer in answers:
        assert answer.status_code == 302
        assert query in answer.url


HOSTILE = (
    "//evil.example/x",
    "https://evil.example",
    "antrean=semua",
    "antrean=%2F%2Fevil.example",
    "kata=%00%27%22%3Cscript%3E",
    "tampilan=%22%3E%3Cscript%3E&sesudah=%2F%2Fevil",
    "unit=99999999999999999999&instansi=-1&dari=0000-00-00&nilai=9",
    "&" * 3000,
    "a=1&" * 2000,
    "%" * 100,
    "kata=" + "x" * 5000,
    "\x00",
    "antrean=cari",
    "antrean=cari&kata=",
)


PLACES = ("", "AAAA", "x" * 3000, "\x00")


@pytest.mark.parametrize(("said", "place"), [*zip(HOSTILE, cycle(PLACES)), *((HOSTILE[0], one) for one in PLACES[1:])])
def test_whatever_the_address_says_only_a_list_of_the_own_desk_is_walked(said, place):
    mine = [make.submit(**later(n)) for n in range(2)]
    make.submit(destination_id=make.agency("kab-lebak").pk, **later(1))
    make.submit(is_confidential=True, destination_id=make.agency("kab-lebak").pk, **later(1))
    client = sit(make.agency_admin())
    address = f"/meja/{mine[0].number}?{urlencode({'daftar': said, 'tempat': place})}"
    page = client.get(address)
    assert page.status_code == 200
    assert numbers([beside(page.text, "next")]) in ([mine[1].number], [""])
    assert re.fullmatch(r"/meja(/cari)?(\?[\w%+.&=-]*)?", back(page.text)), back(page.text)
    assert client.get(back(page.text)).status_code == 200
    assert "<script>" not in page.text.partition("<main")[2].replace("<script src", "")
    sent = deed(client, address, "request_data", text="")
    assert sent.status_code == 422


def test_a_list_costs_no_more_questions_however_long_it_is():
    client = sit(make.agency_admin())
    counts = []
    for more in (3, 9):
        for n in range(more):
            make.submit(body="Lampu penerangan padam sejak lama sekali.", **later(n % 9))
        finding.index()
        for address in ("/meja?klasifikasi=complaint", "/meja?urut=terbaru", "/meja/cari?q=lampu"):
            here = lines(client, address)[1]
            client.get(here)
            with CaptureQueriesContext(connection) as asked:
                client.get(here)
            counts.append((address, len(asked)))
    assert counts[:3] == counts[3:]
