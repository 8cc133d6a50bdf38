"""The words of SP4N-LAPOR!: each of ours has one, and what is read back is what was written."""

import pytest

from tanggap.domain import sp4n
from tanggap.domain.intake import Classification, ReportChannel
from tanggap.domain.lifecycle import Status
from tanggap.domain.outcomes import ArchiveReason, Closing


def test_the_columns_are_the_21_of_the_real_export():
    assert len(sp4n.COLUMNS) == 21
    assert sp4n.COLUMNS[0] == "Tracking ID"
    assert sp4n.COLUMNS[-1] == "Kelurahan"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("closing", ["", *Closing])
def test_a_status_comes_back_as_it_went(status, closing):
    if (status == Status.CLOSED) != bool(closing):
        return
    found = sp4n.read_status(sp4n.status(status.value, closing))
    assert found is not None
    # Their words know no parts: what was divided is still being worked on.
    assert found.status == (Status.IN_PROGRESS if status == Status.SPLIT else status)


def test_classifications_secrecy_channels_and_reasons_come_back_as_they_went():
    for kind, supervisory in sp4n.CLASSIFICATIONS:
        assert sp4n.read_classification(sp4n.classification(kind, supervisory=supervisory)) == (kind, supervisory)
    assert sp4n.classification(Classification.ASPIRATION, supervisory=False) == "Aspirasi"
    for flags in sp4n.SECRECIES:
        assert sp4n.read_secrecy(sp4n.secrecy(is_anonymous=flags[0], is_confidential=flags[1])) == flags
    for channel in ReportChannel:
        assert sp4n.read_source(sp4n.source(channel, "kab-lebak")) == channel
    for reason in ArchiveReason:
        assert sp4n.read_reason(sp4n.reason("archived", reason, "")) == reason


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (sp4n.read_status, "Diarsipkan oleh Sistem"),
        (sp4n.read_status, " ditutup  OLEH sistem"),
        (sp4n.read_source, "Website - kota-serang"),
        (sp4n.read_reason, "Tidak Memiliki Bukti Dukung"),
    ],
)
def test_words_that_only_they_write_are_known(read, words):
    assert read(words) is not None


def test_words_that_nobody_knows_are_no_guess():
    assert sp4n.read_status("Entah") is None
    assert sp4n.read_classification("Entah") is None
    assert sp4n.reason("closed", "", Closing.DEEMED_WITHDRAWN) == sp4n.EXPIRED
    assert sp4n.reason("withdrawn", "", "") == sp4n.AT_WISH
    assert sp4n.reason("assigned", "", "") == ""
