"""Nothing with personal data becomes public unless somebody looked at it."""

import pytest

from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.reasons import Reason
from tanggap.models import Event, Publication
from tanggap.services import redaction
from tanggap.services.reports import NotAllowedError
from tests import make

pytestmark = pytest.mark.django_db
BODY = "Petugas meminta uang kepada saya. Hubungi saya di 081234567890, rumah dekat pasar."


def _spans(text):
    return tuple((f.start, f.end, f.kind.value) for f in redaction.find(text))


def test_a_verification_that_answers_no_finding_is_refused_though_the_door_says_that_it_did():
    report = make.submit(body=BODY)
    with pytest.raises(NotAllowedError) as caught:
        make.act(report, Action.VERIFY_AND_ASSIGN)
    assert caught.value.reason == Reason.MISSING_CHECKS
    assert not Publication.objects.filter(report=report).exists()


def test_what_was_masked_is_not_public():
    report = make.submit(body=BODY)
    make.act(report, Action.VERIFY_AND_ASSIGN, masked={"title": (), "body": _spans(BODY), "location": ()})
    public = Publication.objects.get(report=report)
    assert "081234567890" not in public.body
    assert "disamarkan" in public.body


def test_what_was_left_on_purpose_is_public_and_it_is_on_record_who_left_it():
    report = make.submit(body=BODY)
    make.act(
        report,
        Action.VERIFY_AND_ASSIGN,
        masked={"title": (), "body": (), "location": ()},
        kept={"body": _spans(BODY)},
    )
    assert "081234567890" in Publication.objects.get(report=report).body
    event = Event.objects.get(report=report, kind=Action.VERIFY_AND_ASSIGN)
    assert event.data["kept"]["body"]
    assert event.user_id


@pytest.mark.parametrize("action", [Action.FOLLOW_UP, Action.ANSWER, Action.RETURN, Action.REQUEST_DATA])
def test_an_officers_text_with_a_finding_is_held(action):
    report = make.report(status=Status.ASSIGNED)
    with pytest.raises(NotAllowedError) as caught:
        make.act(report, action, text="Silakan hubungi Pak Budi di 081234567890 pada jam kerja.")
    assert caught.value.reason == Reason.MISSING_CHECKS


def test_a_later_text_of_the_reporter_stays_inside_until_an_officer_confirmed_it():
    report = make.report(status=Status.ANSWERED)
    make.act(report, Action.REPORTER_REPLY, text=f"Belum selesai. {BODY}")
    public = Publication.objects.get(report=report)
    (held,) = [entry for entry in public.timeline if entry["kind"] == Action.REPORTER_REPLY]
    assert held["held"]
    assert not held["text"]
    seq, text = held["seq"], f"Belum selesai. {BODY}"
    with pytest.raises(NotAllowedError):
        make.act(report, Action.CONFIRM_TEXT, refers_to=seq, masked={"text": ()}, checks_answered=True)
    make.act(report, Action.CONFIRM_TEXT, refers_to=seq, masked={"text": _spans(text)}, checks_answered=True)
    public.refresh_from_db()
    (shown,) = [entry for entry in public.timeline if entry["kind"] == Action.REPORTER_REPLY]
    assert "Belum selesai" in shown["text"]
    assert "081234567890" not in shown["text"]
