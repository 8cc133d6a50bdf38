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
        for viewer, expected in ((ani, [3]), (named, [2]), (admin, [3]), (national, [3, 1])):
            client.force_login(User.objects.get(pk=viewer.user_id))
            page = client.get("/meja/terlambat").content.decode()
            cells = re.findall(r'<a href="(/meja\?[^"]+)">(\d+)</a>', page)
            assert [int(n) for _href, n in cells] == expected
            for href, n in cells:
                assert client.get(unescape(href)).content.decode().count('class="pick"') == int(n)
