"""Erasing who reported: the name goes, the report stays, and the chain says so."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tanggap.domain.actors import Reporter, System
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reasons import Reason
from tanggap.models import ContactHash, Event, Identity, Report
from tanggap.services import audit, keys, reports, tracking, vault
from tests import make

pytestmark = pytest.mark.django_db


def erase(report, actor=None):
    who = actor or Reporter(report.pk)
    return reports.act(actor=who, number=report.number, action=Action.ERASE_IDENTITY, now=make.NOW)


def test_the_name_goes_and_the_report_stays_with_a_trace():
    report = make.report(status=Status.ASSIGNED)
    before = Report.objects.get(pk=report.pk)
    erase(report)
    row = Identity.objects.get(report=report)
    assert (row.sealed, row.wrapped_key, row.key_version, row.erased_at) == (None, None, None, make.NOW)
    assert not ContactHash.objects.filter(report=report).exists()
    with pytest.raises(vault.NothingSealedError):
        vault.own(report.pk, actor=Reporter(report.pk))
    assert vault.address_of(report.pk, confirmed=False) == ("", "")
    after = Report.objects.get(pk=report.pk)
    assert (after.status, after.due_at, after.title) == (before.status, before.due_at, before.title)
    assert tracking.recognise(number=report.number, token=keys.token_for(report.number)) is not None
    said = Event.objects.filter(report=report).order_by("-seq").values_list("kind", "role", "user_id")[0]
    assert said == ("erase_identity", "reporter", None)
    assert audit.audit(now=make.NOW).erased == 1


def test_it_goes_from_every_part_too_and_an_operator_may_ask_for_it():
    whole = make.report(status=Status.SPLIT)
    part = Report.objects.filter(part_of=whole.number).order_by("pk")[0]
    erase(part, System())
    assert Identity.objects.filter(erased_at=None).count() == 0
    assert Event.objects.filter(kind="erase_identity").count() == 3
    assert audit.audit(now=make.NOW).erased == 3


def test_what_is_not_there_is_not_erased_twice():
    report = make.submit()
    erase(report)
    for again in (report, make.submit(identity=make.Identity(), is_anonymous=True)):
        with pytest.raises(reports.NotAllowedError) as caught:
            erase(again)
        assert caught.value.reason == Reason.NOTHING_SEALED


def test_without_an_event_the_database_erases_nothing_and_the_audit_names_what_was_bent():
    report, other = make.submit(), make.submit()
    gone = "UPDATE tanggap_identity SET sealed = NULL, wrapped_key = NULL, key_version = NULL, erased_at = now()"
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="is erased"), transaction.atomic():
            cursor.execute(gone)
        with pytest.raises(DatabaseError, match="only when the identity was erased"), transaction.atomic():
            cursor.execute("DELETE FROM tanggap_contacthash")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET ROLE NONE")
        cursor.execute("ALTER TABLE tanggap_identity DISABLE TRIGGER identity_guarded")
        cursor.execute(f"{gone} WHERE report_id = %s", [report.pk])
        cursor.execute("ALTER TABLE tanggap_identity ENABLE ALWAYS TRIGGER identity_guarded")
        cursor.execute(f"SET ROLE {settings.DATABASE_ROLE}")
    with pytest.raises(audit.AuditError, match=f"{report.number}: its identity was erased without an event") as caught:
        audit.audit(now=make.NOW)
    assert other.number not in str(caught.value)
