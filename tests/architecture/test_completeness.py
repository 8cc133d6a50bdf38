"""Every code has its row: what fails here is a to-do list."""

import pytest

from tanggap.adapters.outbound.senders import SENDERS
from tanggap.domain import comments, problems, recommendations
from tanggap.domain.actors import Role
from tanggap.domain.assessment_forms import Evidence, Grade, Scale
from tanggap.domain.assessments import Act, State
from tanggap.domain.assessments import Fault as AssessmentFault
from tanggap.domain.attachments import Refusal
from tanggap.domain.clocks import Clock
from tanggap.domain.closing_guard import Ground
from tanggap.domain.duty import LeaveFault
from tanggap.domain.escalation import LADDERS, WITHOUT_LADDER, Rung, Skipped
from tanggap.domain.hiding import HidingGround
from tanggap.domain.intake import Classification, Fault, ReportChannel, Urgency
from tanggap.domain.lateness import Band
from tanggap.domain.lifecycle import Action, Family, Status
from tanggap.domain.notices import Channel
from tanggap.domain.outcomes import ARCHIVE_RULES, ArchiveReason, Closing, Outcome, Solved
from tanggap.domain.queues import QUEUES, Secrecy
from tanggap.domain.reasons import Reason
from tanggap.domain.redaction import FindingKind
from tanggap.selectors import evidence
from tanggap.web import (
    wording,
    wording_assessment,
    wording_comments,
    wording_duty,
    wording_events,
    wording_grounds,
    wording_problems,
    wording_recommendations,
    wording_refusals,
)

TABLES = [
    (wording.STATUS, Status),
    (wording.STATUS_HELP, Status),
    (wording.FAMILY, Family),
    (wording.ACTION, Action),
    (wording_events.EVENT, Action),
    (wording.CLASSIFICATION, Classification),
    (wording.CLASSIFICATION_HELP, Classification),
    (wording.URGENCY, Urgency),
    (wording.OUTCOME, Outcome),
    (wording.CLOSING, Closing),
    (wording_grounds.GROUND, Ground),
    (wording_grounds.HIDING_GROUND, HidingGround),
    (wording.ARCHIVE_REASON, ArchiveReason),
    (wording.SOLVED, Solved),
    (wording.CLOCK, Clock),
    (wording.CHANNEL, ReportChannel),
    (wording.ROLE, Role),
    (wording.FAULT, Fault),
    (wording.FILE_REFUSAL, Refusal),
    (wording_refusals.REFUSAL, Reason),
    (wording.FINDING, FindingKind),
    (wording.SECRECY, Secrecy),
    (wording.QUEUE, [queue.code for queue in QUEUES]),
    (wording_duty.LEAVE_FAULT, LeaveFault),
    (wording_duty.FIELD, LeaveFault),
    (wording_duty.RUNG, Rung),
    (wording_duty.SKIPPED, Skipped),
    (wording_duty.BAND, Band),
    (wording_assessment.STATE, State),
    (wording_assessment.ACT, Act),
    (wording_assessment.GRADE, Grade),
    (wording_assessment.FAULT, AssessmentFault),
    (wording_assessment.SCALE, Scale),
    (wording_problems.STATE, problems.State),
    (wording_problems.ACT, problems.Act),
    (wording_problems.FAULT, problems.Fault),
    (wording_recommendations.STATE, recommendations.State),
    (wording_recommendations.ACT, recommendations.Act),
    (wording_recommendations.FAULT, recommendations.Fault),
    (wording_comments.GROUND, comments.Ground),
    (wording_comments.STATE, comments.State),
    (wording_comments.FAULT, comments.Fault),
    (wording_assessment.FACT, set(Evidence) - {Evidence.NONE}),
    (evidence.SOURCES, set(Evidence) - {Evidence.NONE}),
    (LADDERS | WITHOUT_LADDER, Clock),
    (ARCHIVE_RULES, ArchiveReason),
    (SENDERS, Channel),
]


@pytest.mark.parametrize(("table", "codes"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_every_code_has_its_row(table, codes):
    assert set(table) == set(codes)
