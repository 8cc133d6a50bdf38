"""What waits for somebody's word stands in that one's queue until it is said, and in nobody else's (ADR 0078)."""

from importlib import import_module

import pytest
from django.db import connection
from django.test import Client

from tanggap.domain import queues
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience
from tanggap.domain.outcomes import ArchiveReason
from tanggap.domain.reasons import Reason
from tanggap.models import Report, User
from tanggap.selectors import counters, recipients
from tanggap.selectors import queues as lists
from tanggap.selectors.queues import Filters
from tanggap.services import audit, clusters
from tests import make
from tests.services.test_extensions import ASKING, allow
from tests.services.test_proposals import propose
from tests.services.test_reclassify import refused
from tests.services.test_transfers import offer, refuse

pytestmark = pytest.mark.django_db
WHY = "Menurut kami perlu dilihat lagi."
_WRITTEN = "pk", "deciders", "decision_asked_by_id", "is_objected", "came_back"
LEBAK, SERANG = "kab-lebak", "kab-serang"


def held(viewer, queue=queues.TO_DECIDE):
    """Return what stands in a queue of a viewer; the number beside it says the same."""
    found = {row.number for row in lists.list_(viewer=viewer, filters=Filters(queue=queue)).rows}
    assert counters.desk(viewer).queues[queue.code] == len(found)
    return found


def archive(report, actor, action=Action.PROPOSE_ARCHIVE, why=ArchiveReason.NOT_GOVERNMENT):
    return make.act(report, action, actor=actor, archive_reason=why, text=WHY)


def wait_for_a_word():
    """Return reports of which each waits for a word of another kind, by what they wait for."""
    unit, operator, admin = make.liaison(), make.unit_admin(), make.agency_admin()
    kinds = "archive own_archive given_back time more_time correction data identity refused begun_refused"
    found = {kind: make.report(status=Status.ASSIGNED, is_anonymous=kind == "identity") for kind in kinds.split()}
    archive(found["archive"], unit)
    archive(found["own_archive"], admin)
    make.act(found["given_back"], Action.PROPOSE_RETURN, actor=operator, text=WHY)
    allow()
    for kind in ("time", "more_time"):
        make.act(found[kind], Action.FOLLOW_UP)
        make.act(found[kind], Action.REQUEST_EXTENSION, actor=unit, **_asking())
    make.act(found["more_time"], Action.GRANT_EXTENSION, actor=admin, **_asking())
    later = _asking() | {"new_date": ASKING.new_date + make.DAY}
    make.act(found["more_time"], Action.REQUEST_EXTENSION, actor=unit, **later)
    propose(found["correction"], unit)
    propose(found["data"], operator, Action.REQUEST_DATA)
    propose(found["identity"], admin, Action.OPEN_IDENTITY)
    make.act(found["begun_refused"], Action.FOLLOW_UP)
    for kind in ("refused", "begun_refused"):
        offer(found[kind], to=LEBAK)
        refuse(found[kind], by=LEBAK)
    return found, admin


def _asking():
    return {
        "text": WHY,
        "plan": ASKING.plan,
        "new_date": ASKING.new_date,
        "masked": {"text": ()},
        "checks_answered": True,
    }


def test_each_stands_in_the_queue_of_who_decides_and_never_of_who_asked():
    found, admin = wait_for_a_word()
    number = {kind: report.number for kind, report in found.items()}
    for_admins = {"archive", "time", "correction", "refused", "begun_refused"}
    unit, national = make.liaison(), make.national_admin()
    assert held(admin) == {number[kind] for kind in for_admins}
    assert held(make.agency_admin()) == {number[kind] for kind in for_admins | {"own_archive", "identity"}}
    assert held(unit) == {number["given_back"], number["data"]}
    assert held(national) == {number["more_time"], number["identity"]}
    assert held(make.liaison("dindikbud")) == held(make.agency_admin(LEBAK)) == set()
    assert queues.TO_DECIDE not in queues.of(make.unit_admin().role), "who prepares decides nothing"
    audit.audit(now=make.NOW)
    client = Client()
    for viewer, expected in ((admin, number["archive"]), (unit, number["data"]), (national, number["identity"])):
        client.force_login(User.objects.get(pk=viewer.user_id))
        page = client.get("/meja?antrean=keputusan").text
        assert expected in page
        assert page.count("Menunggu keputusan Anda") == len(held(viewer))


def test_a_word_ends_the_waiting_whatever_it_is():
    found, admin = wait_for_a_word()
    other, unit = make.agency_admin(), make.liaison()
    archive(found["archive"], admin, Action.ARCHIVE)
    make.act(found["own_archive"], Action.ASSIGN_TO_UNIT, actor=other, text=WHY, unit_id=make.unit().pk)
    make.act(found["given_back"], Action.ACCEPT_ASSIGNMENT, actor=unit)
    make.act(found["time"], Action.REFUSE_EXTENSION, actor=admin, text=WHY)
    make.act(found["more_time"], Action.REFUSE_EXTENSION, actor=make.national_admin(), text=WHY)
    for kind, who in (("correction", admin), ("data", unit), ("identity", other)):
        report = Report.objects.get(pk=found[kind].pk)
        make.act(report, Action.REFUSE_PROPOSAL, actor=who, refers_to=report.event_count, text=WHY)
    make.act(found["refused"], Action.ASSIGN_TO_UNIT, actor=admin, text=WHY, unit_id=make.unit("dinkes").pk)
    offer(found["begun_refused"], to=SERANG)
    for viewer in (admin, other, unit, make.national_admin()):
        assert held(viewer) == set()
    assert not Report.objects.exclude(deciders="", decision_asked_by=None).exists()
    audit.audit(now=make.NOW)


def test_an_archive_and_a_return_are_refused_with_a_reason_and_what_was_refused_is_no_first_voice():
    admin, unit, operator = make.agency_admin(), make.liaison(), make.unit_admin()
    report = make.report(status=Status.ASSIGNED)
    archive(report, unit, why=ArchiveReason.HOAX_SPAM)
    asked = Report.objects.get(pk=report.pk).event_count
    refused(Reason.SAME_OFFICER, say_no, report, unit, asked)
    refused(Reason.NOT_YOUR_ROLE, say_no, report, operator, asked)
    say_no(report, admin, asked)
    assert recipients.officers(report, Audience.PROPOSER, on=make.NOW.date()) == [unit.user_id]
    refused(Reason.NO_PROPOSAL, say_no, report, admin, asked)
    refused(Reason.NEEDS_SECOND_OFFICER, archive, report, admin, Action.ARCHIVE, ArchiveReason.HOAX_SPAM)
    make.act(report, Action.PROPOSE_RETURN, actor=operator, text=WHY)
    asked = Report.objects.get(pk=report.pk).event_count
    refused(Reason.NOT_YOUR_ROLE, say_no, report, admin, asked)
    say_no(report, unit, asked)
    assert held(admin) == held(unit) == set()
    archive(report, unit)
    assert held(admin) == {report.number}, "who was refused may ask again"
    audit.audit(now=make.NOW)


def test_a_word_against_an_archive_for_one_reason_leaves_that_for_another():
    admin, unit, other = make.agency_admin(), make.liaison(), make.agency_admin()
    report = make.report(status=Status.ASSIGNED)
    archive(report, unit, why=ArchiveReason.HOAX_SPAM)
    asked = Report.objects.get(pk=report.pk).event_count
    archive(report, other, why=ArchiveReason.HOAX_SPAM)
    archive(report, unit, why=ArchiveReason.ABUSIVE_SARA)
    assert held(other) == {report.number}, "two others ask"
    say_no(report, admin, asked)
    refused(Reason.NEEDS_SECOND_OFFICER, archive, report, admin, Action.ARCHIVE, ArchiveReason.HOAX_SPAM)
    assert held(admin) == held(other) == {report.number}
    archive(report, other, Action.ARCHIVE, ArchiveReason.ABUSIVE_SARA)
    audit.audit(now=make.NOW)


def say_no(report, actor, seq):
    return make.act(report, Action.REFUSE_PROPOSAL, actor=actor, refers_to=seq, text=WHY)


def test_what_another_agency_refuses_comes_back_until_it_is_offered_to_the_next():
    admin, unit = make.agency_admin(), make.liaison()
    own, units = make.act(make.submit(), Action.MANAGE_SELF, actor=admin), make.report(status=Status.ASSIGNED)
    for report in (own, units):
        offer(report, to=LEBAK)
        refuse(report, by=LEBAK)
    assert (held(admin, queues.CAME_BACK), held(unit, queues.CAME_BACK)) == ({own.number}, {units.number})
    assert held(admin) == {own.number, units.number}
    client = Client()
    client.force_login(User.objects.get(pk=admin.user_id))
    assert "menolak pelimpahan laporan ini" in client.get(f"/meja/{units.number}").text
    offer(own, to=SERANG)
    assert held(admin, queues.CAME_BACK) == set()
    refuse(own, by=SERANG, suggesting=LEBAK)  # the second refusal: the arbiter decides
    assert held(admin, queues.CAME_BACK) == set()
    assert held(admin) == {units.number}
    assert held(make.national_admin(), queues.DISPUTED) == {own.number}


def test_what_came_back_begun_is_not_called_unsolved_unless_its_reporter_says_so():
    admin, refused, asked = make.agency_admin(), make.report(status=Status.IN_PROGRESS), make.report()
    offer(refused, to=LEBAK)
    refuse(refused, by=LEBAK)
    make.act(asked, Action.VERIFY_AND_ASSIGN)
    for action in (Action.FOLLOW_UP, Action.REQUEST_DATA, Action.SUPPLY_DATA):
        make.act(asked, action)
    objected = make.act(make.report(status=Status.ANSWERED), Action.REPORTER_REPLY)
    named = make.act(make.report(status=Status.ANSWERED), Action.REPORTER_REPLY)
    assert held(make.liaison(), queues.CAME_BACK) == {one.number for one in (refused, asked, objected, named)}
    assert held(admin, queues.OBJECTED) == {objected.number, named.number}
    make.act(named, Action.FOLLOW_UP)
    assert held(admin, queues.OBJECTED) == {objected.number}
    audit.audit(now=make.NOW)


def test_what_waited_waits_again_when_a_merge_is_undone():
    admin, unit = make.agency_admin(), make.liaison("dindikbud")
    lead, report = make.report(status=Status.ASSIGNED), make.act(make.submit(), Action.MANAGE_SELF, actor=admin)
    make.act(report, Action.ASSIGN_TO_UNIT, actor=admin, unit_id=make.unit("dindikbud").pk, text=WHY)
    archive(report, unit)
    clusters.merge(actor=admin, lead=lead.number, members=[report.number], now=make.NOW)
    assert held(admin) == set(), "nothing of a cluster is archived alone"
    clusters.unmerge(actor=admin, lead=lead.number, members=[report.number], now=make.NOW)
    assert held(admin) == {report.number}
    audit.audit(now=make.NOW)
    wanted = Report.objects.values_list(*_WRITTEN).get(pk=report.pk)
    Report.objects.update(deciders="", decision_asked_by=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("tanggap.migrations.0077_decisions").FORWARD)
    assert Report.objects.values_list(*_WRITTEN).get(pk=report.pk) == wanted


def test_the_migration_writes_of_old_chains_what_the_acts_write_of_new_ones():
    wait_for_a_word()
    own = make.act(make.submit(), Action.MANAGE_SELF, actor=make.agency_admin())
    offer(own, to=LEBAK)
    refuse(own, by=LEBAK)
    for status in Status:
        make.report(status=status)
    objected = make.act(make.report(status=Status.ANSWERED), Action.REPORTER_REPLY)
    make.act(make.report(status=Status.ANSWERED), Action.REPORTER_REPLY)
    make.act(objected, Action.ANSWER)
    wanted = sorted(Report.objects.values_list(*_WRITTEN))
    Report.objects.update(deciders="", decision_asked_by=None, is_objected=False)
    Report.objects.filter(events__kind="refuse_transfer").update(came_back=False)
    with connection.cursor() as cursor:
        cursor.execute(import_module("tanggap.migrations.0077_decisions").FORWARD)
    assert sorted(Report.objects.values_list(*_WRITTEN)) == wanted
