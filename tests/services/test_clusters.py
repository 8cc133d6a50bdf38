"""Many reporters, one work item: each keeps number, clock, history and answer (T20, T21; REQ-24, 25, 26)."""

from dataclasses import replace

import pytest

from tanggap.domain.actors import Reporter
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import Outcome
from tanggap.domain.policy import Reason
from tanggap.domain.queues import CAME_BACK, MINE, OWED, OWN, UNASSIGNED
from tanggap.models import Attachment, Deadline, Message, Publication, Report
from tanggap.selectors import counters, queues
from tanggap.selectors import reports as selectors
from tanggap.selectors.reports import NotFoundError
from tanggap.services import audit, clusters, escalation, reminders, reports
from tests import make
from tests.world import picture

pytestmark = pytest.mark.django_db

LEBAK = "kab-lebak"


def assigned(**values):
    return make.report(status=Status.ASSIGNED, **values)


def merge(lead, *members, actor=None, **values):
    return clusters.merge(
        actor=actor or make.agency_admin(),
        lead=lead.number,
        members=[member.number for member in members],
        now=make.NOW,
        **values,
    )


def unmerge(lead, *members, actor=None):
    numbers = [member.number for member in members]
    return clusters.unmerge(actor=actor or make.agency_admin(), lead=lead.number, members=numbers, now=make.NOW)


def refused(why, act, *args, **values):
    with pytest.raises(reports.NotAllowedError) as caught:
        act(*args, **values)
    assert caught.value.reason == why
    return caught.value


def kinds(report):
    return [event.kind for event in selectors.events_of(report.pk)]


def fresh(*rows):
    return [Report.objects.get(pk=row.pk) for row in rows]


def running(report, clock):
    return Deadline.objects.filter(report=report, clock=clock.value, stopped_at=None).exists()


def told(report):
    return list(Message.objects.filter(report=report, user=None).order_by("pk").values_list("notice", flat=True))


def test_n_reports_are_merged_at_once_and_each_stays_what_it_is():
    lead, *others = (assigned() for _ in range(4))
    due = {row.pk: row.due_at for row in others}
    merge(lead, *others)
    lead, *others = fresh(lead, *others)
    assert (lead.member_count, lead.cluster_lead_id) == (3, None)
    assert {row.cluster_lead_id for row in others} == {lead.pk}
    assert {row.status for row in others} == {Status.ASSIGNED}
    assert {row.pk: row.due_at for row in others} == due
    assert kinds(lead)[-1] == "take_in"
    assert {kinds(row)[-1] for row in others} == {"merge"}
    assert told(others[0])[-1] == "merged"
    assert Publication.objects.filter(cluster=lead.pk, is_stub=False).count() == 4
    audit.audit(now=make.NOW)


def on_the_desk(viewer, queue):
    """Return what a queue lists; the number beside it must be its length."""
    listed = [row.number for row in queues.list_(viewer=viewer, filters=queues.Filters(queue=queue)).rows]
    assert counters.desk(viewer).queues[queue.code] == len(listed), queue.code
    return set(listed)


def test_they_are_one_line_of_work_until_one_of_them_stands_elsewhere():
    lead, one, other, alone = (assigned() for _ in range(4))
    merge(lead, one, other)
    liaison, all_of_them = make.liaison(), {row.number for row in (lead, one, other, alone)}
    for queue in (OWED, UNASSIGNED):
        assert on_the_desk(liaison, queue) == {lead.number, alone.number}
    assert on_the_desk(liaison, OWN) == all_of_them, "n reports are n"
    make.act(lead, Action.TAKE, actor=liaison)
    assert on_the_desk(liaison, MINE) == {lead.number}
    make.act(lead, Action.ANSWER, actor=liaison, outcome=Outcome.EXPLAINED)
    assert on_the_desk(liaison, OWED) == {alone.number}
    # "Belum selesai" of one reporter opens that one alone.
    make.act(one, Action.REPORTER_REPLY, actor=Reporter(one.pk))
    assert on_the_desk(liaison, OWED) == {one.number, alone.number}
    assert on_the_desk(liaison, CAME_BACK) == {one.number}
    unmerge(lead, one)
    assert not Report.objects.filter(pk=one.pk, goes_along=True).exists()
    assert on_the_desk(liaison, OWN) == all_of_them
    audit.audit(now=make.NOW)
    Report.objects.filter(pk=other.pk).update(goes_along=False)
    with pytest.raises(audit.AuditError, match="goes_along"):
        audit.audit(now=make.NOW)


def test_the_answer_of_the_lead_reaches_every_reporter_and_stops_every_clock():
    lead, one, other = assigned(), assigned(), make.report(status=Status.IN_PROGRESS)
    merge(lead, one, other)
    photo = picture()
    make.act(lead, Action.FOLLOW_UP)
    make.act(lead, Action.ANSWER, outcome=Outcome.FIXED, files=(replace(photo, is_publishable=True),))
    lead, one, other = fresh(lead, one, other)
    assert [row.status for row in (lead, one, other)] == [Status.ANSWERED] * 3
    said = Publication.objects.get(report=lead).timeline[-1]["text"]
    for row in (one, other):
        assert kinds(row)[-2:] == ["follow_up", "answer"]
        assert not running(row, Clock.RESOLVE)
        assert told(row)[-2:] == ["followed_up", "answered"]
        answer = selectors.events_of(row.pk)[-1]
        assert answer.data["carried"] == selectors.events_of(lead.pk)[-1].seq
        assert Publication.objects.get(report=row).timeline[-1]["text"] == said
        assert Publication.objects.get(report=row).files == [photo.key], "the evidence is shown to each"
    assert Attachment.objects.filter(key=photo.key).count() == 3
    audit.audit(now=make.NOW)


def test_officers_are_told_once_of_the_lead_and_not_of_each_member():
    lead, one = assigned(), assigned()
    merge(lead, one)
    make.act(
        lead, Action.ASSIGN_TO_UNIT, actor=make.agency_admin(), unit_id=make.unit("dindikbud").pk, text="Milik Anda."
    )
    assert Report.objects.get(pk=one.pk).owner_unit.slug == "dindikbud"
    assert told(lead)[-1] == "new_work"
    assert told(one)[-1] == "merged"


def test_a_late_cluster_is_one_letter_and_its_members_are_lines_of_the_digest():
    lead, one = assigned(), assigned()
    merge(lead, one)
    for day in range(1, 9):
        now = make.NOW + day * make.DAY
        reminders.remind(now=now)
        escalation.escalate(now=now)
    rows = Message.objects.filter(notice__in=["due_soon", "overdue"]).values_list("report_id", "notice", "state")
    assert {row[1:] for row in rows if row[0] == lead.pk} >= {("due_soon", "queued"), ("overdue", "queued")}
    assert {row[1:] for row in rows if row[0] == one.pk} == {("overdue", "skipped")}
    assert kinds(one)[-1] == "escalate", "each report has its own ladder all the same"


def test_a_member_that_is_taken_up_again_alone_has_letters_of_its_own():
    lead, one = assigned(), assigned()
    merge(lead, one)
    make.act(lead, Action.ANSWER)
    make.act(one, Action.REPORTER_REPLY, actor=Reporter(one.pk))
    for day in range(1, 9):
        reminders.remind(now=make.NOW + day * make.DAY)
        escalation.escalate(now=make.NOW + day * make.DAY)
    rows = Message.objects.filter(report=one, state="queued").values_list("notice", flat=True)
    assert {"due_soon", "overdue"} <= set(rows)


def test_an_answer_that_waits_for_a_second_look_reaches_the_members_when_it_is_released():
    lead, one = assigned(), assigned()
    merge(lead, one)
    words = {"text": "Silakan menghubungi instansi terkait.", "files": (picture(),)}
    make.act(lead, Action.ANSWER, **words)
    refused(Reason.ANSWER_WAITS, merge, lead, assigned())
    assert [kinds(row)[-1] for row in (lead, one)] == ["hold_answer", "merge"]
    make.act(lead, Action.RELEASE_ANSWER, actor=make.agency_admin())
    assert [row.status for row in fresh(lead, one)] == ["answered", "answered"]
    assert Attachment.objects.filter(report=one, event__kind="answer").count() == 1
    audit.audit(now=make.NOW)


def test_not_yet_done_reopens_that_member_alone_and_reaches_the_owner():
    lead, one, other = assigned(), assigned(), assigned()
    merge(lead, one, other)
    make.act(lead, Action.ANSWER)
    make.act(one, Action.REPORTER_REPLY)
    assert [row.status for row in fresh(lead, one, other)] == ["answered", "in_progress", "answered"]
    assert told(one)[-1] == "objected", "to the office and its admins"
    assert running(one, Clock.REPLY)
    make.act(one, Action.ANSWER)
    assert Report.objects.get(pk=one.pk).status == Status.ANSWERED
    make.act(lead, Action.CLOSE_MANUAL, actor=make.agency_admin())
    assert [row.status for row in fresh(lead, one, other)] == ["closed"] * 3


def test_what_nobody_verified_is_verified_like_the_lead_with_every_finding_masked():
    lead = assigned()
    late = make.submit(body="Lubang di depan pasar. Hubungi saya di 081234567890 kapan saja.")
    assert refused(Reason.VERIFY_FIRST, merge, lead, late).number == late.number
    merge(lead, late, is_checked=True)
    late.refresh_from_db()
    assert (late.status, late.owner_unit_id, late.category_id) == (
        Status.ASSIGNED,
        lead.owner_unit_id,
        lead.category_id,
    )
    assert not running(late, Clock.VERIFY)
    assert "0812" not in Publication.objects.get(report=late).body
    audit.audit(now=make.NOW)


def test_a_lead_is_verified_first_and_nothing_happens_to_the_members_when_one_is_refused():
    new, one, closed = make.submit(), assigned(), make.report(status=Status.CLOSED)
    assert refused(Reason.VERIFY_FIRST, merge, new, one, is_checked=True).number == new.number
    assert refused(Reason.WRONG_STATUS, merge, one, new, closed, is_checked=True).number == closed.number
    assert [row.status for row in fresh(new, one)] == ["unverified", "assigned"]
    assert Report.objects.filter(cluster_lead__isnull=False).count() == 0


def test_secret_and_public_are_never_together():
    public, secret = assigned(), assigned(is_confidential=True)
    assert refused(Reason.SECRECY_APART, merge, public, secret).number == secret.number
    refused(Reason.SECRECY_APART, merge, secret, public)
    refused(Reason.SECRECY_APART, merge, public, make.submit(is_confidential=True), is_checked=True)


def test_who_is_named_in_one_does_not_come_to_it_through_another():
    officer = make.liaison()
    lead, about = assigned(), make.submit()
    make.act(about, Action.VERIFY_AND_ASSIGN, supervisory=True, named_users=(officer.user_id,))
    refused(Reason.NAMED_APART, merge, lead, about)
    refused(Reason.NAMED_APART, merge, about, lead)
    with pytest.raises(NotFoundError):
        clusters.unmerge(actor=officer, lead=lead.number, members=[about.number], now=make.NOW)


def test_within_the_agency_for_its_admin_and_across_for_the_national_admin():
    lead, theirs = assigned(), elsewhere()
    with pytest.raises(NotFoundError):
        merge(lead, theirs)
    refused(Reason.NOT_YOUR_ROLE, merge, lead, assigned(), actor=make.liaison())
    merge(lead, theirs, actor=make.national_admin())
    theirs.refresh_from_db()
    assert theirs.owner_unit_id == lead.owner_unit_id
    lebak = make.agency_admin(LEBAK)
    assert selectors.get(viewer=lebak, number=theirs.number).pk == theirs.pk, "who had it reads on"
    unmerge(lead, theirs, actor=make.national_admin())
    theirs.refresh_from_db()
    assert (theirs.owner_agency.slug, theirs.former_agency_ids) == (LEBAK, [])
    audit.audit(now=make.NOW)


def elsewhere():
    report = make.submit(destination_id=make.agency(LEBAK).pk)
    return make.act(report, Action.MANAGE_SELF, actor=make.agency_admin(LEBAK))


def test_one_cluster_at_a_time_and_never_with_itself():
    lead, one, other = assigned(), assigned(), assigned()
    refused(Reason.WITH_ITSELF, merge, lead, lead)
    merge(lead, one)
    refused(Reason.ALREADY_MERGED, merge, other, one)
    refused(Reason.ALREADY_MERGED, merge, one, other)
    assert refused(Reason.ALREADY_MERGED, merge, other, lead).number == lead.number
    refused(Reason.NOT_MERGED, unmerge, other, one)
    refused(Reason.MISSING_MEMBERS, merge, lead)
    merge(lead, other)
    assert Report.objects.get(pk=lead.pk).member_count == 2


def test_what_is_on_its_way_is_not_merged_and_what_is_merged_does_not_go_on_its_way():
    lead, offered = assigned(), assigned()
    move = replace(make.SAYING, agency_id=make.agency(LEBAK).pk)
    values = {"action": Action.TRANSFER, "move": move, "now": make.NOW, "actor": make.agency_admin()}
    reports.act(number=offered.number, **values)
    refused(Reason.OFFER_RUNS, merge, lead, offered)
    one = assigned()
    merge(lead, one)
    for row in (lead, one):
        refused(Reason.IN_CLUSTER, reports.act, number=row.number, **values)
        refused(Reason.IN_CLUSTER, make.act, row, Action.ARCHIVE)


def test_undoing_a_merge_loses_nothing_and_gives_the_report_back():
    lead, one = assigned(), assigned()
    other = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, unit_id=make.unit("dindikbud").pk)
    merge(lead, one, other)
    make.act(lead, Action.FOLLOW_UP)
    before = selectors.events_of(other.pk)
    unmerge(lead, other)
    lead, one, other = fresh(lead, one, other)
    assert (other.cluster_lead_id, other.owner_unit.slug, other.status) == (None, "dindikbud", "in_progress")
    assert selectors.events_of(other.pk)[:-1] == before, "what was said and done stays, with author and date"
    assert (lead.member_count, one.cluster_lead_id) == (1, lead.pk)
    make.act(lead, Action.ANSWER)
    assert [row.status for row in fresh(one, other)] == ["answered", "in_progress"]
    audit.audit(now=make.NOW)


@pytest.mark.parametrize("how", ["withdrawn", "made secret", "sent back by its unit"])
def test_a_member_that_cannot_stay_leaves_and_keeps_owner_and_clock(how):
    lead, one, other = assigned(), assigned(), assigned()
    merge(lead, one, other)
    if how == "withdrawn":
        make.act(one, Action.WITHDRAW)
    elif how == "made secret":
        reports.set_own_visibility(
            actor=Reporter(one.pk), number=one.number, is_anonymous=True, is_confidential=True, now=make.NOW
        )
    else:
        reports.act(
            actor=make.liaison(), number=one.number, action=Action.RETURN_TO_ADMIN, move=make.SAYING, now=make.NOW
        )
    lead, one, other = fresh(lead, one, other)
    assert (lead.member_count, one.cluster_lead_id, other.cluster_lead_id) == (1, None, lead.pk)
    assert one.status == "withdrawn" or one.due_at is not None
    assert Publication.objects.filter(cluster=lead.pk).count() == 2
    audit.audit(now=make.NOW)


@pytest.mark.parametrize("how", [Action.WITHDRAW, Action.SET_VISIBILITY])
def test_without_its_lead_a_cluster_is_over_and_every_report_goes_on(how):
    lead, one, other = assigned(), assigned(), assigned()
    merge(lead, one, other)
    make.act(lead, how, actor=Reporter(lead.pk), is_confidential=True)
    lead, one, other = fresh(lead, one, other)
    assert (lead.member_count, one.cluster_lead_id, other.cluster_lead_id) == (0, None, None)
    assert all(row.due_at and row.owner_unit_id for row in (one, other))
    audit.audit(now=make.NOW)


def test_what_is_sent_back_goes_back_together_and_is_verified_together():
    lead, one = assigned(), make.act(make.submit(), Action.VERIFY_AND_ASSIGN, title="Lubang di pasar")
    ahead = make.report(status=Status.IN_PROGRESS)
    merge(lead, one, ahead)
    reports.act(actor=make.liaison(), number=lead.number, action=Action.RETURN_TO_ADMIN, move=make.SAYING, now=make.NOW)
    assert [row.owner_unit_id is None for row in fresh(lead, one, ahead)] == [True, True, True]
    make.act(lead, Action.RETURN, actor=make.agency_admin())
    assert [row.status for row in fresh(lead, one, ahead)] == ["unverified", "unverified", "in_progress"]
    home = {"actor": make.national_admin(), "agency_id": make.agency().pk, "unit_id": make.unit("dindikbud").pk}
    make.act(lead, Action.VERIFY_AND_ASSIGN, **home)
    lead, one, ahead = fresh(lead, one, ahead)
    assert [row.owner_unit.slug for row in (lead, one)] == ["dindikbud", "dindikbud"]
    assert (ahead.owner_unit, ahead.due_at is not None) == (None, True), "what was begun waits with the admin"
    assert one.title == "Lubang di pasar", "its own title and its own checked texts"
    audit.audit(now=make.NOW)
