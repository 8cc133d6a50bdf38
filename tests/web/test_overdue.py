"""The board of what is late: every number is the length of the list behind it, within what the viewer may know of."""

import re
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
import time_machine

from tanggap.domain.calendar import weekends_only
from tanggap.domain.lateness import ranges
from tanggap.domain.lifecycle import Action
from tanggap.models import User
from tanggap.services import reminders
from tests import make
from tests.make import DAY, NOW
from tests.sheets import sheet_of

pytestmark = pytest.mark.django_db


def test_bands_leave_no_gap_and_share_no_day():
    found = ranges(date(2020, 7, 10), weekends_only())  # a Friday
    assert [(one.since, one.until) for one in found[:2]] == [
        (date(2020, 7, 7), date(2020, 7, 10)),
        (date(2020, 6, 22), date(2020, 7, 6)),
    ]
    assert found[-1].since is None
    assert all(older.until < newer.since for newer, older in pairwise(found))


def test_each_number_leads_to_a_list_of_that_length_and_names_nobodys_report(client):
    ani, named, admin, national = make.liaison(), make.liaison(), make.agency_admin(), make.national_admin()
    for _ in range(2):
        make.act(make.submit(), Action.VERIFY_AND_ASSIGN, actor=admin)
    about = make.submit()
    make.act(about, Action.VERIFY_AND_ASSIGN, actor=admin, named_users=(named.user_id,))
    make.submit(destination_id=make.agency("kab-tangerang").pk)
    late = NOW + 14 * DAY
    reminders.flag_overdue(now=late)
    with time_machine.travel(late, tick=False):
        for viewer, expected in ((ani, [3, 3]), (named, [2, 2]), (admin, [3, 3]), (national, [3, 3, 1, 1])):
            client.force_login(User.objects.get(pk=viewer.user_id))
            page = client.get("/meja/terlambat").content.decode()
            cells = re.findall(r'<a href="(/meja\?[^"]+)">(\d+)</a>', page)
            assert [int(n) for _href, n in cells] == expected
            for href, n in cells:
                assert client.get(unescape(href)).content.decode().count('class="pick"') == int(n)


def test_what_has_no_unit_yet_leads_to_that_very_list(client):
    admin = make.agency_admin()
    make.act(make.submit(), Action.VERIFY_AND_ASSIGN, actor=admin)
    left = make.submit()
    late = NOW + 14 * DAY
    reminders.flag_overdue(now=late)
    client.force_login(User.objects.get(pk=admin.user_id))
    with time_machine.travel(late, tick=False):
        page = client.get("/meja/terlambat").content.decode()
        row = next(row for row in page.split("<tr>") if "Belum ada unit" in row)
        for href in re.findall(r'href="(/meja\?[^"]+)"', row):
            shown = client.get(unescape(href)).content.decode()
            assert shown.count('class="pick"') == 1
            assert left.number in shown
            assert "Unit: Belum ada unit" in shown


@pytest.mark.parametrize("who", ["head", "head of a unit", "province", "overseer"])
def test_who_looks_after_offices_has_the_board_and_each_number_its_list(client, who):
    home = make.agency("kab-tangerang")
    make.submit(destination_id=home.pk)
    make.submit(destination_id=home.pk, is_confidential=True)
    make.act(make.submit(), Action.VERIFY_AND_ASSIGN)
    make.submit()
    make.submit(destination_id=make.agency("kemensetneg").pk)
    late = NOW + 14 * DAY
    reminders.flag_overdue(now=late)
    makers = {
        "head": (make.head, [1, 1, 1, 1]),
        "head of a unit": (lambda: make.head("dpupr"), [1, 1]),
        "province": (make.regional_overseer, [1, 1]),
        "overseer": (make.overseer, [1, 1, 1, 1, 1, 1, 1, 1]),
    }
    maker, expected = makers[who]
    client.force_login(User.objects.get(pk=maker().user_id))
    with time_machine.travel(late, tick=False):
        page = client.get("/pengawasan/terlambat").content.decode()
        cells = re.findall(r'<a href="(/pengawasan/[^"]+)">(\d+)</a>', page)
        assert [int(n) for _href, n in cells] == expected
        for href, n in cells:
            assert client.get(unescape(href)).content.decode().count('class="main"') == int(n)
        rows = sheet_of(client.get("/pengawasan/terlambat?bentuk=csv"))
        assert sum(int(row["Jumlah"]) for row in rows) * 2 == sum(expected)


def test_who_knows_of_no_report_has_no_board(client):
    for viewer in (make.evaluator(), make.ombudsman()):
        client.force_login(User.objects.get(pk=viewer.user_id))
        assert client.get("/pengawasan/terlambat").status_code == 404
