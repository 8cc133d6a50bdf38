"""Why something is refused: a code each, which a door turns into words."""

from enum import StrEnum

from tanggap.domain.lifecycle import Need


class Reason(StrEnum):
    """Why something is refused."""

    WRONG_STATUS = "wrong_status"
    NOT_YOUR_ROLE = "not_your_role"
    OTHER_AGENCY = "other_agency"
    OTHER_UNIT = "other_unit"
    OTHER_REPORT = "other_report"
    NAMED_IN_REPORT = "named_in_report"
    DESTINATION_IS_NAMED = "destination_is_named"
    DESTINATION_ELSEWHERE = "destination_elsewhere"
    AT_THE_TOP = "at_the_top"
    SAME_OFFICER = "same_officer"
    NEEDS_SECOND_OFFICER = "needs_second_officer"
    NEEDS_DATA_REQUEST = "needs_data_request"
    WINDOW_CLOSED = "window_closed"
    NO_APPEAL = "no_appeal"
    NOT_YET = "not_yet"
    NEVER_WIDEN = "never_widen"
    OFFER_RUNS = "offer_runs"
    IS_DISPUTED = "is_disputed"
    OWNER_DECIDED = "owner_decided"
    TO_ONESELF = "to_oneself"
    IN_A_CIRCLE = "in_a_circle"
    PROPOSES_ONESELF = "proposes_oneself"
    TAKEN_ON = "taken_on"
    WITH_NO_UNIT = "with_no_unit"
    NOT_LATE = "not_late"
    STAYS_SUPERVISORY = "stays_supervisory"
    NOTHING_CHANGES = "nothing_changes"
    IDENTITY_HIDDEN = "identity_hidden"
    MISSING_TEXT = "missing_text"
    MISSING_TITLE = "missing_title"
    MISSING_CATEGORY = "missing_category"
    MISSING_CLASSIFICATION = "missing_classification"
    MISSING_SUPERVISORY = "missing_supervisory"
    MISSING_UNIT = "missing_unit"
    MISSING_OUTCOME = "missing_outcome"
    MISSING_EVIDENCE = "missing_evidence"
    MISSING_OUTCOME_DATE = "missing_outcome_date"
    MISSING_ARCHIVE_REASON = "missing_archive_reason"
    MISSING_RATING = "missing_rating"
    MISSING_VISIBILITY = "missing_visibility"
    MISSING_REFERENCE = "missing_reference"
    MISSING_CHECKS = "missing_checks"
    MISSING_DESTINATION = "missing_destination"
    MISSING_SUGGESTION = "missing_suggestion"


NEED_OF_REASON = {Reason(f"missing_{need}"): need for need in Need}
