"""Which form belongs to which action of the table, and which one is open when an officer opens a report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import ADMINS
from tanggap.domain.lifecycle import Action, Need
from tanggap.domain.policy import choices
from tanggap.domain.progress import WATCHED
from tanggap.domain.proposal_guards import proposable
from tanggap.web import wording
from tanggap.web.workbench import (
    forms,
    forms_answer,
    forms_behalf,
    forms_correction,
    forms_extension,
    forms_formal,
    forms_hiding,
    forms_memo,
    forms_note,
    forms_proposal,
    forms_split,
    forms_support,
    forms_transfer,
    forms_visibility,
    forms_work,
)
from tanggap.web.workbench.forms import Desk


@dataclass(frozen=True, slots=True)
class Deed:
    """How one action, or two with the same form, are put to the officer."""

    form: type[forms.DeedForm]
    title: Promise
    partner: Action | None = None  # a second button of the same form
    is_grave: bool = False
    is_quick: bool = False  # nothing to fill in: one press, beside whatever form is open


_VERIFY = Deed(forms.VerifyForm, _("Verifikasi laporan"), partner=Action.MANAGE_SELF)
_MEMO = Deed(forms_memo.MemoForm, _("Nota dinas"), partner=Action.SUBMIT_MEMO)
_ARCHIVE = Deed(forms.ArchiveForm, _("Arsipkan laporan"), is_grave=True)

# In the order in which they are offered. What is not here is no deed of an officer's form.
DEEDS: Final[dict[Action, Deed]] = {
    Action.VERIFY_AND_ASSIGN: _VERIFY,
    Action.MANAGE_SELF: _VERIFY,
    Action.ASSIGN_TO_UNIT: Deed(forms.DestinationForm, _("Teruskan laporan")),
    Action.ACCEPT_ASSIGNMENT: Deed(forms.DeedForm, _("Terima laporan"), is_quick=True),
    Action.TAKE_BACK: Deed(forms.DeedForm, _("Ambil kembali dari unit"), is_quick=True),
    Action.FOLLOW_UP: Deed(forms.FollowUpForm, _("Beri tindak lanjut")),
    Action.ANSWER: Deed(forms.AnswerForm, _("Jawab laporan")),
    Action.SIGN_MEMO: _MEMO,
    Action.SUBMIT_MEMO: _MEMO,
    Action.CHECK_MEMO: Deed(forms.DeedForm, _("Tandai nota dinas diperiksa"), is_quick=True),
    Action.RETURN_MEMO: Deed(forms_memo.ReturnMemoForm, _("Kembalikan nota dinas")),
    Action.RELEASE_ANSWER: Deed(forms_answer.ReleaseForm, _("Lepas jawaban yang ditahan")),
    Action.SEND_BACK_ANSWER: Deed(forms_answer.SendBackForm, _("Kembalikan jawaban kepada penulisnya")),
    Action.CONFIRM_SCHEDULE: Deed(forms_answer.ScheduleKeptForm, _("Laporkan pelaksanaan")),
    Action.RESCHEDULE: Deed(forms_answer.RescheduleForm, _("Ubah tanggal yang dijanjikan")),
    Action.CLOSE_MANUAL: Deed(forms.CloseForm, _("Tutup laporan"), is_grave=True),
    Action.REQUEST_DATA: Deed(forms.AskForm, _("Minta kelengkapan kepada pelapor")),
    Action.SUPPLY_DATA: Deed(forms_behalf.BroughtForm, _("Catat data yang disampaikan pelapor")),
    Action.ADD_INFORMATION: Deed(forms_behalf.BroughtForm, _("Catat keterangan yang disampaikan pelapor")),
    Action.PROPOSE_RETURN: Deed(forms.ProposeReturnForm, _("Usulkan pengembalian laporan")),
    Action.RETURN_TO_ADMIN: Deed(forms.ReturnToAdminForm, _("Kembalikan ke admin instansi")),
    Action.RETURN: Deed(forms.ReturnForm, _("Kembalikan: bukan wewenang")),
    Action.ACCEPT_TRANSFER: Deed(forms_transfer.AcceptForm, _("Terima pelimpahan")),
    Action.REFUSE_TRANSFER: Deed(forms_transfer.RefuseForm, _("Tolak pelimpahan")),
    Action.TRANSFER: Deed(forms_transfer.TransferForm, _("Limpahkan ke instansi lain")),
    Action.DECIDE_OWNER: Deed(forms_transfer.DecideForm, _("Tetapkan instansi yang berwenang")),
    Action.RECLASSIFY: Deed(forms_correction.ReclassifyForm, _("Ubah klasifikasi laporan")),
    Action.CONTRIBUTE: Deed(forms_support.ContributeForm, _("Beri masukan kepada yang menangani")),
    Action.SUPPORT_FOLLOW_UP: Deed(forms_support.SupportForm, _("Tulis dukungan untuk pelapor dan publik")),
    Action.SPLIT: Deed(forms_split.SplitForm, _("Pecah laporan menjadi beberapa bagian")),
    Action.ADD_SUPPORT: Deed(forms_support.AddForm, _("Minta dukungan kantor lain")),
    Action.END_SUPPORT: Deed(forms_support.EndForm, _("Akhiri dukungan")),
    Action.GRANT_EXTENSION: Deed(forms_extension.GrantForm, _("Perpanjang batas waktu jawaban")),
    Action.REFUSE_EXTENSION: Deed(forms_extension.RefuseForm, _("Tolak perpanjangan waktu")),
    Action.REQUEST_EXTENSION: Deed(forms_extension.RequestForm, _("Minta perpanjangan waktu jawaban")),
    Action.HAND_TO_PPID: Deed(forms_formal.HandForm, _("Serahkan ke PPID sebagai permintaan resmi"), is_grave=True),
    Action.EXTEND_FORMAL: Deed(forms_formal.ExtendForm, _("Perpanjang waktu jawaban PPID 7 hari kerja")),
    Action.MESSAGE_REPORTER: Deed(forms_note.MessageForm, _("Tulis pesan kepada pelapor")),
    Action.NUDGE: Deed(forms.TextForm, _("Tegur instansi")),
    Action.REOPEN: Deed(forms.ReopenForm, _("Buka kembali laporan")),
    Action.REFUSE_REOPEN: Deed(forms.RefuseReopenForm, _("Tolak permintaan membuka kembali")),
    Action.ARCHIVE: _ARCHIVE,
    Action.PROPOSE_ARCHIVE: _ARCHIVE,
    Action.AGREE: Deed(forms_proposal.AgreeForm, _("Setujui pembukaan identitas")),
    Action.REFUSE_PROPOSAL: Deed(forms_proposal.RefuseForm, _("Tolak usul")),
    Action.PROPOSE: Deed(forms_proposal.ProposeForm, _("Usulkan kepada yang memutuskan")),
    Action.CONFIRM_TEXT: Deed(forms.ConfirmTextForm, _("Periksa tulisan pelapor")),
    Action.ENTRUST: Deed(forms_work.EntrustForm, _("Serahkan ke rekan")),
    Action.TAKE: Deed(forms.DeedForm, _("Ambil laporan"), is_quick=True),
    Action.RELEASE: Deed(forms.DeedForm, _("Lepaskan laporan"), is_quick=True),
    Action.REDACT: Deed(forms_hiding.RedactForm, _("Samarkan lebih banyak"), is_grave=True),
    Action.SET_VISIBILITY: Deed(forms_visibility.VisibilityForm, _("Ubah kerahasiaan")),
}

# One key for each deed that is done fifty times a day.
KEYS: Final = {
    Action.VERIFY_AND_ASSIGN: "v",
    Action.REQUEST_DATA: "m",
    Action.RETURN: "w",
    Action.ARCHIVE: "e",
    Action.PROPOSE_ARCHIVE: "e",
    Action.FOLLOW_UP: "l",
    Action.ANSWER: "b",
    Action.SIGN_MEMO: "b",
    Action.SUBMIT_MEMO: "b",
}

# Opened out of a proposal that is shown on the page.
_LED_TO: Final = frozenset({Action.AGREE, Action.REFUSE_PROPOSAL})

# What has been asked of this officer comes first, then what is done next.
_ASKED: Final = (Action.ACCEPT_TRANSFER, Action.RELEASE_ANSWER, Action.GRANT_EXTENSION)
_LIKELY: Final = (
    Action.SIGN_MEMO,
    Action.SUBMIT_MEMO,
    Action.ANSWER,
    Action.CLOSE_MANUAL,
)

# Where a thing that is missing is typed in.
FIELD_OF_NEED: Final[dict[Need, str]] = {
    Need.TEXT: "text",
    Need.TITLE: "title",
    Need.CATEGORY: "category",
    Need.CLASSIFICATION: "classification",
    Need.SUPERVISORY: "supervisory",
    Need.UNIT: "unit",
    Need.OUTCOME: "outcome",
    Need.EVIDENCE: "files",
    Need.OUTCOME_DATE: "outcome_on",
    Need.PROMISED_DATE: "outcome_on",
    Need.HIDING: "masked_words",
    Need.HIDING_GROUND: "hiding_ground",
    Need.ARCHIVE_REASON: "archive_reason",
    Need.REFERENCE: "refers_to",
    Need.DESTINATION: "agency",
    Need.SUGGESTION: "suggested_agency",
    Need.ASSIGNEE: "assignee",
    Need.PLAN: "plan",
    Need.PARTS: "parts",
    Need.NEW_DATE: "new_date",
    Need.ADDRESSEE: "addressee",
    Need.SUBJECT: "subject",
    Need.MEMO: "memo_number",
    Need.CHANNEL: "channel",
    Need.RECEIVED_ON: "received_on",
    Need.PROPOSAL: "lead",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One deed that is offered: its code in the address, its word, and whether it is the open one."""

    code: str
    label: Promise
    is_current: bool
    key: str = ""  # the key that opens it


def possible(desk: Desk) -> tuple[Action, ...]:
    """Return what this officer can do in a form to this report now, in the order of the table of deeds."""
    allowed = set(choices(actor=desk.viewer, case=desk.dossier.case))
    if Action.ARCHIVE in allowed:
        allowed.discard(Action.PROPOSE_ARCHIVE)
    if not desk.dossier.held():
        allowed.discard(Action.CONFIRM_TEXT)
    if set(proposable(desk.viewer, desk.dossier.case)) <= {Action.OPEN_IDENTITY}:
        allowed.discard(Action.PROPOSE)  # asked for beside the reporter, not among the deeds
    if not forms_visibility.may_change(desk):
        allowed.discard(Action.SET_VISIBILITY)
    return tuple(action for action in DEEDS if action in allowed)


def chosen(desk: Desk, wanted: str, proposed: Action | None = None) -> Action | None:
    """Return the action whose form is open: the one asked for, else the most likely one, else none.

    `proposed`: the deed that somebody proposes and this officer decides about.
    """
    allowed = possible(desk)
    for action in allowed:
        if action.value == wanted:
            return action
    return _most_likely(desk, allowed, proposed)


def _most_likely(desk: Desk, allowed: Sequence[Action], proposed: Action | None) -> Action | None:
    if Action.DECIDE_OWNER in allowed and (desk.dossier.facts.is_disputed or _was_left(desk)):
        return Action.DECIDE_OWNER
    if desk.dossier.facts.reopen_asked_at is not None and Action.REOPEN in allowed:
        return Action.REOPEN
    if Action.VERIFY_AND_ASSIGN in allowed:
        return Action.VERIFY_AND_ASSIGN
    if _is_late_elsewhere(desk) and Action.NUDGE in allowed:
        return Action.NUDGE
    if _waits_for_a_unit(desk) and Action.ASSIGN_TO_UNIT in allowed:
        return Action.ASSIGN_TO_UNIT
    return next((action for action in (*_ASKED, proposed, *_LIKELY) if action in allowed), None)


def _was_left(desk: Desk) -> bool:
    """Say whether a report lies with the national queue because the agency that had it is closed."""
    last = next((event for event in reversed(desk.dossier.events) if event.data.get("owner")), None)
    is_here = desk.dossier.report.owner_agency_id == desk.viewer.agency_id
    return is_here and last is not None and last.kind == Action.HAND_OVER


def _is_late_elsewhere(desk: Desk) -> bool:
    """Whoever looks over an agency reminds it first, and answers in its place only by choice."""
    report = desk.dossier.report
    return report.is_overdue and report.owner_agency_id != desk.viewer.agency_id


def _waits_for_a_unit(desk: Desk) -> bool:
    """Say whether it is for an admin to find a unit; what the admin has begun alone, the admin goes on with."""
    facts = desk.dossier.facts
    is_open = facts.came_back or facts.status not in WATCHED
    return desk.viewer.role in ADMINS and facts.owner_unit_id is None and is_open


def offers(desk: Desk, current: Action | None) -> list[Offer]:
    """Return the deeds to choose from; what shares the open form is a button there, and not offered twice."""
    shown = set(_buttons(current, possible(desk))) if current else set()
    there = [
        action for action in possible(desk) if action == current or not (DEEDS[action].is_quick or action in _LED_TO)
    ]
    made = [Offer(action.value, wording.ACTION[action], action == current, KEYS.get(action, "")) for action in there]
    return [offer for offer in made if offer.is_current or Action(offer.code) not in shown]


def quick(desk: Desk, current: Action | None) -> list[tuple[str, Promise]]:
    """Return what is done with one press, beside the open form."""
    found = [action for action in possible(desk) if DEEDS[action].is_quick and action != current]
    return [(action.value, wording.ACTION[action]) for action in found]


def buttons(desk: Desk, current: Action) -> list[tuple[str, Promise]]:
    """Return the buttons of the open form, the main one first."""
    return [(action.value, wording.ACTION[action]) for action in _buttons(current, possible(desk))]


def _buttons(current: Action, allowed: Sequence[Action]) -> Iterator[Action]:
    deed = DEEDS[current]
    return (action for action, other in DEEDS.items() if other is deed and action in allowed)
