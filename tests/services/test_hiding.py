"""After publication more can be hidden, never less: at once, on closed reports too, with the ground on record (T30)."""

import pytest

from tanggap.domain.hiding import HidingGround
from tanggap.domain.intake import Fault
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notices import Notice
from tanggap.domain.policy import Reason
from tanggap.domain.redaction import Finding, FindingKind
from tanggap.domain.redaction.wanted import find_wanted
from tanggap.models import EventText, Message, Publication, Report
from tanggap.services import audit, hiding
from tanggap.services.moves import MoveError
from tanggap.services.reports import NotAllowedError
from tests import make, world

pytestmark = pytest.mark.django_db

BODY = "Juru parkir Sumarna di depan pasar menagih lima ribu. Sumarna juga menagih tetangga saya kemarin."


def _closed(**values: object) -> Report:
    report = make.submit(body=BODY, title="Juru parkir Sumarna menagih lebih", **values)
    make.act(report, Action.VERIFY_AND_ASSIGN, title="Juru parkir Sumarna menagih lebih")
    make.act(report, Action.ANSWER, text="Juru parkir SUMARNA kami tegur secara tertulis pekan ini.")
    return make.act(report, Action.CONFIRM_DONE)


def _hide(report: Report, *words: str, **values: object) -> Report:
    values = {"hiding_ground": HidingGround.THIRD_PARTY, "hidden_words": words, **values}
    return make.act(report, Action.REDACT, actor=make.agency_admin(), **values)


def _public(report: Report) -> str:
    row = Publication.objects.get(report=report)
    return str([row.title, row.body, row.answers, row.location, row.timeline])


def test_words_go_from_every_public_text_at_once_and_stay_sealed():
    report = _closed()
    assert _public(report).count("umarna") == 3
    hidden = _hide(report, "sumarna")
    assert "umarna" not in _public(report).lower()
    assert "[disamarkan]" in Publication.objects.get(report=report).title
    assert hidden.status == Status.CLOSED
    assert EventText.objects.get(event__report=report, field="body").text == BODY
    assert Message.objects.filter(report=report, notice=Notice.REDACTED).count() == 1
    assert report.events.get(kind=Action.REDACT).data["ground"] == "third_party"
    audit.audit(now=make.NOW)


def test_a_picture_goes_from_its_page_and_address(client):
    picture = world.picture()
    report = _closed(files=(picture,))
    assert Publication.objects.get(report=report).files == [picture.key]
    address = f"/laporan/{report.number}/berkas/{picture.key}"
    assert b"".join(client.get(address).streaming_content)
    _hide(report, hidden_files=(picture.key,))
    assert Publication.objects.get(report=report).files == []
    assert client.get(address).status_code == 404
    with pytest.raises(MoveError):
        _hide(report, hidden_files=(picture.key,))


def test_nothing_brings_back_what_was_hidden():
    report = make.submit(body=BODY, title="Juru parkir Sumarna menagih lebih")
    make.act(report, Action.VERIFY_AND_ASSIGN, title="Juru parkir Sumarna menagih lebih")
    _hide(report, "Sumarna")
    # Back to be verified, and verified anew with nothing masked and another title.
    make.act(report, Action.ARCHIVE)
    make.act(report, Action.APPEAL)
    make.act(report, Action.VERIFY_AND_ASSIGN, title="Tarif parkir: Sumarna menagih lebih")
    assert "Sumarna" not in _public(report)


def test_words_that_are_not_public_and_reports_that_never_were_are_refused():
    report = _closed()
    with pytest.raises(MoveError) as wrong:
        _hide(report, "Suparman")
    assert (wrong.value.field, wrong.value.fault) == ("masked_words", Fault.UNKNOWN)
    with pytest.raises(NotAllowedError) as refused:
        _hide(make.submit(), "pasar")
    assert refused.value.reason == Reason.NOT_PUBLISHED
    with pytest.raises(NotAllowedError) as refused:
        make.act(report, Action.REDACT, actor=make.liaison(), hidden_words=("pasar",))
    assert refused.value.reason == Reason.NOT_YOUR_ROLE


def test_a_better_finder_lists_what_nobody_answered_and_hides_nothing(monkeypatch):
    report = _closed()
    number = report.number
    found = dict(hiding.recheck())
    assert number not in found
    monkeypatch.setattr(hiding.redaction, "find", _sees_sumarna)
    assert len(dict(hiding.recheck())[number]) == 4
    assert "Sumarna" in _public(report)
    _hide(report, "Sumarna")
    assert number not in dict(hiding.recheck())


def _sees_sumarna(text: str) -> list[Finding]:
    return [Finding(start, end, FindingKind.NAME_AFTER_HONORIFIC) for start, end in find_wanted(text, "Sumarna")]
