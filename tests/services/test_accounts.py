"""Accounts of officers: who makes them, for which office, and what becomes of an office that ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from config import settings as product
from tanggap.domain.actors import (
    AgencyAdmin,
    Anyone,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    RegionalOverseer,
    System,
)
from tanggap.models import Agency, Appointment, SignInDay, Unit, User
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import organisation
from tanggap.services import accounts, ways_in
from tanggap.services.accounts import AccountError, Refusal
from tests.rights import owning

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
TODAY = date(2026, 7, 1)
PASSWORD = "correct horse battery"


def make(username="pejabat.uji", *, actor=None, role="liaison_officer", agency="pemprov-banten", unit="dpupr", **more):
    values = {"password": PASSWORD, "now": NOW} | more
    return accounts.create_officer(
        actor=actor or System(), username=username, role=role, agency=agency, unit=unit, **values
    )


def banten():
    return Agency.objects.get(slug="pemprov-banten")


class TestCreating:
    def test_each_office_becomes_its_actor(self):
        agency = banten()
        dpupr, inspectorate = (Unit.objects.get(agency=agency, slug=slug) for slug in ("dpupr", "inspektorat"))
        national = Agency.objects.get(slug="admin-nasional")
        a = make("a.uji")
        b = make("b.uji", role="internal_auditor", unit="inspektorat")
        c = make("c.uji", role="agency_admin", unit=None)
        d = make("d.uji", role="national_admin", agency="admin-nasional", unit=None)
        assert account_selectors.officer_of(a.pk, TODAY) == LiaisonOfficer(a.pk, agency.pk, dpupr.pk)
        assert account_selectors.officer_of(b.pk, TODAY) == InternalAuditor(b.pk, agency.pk, inspectorate.pk)
        assert account_selectors.officer_of(c.pk, TODAY) == AgencyAdmin(
            c.pk, agency.pk, verifies_for=organisation.overseen_by(agency.pk, TODAY)
        )
        assert account_selectors.officer_of(d.pk, TODAY) == NationalAdmin(d.pk, national.pk)

    def test_those_who_look_know_over_whom(self):
        agency, regencies = banten(), Agency.objects.filter(overseen_by__overseer__slug="pemprov-banten")
        unit = Unit.objects.get(agency=agency, slug="dpupr")
        a = make("a.uji", role="regional_overseer", unit=None)
        b = make("b.uji", role="head")
        c = make("c.uji", role="head", unit=None)
        below = frozenset(regencies.values_list("pk", flat=True))
        assert len(below) == 8
        assert account_selectors.officer_of(a.pk, TODAY) == RegionalOverseer(a.pk, agency.pk, below)
        assert account_selectors.officer_of(b.pk, TODAY) == Head(b.pk, agency.pk, unit.pk)
        assert account_selectors.officer_of(c.pk, TODAY) == Head(c.pk, agency.pk, None)
        with owning():
            Agency.objects.filter(slug="kab-lebak").update(valid_to=TODAY)
        assert len(account_selectors.officer_of(a.pk, TODAY).overseen) == 7, "what was closed is overseen no more"

    def test_the_password_is_kept_as_argon2_only(self):
        user = make()
        assert user.password.startswith("argon2")
        assert user.check_password(PASSWORD)

    def test_the_product_hashes_at_the_full_cost(self):
        """Tests hash at the least; OWASP asks for 19 MiB in two passes at least."""
        (path,) = product.PASSWORD_HASHERS
        cost = import_string(path)().params()
        assert cost.memory_cost >= 19 * 1024
        assert cost.time_cost >= 2

    def test_without_a_password_nobody_can_sign_in(self):
        user = make(password=None)
        assert not user.has_usable_password()

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ({"role": "superuser"}, Refusal.UNKNOWN_ROLE),
            ({"agency": "atlantis"}, Refusal.UNKNOWN_AGENCY),
            ({"unit": "atlantis"}, Refusal.UNKNOWN_UNIT),
            ({"unit": None}, Refusal.UNIT_NEEDED),
            ({"role": "agency_admin"}, Refusal.UNIT_NOT_WANTED),
            ({"agency": "kab-tangerang", "unit": "bina-marga"}, Refusal.UNKNOWN_UNIT),
            ({"username": "two words"}, Refusal.USERNAME_INVALID),
            ({"username": ""}, Refusal.USERNAME_INVALID),
            ({"password": "short"}, Refusal.PASSWORD_WEAK),
            ({"password": "pejabat.uji.1"}, Refusal.PASSWORD_WEAK),
        ],
    )
    def test_what_does_not_fit_is_named_and_leaves_nothing(self, wrong, reason):
        before = User.objects.count()
        with pytest.raises(AccountError) as refused:
            make(**wrong)
        assert refused.value.reason is reason
        assert User.objects.count() == before

    def test_a_name_is_taken_whatever_its_case(self):
        make("Pejabat.Uji")
        with pytest.raises(AccountError) as refused:
            make("pejabat.uji")
        assert refused.value.reason is Refusal.USERNAME_TAKEN

    def test_an_agency_admin_appoints_officers_of_own_units_only(self):
        admin = AgencyAdmin(make("admin.uji", role="agency_admin", unit=None).pk, banten().pk)
        stranger = AgencyAdmin(user_id=0, agency_id=Agency.objects.get(slug="kab-tangerang").pk)
        make("a.uji", actor=admin)
        for wrong in ({"actor": stranger}, {"actor": admin, "role": "agency_admin", "unit": None}):
            with pytest.raises(AccountError) as refused:
                make("b.uji", **wrong)
            assert refused.value.reason is Refusal.NOT_ALLOWED

    def test_an_officer_and_a_citizen_appoint_nobody(self):
        agency = banten()
        unit = Unit.objects.get(agency=agency, slug="dpupr")
        for actor in (Anyone(), LiaisonOfficer(0, agency.pk, unit.pk), InternalAuditor(0, agency.pk, unit.pk)):
            with pytest.raises(AccountError) as refused:
                make(actor=actor)
            assert refused.value.reason is Refusal.NOT_ALLOWED


class TestOffices:
    def test_an_office_that_ended_gives_no_rights_from_the_next_day_on(self):
        user = make()
        accounts.end_appointment(actor=System(), user_id=user.pk, last_day=TODAY, now=NOW)
        assert account_selectors.officer_of(user.pk, TODAY) is not None
        assert account_selectors.officer_of(user.pk, TODAY + timedelta(days=1)) is None

    def test_an_office_gives_no_rights_before_it_begins(self):
        user = make()
        assert account_selectors.officer_of(user.pk, TODAY - timedelta(days=1)) is None

    def test_a_day_begins_where_the_installation_stands(self):
        late = datetime(2026, 7, 1, 17, 30, tzinfo=UTC)  # 2 July, 00.30 WIB
        assert accounts.office_day(late) == date(2026, 7, 2)

    def test_a_unit_that_was_closed_takes_the_rights_with_it(self):
        user = make()
        with owning():
            Unit.objects.filter(agency=banten(), slug="dpupr").update(valid_to=TODAY)
        assert account_selectors.officer_of(user.pk, TODAY + timedelta(days=1)) is None

    def test_a_locked_account_is_nobody(self):
        user = make()
        ways_in.set_active(actor=System(), user_id=user.pk, is_active=False, now=NOW)
        assert account_selectors.officer_of(user.pk, TODAY) is None

    def test_staff_of_the_reference_tables_is_the_national_admin_and_only_in_office(self):
        user = make(role="national_admin", agency="admin-nasional", unit=None)
        assert User.objects.get(pk=user.pk).is_staff
        accounts.end_appointment(actor=System(), user_id=user.pk, last_day=TODAY, now=NOW)
        assert not User.objects.get(pk=user.pk).is_staff

    def test_another_agencys_admin_can_neither_end_nor_lock_nor_rename_a_password(self):
        user = make()
        stranger = AgencyAdmin(user_id=0, agency_id=Agency.objects.get(slug="kab-tangerang").pk)
        for deed in (
            lambda: accounts.end_appointment(actor=stranger, user_id=user.pk, last_day=TODAY, now=NOW),
            lambda: ways_in.set_active(actor=stranger, user_id=user.pk, is_active=False, now=NOW),
            lambda: ways_in.give_link(actor=stranger, user_id=user.pk, now=NOW),
        ):
            with pytest.raises(AccountError) as refused:
                deed()
            assert refused.value.reason is Refusal.NOT_ALLOWED
        assert User.objects.get(pk=user.pk).check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("role", "with_unit", "why"),
        [
            ("liaison_officer", False, "a liaison officer without a unit"),
            ("internal_auditor", False, "an auditor without a unit"),
            ("agency_admin", True, "an admin of a unit"),
            ("unit_admin", False, "an operator without a unit"),
            ("evaluator", True, "an evaluator of a unit"),
            ("superuser", False, "a role that nobody knows"),
        ],
    )
    def test_the_database_itself_refuses_half_made_offices(self, role, with_unit, why):
        user = make()
        with owning():
            Appointment.objects.filter(user=user).delete()
        agency = banten()
        unit = Unit.objects.get(agency=agency, slug="dpupr") if with_unit else None
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(user=user, role=role, agency=agency, unit=unit, valid_from=TODAY)


class TestPasswordsAndDays:
    def test_a_new_password_replaces_the_old_one(self):
        user = make()
        accounts.change_own_password(user_id=user.pk, password="another good one 7")
        assert not User.objects.get(pk=user.pk).check_password(PASSWORD)
        assert User.objects.get(pk=user.pk).check_password("another good one 7")

    def test_a_weak_password_is_refused_with_the_validators_words(self):
        user = make()
        with pytest.raises(AccountError) as refused:
            accounts.change_own_password(user_id=user.pk, password="12345678")
        assert refused.value.reason is Refusal.PASSWORD_WEAK
        assert refused.value.details

    def test_a_day_at_work_is_one_row_however_often_one_comes(self):
        user = make()
        for hour in range(3):
            accounts.record_day(user.pk, NOW + timedelta(hours=hour))
        accounts.record_day(user.pk, NOW + timedelta(days=1))
        assert list(SignInDay.objects.filter(user=user).order_by("day").values_list("day", flat=True)) == [
            TODAY,
            TODAY + timedelta(days=1),
        ]

    def test_the_secret_of_an_authenticator_app_is_sealed(self):
        sealed = accounts.seal_factor("JBSWY3DPEHPK3PXP")
        assert "JBSWY3DPEHPK3PXP" not in sealed
        assert accounts.open_factor(sealed) == "JBSWY3DPEHPK3PXP"


class TestWhoKnowsOfWhom:
    def test_an_admin_sees_the_officers_of_the_own_agency_and_a_citizen_none(self):
        mine, other = make("a.uji"), make("b.uji", role="agency_admin", agency="kab-tangerang", unit=None)
        agency = banten()

        def seen(viewer):
            return {office.user_id for office in account_selectors.list_officers(viewer=viewer, on=TODAY)} & {
                mine.pk,
                other.pk,
            }

        assert seen(AgencyAdmin(0, agency.pk)) == {mine.pk}
        assert seen(NationalAdmin(0, agency.pk)) == {mine.pk, other.pk}
        assert seen(Anyone()) == set()

    def test_officers_of_one_unit(self):
        mine = make("a.uji")
        make("b.uji", unit="dindikbud")
        agency = banten()
        unit = Unit.objects.get(agency=agency, slug="dpupr")
        found = account_selectors.list_officers(viewer=System(), on=TODAY, agency_id=agency.pk, unit_id=unit.pk)
        assert mine.pk in {office.user_id for office in found}
        assert {office.unit.slug for office in found} == {"dpupr"}

    def test_there_is_no_superuser(self):
        assert not hasattr(User(), "is_superuser")
        staff = User(is_active=True, is_staff=True)
        assert staff.has_perm("tanggap.view_agency")
        assert not staff.has_perm("tanggap.change_agency")
        assert not User(is_active=True).has_perm("tanggap.view_agency")


class TestSeveralOffices:
    def test_a_person_holds_several_offices_and_each_of_them_once(self):
        user = make()
        more = {"actor": System(), "user_id": user.pk, "now": NOW}
        accounts.appoint(**more, role="agency_admin", agency="kab-tangerang")
        accounts.appoint(**more, role="liaison_officer", agency="pemprov-banten", unit="dindikbud")
        assert {type(actor) for actor in account_selectors.officers_of(user.pk, TODAY)} == {LiaisonOfficer, AgencyAdmin}
        with pytest.raises(AccountError) as refused:
            accounts.appoint(**more, role="agency_admin", agency="kab-tangerang")
        assert refused.value.reason is Refusal.HOLDS_THIS_OFFICE
        agency = Agency.objects.get(slug="kab-tangerang")
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(user=user, role="agency_admin", agency=agency, valid_from=TODAY)

    def test_each_actor_knows_the_units_of_the_other_offices(self):
        user = make()
        accounts.appoint(actor=System(), user_id=user.pk, now=NOW, role="agency_admin", agency="pemprov-banten")
        dpupr = Unit.objects.get(agency=banten(), slug="dpupr").pk
        admin, officer = account_selectors.officers_of(user.pk, TODAY)
        assert (admin.other_units, officer.other_units) == ({dpupr}, frozenset())

    def test_one_of_several_is_ended_by_name(self):
        user = make()
        accounts.appoint(actor=System(), user_id=user.pk, now=NOW, role="agency_admin", agency="kab-tangerang")
        with pytest.raises(AccountError) as refused:
            accounts.end_appointment(actor=System(), user_id=user.pk, last_day=TODAY, now=NOW)
        assert refused.value.reason is Refusal.WHICH_OFFICE
        first = Appointment.objects.get(user=user, role="agency_admin").pk
        accounts.end_appointment(actor=System(), user_id=user.pk, last_day=TODAY, now=NOW, office_id=first)
        (left,) = account_selectors.officers_of(user.pk, TODAY + timedelta(days=1))
        assert isinstance(left, LiaisonOfficer)

    def test_an_admin_gives_no_password_to_a_person_who_also_serves_elsewhere(self):
        user = make()
        admin = AgencyAdmin(make("admin.uji", role="agency_admin", unit=None).pk, banten().pk)
        change = {"actor": admin, "user_id": user.pk, "now": NOW}
        ways_in.give_link(**change)
        accounts.appoint(actor=System(), user_id=user.pk, now=NOW, role="agency_admin", agency="kab-tangerang")
        with pytest.raises(AccountError) as refused:
            ways_in.give_link(**change)
        assert refused.value.reason is Refusal.NOT_ALLOWED

    def test_an_admin_keeps_at_least_one_second_factor(self):
        officer, admin = make(), make("a.uji", role="agency_admin", unit=None)
        for user in (officer, admin):
            accounts.give_factor(actor=System(), user_id=user.pk, secret="JBSWY3DPEHPK3PXP")
            accounts.give_factor(actor=System(), user_id=user.pk, secret="JBSWY3DPEHPK3PXQ")
        lose = [
            accounts.may_lose_factor(user_id=user.pk, factor_id=Authenticator.objects.get(user=user).pk, now=NOW)
            for user in (officer, admin)
        ]
        assert lose == [True, False]
