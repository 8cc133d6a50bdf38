"""Who reads the words of a hidden reporter, and what is left of them for the others."""

from dataclasses import replace

import pytest

from tanggap.domain import privacy
from tanggap.domain.actors import (
    AgencyAdmin,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    RegionalOverseer,
    UnitAdmin,
)
from tanggap.domain.case import Case, Projection
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.redaction import Finding, FindingKind

AGENCY, UNIT = 1, 10
UNIT_OFFICER, ADMIN = LiaisonOfficer(1, AGENCY, UNIT), AgencyAdmin(2, AGENCY)
NATIONAL, AUDITOR = NationalAdmin(3, 9), InternalAuditor(4, AGENCY, 11)


def case(*, status=Status.ASSIGNED, anonymous=True, supervisory=False):
    facts = Projection(
        status=status,
        owner_agency_id=AGENCY,
        owner_unit_id=UNIT if status != Status.UNVERIFIED else None,
        anonymous_by=frozenset({"reporter"}) if anonymous else frozenset(),
        supervisory=supervisory,
    )
    return Case(report_id=1, facts=facts, owner_path=frozenset({UNIT}))


@pytest.mark.parametrize(
    ("actor", "of", "reads", "opens", "why"),
    [
        (UNIT_OFFICER, case(), False, False, "the unit answers without knowing who asked"),
        (UNIT_OFFICER, case(anonymous=False), True, True, "an open reporter hides nothing from the unit"),
        (UnitAdmin(5, AGENCY, UNIT), case(anonymous=False), True, True, "and nothing from its operator"),
        (UnitAdmin(5, AGENCY, UNIT), case(), False, False, "who knows a hidden one no better than the unit"),
        (Head(6, AGENCY, UNIT), case(anonymous=False), False, False, "a head reads where it stands, not who asked"),
        (RegionalOverseer(7, 9, frozenset({AGENCY})), case(anonymous=False), False, False, "an overseer likewise"),
        (ADMIN, case(status=Status.UNVERIFIED), True, True, "who checks the text reads it"),
        (ADMIN, case(), False, True, "after that it is opened for a reason"),
        (NATIONAL, case(), False, True, "the same for the national admin"),
        (AUDITOR, case(supervisory=True), False, True, "the inspectorate of a supervisory report"),
        (AUDITOR, case(), False, False, "but of no other"),
    ],
)
def test_who_reads_a_text_and_who_opens_it(actor, of, reads, opens, why):
    assert privacy.reads_original(actor, of) is reads, why
    assert privacy.may_open(actor, of) is opens, why


@pytest.mark.parametrize(
    ("is_reporters", "kind", "reads", "may"),
    [
        (True, "document", False, False),
        (True, "image", False, True),
        (True, "video", True, True),
        (False, "document", False, True),
    ],
)
def test_a_reporters_document_is_closed_and_a_picture_was_made_anew(is_reporters, kind, reads, may):
    assert privacy.may_read_file(is_reporters=is_reporters, kind=kind, reads_originals=reads) is may


def event(seq, kind, masked, **data):
    made = EventRecord(
        seq=seq, kind=kind, acted_at=None, recorded_at=None, role="", user_id=None, agency_id=None, unit_id=None,
        from_status="", to_status="", visibility="", data={}, commitments={}, nonce=b"", previous_hash=b"",
    )  # fmt: skip
    return replace(made, data={"masked": masked, **data})


def test_marks_belong_to_the_text_that_they_were_made_on():
    spans = privacy.confirmed_spans(
        [
            event(2, Action.VERIFY_AND_ASSIGN, {"title": [[0, 4, "nik"]], "body": [[1, 2, "phone"]]}),
            event(5, Action.CONFIRM_TEXT, {"text": [[3, 9, "email"]]}, refers_to=4),
            event(6, Action.FOLLOW_UP, {"text": []}),
            event(7, Action.MANAGE_SELF, {"title": [], "body": [[7, 8, "phone"]]}),
        ]
    )
    assert spans == {
        (2, "title"): (Finding(0, 4, FindingKind.NIK),),
        (1, "body"): (Finding(7, 8, FindingKind.PHONE),),
        (4, "text"): (Finding(3, 9, FindingKind.EMAIL),),
        (6, "text"): (),
        (7, "title"): (),
    }


def test_a_checked_text_loses_what_was_marked_and_an_unchecked_one_what_is_found():
    text = "Kantor 0812-3456-7890, saya Karta"
    assert privacy.without_person(text, ()) == text
    assert privacy.without_person(text, (Finding(28, 33, FindingKind.NAME_AFTER_HONORIFIC),)).endswith(
        "[nama disamarkan]"
    )
    assert "0812" not in privacy.without_person(text)
