"""The hand-over to the Ombudsman: when it opens, what is in the file, who is told, how it ends."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from tanggap.adapters.scanning import staging
from tanggap.domain.actors import Reporter
from tanggap.domain.handover import Part
from tanggap.domain.intake import Identity
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.domain.reasons import Reason
from tanggap.models import Deadline, Event, Message, Report
from tanggap.selectors import oversight, own_reports, recipients, reports
from tanggap.services import handovers
from tanggap.services.redaction import find
from tanggap.services.reports import NotAllowedError, act
from tests import make, world

pytestmark = pytest.mark.django_db

LATE = make.NOW + timedelta(days=90)
PERSON = Identity(
    name="Siti Rahmawati", email="pelapor.tujuh@example.org", phone="081234567890", nik="3601234567890001",
    address="Kampung Baru RT 2", language="id",
)  # fmt: skip
BODY = "Saya Siti dari Kampung Baru RT 2, telepon 081234567890. Jalan di depan pasar berlubang dalam sekali."


def _give(report, *parts, now=LATE):
    return act(
        actor=Reporter(report.pk), number=report.number, action=Action.ESCALATE_OMBUDSMAN,
        move=Move(consent=parts), now=now,
    )  # fmt: skip


def _read(key):
    with staging.open_for_reading(settings.ATTACHMENTS_DIR, key) as stored:
        yield stored.read()


def _take(actor, report, now=LATE):
    made = handovers.build(actor=actor, number=report.number, now=now, read_file=_read)
    with made, zipfile.ZipFile(io.BytesIO(made.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# No finder sees a name that is written small.
SAID = "Kepada siti rahmawati sudah kami sampaikan bahwa perbaikan dijadwalkan."


def _marked(text):
    return tuple((found.start, found.end, found.kind.value) for found in find(text))


def _report():
    report = make.submit(body=BODY, identity=PERSON, files=(world.picture("rumah-siti.jpg"),))
    marked = {"title": (), "body": _marked(BODY), "location": ()}
    make.act(report, Action.VERIFY_AND_ASSIGN, masked=marked)
    make.act(report, Action.FOLLOW_UP, text=SAID, masked={"text": _marked(SAID)})
    return report


PERSONAL = ("Siti", "Rahmawati", "pelapor.tujuh@example.org", "081234567890", "Kampung Baru RT 2", "3601234567890001")


def test_before_the_date_of_the_law_there_is_no_road_and_clocks_and_status_stay_as_they_are_after_it():
    report = _report()
    with pytest.raises(NotAllowedError) as refused:
        _give(report, Part.TEXT, now=make.NOW)
    assert refused.value.reason == Reason.LAW_NOT_PASSED
    with pytest.raises(NotAllowedError) as refused:
        _give(report)
    assert refused.value.reason == Reason.MISSING_CONSENT
    before = list(Deadline.objects.filter(report=report).order_by("pk").values())
    _give(report, Part.TEXT)
    after = Report.objects.get(pk=report.pk)
    assert (after.status, after.handed_over_at) == ("in_progress", LATE)
    assert list(Deadline.objects.filter(report=report).order_by("pk").values()) == before
    told = set(Message.objects.filter(report=report, created_at=LATE).values_list("notice", "audience"))
    assert told == {("escalated", "owner_and_admins"), ("handed_over", "ombudsman")}


def test_what_was_not_agreed_to_is_nowhere_in_the_file():
    report, officer = _report(), make.ombudsman()
    with pytest.raises(reports.NotFoundError):
        _take(officer, report)
    given = {
        (Part.TEXT,): {"laporan.json"},
        (Part.HISTORY,): {"riwayat.json"},
        (Part.FILES,): {"lampiran"},
        (Part.TEXT, Part.NAME): {"laporan.json", "identitas.json"},
        (Part.CONTACT,): {"identitas.json"},
    }
    for step, (parts, holds) in enumerate(given.items()):
        now = LATE + timedelta(minutes=step)
        _give(report, *parts, now=now)
        files = _take(officer, report, now)
        assert {name.split("/")[0] for name in files} == holds | {"manifest.json"}
        told = b"".join(content for name, content in files.items() if not name.startswith("lampiran")).decode()
        allowed = {
            *(PERSONAL[:2] if Part.NAME in parts else ()),
            *(PERSONAL[2:5] if Part.CONTACT in parts else ()),
        }
        if Part.NAME in parts:
            assert json.loads(files["identitas.json"]) == {"name": PERSON.name}
            assert "Siti" not in files["laporan.json"].decode(), "half a consent names nobody in the text"
        for word in set(PERSONAL) - allowed:
            assert word.lower() not in told.lower(), f"{word} with {parts}"


def test_what_an_officer_marked_and_who_files_for_the_reporter_are_nowhere_in_the_file():
    title, body = (
        "Warung dekat Sumarna tutup",
        "Saya sudah bilang ke sumarna dan bambang di depan pasar, jalannya rusak.",
    )
    said = "Kami sudah bertemu jamilah di lokasi."
    report = make.submit(title=title, body=body, identity=replace(PERSON, proxy="Bambang Wijaya"))

    def mark(text, word):
        return ((text.index(word), text.index(word) + len(word), "name_after_honorific"),)

    marks = {"title": mark(title, "Sumarna"), "body": mark(body, "sumarna"), "location": ()}
    make.act(report, Action.VERIFY_AND_ASSIGN, title=title, masked=marks)
    make.act(report, Action.FOLLOW_UP, text=said, masked={"text": mark(said, "jamilah")})
    _give(report, Part.TEXT, Part.HISTORY)
    files = _take(make.ombudsman(), report)
    told = b"".join(files.values()).decode().lower()
    assert "depan pasar" in told
    assert [word for word in ("sumarna", "bambang", "jamilah") if word in told] == []


def test_all_of_it_is_whole_with_hashes_and_never_the_nik():
    report, officer = _report(), make.ombudsman()
    _give(report, *Part)
    files = _take(officer, report)
    assert json.loads(files["laporan.json"])["body"] == BODY
    assert json.loads(files["identitas.json"]) == {
        "name": PERSON.name, "email": PERSON.email, "phone": PERSON.phone, "address": PERSON.address
    }  # fmt: skip
    assert PERSON.nik not in b"".join(files.values()).decode(errors="replace")
    said = [entry["text"] for entry in json.loads(files["riwayat.json"])]
    assert SAID in said
    assert any(name.startswith("lampiran/001-01-rumah-siti") for name in files)
    manifest = json.loads(files["manifest.json"])
    assert {entry["path"] for entry in manifest["files"]} == set(files) - {"manifest.json"}
    for entry in manifest["files"]:
        assert hashlib.sha256(files[entry["path"]]).hexdigest() == entry["sha256"]
    assert manifest["consent"]["parts"] == sorted(part.value for part in Part)


def test_each_taking_is_told_to_the_reporter_and_ends_with_the_consent():
    report, officer = _report(), make.ombudsman()
    _give(report, Part.TEXT)
    assert [row.number for row in oversight.handed_over(viewer=officer).rows] == [report.number]
    assert recipients.may_receive(officer.user_id, report, on=LATE.date())
    _take(officer, report)
    (opening,) = own_reports.get(viewer=Reporter(report.pk), now=LATE).openings
    assert (opening.event.kind, opening.event.data) == ("open_handover", opening.event.data | {"consent": ["text"]})
    act(actor=Reporter(report.pk), number=report.number, action=Action.WITHDRAW_CONSENT, now=LATE)
    with pytest.raises(reports.NotFoundError):
        _take(officer, report)
    assert oversight.handed_over(viewer=officer).rows == []
    assert Event.objects.filter(report=report, kind="open_handover").count() == 1
    assert Message.objects.filter(report=report, notice="consent_withdrawn").exists()
    with pytest.raises(NotAllowedError):
        act(actor=Reporter(report.pk), number=report.number, action=Action.WITHDRAW_CONSENT, now=LATE)


def test_a_file_that_is_gone_from_the_disk_gives_nothing_and_writes_nothing():
    report, officer = _report(), make.ombudsman()
    _give(report, Part.FILES)

    def gone(key):
        raise FileNotFoundError(key)

    with pytest.raises(FileNotFoundError):
        handovers.build(actor=officer, number=report.number, now=LATE, read_file=gone)
    assert not Event.objects.filter(report=report, kind="open_handover").exists()


def test_what_was_archived_again_after_an_appeal_may_go_to_the_ombudsman():
    report = make.report(status=Status.ARCHIVED)
    with pytest.raises(NotAllowedError):
        _give(report, Part.TEXT, now=make.NOW)
    make.act(report, Action.APPEAL)
    make.act(report, Action.ARCHIVE, actor=make.agency_admin())
    assert _give(report, Part.TEXT, now=make.NOW).handed_over_at == make.NOW
