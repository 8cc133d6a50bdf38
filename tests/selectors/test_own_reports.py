"""What a reporter reads of the own report, and nothing else."""

from dataclasses import replace

import pytest

from tanggap.domain.actors import Reporter
from tanggap.domain.intake import StagedFile
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.outcomes import ArchiveReason
from tanggap.selectors import own_reports, reports
from tests import make

pytestmark = pytest.mark.django_db
PHOTO = StagedFile("a" * 32, "00" * 32, 1234, "image/webp", "image", "foto.webp", is_publishable=True)


def seen(report):
    return own_reports.get(viewer=Reporter(report.pk), now=make.NOW)


def test_the_own_words_and_files_are_there():
    own = seen(make.submit(files=(PHOTO,), solution="Ditambal"))
    assert own.words["body"] == make.BODY
    assert own.words["solution"] == "Ditambal"
    assert [file.name for file in own.entries[0].files] == ["foto.webp"]


def test_offices_are_named_by_their_full_names():
    own = seen(make.report(status=Status.ANSWERED))
    assert own.owner == "Dinas Pekerjaan Umum dan Penataan Ruang"
    assert [entry.office for entry in own.entries] == ["", "Pemerintah Provinsi Banten", own.owner]
    assert own.entries[1].owner == own.owner


def test_what_officers_write_to_each_other_is_left_out():
    report = make.report(status=Status.ASSIGNED)
    make.act(report, Action.PROPOSE_ARCHIVE, text="Palsu.", archive_reason=ArchiveReason.HOAX_SPAM)
    own = seen(report)
    assert [entry.event.kind for entry in own.entries] == ["submit", "verify_and_assign"]
    assert not any(entry.text for entry in own.entries)
    assert len(own.events) == 3


def test_looks_into_the_vault_stand_apart():
    report = make.submit()
    make.act(report, Action.OPEN_IDENTITY, actor=make.agency_admin(), text="Menghubungi pelapor.")
    own = seen(report)
    assert [look.text for look in own.openings] == ["Menghubungi pelapor."]
    assert len(own.entries) == 1


def test_a_file_is_given_to_its_own_reporter_only():
    report, other = make.submit(files=(PHOTO,)), make.submit()
    assert own_reports.file(viewer=Reporter(report.pk), key=PHOTO.key).name == "foto.webp"
    for viewer, key in ((Reporter(other.pk), PHOTO.key), (Reporter(report.pk), "b" * 32), (Reporter(0), PHOTO.key)):
        with pytest.raises(own_reports.NotFoundError):
            own_reports.file(viewer=viewer, key=key)


def test_a_file_between_officers_is_not_given():
    report = make.submit()
    proposal = {"text": "Palsu.", "archive_reason": ArchiveReason.HOAX_SPAM}
    make.act(report, Action.PROPOSE_ARCHIVE, files=(replace(PHOTO, is_publishable=False),), **proposal)
    with pytest.raises(own_reports.NotFoundError):
        own_reports.file(viewer=Reporter(report.pk), key=PHOTO.key)


def test_a_capability_on_nothing_finds_nothing():
    with pytest.raises(reports.NotFoundError):
        own_reports.get(viewer=Reporter(0), now=make.NOW)


def test_the_number_of_queries_does_not_grow_with_the_history(django_assert_max_num_queries):
    report = make.report(status=Status.IN_PROGRESS)
    for _ in range(5):
        make.act(report, Action.FOLLOW_UP)
    with django_assert_max_num_queries(10):
        assert len(seen(report).entries) == 8
