"""What must be supplied with an action; which row needs what, the life cycle says."""

from enum import StrEnum


class Need(StrEnum):
    """What must be supplied with an action."""

    TEXT = "text"
    TITLE = "title"
    CATEGORY = "category"
    CLASSIFICATION = "classification"
    SUPERVISORY = "supervisory"
    UNIT = "unit"
    OUTCOME = "outcome"
    EVIDENCE = "evidence"
    OUTCOME_DATE = "outcome_date"
    PROMISED_DATE = "promised_date"
    ARCHIVE_REASON = "archive_reason"
    RATING = "rating"
    VISIBILITY = "visibility"
    REFERENCE = "reference"
    CHECKS = "checks"
    DESTINATION = "destination"
    SUGGESTION = "suggestion"
    CONSENT = "consent"
    ASSIGNEE = "assignee"
    PARTS = "parts"
    PLAN = "plan"
    NEW_DATE = "new_date"
    LEAD = "lead"
    MEMBERS = "members"
    HIDING = "hiding"
    HIDING_GROUND = "hiding_ground"
    ADDRESSEE = "addressee"
    SUBJECT = "subject"
    MEMO = "memo"  # number and paper, which the service makes
    WORDS = "words"  # of the report, whole
    CHANNEL = "channel"  # by which way it came to the office, and when
    RECEIVED_ON = "received_on"
    PROPOSAL = "proposal"
