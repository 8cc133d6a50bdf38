"""An answer that answers nothing waits for a second officer; the reporter's clock runs on meanwhile (REQ-19 to 23)."""

from dataclasses import replace

import pytest

from tanggap.domain import queues
from tanggap.domain.actors import Reporter
from tanggap.domain.clocks import Clock
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Audience, Notice
from tanggap.domain.outcomes import Outcome
from tanggap.domain.policy import Reason
from tanggap.models import Message, Publication, Report, User
from tanggap.selectors import counters, own_reports, recipients
from tanggap.selectors import queues as lists_of
from tanggap.selectors import reports as report_selectors
from tanggap.services import audit, reports
from tanggap.services.reports import NotAllowedError
from tests import make, world

pytestmark = pytest.mark.django_db

ELSEWHERE = "Terima kasih atas laporannya. Silakan menghubungi instansi terkait."
PLAIN = "Perbaikan ruas itu kami jadwalkan, dan hasilnya kami kabarkan di sini."
TODAY = make.NOW.date()


def _answer(report: Report, text: str, *, actor: object = None, **values: object) -> Report:
    move = replace(make.ANSWER, text=text, **values)
    return reports.act(
        actor=actor or make.usual_actor(report, Action.ANSWER),  # type: ignore[arg-type]
        number=report.number,
        action=Action.ANSWER,
        move=move,
        now=make.NOW,
    )


def _kinds(report: Report) -> list[str]:
    return [event.kind for event in report_selectors.events_of(report.pk)]


def _last(report: Report) -> EventRecord:
    return report_selectors.events_of(report.pk)[-1]


def _running(report: Report) -> set[str]:
    return set(report.deadlines.filter(stopped_at=None).values_list("clock", flat=True))


def test_a_held_answer_is_known_to_nobody_outside_and_stops_no_clock(django_capture_on_commit_callbacks):
    report = make.report(status=Status.ASSIGNED)
    before, clocks = Publication.objects.get(report=report).updated_at, _running(report)
    held = _answer(report, ELSEWHERE)
    assert _kinds(held)[-1] == Action.HOLD_ANSWER
    assert _last(held).data["grounds"] == ["sends_elsewhere"]
    assert (held.status, held.outcome, held.answered_at) == (Status.ASSIGNED, "", None)
    assert _running(held) == clocks
    assert Clock.RESOLVE in clocks
    public = Publication.objects.get(report=report)
    assert ELSEWHERE not in str([public.answers, public.timeline])
    assert public.updated_at == before
    own = own_reports.get(viewer=Reporter(report.pk), now=make.NOW)
    assert ELSEWHERE not in str(own.entries)
    assert not Message.objects.filter(report=report, notice=Notice.ANSWERED).exists()
    assert Message.objects.filter(report=report, notice=Notice.ANSWER_HELD).exists()
    audit.audit(now=make.NOW)


def test_a_released_answer_goes_out_as_its_authors_with_its_files():
    report = make.report(status=Status.ASSIGNED)
    author, picture = make.liaison(), world.picture()
    _answer(report, ELSEWHERE, actor=author, files=(picture,), outcome=Outcome.FIXED)
    released = make.act(report, Action.RELEASE_ANSWER, actor=make.agency_admin())
    assert _kinds(released)[-3:] == [Action.HOLD_ANSWER, Action.RELEASE_ANSWER, Action.ANSWER]
    answer = _last(released)
    assert (answer.user_id, answer.unit_id) == (author.user_id, author.unit_id)
    assert (released.status, released.outcome, released.held_answer_by_id) == (Status.ANSWERED, "fixed", None)
    assert Clock.RESOLVE not in _running(released)
    public = Publication.objects.get(report=report)
    assert ELSEWHERE in public.answers
    assert picture.key in public.files
    own = own_reports.get(viewer=Reporter(report.pk), now=make.NOW)
    assert [file.key for file in own.entries[-1].files] == [picture.key]
    assert own_reports.file(viewer=Reporter(report.pk), key=picture.key).key == picture.key
    assert Message.objects.filter(report=report, notice=Notice.ANSWERED).exists()
    audit.audit(now=make.NOW)


def test_an_answer_that_is_sent_back_can_be_written_anew():
    report = make.report(status=Status.ASSIGNED)
    author, picture = make.liaison(), world.picture()
    _answer(report, ELSEWHERE, actor=author, files=(picture,))
    back = make.act(report, Action.SEND_BACK_ANSWER, actor=make.agency_admin(), text="Sebutkan apa yang Anda kerjakan.")
    assert (back.status, back.held_answer_by_id) == (Status.ASSIGNED, None)
    with pytest.raises(own_reports.NotFoundError):
        own_reports.file(viewer=Reporter(report.pk), key=picture.key)
    told = recipients.officers(back, Audience.AUTHOR, on=TODAY)
    assert told == [author.user_id]
    assert _answer(report, PLAIN, actor=author).status == Status.ANSWERED


def test_nobody_releases_an_answer_of_his_own():
    report = make.report(status=Status.ASSIGNED)
    admin, colleague, national = make.agency_admin(), make.agency_admin(), make.national_admin()
    _answer(report, ELSEWHERE, actor=admin)
    with pytest.raises(NotAllowedError) as refused:
        make.act(report, Action.RELEASE_ANSWER, actor=admin)
    assert refused.value.reason == Reason.SAME_OFFICER
    for who, queue, seen in (
        (admin, queues.HELD, False),
        (colleague, queues.HELD, True),
        (make.agency_admin("kab-tangerang"), queues.HELD, False),
        (national, queues.HELD_ANYWHERE, True),
    ):
        rows = lists_of.list_(viewer=who, filters=lists_of.Filters(queue=queue)).rows
        assert (report.number in {row.number for row in rows}) == seen
        assert counters.desk(who).queues[queue.code] == len(rows)
    told = recipients.officers(report, Audience.SECOND_LOOK, on=TODAY)
    assert colleague.user_id in told
    assert not {admin.user_id, national.user_id} & set(told)
    User.objects.filter(pk__in=told).update(is_active=False)
    assert recipients.officers(report, Audience.SECOND_LOOK, on=TODAY) == [national.user_id]
    assert make.act(report, Action.RELEASE_ANSWER, actor=national).status == Status.ANSWERED


def test_the_same_words_are_counted_by_agency_over_thirty_days():
    first, second, third = (make.report(status=Status.ASSIGNED) for _ in range(3))
    elsewhere = make.submit(destination_id=make.agency("kab-tangerang").pk)
    make.act(elsewhere, Action.MANAGE_SELF)
    assert _answer(first, "Perbaikan dijadwalkan minggu depan, nomor pekerjaan 12/2020.").status == Status.ANSWERED
    held = _answer(second, "  PERBAIKAN dijadwalkan minggu depan – nomor pekerjaan 98/2021!")
    assert _last(held).data | {"grounds": ["same_words"], "same": 1} == _last(held).data
    assert _answer(elsewhere, "Perbaikan dijadwalkan minggu depan, nomor pekerjaan 1/2020.").status == Status.ANSWERED
    much_later = replace(make.ANSWER, text="Perbaikan dijadwalkan minggu depan, nomor pekerjaan 7/2020.")
    august = make.NOW + 31 * make.DAY
    done = reports.act(actor=make.liaison(), number=third.number, action=Action.ANSWER, move=much_later, now=august)
    assert done.status == Status.ANSWERED


def test_the_first_of_a_month_frees_no_copy():
    first, second = (make.report(status=Status.ASSIGNED) for _ in range(2))
    at_its_end, at_the_next = make.NOW.replace(day=31), make.NOW.replace(month=8, day=1)
    for report, now in ((first, at_its_end), (second, at_the_next)):
        done = reports.act(
            actor=make.liaison(),
            number=report.number,
            action=Action.ANSWER,
            move=replace(make.ANSWER, text=PLAIN),
            now=now,
        )
    assert (_kinds(first)[-1], _last(done).data["grounds"]) == (Action.ANSWER, ["same_words"])


def test_an_answer_that_only_hands_on_waits_and_one_that_also_explains_goes_out():
    first, second = (make.report(status=Status.ASSIGNED) for _ in range(2))
    hollow = "Laporan Anda telah kami koordinasikan dengan instansi terkait untuk ditindaklanjuti."
    held = _answer(first, hollow)
    assert (_kinds(held)[-1], _last(held).data["grounds"]) == (Action.HOLD_ANSWER, ["says_nothing"])
    assert _answer(second, f"{hollow} Iuran itu dihentikan sejak Juni.").status == Status.ANSWERED


def test_what_is_held_ends_when_the_report_goes_on_without_it():
    report = make.report(status=Status.ASSIGNED)
    _answer(report, ELSEWHERE)
    moved = make.act(
        report, Action.ASSIGN_TO_UNIT, actor=make.agency_admin(), unit_id=make.unit("dindikbud").pk, text="-"
    )
    assert moved.held_answer_by_id is None
    with pytest.raises(NotAllowedError) as refused:
        make.act(report, Action.RELEASE_ANSWER, actor=make.agency_admin())
    assert refused.value.reason == Reason.NOTHING_HELD


def test_an_officer_does_not_say_that_an_answer_was_released():
    report = make.report(status=Status.ASSIGNED)
    _answer(report, ELSEWHERE)
    with pytest.raises(NotAllowedError) as refused:
        _answer(report, ELSEWHERE, releases=report.event_count + 1)
    assert refused.value.reason == Reason.NOTHING_HELD


def test_who_claims_field_work_shows_it_since_the_reporter_wrote_last():
    report = make.report(status=Status.ASSIGNED)
    claim = "Lubang di depan pasar sudah kami tambal kemarin."
    with pytest.raises(NotAllowedError) as refused:
        _answer(report, claim)
    assert refused.value.reason == Reason.CLAIMS_FIELD_WORK
    make.act(report, Action.FOLLOW_UP, files=(world.picture(),))
    assert _answer(report, claim).status == Status.ANSWERED
    make.act(report, Action.REPORTER_REPLY)
    with pytest.raises(NotAllowedError) as refused:
        _answer(report, claim + " Sungguh.")
    assert refused.value.reason == Reason.CLAIMS_FIELD_WORK
    assert _answer(report, claim + " Sungguh.", files=(world.picture(),)).status == Status.ANSWERED


def test_a_claim_is_asked_for_in_all_its_words_and_a_plan_goes_out_without_a_picture():
    report = make.report(status=Status.ASSIGNED)
    for claim in (
        "Sudah kami tangani di lapangan.",
        "Lampu sudah menyala kembali.",
        "Sudah beres.",
        "Pada tanggal 3 tim meninjau lokasi dan memperbaiki jalan tersebut.",
    ):
        with pytest.raises(NotAllowedError) as refused:
            _answer(report, claim)
        assert refused.value.reason == Reason.CLAIMS_FIELD_WORK
    assert _answer(report, "Belum kami tangani; akan kami perbaiki pada Agustus.").status == Status.ANSWERED


def test_closing_by_hand_claims_no_repair_that_the_answer_did_not_show():
    report = make.report(status=Status.ANSWERED)
    admin = make.agency_admin()
    with pytest.raises(NotAllowedError) as refused:
        make.act(report, Action.CLOSE_MANUAL, actor=admin, outcome=Outcome.FIXED)
    assert refused.value.reason == Reason.MISSING_EVIDENCE
    with pytest.raises(NotAllowedError) as refused:
        make.act(report, Action.CLOSE_MANUAL, actor=admin, outcome=Outcome.SCHEDULED)
    assert refused.value.reason == Reason.MISSING_OUTCOME_DATE
