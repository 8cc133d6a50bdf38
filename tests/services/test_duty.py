"""Leave is written down by whoever may, with a trace; and pages show who is there."""

import re
from datetime import date

import pytest
import time_machine

from tanggap.domain.duty import LeaveFault
from tanggap.models import Absence, AdministrationEntry, Appointment, User
from tanggap.selectors import duty as selectors
from tanggap.services import accounts, duty, ways_in
from tests import make
from tests.make import DAY, NOW

pytestmark = pytest.mark.django_db

FROM, TO = date(2020, 7, 6), date(2020, 7, 10)


def enter(actor, who, deputy=None, *, first=FROM, last=TO):
    deputy_id = deputy.user_id if deputy else None
    return duty.enter_absence(
        actor=actor, user_id=who.user_id, first_day=first, last_day=last, deputy_id=deputy_id, now=NOW
    )


def test_an_officer_and_the_admin_write_leave_down_and_the_row_says_who_did():
    ani, budi, admin = make.liaison(), make.liaison(), make.agency_admin()
    own, by_admin = enter(ani, ani, budi), enter(admin, budi, first=date(2020, 8, 3), last=date(2020, 8, 4))
    assert [(row.entered_by_id, row.entered_at) for row in (own, by_admin)] == [
        (ani.user_id, NOW),
        (admin.user_id, NOW),
    ]
    assert [row.pk for row in selectors.list_(viewer=admin, on=FROM, whole_agency=True)] == [own.pk, by_admin.pk]
    assert selectors.list_(viewer=budi, on=FROM, whole_agency=False) == [by_admin]


def test_nobody_else_may():
    ani = make.liaison()
    for stranger in (make.liaison(), make.agency_admin("kab-tangerang"), make.auditor()):
        with pytest.raises(duty.NotAllowedError):
            enter(stranger, ani)
    accounts.end_appointment(actor=make.agency_admin(), user_id=ani.user_id, last_day=date(2020, 6, 30), now=make.NOW)
    with pytest.raises(duty.NotAllowedError):
        enter(ani, ani)
    assert not Absence.objects.exists()


def test_an_admin_writes_for_those_below_and_never_for_who_stands_beside_or_above():
    admin, fellow, watcher, head = make.agency_admin(), make.agency_admin(), make.regional_overseer(), make.head()
    for other in (fellow, watcher):
        with pytest.raises(duty.NotAllowedError):
            enter(admin, other)
        assert other.user_id not in {row.user_id for row in selectors.colleagues(viewer=admin, on=FROM)}
    national = make.national_admin()
    rows = [enter(admin, head), enter(national, fellow), enter(watcher, watcher)]
    assert selectors.list_(viewer=national, on=FROM, whole_agency=True) == rows[1:]
    duty.end_absence(actor=fellow, absence_id=rows[1].pk, now=NOW)
    duty.end_absence(actor=admin, absence_id=rows[0].pk, now=NOW)
    told = AdministrationEntry.objects.order_by("pk").values_list("kind", "by_id", "subject_id")
    assert list(told) == [
        ("leave_entered", admin.user_id, head.user_id),
        ("leave_entered", national.user_id, fellow.user_id),
        ("leave_ended", admin.user_id, head.user_id),
    ]


def test_an_admin_of_two_agencies_enters_the_own_leave():
    admin = make.agency_admin()
    Appointment.objects.create(
        user_id=admin.user_id, role="agency_admin", agency=make.agency("kab-lebak"), valid_from=date(2018, 1, 1)
    )
    assert enter(admin, admin).entered_by_id == admin.user_id


def test_a_deputy_holds_an_office_that_sees_the_same_reports():
    ani, admin = make.liaison(), make.agency_admin()
    for deputy, fault in (
        (make.liaison("dindikbud"), LeaveFault.DEPUTY_SEES_LESS),
        (make.agency_admin("kab-tangerang"), LeaveFault.DEPUTY_SEES_LESS),
    ):
        with pytest.raises(duty.LeaveError) as refused:
            enter(ani, ani, deputy)
        assert refused.value.fault == fault
    gone = make.liaison()
    ways_in.set_active(actor=admin, user_id=gone.user_id, is_active=False, now=NOW)
    with pytest.raises(duty.LeaveError) as refused:
        enter(ani, ani, gone)
    assert refused.value.fault == LeaveFault.DEPUTY_NOT_THERE
    assert enter(ani, ani, admin).deputy_id == admin.user_id


def test_leave_ends_with_a_trace_and_ends_once():
    ani, admin = make.liaison(), make.agency_admin()
    row = enter(ani, ani)
    duty.end_absence(actor=admin, absence_id=row.pk, now=NOW + DAY)
    duty.end_absence(actor=ani, absence_id=row.pk, now=NOW + 2 * DAY)
    row.refresh_from_db()
    assert (row.ended_by_id, row.ended_at) == (admin.user_id, NOW + DAY)
    assert selectors.list_(viewer=ani, on=FROM, whole_agency=False) == []
    enter(ani, ani)  # the days are free again


class TestPages:
    def test_who_only_looks_sees_the_own_leave_enters_it_and_takes_it_back(self, client):
        head, admin = make.head(), make.agency_admin()
        row = enter(admin, head)
        client.force_login(User.objects.get(pk=head.user_id))
        assert "/akun/cuti" in client.get("/akun").text
        key = re.search(r'name="cuti" value="([^"]+)"', client.get("/akun/cuti").text)[1]
        assert client.post("/akun/cuti", {"cuti": key}).status_code == 302
        row.refresh_from_db()
        assert row.ended_by_id == head.user_id
        wrong = client.post("/akun/cuti", {"first_day": "2020-07-09", "last_day": "2020-07-08"})
        assert (wrong.status_code, 'value="2020-07-09"' in wrong.text) == (422, True)
        assert client.post("/akun/cuti", {"first_day": "2020-07-08", "last_day": "2020-07-09"}).status_code == 302
        assert Absence.objects.latest("pk").entered_by_id == head.user_id
        client.force_login(User.objects.get(pk=admin.user_id))
        assert "/meja/jaga" in client.get("/akun").text
        fellow = make.agency_admin()
        enter(fellow, fellow)
        page = client.get("/meja/jaga").text
        assert page.count('name="cuti"') == page.count('<li class="card row">') - 1, "what is a fellow's is only read"

    @pytest.fixture(autouse=True)
    def _clock(self):
        with time_machine.travel(NOW, tick=False):
            yield

    @staticmethod
    def sit(client, actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    def test_an_officer_enters_leave_and_takes_it_back(self, client):
        ani, budi = make.liaison(), make.liaison()
        page = self.sit(client, ani)
        said = {"first_day": "2020-07-01", "last_day": "2020-07-03", "deputy": budi.user_id}
        assert page.post("/meja/jaga", said).status_code == 302
        shown = page.get("/meja/jaga").content.decode()
        assert f"{User.objects.get(pk=budi.user_id)} (wakil)" not in shown  # he is there himself
        assert "cuti sampai 3 Jul 2020" in shown
        row = Absence.objects.get()
        assert page.post("/meja/jaga/batal", {"cuti": selectors.key(row)}).status_code == 302
        assert "Tidak ada cuti yang tercatat." in page.get("/meja/jaga").content.decode()
        assert (
            self.sit(client, make.auditor()).post("/meja/jaga/batal", {"cuti": selectors.key(row)}).status_code == 404
        )

    def test_what_cannot_be_comes_back_filled_in(self, client):
        page = self.sit(client, make.liaison())
        answer = page.post("/meja/jaga", {"first_day": "2020-07-03", "last_day": "2020-07-02"})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Hari terakhir tidak boleh sebelum hari pertama." in shown
        assert 'value="2020-07-03"' in shown

    def test_who_works_in_a_unit_sees_its_post(self):
        ani = make.liaison()
        (line,) = selectors.roster(viewer=make.unit_admin(), on=date(2020, 7, 1)).lines
        assert (line.unit.pk, line.duty.present) == (ani.unit_id, (ani.user_id,))
        assert line in selectors.roster(viewer=ani, on=date(2020, 7, 1)).lines, "and what lies below it"

    def test_an_admin_sees_the_roster_with_vacant_posts_and_enters_leave_for_the_own_people_alone(
        self, client, django_assert_max_num_queries
    ):
        ani, other, admin = make.liaison(), make.liaison("disdik", "kab-tangerang"), make.agency_admin()
        page = self.sit(client, admin)
        with django_assert_max_num_queries(16):
            shown = page.get("/meja/jaga").content.decode()
        assert "Kosong: belum ada petugas" in shown
        assert str(User.objects.get(pk=ani.user_id)) in shown
        assert str(User.objects.get(pk=other.user_id)) not in shown
        said = {"first_day": "2020-07-01", "last_day": "2020-07-03"}
        assert page.post("/meja/jaga", {**said, "person": other.user_id}).status_code == 422
        assert page.post("/meja/jaga", {**said, "person": ani.user_id}).status_code == 302
        assert "Tidak ada yang hadir" in page.get("/meja/jaga").content.decode()
