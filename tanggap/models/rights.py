"""What the application's own role may do with each table beside reading it: what the services need, and no more.

The site and the worker connect as this role (ADR 0010). `tanggap.cli.grants` gives these rights, the audit names
any further one. Reference data, time limits and holidays are written by whoever prepares the database; nothing
of the record is ever deleted; of what may change, only the columns that a service changes are named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rights:
    """May rows be added or removed, and which columns may be changed (None: every one)."""

    insert: bool = True
    update: frozenset[str] | None = frozenset()
    delete: bool = False


def _changing(columns: str) -> Rights:
    return Rights(update=frozenset(columns.split()))


def _changing_or_removing(columns: str) -> Rights:
    return Rights(update=frozenset(columns.split()), delete=True)


READ: Final = Rights(insert=False)
ADD: Final = Rights()
ALL: Final = Rights(update=None, delete=True)

RIGHTS: Final[Mapping[str, Rights]] = {
    # The record. What is erased one day is erased by a service of its own, with rights of its own.
    "tanggap_event": ADD,
    "tanggap_eventtext": ADD,
    "tanggap_attachment": ADD,
    "tanggap_intake": ADD,
    "tanggap_namedparty": ADD,
    "tanggap_contacthash": Rights(delete=True),  # only of an identity that was erased (by trigger)
    "tanggap_answerprint": ADD,
    "tanggap_memonumber": ADD,
    # The log over all chains, and what was signed of it.
    "tanggap_logentry": ADD,
    "tanggap_lognode": ADD,
    "tanggap_recordkey": ADD,
    "tanggap_checkpoint": ADD,
    "tanggap_checkpointstamp": ADD,
    # The vault: a key is wrapped anew, an address is confirmed (once), an identity is erased, by trigger only after an
    # event that says so; none is exchanged.
    "tanggap_identity": _changing("key_version wrapped_key sealed erased_at email_confirmed_at"),
    # Accounts of citizens: theirs, so they go when they say so.
    "tanggap_citizen": _changing_or_removing("key_version wrapped_key sealed"),
    "tanggap_follow": _changing_or_removing("key_version wrapped_key"),
    "tanggap_support": Rights(delete=True),
    # What readers say: decided, and emptied by who wrote it (by trigger); what was done with it stays.
    "tanggap_comment": _changing("name body shown state ground decided_at decided_by_id"),
    "tanggap_commentact": ADD,
    "tanggap_commentrule": ADD,
    # Projections of the record: the audit compares them with the events.
    "tanggap_report": _changing(
        "status previous_status owner_agency_id owner_unit_id assignee_id came_back "
        "is_objected deciders decision_asked_by_id "
        "offered_agency_id former_agency_ids is_disputed held_answer_by_id promised_on promise_asked handed_over_at "
        "handover_accepted_at reopen_asked_at "
        "memo_state memo_by_id "
        "title desk_title supporting_agency_ids supporting_unit_ids classification supervisory category_id urgency "
        "cluster_lead_id member_count goes_along "
        "urgency_rank event_date area_id is_anonymous is_confidential is_published assigned_at answered_at closed_at "
        "closing outcome outcome_on archive_reason reopen_count return_count extension_count rating solved due_at "
        "due_clock is_overdue progress_at is_stale event_count head_hash last_acted_at"
    ),
    "tanggap_deadline": _changing(
        "started_at due_at count unit policy calendar agency_id zone anchor_at remaining pauses is_paused stopped_at "
        "stopped_by reminders remind_at step next_step_at"
    ),
    "tanggap_publication": ALL,
    "tanggap_deskcount": ALL,
    "tanggap_desksearch": _changing("words"),
    "tanggap_deskdelta": ALL,
    # What the indicators are read from: the job that folds writes it, the pages read it. A frozen figure stays.
    "tanggap_indicatorfact": _changing("event_count version received_on is_secret facts changes_at"),
    "tanggap_indicatordue": Rights(delete=True),
    "tanggap_indicatorcell": _changing_or_removing("tally"),
    "tanggap_secretcell": _changing_or_removing("tally"),
    "tanggap_secretcount": _changing_or_removing("n"),
    "tanggap_indicatorstate": _changing("formulas computed_at"),
    "tanggap_frozenperiod": ADD,
    "tanggap_frozenfigures": ADD,
    "tanggap_perioddue": _changing_or_removing("reason"),
    # A recap is made, and published; what it says stays (by trigger).
    "tanggap_recap": _changing("state reason done total content checksum finished_at published_at published_by_id"),
    "tanggap_recapfile": ADD,
    # Work.
    "tanggap_note": ADD,
    "tanggap_mention": _changing("read_at"),
    "tanggap_presence": ALL,
    "tanggap_draft": ALL,
    # Kept for a quarter of an hour: sent after all, or removed.
    "tanggap_unsentform": _changing_or_removing("key_version wrapped_key sealed kept_at"),
    "tanggap_savedview": Rights(update=frozenset({"name", "is_shared"}), delete=True),
    "tanggap_bulkjob": _changing("state total done finished_at"),
    "tanggap_bulkline": _changing("state reason"),
    "tanggap_importline": _changing("state number faults"),
    "tanggap_reporttag": Rights(delete=True),
    "tanggap_toldapart": Rights(delete=True),
    "tanggap_accesslog": ADD,
    "tanggap_goneout": _changing("missed_at"),  # what has gone out as open data once
    "tanggap_mapcount": ALL,  # sums, made anew every few minutes
    "tanggap_moderationmonth": ADD,  # what was told of a month stays as it was told
    "tanggap_template": _changing("kind name text valid_from valid_to changed_by_id changed_at"),
    "tanggap_message": _changing("state reason attempts settled_at"),
    "tanggap_shortmessage": _changing_or_removing("letter state reason attempts settled_at"),
    "tanggap_ratewindow": ALL,
    # People in office: an office ends, it is never changed into another one.
    "tanggap_user": _changing("password last_login language is_active is_staff"),
    "tanggap_appointment": _changing("valid_to"),
    "tanggap_signinday": ADD,
    # Leave is never removed: it ends, and says who ended it.
    "tanggap_absence": _changing("ended_at ended_by_id"),
    # The calendar has closures that an agency enters; a day only ends (by trigger).
    "tanggap_calendarversion": ADD,
    "tanggap_calendarday": _changing("until_version_id"),
    # Reference data.
    "tanggap_area": READ,
    # The organisation has an editor: what it changes, and no more; a name that was is a row of its own.
    "tanggap_agency": Rights(
        insert=False, update=frozenset(["address", "responsible_office", "website", "email", "phone", "edited_at"])
    ),
    "tanggap_unit": _changing("name short_name parent_id valid_to edited_at"),
    "tanggap_unitname": ADD,
    "tanggap_administrationentry": ADD,
    "tanggap_decree": _changing("withdrawn_at"),
    "tanggap_decreecover": ADD,
    # Assessments: acts and scores are added, a state follows from them, a file is taken out and stays.
    "tanggap_assessmentround": _changing("due_on closed_at"),
    "tanggap_assessment": _changing("state act_count submitted_at told_at total grade aspects"),
    "tanggap_assessmentact": ADD,
    "tanggap_assessmentpoint": ADD,
    "tanggap_assessmentfile": _changing("withdrawn_at"),
    "tanggap_recommendation": _changing("state due_on act_count"),
    "tanggap_recommendationact": ADD,
    "tanggap_recommendationfile": ADD,
    "tanggap_problem": _changing(
        "state least first_day last_day count found_at cause plan done_on closed_at counts counted_at act_count"
    ),
    "tanggap_problemact": ADD,
    "tanggap_problemrule": ADD,
    "tanggap_invitation": _changing("nonce expires_at accepted_at withdrawn_at"),
    "tanggap_device": ALL,
    "tanggap_oversightedge": READ,
    "tanggap_category": READ,
    "tanggap_categorygroup": READ,
    "tanggap_routingrule": READ,
    "tanggap_extensionrule": ADD,
    "tanggap_memorule": ADD,
    "tanggap_policy": READ,
    "tanggap_timelimit": READ,
    "tanggap_referenceload": READ,
    "tanggap_prepared": READ,
    # Of the libraries: sessions, second factors, jobs.
    "django_session": ALL,
    "mfa_authenticator": ALL,
    # A directory opens an account until the link is removed; nothing else of that library is used.
    "socialaccount_socialaccount": Rights(delete=True),
    "socialaccount_socialapp": READ,
    "socialaccount_socialtoken": Rights(insert=False, delete=True),  # Django looks for some before it removes a link
    "account_emailaddress": ALL,
    "account_emailconfirmation": ALL,
    "procrastinate_jobs": ALL,
    "procrastinate_events": ALL,
    "procrastinate_periodic_defers": ALL,
    "procrastinate_workers": ALL,
    "django_admin_log": READ,
    "django_content_type": READ,
    "django_migrations": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
}
