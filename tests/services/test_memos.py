"""Where an agency wants it, an answer of a unit goes out by a signed memo (nota dinas) alone (DOMAIN 5.3)."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tanggap.adapters.scanning import staging
from tanggap.domain import queues
from tanggap.domain.actors import LiaisonOfficer, Reporter, UnitAdmin
from tanggap.domain.intake import Fault, StagedFile, Urgency
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.memos import MemoMode, Signature
from tanggap.domain.moves import Move
from tanggap.domain.notices import Audience, Notice
from tanggap.domain.organisation import Fault as OrganisationFault
from tanggap.domain.outcomes import Outcome
from tanggap.domain.policy import Reason
from tanggap.models import AdministrationEntry, Attachment, MemoNumber, Message, Report
from tanggap.selectors import counters, own_reports, recipients
from tanggap.selectors import queues as lists_of
from tanggap.selectors import reports as report_selectors
from tanggap.services import audit, clusters, memos, reports
from tanggap.services.moves import MoveError
from tanggap.services.organisation import OrganisationError
from tanggap.services.reports import MovedOnError, NotAllowedError
from tests import make, world

pytestmark = pytest.mark.django_db

MEMO = make.MEMO
ELSEWHERE = "Terima kasih atas laporannya. Silakan menghubungi instansi terkait."


def _on(mode: MemoMode = MemoMode.ALWAYS) -> None:
    admin = make.agency_admin()
    memos.change_mode(actor=admin, agency_id=admin.agency_id, mode=mode, now=make.NOW)


def _press(wanted: memos.Wanted) -> tuple[StagedFile, Signature]:
    kept = staging.keep(b"%PDF-1.7 nota", "nota.pdf", root=settings.ATTACHMENTS_DIR, least_free=0)
    file = StagedFile(kept.key, kept.sha256.hex(), kept.size, kept.media_type, kept.kind.value, kept.name)
    return file, Signature("none")


def _sign(report: Report, actor: object, move: Move = MEMO, *, typed: str = "", press: object = _press, **values):
    return memos.sign(
        actor=actor,
        number=report.number,
        move=replace(move, **values),
        typed=typed,
        press=press,
        link=partial(staging.link, root=settings.ATTACHMENTS_DIR),
        now=make.NOW,
    )


def _act(report: Report, action: Action, actor: object, move: Move = MEMO, **values: object) -> Report:
    said = replace(move, **values)
    return reports.act(actor=actor, number=report.number, action=action, move=said, now=make.NOW)


def _bytes(key: str) -> Iterator[bytes]:
    with staging.open_for_reading(settings.ATTACHMENTS_DIR, key) as file:
        yield file.read()


def _kinds(report: Report) -> list[str]:
    return [event.kind for event in report_selectors.events_of(report.pk)]


def _refused(report: Report, action: Action, actor: object, move: Move = MEMO) -> Reason:
    with pytest.raises(NotAllowedError) as refused:
        _act(report, action, actor, move)
    return refused.value.reason


def _queue(viewer: LiaisonOfficer | UnitAdmin) -> tuple[list[str], int]:
    found = lists_of.list_(viewer=viewer, filters=lists_of.Filters(queue=queues.MEMOS))
    return [row.number for row in found.rows], counters.desk(viewer).queues[queues.MEMOS.code]


def test_a_memo_goes_from_the_operator_to_the_signer_and_back_and_becomes_the_answer():
    _on()
    report, operator, liaison = make.report(status=Status.ASSIGNED), make.unit_admin(), make.liaison()
    other, picture = make.liaison("dindikbud"), world.picture()
    assert _refused(report, Action.ANSWER, liaison, make.ANSWER) == Reason.NEEDS_MEMO
    _act(report, Action.SUBMIT_MEMO, operator, files=(picture,), text="Kami menjadwalkan pengaspalan bulan depan.")
    assert [_queue(who) for who in (liaison, operator, other)] == [([report.number], 1), ([], 0), ([], 0)]
    told = Report.objects.get(pk=report.pk)
    assert recipients.officers(told, Audience.SPEAKERS, on=make.NOW.date()) == [liaison.user_id]
    assert Message.objects.filter(report=report, notice=Notice.MEMO_SUBMITTED).count() == 1
    assert _refused(report, Action.SIGN_MEMO, operator) == Reason.NOT_YOUR_ROLE
    assert _refused(report, Action.RETURN_MEMO, operator) == Reason.NOT_YOUR_ROLE

    _act(report, Action.RETURN_MEMO, liaison, Move(text="Sebutkan tanggal pengaspalannya."))
    assert [_queue(who)[1] for who in (liaison, operator)] == [0, 1]
    told.refresh_from_db()
    assert recipients.officers(told, Audience.PREPARER, on=make.NOW.date()) == [operator.user_id]
    _act(report, Action.SUBMIT_MEMO, operator, evidence=(picture.key,))
    assert _refused(report, Action.CHECK_MEMO, operator) == Reason.NOT_YOUR_ROLE
    checked = _act(report, Action.CHECK_MEMO, liaison, Move())
    assert (checked.memo_state, checked.memo_by_id) == ("checked", operator.user_id)

    signed = _sign(report, liaison, evidence=(picture.key,), shows_evidence=True)
    assert _kinds(signed)[-6:] == [
        "submit_memo", "return_memo", "submit_memo", "check_memo", "sign_memo", "answer",
    ]  # fmt: skip
    assert (signed.status, signed.memo_state, signed.memo_by_id) == (Status.ANSWERED, "", None)
    sign, answer = report_selectors.events_of(report.pk)[-2:]
    assert sign.data["memo"]["number"] == "1/ND/DPUPR/2020"
    assert answer.data["by_memo"] == sign.seq
    # The evidence goes out under a name of its own; the paper stays inside.
    shown = Attachment.objects.get(event__report=report, event__seq=answer.seq)
    assert (shown.key != picture.key, shown.is_publishable, bytes(shown.sha256).hex()) == (True, True, picture.sha256)
    paper = Attachment.objects.get(event__report=report, event__seq=sign.seq)
    assert (paper.key, paper.is_publishable) == (sign.data["memo"]["paper"], False)
    audit.audit(now=make.NOW, read_file=_bytes)


def test_who_writes_and_signs_does_it_in_one_step_and_outside_only_the_answer_is_seen():
    _on()
    report, liaison = make.report(status=Status.ASSIGNED), make.liaison()
    _sign(report, liaison)
    assert _kinds(report)[-2:] == ["sign_memo", "answer"]
    seen = own_reports.get(viewer=Reporter(report.pk), now=make.NOW).entries
    assert [entry.event.kind for entry in seen][-2:] == ["verify_and_assign", "answer"]
    assert all(not entry.files for entry in seen)
    paper = Attachment.objects.get(report=report)
    with pytest.raises(own_reports.NotFoundError):
        own_reports.file(viewer=Reporter(report.pk), key=paper.key)


def test_only_the_answers_that_the_agency_means_need_a_memo():
    liaison, operator = make.liaison(), make.unit_admin()
    plain = make.report(status=Status.ASSIGNED)
    assert _refused(plain, Action.SUBMIT_MEMO, operator) == Reason.MEMO_OFF
    with pytest.raises(OrganisationError) as refused:
        memos.change_mode(actor=liaison, agency_id=liaison.agency_id, mode=MemoMode.ALWAYS, now=make.NOW)
    assert refused.value.fault == OrganisationFault.NOT_ALLOWED
    _on(MemoMode.GRAVE)
    entry = AdministrationEntry.objects.get(kind="memo_mode")
    assert (entry.before, entry.after) == ({"mode": "off"}, {"mode": "grave"})
    assert make.act(plain, Action.ANSWER, actor=liaison).status == Status.ANSWERED
    grave = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, urgency=Urgency.LIFE)
    assert _refused(grave, Action.ANSWER, liaison, make.ANSWER) == Reason.NEEDS_MEMO
    # Nobody answers in the unit's place without one either; what no unit has, its admin answers.
    assert _refused(grave, Action.ANSWER, make.agency_admin(), make.ANSWER) == Reason.NEEDS_MEMO
    own = make.act(make.submit(), Action.MANAGE_SELF, urgency=Urgency.LIFE)
    assert make.act(own, Action.ANSWER).status == Status.ANSWERED


def test_a_memo_that_was_begun_goes_with_the_report_it_was_written_for():
    _on()
    admin, liaison, operator = make.agency_admin(), make.liaison(), make.unit_admin()
    moved = make.report(status=Status.ASSIGNED)
    _act(moved, Action.SUBMIT_MEMO, operator)
    asked = make.act(moved, Action.REQUEST_DATA, actor=liaison)
    assert (asked.memo_state, _queue(liaison)) == ("submitted", ([], 0))  # it waits while the reporter is asked
    make.act(moved, Action.SUPPLY_DATA)
    assert _queue(liaison) == ([moved.number], 1)
    back = _act(moved, Action.RETURN_TO_ADMIN, liaison, make.SAYING)
    assert (back.memo_state, _queue(liaison)) == ("", ([], 0))
    withdrawn = report_selectors.events_of(moved.pk)[-1].data["withdraws_memo"]
    assert _kinds(moved)[withdrawn - 1] == "submit_memo"
    over = make.report(status=Status.ASSIGNED)
    _act(over, Action.SUBMIT_MEMO, operator)
    assert make.act(over, Action.ARCHIVE, actor=admin).memo_state == ""
    assert report_selectors.events_of(over.pk)[-1].data["withdraws_memo"] == 3
    with pytest.raises(NotAllowedError):
        _sign(over, liaison)
    audit.audit(now=make.NOW)


def test_the_answer_of_a_signed_memo_waits_for_a_second_look_as_any_other():
    _on()
    liaison, admin = make.liaison(), make.agency_admin()
    held = make.report(status=Status.ASSIGNED)
    _sign(held, liaison, text=ELSEWHERE)
    assert _kinds(held)[-2:] == ["sign_memo", "hold_answer"]
    _act(held, Action.SEND_BACK_ANSWER, admin, Move(text="Sebutkan apa yang Anda kerjakan."))
    assert _queue(liaison) == ([held.number], 1)
    again = _sign(held, liaison, text=ELSEWHERE)
    assert (_kinds(held)[-2:], again.memo_state) == (["sign_memo", "hold_answer"], "signed")
    released = _act(held, Action.RELEASE_ANSWER, admin, Move())
    assert (released.status, released.memo_state) == (Status.ANSWERED, "")
    answer = report_selectors.events_of(held.pk)[-1]
    assert _kinds(held)[answer.data["by_memo"] - 1] == "sign_memo"
    audit.audit(now=make.NOW)


def test_numbers_run_by_unit_and_year_and_a_failed_signature_costs_none():
    _on()
    liaison, admin = make.liaison(), make.agency_admin()
    first, second = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)

    def fails(wanted: memos.Wanted) -> tuple[StagedFile, Signature]:
        raise RuntimeError(wanted.number)

    with pytest.raises(RuntimeError, match="1/ND/DPUPR/2020"):
        _sign(first, liaison, press=fails)
    assert _kinds(first)[-1] == "verify_and_assign"
    _sign(second, admin, typed="800/12/2020")
    with pytest.raises(MoveError) as refused:
        _sign(first, liaison, typed="800/12/2020")
    assert (refused.value.field, refused.value.fault) == ("memo_number", Fault.TAKEN)
    _sign(first, liaison)
    assert list(MemoNumber.objects.order_by("pk").values_list("number", "serial")) == [
        ("1/ND/DPUPR/2020", 1),
        ("800/12/2020", None),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        MemoNumber.objects.update(number="2/ND/DPUPR/2020")


def test_two_who_sign_at_once_make_one_memo_and_never_two_of_one_number():
    _on()
    report, slow, quick = make.report(status=Status.ASSIGNED), make.liaison(), make.liaison()

    def press(wanted: memos.Wanted) -> tuple[StagedFile, Signature]:
        _sign(report, quick, text=ELSEWHERE)  # it waits for a second look, so another memo may be signed after it
        return _press(wanted)

    with pytest.raises(MovedOnError):
        _sign(report, slow, press=press, text=ELSEWHERE)
    _sign(report, slow, text=ELSEWHERE)
    signed = [event for event in report_selectors.events_of(report.pk) if event.kind == Action.SIGN_MEMO]
    assert [event.data["memo"]["number"] for event in signed] == ["1/ND/DPUPR/2020", "2/ND/DPUPR/2020"]
    assert audit.audit(now=make.NOW)
    events = report_selectors.events_of(report.pk)
    with pytest.raises(audit.AuditError, match="stands on two memos"):
        audit._memos(report, [*events, signed[0]], {"1/ND/DPUPR/2020", "2/ND/DPUPR/2020"})


def test_a_grave_report_is_not_answered_without_a_memo_by_way_of_one_that_leads_it():
    _on(MemoMode.GRAVE)
    liaison, admin = make.liaison(), make.agency_admin()
    lead = make.report(status=Status.ASSIGNED)
    grave = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, urgency=Urgency.LIFE)
    clusters.merge(actor=admin, lead=lead.number, members=[grave.number], now=make.NOW)
    assert _refused(lead, Action.ANSWER, liaison, make.ANSWER) == Reason.NEEDS_MEMO
    _sign(lead, liaison)
    grave.refresh_from_db()
    assert (grave.status, _kinds(grave)[-1]) == (Status.ANSWERED, "answer")
    audit.audit(now=make.NOW)


def test_a_memo_is_signed_as_it_was_seen_complete_and_by_nobody_who_is_named():
    _on()
    liaison, operator, named = make.liaison(), make.unit_admin(), make.liaison()
    report = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, named_users=(named.user_id,))
    _act(report, Action.SUBMIT_MEMO, operator)
    assert _queue(named) == ([], 0)
    with pytest.raises(report_selectors.NotFoundError):
        _sign(report, named)
    with pytest.raises(MovedOnError):
        memos.sign(
            actor=liaison, number=report.number, move=MEMO, typed="", press=_press, link=str, now=make.NOW, seen=2
        )
    for move, reason in (
        (replace(MEMO, addressee=" "), Reason.MISSING_ADDRESSEE),
        (replace(MEMO, outcome=Outcome.FIXED), Reason.MISSING_EVIDENCE),
        (replace(MEMO, text="Lubang di jalan itu sudah kami perbaiki kemarin."), Reason.CLAIMS_FIELD_WORK),
        (replace(MEMO, text="Hubungi Ibu Siti di 081234567890 ya."), Reason.MISSING_CHECKS),
    ):
        with pytest.raises(NotAllowedError) as refused:
            _sign(report, liaison, move)
        assert refused.value.reason == reason
    with pytest.raises(MoveError) as wrong:
        _act(report, Action.SUBMIT_MEMO, operator, evidence=("0" * 32,))
    assert (wrong.value.field, wrong.value.fault) == ("evidence", Fault.UNKNOWN)
    assert not MemoNumber.objects.exists()
