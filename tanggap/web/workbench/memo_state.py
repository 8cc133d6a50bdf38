"""Where the memo (nota dinas) of a report stands, in words for whoever reads the report on the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.domain import privacy
from tanggap.domain.lifecycle import Action
from tanggap.domain.memos import MemoState
from tanggap.domain.outcomes import Outcome
from tanggap.domain.policy import choices
from tanggap.web import wording
from tanggap.web.workbench.forms import Desk

_TITLE: Final[dict[MemoState, Promise]] = {
    MemoState.SUBMITTED: gettext_lazy("Nota dinas menunggu tanda tangan"),
    MemoState.CHECKED: gettext_lazy("Nota dinas sudah diperiksa, menunggu tanda tangan"),
    MemoState.RETURNED: gettext_lazy("Nota dinas dikembalikan"),
    MemoState.SIGNED: gettext_lazy("Nota dinas sudah ditandatangani"),
}
_STEPS: Final = frozenset({Action.SUBMIT_MEMO, Action.CHECK_MEMO, Action.RETURN_MEMO, Action.SEND_BACK_ANSWER})


@dataclass(frozen=True, slots=True)
class MemoNotice:
    """What is so, since when and by whom, what follows for this officer; the memo itself where no form shows it."""

    title: Promise | str
    by: str
    moment: datetime | None
    reason: str
    follows: str
    outcome: str = ""
    text: str = ""


def words(desk: Desk) -> MemoNotice | None:
    """Return what this officer must know of the memo; None where none is begun and none is wanted."""
    facts, memo = desk.dossier.facts, desk.dossier.facts.memo
    allowed = choices(actor=desk.viewer, case=desk.dossier.case)
    if memo is None:
        if not desk.dossier.case.needs_memo or not {Action.SUBMIT_MEMO, Action.SIGN_MEMO} & set(allowed):
            return None
        return MemoNotice(_("Instansi ini menjawab dengan nota dinas"), "", None, "", _follows(allowed))
    event = next(event for event in desk.dossier.events if event.seq == memo.seq)
    if not privacy.reads_memo(desk.viewer, event, desk.dossier.case):
        return None
    if memo.state == MemoState.SIGNED and facts.held_answer is not None:
        return None  # the notice of the held answer says it all
    last = next(event for event in reversed(desk.dossier.events) if event.seq == memo.seq or event.kind in _STEPS)
    is_back = memo.state == MemoState.RETURNED
    reason = (desk.dossier.texts.get((last.seq, "text")) or "") if is_back else ""
    has_form = bool({Action.SUBMIT_MEMO, Action.SIGN_MEMO} & set(allowed))
    return MemoNotice(
        title=_TITLE[memo.state],
        by=desk.dossier.people.get(last.user_id or 0, ""),
        moment=last.acted_at,
        reason=reason,
        follows=_follows(allowed) if has_form else _("Pelapor belum menerima jawaban dan jam penyelesaian berjalan."),
        outcome="" if has_form else str(wording.OUTCOME[Outcome(event.data["answer"]["outcome"])]),
        text="" if has_form else desk.dossier.texts.get((memo.seq, "text")) or "",
    )


def _follows(allowed: tuple[Action, ...]) -> str:
    if Action.SIGN_MEMO in allowed:
        return _("Setelah Anda menandatangani, isinya langsung terkirim sebagai jawaban.")
    return _("Tulis dan ajukan. Jawaban terkirim setelah pejabat penghubung menandatangani.")
