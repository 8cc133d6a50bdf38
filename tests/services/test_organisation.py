"""The editor of an agency: units come, change their names and places, and go; nothing is lost on the way."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from tanggap.domain.actors import System
from tanggap.domain.intake import StagedFile
from tanggap.domain.lifecycle import Status
from tanggap.domain.organisation import Fault
from tanggap.domain.reference_rows import UnitRow
from tanggap.models import AdministrationEntry, Agency, Appointment, Report, SignInDay, Unit
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import administration, attachments, names
from tanggap.services import accounts, agencies, decrees, leaving, organisation, ways_in
from tanggap.services.accounts import AccountError, Refusal
from tanggap.services.organisation import OrganisationError
from tests import make
from tests.rights import owning

pytestmark = pytest.mark.django_db

TODAY = make.NOW.date()
NOW = make.NOW


@pytest.fixture
def admin():
    return make.agency_admin()


def add(admin, name="Bidang Uji", **more):
    values = {"actor": admin, "agency_id": make.agency().pk, "name": name, "kind": "subunit", "now": NOW}
    return organisation.add_unit(**values | more)


def refusal(change):
    with pytest.raises(OrganisationError) as refused:
        change()
    return refused.value.fault


def log():
    return list(AdministrationEntry.objects.order_by("pk").values_list("kind", "before", "after"))


def test_a_unit_is_added_renamed_moved_and_every_step_is_in_the_log(admin):
    dpupr = make.unit()
    unit = add(admin, parent_id=dpupr.pk, valid_from=date(2020, 1, 1))
    organisation.rename_unit(
        actor=admin, unit_id=unit.pk, name="Bidang Baru", short_name="Baru", first_day=date(2020, 6, 1), now=NOW
    )
    assert names.current().unit(unit.pk).name == "Bidang Baru", "lists read the new name at once"
    organisation.move_unit(actor=admin, unit_id=unit.pk, parent_id=None, now=NOW)
    unit.refresh_from_db()
    assert (unit.name, unit.parent) == ("Bidang Baru", None)
    assert administration.name_on(unit, date(2020, 5, 31)) == "Bidang Uji"
    assert administration.name_on(unit, date(2020, 6, 1)) == "Bidang Baru"
    kinds = [kind for kind, _before, _after in log()]
    assert kinds == ["unit_added", "unit_renamed", "unit_moved"]
    assert log()[1][1:] == (
        {"name": "Bidang Uji", "short_name": ""},
        {"name": "Bidang Baru", "short_name": "Baru", "from": "2020-06-01"},
    )


def test_what_cannot_be_is_refused_and_says_why(admin):
    dpupr, other = make.unit(), make.unit("dindikbud")
    below = add(admin, parent_id=dpupr.pk)
    foreign = Unit.objects.exclude(agency=make.agency()).filter(valid_to=None).first()

    def rename(unit=below, name="Nama Lain", day=TODAY, actor=admin):
        return lambda: organisation.rename_unit(
            actor=actor, unit_id=unit.pk, name=name, short_name="", first_day=day, now=NOW
        )

    def move(unit, parent):
        return lambda: organisation.move_unit(actor=admin, unit_id=unit.pk, parent_id=parent.pk, now=NOW)

    tomorrow = TODAY + timedelta(days=1)
    wanted = [
        (lambda: add(admin, ""), Fault.NAME_MISSING),
        (lambda: add(admin, other.name.upper()), Fault.NAME_TAKEN),
        (lambda: add(admin, "X", kind="kerajaan"), Fault.UNKNOWN_KIND),
        (lambda: add(admin, "X", parent_id=foreign.pk), Fault.UNKNOWN_PARENT),
        (rename(day=tomorrow), Fault.DATE_AHEAD),
        (rename(day=TODAY), Fault.DATE_TOO_EARLY),  # it began today
        (rename(name=below.name), Fault.NOTHING_CHANGES),
        (move(dpupr, below), Fault.IN_A_CIRCLE),
        (move(dpupr, dpupr), Fault.IN_A_CIRCLE),
        (rename(unit=foreign), Fault.NOT_ALLOWED),
        (rename(actor=make.liaison("dindikbud")), Fault.NOT_ALLOWED),
        (rename(actor=make.agency_admin("kab-tangerang")), Fault.NOT_ALLOWED),
        (
            lambda: organisation.dissolve_unit(actor=admin, unit_id=dpupr.pk, last_day=TODAY, now=NOW),
            Fault.HAS_SUBUNITS,
        ),
    ]
    before = AdministrationEntry.objects.count()
    assert [refusal(change) for change, _fault in wanted] == [fault for _change, fault in wanted]
    assert AdministrationEntry.objects.count() == before


def test_a_unit_with_open_reports_is_dissolved_only_by_the_road_that_hands_them_over(admin):
    unit = add(admin, parent_id=make.unit().pk)
    report = make.report(status=Status.ASSIGNED)
    with owning():
        Report.objects.filter(pk=report.pk).update(owner_unit=unit)
    dissolve = {"actor": admin, "unit_id": unit.pk, "last_day": TODAY, "now": NOW}
    with pytest.raises(OrganisationError) as refused:
        organisation.dissolve_unit(**dissolve)
    assert (refused.value.fault, refused.value.count) == (Fault.HAS_OPEN_REPORTS, 1)
    with owning():
        Report.objects.filter(pk=report.pk).update(owner_unit=make.unit())
    assert organisation.dissolve_unit(**dissolve) == 0
    assert refusal(lambda: organisation.dissolve_unit(**dissolve)) is Fault.IS_CLOSED


def test_what_a_dissolved_unit_leaves_goes_to_the_agency(admin):
    report = make.report(status=Status.ASSIGNED)
    unit = make.unit()
    Unit.objects.filter(parent=unit).update(parent=None)
    left = organisation.dissolve_unit(actor=admin, unit_id=unit.pk, last_day=TODAY, now=NOW, hand_over=True)
    assert (left, leaving.leave_closed_units(now=NOW)) == (1, 1)
    report.refresh_from_db()
    assert (report.owner_unit, report.owner_agency) == (None, make.agency())


def test_the_files_leave_alone_what_was_changed_here(admin, owner):
    unit, agency = make.unit(), make.agency()
    row = UnitRow(
        line=2,
        agency=agency.slug, slug=unit.slug, name="Nama dari berkas", short_name="", kind=unit.kind, parent="",
        website="", is_synthetic=False, source="", valid_from=unit.valid_from, valid_to=None,
    )  # fmt: skip
    organisation.rename_unit(
        actor=admin, unit_id=unit.pk, name="Nama dari sini", short_name="", first_day=TODAY, now=NOW
    )
    change = agencies.load_units([row], today=TODAY)
    assert (change.kept, change.changed) == (1, 0)
    assert Unit.objects.get(pk=unit.pk).name == "Nama dari sini"
    agencies.load_units([], today=TODAY)
    assert Unit.objects.get(pk=unit.pk).valid_to is None, "a file without it does not end it either"


def test_contact_data_change_with_their_old_values_in_the_log(admin):
    agency = make.agency()
    values = {"address": "Jalan Contoh 1", "phone": "0254 000000"}
    organisation.change_contact(actor=admin, agency_id=agency.pk, values=values, now=NOW)
    assert Agency.objects.get(pk=agency.pk).address == "Jalan Contoh 1"
    assert log() == [("agency_contact", {"address": agency.address, "phone": agency.phone}, values)]


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_nobody_changes_the_log_not_even_the_owner_of_the_tables(admin, deed):
    add(admin)
    rows = AdministrationEntry.objects.all()
    with owning(), pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        rows.update(kind="unit_moved") if deed == "update" else rows._raw_delete("default")


class TestAdmins:
    def test_the_last_admin_of_an_agency_does_not_remove_himself(self):
        only = make.agency_admin("kab-lebak")
        lay_down = {"actor": only, "user_id": only.user_id, "last_day": TODAY, "now": NOW}
        with pytest.raises(AccountError) as refused:
            accounts.end_appointment(**lay_down)
        assert refused.value.reason is Refusal.LAST_ADMIN
        national = make.national_admin()
        with pytest.raises(AccountError):
            ways_in.set_active(actor=national, user_id=only.user_id, is_active=False, now=NOW)
        make.agency_admin("kab-lebak")
        accounts.end_appointment(**lay_down)
        assert account_selectors.officer_of(only.user_id, TODAY + timedelta(days=1)) is None

    def test_a_liaison_officer_lays_down_the_own_office_and_nobody_elses(self):
        mine, other = make.liaison(), make.liaison()
        accounts.end_appointment(actor=mine, user_id=mine.user_id, last_day=TODAY, now=NOW)
        with pytest.raises(AccountError) as refused:
            accounts.end_appointment(actor=mine, user_id=other.user_id, last_day=TODAY, now=NOW)
        assert refused.value.reason is Refusal.NOT_ALLOWED
        assert [(kind, after) for kind, _before, after in log()] == [("office_ended", {"to": "2020-07-01"})]


class TestDecrees:
    def enter(self, admin, **more):
        values = {
            "number": "SK/1/2020",
            "signer": "Gubernur",
            "issued_on": date(2020, 1, 1),
            "valid_from": date(2020, 1, 1),
        }
        file = StagedFile(
            key="a" * 32, sha256="", size=1, media_type="application/pdf", kind="document", name="sk.pdf",
            is_publishable=False,
        )  # fmt: skip
        new = decrees.NewDecree(**values | more)
        return decrees.enter(actor=admin, agency_id=make.agency().pk, said=new, now=NOW, file=file)

    def uncovered(self):
        return {unit.slug for unit in administration.units_without_decree(make.agency().pk, on=TODAY)}

    def test_a_unit_is_covered_by_its_own_decree_by_that_of_its_officer_or_by_that_of_the_agency(self, admin):
        assert {"dpupr", "dindikbud", "inspektorat"} <= self.uncovered()
        self.enter(admin, units=[make.unit().pk])
        self.enter(admin, people=[make.liaison("dindikbud").user_id])
        self.enter(admin, units=[make.unit("inspektorat").pk], valid_to=date(2020, 6, 30))
        assert {"dpupr", "dindikbud", "inspektorat"} & self.uncovered() == {"inspektorat"}
        whole = self.enter(admin, covers_agency=True, valid_to=TODAY + timedelta(days=30))
        assert self.uncovered() == set()
        assert administration.expiring(make.agency().pk, on=TODAY) == [whole]
        decrees.withdraw(actor=admin, decree_id=whole.pk, now=NOW)
        assert "inspektorat" in self.uncovered()
        assert attachments.known_keys([whole.file_key]) == {whole.file_key}, "the sweep leaves the scan alone"

    @pytest.mark.parametrize(
        ("wrong", "fault"),
        [
            ({"number": "", "covers_agency": True}, Fault.NUMBER_MISSING),
            ({"signer": "", "covers_agency": True}, Fault.SIGNER_MISSING),
            ({}, Fault.COVERS_NOTHING),
            ({"valid_to": date(2019, 12, 31), "covers_agency": True}, Fault.ENDS_BEFORE_IT_BEGINS),
            ({"people": [0]}, Fault.NOT_ALLOWED),
        ],
    )
    def test_half_a_decree_is_refused(self, admin, wrong, fault):
        assert refusal(lambda: self.enter(admin, **wrong)) is fault

    def test_the_national_admin_sees_who_has_no_decree_and_who_has_not_been_there(self, admin):
        away = make.agency_admin("kab-lebak")
        self.enter(admin, covers_agency=True)
        for user_id, day in ((admin.user_id, TODAY), (away.user_id, TODAY - timedelta(days=31))):
            SignInDay.objects.create(user_id=user_id, day=day)

        def slugs(only):
            found = administration.standings(viewer=make.national_admin(), on=TODAY, only=only)
            return {one.agency.slug for one in found} & {"pemprov-banten", "kab-lebak"}

        assert (slugs(""), slugs("sk"), slugs("aktif")) == (
            {"pemprov-banten", "kab-lebak"}, {"kab-lebak"}, {"kab-lebak"},
        )  # fmt: skip
        assert administration.standings(viewer=admin, on=TODAY) == []

    def test_an_agency_that_lost_its_officers_comes_first_in_every_list_and_says_so(self, admin):
        away = make.agency_admin("kab-lebak")
        Appointment.objects.filter(user_id=away.user_id).update(valid_to=TODAY - timedelta(days=1))
        make.report(destination_id=make.agency("kota-serang").pk)
        for only in ("", "sk", "aktif"):
            found = administration.standings(viewer=make.national_admin(), on=TODAY, only=only)
            lost = [one.agency.slug for one in found if not one.has_officers]
            assert {"kab-lebak", "kota-serang"} <= set(lost)
            assert lost == [one.agency.slug for one in found[: len(lost)]]

    def test_the_admins_of_the_national_agency_are_admins_too(self):
        national = make.national_admin()
        SignInDay.objects.create(user_id=national.user_id, day=TODAY)
        (one,) = (
            one for one in administration.standings(viewer=national, on=TODAY) if one.agency.pk == national.agency_id
        )
        assert (one.last_day, one.is_idle) == (TODAY, False)


def test_the_system_gives_nobody_a_way_round_the_log():
    accounts.create_officer(
        actor=System(), username="baru", password=None, role="agency_admin", agency="kab-lebak", now=NOW
    )
    assert log() == [("account_created", {}, {"username": "baru", "role": "agency_admin"})]
