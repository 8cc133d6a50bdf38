"""An answer that waits for a second officer, or that one has sent back, in words for whoever reads the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.domain.closing_guard import Ground
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.outcomes import Outcome
from tanggap.domain.policy import choices
from tanggap.web import wording, wording_grounds
from tanggap.web.workbench.forms import Desk


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """What is so, why, what follows for this officer, and the answer itself."""

    title: str
    grounds: Sequence[str]
    follows: str
    outcome: str
    text: str
    by: str
    moment: datetime
    may_release: bool = False


def words(desk: Desk) -> HeldAnswer | None:
    """Return what this officer must know of an answer that was held; None where there is none."""
    facts = desk.dossier.facts
    seq = facts.held_answer or facts.sent_back
    if seq is None:
        return None
    event = next(event for event in desk.dossier.events if event.seq == seq)
    may_release = Action.RELEASE_ANSWER in choices(actor=desk.viewer, case=desk.dossier.case)
    grounds = [_ground(Ground(code), event) for code in event.data["grounds"]]
    if facts.sent_back is not None:
        title, grounds = _("Jawaban dikembalikan oleh petugas kedua"), [_sent_back_for(desk)]
        follows = _("Pelapor belum menerima jawaban. Perbaiki dan kirim lagi.")
        if event.has_files:
            follows = f"{follows} {_('Lampirkan ulang buktinya.')}"
    else:
        title = _("Jawaban menunggu pemeriksaan kedua")
        follows = _follows(may_release=may_release, is_author=facts.held_by == desk.viewer.user_id)
    return HeldAnswer(
        title=title,
        grounds=grounds,
        follows=follows,
        outcome=str(wording.OUTCOME[Outcome(event.data["answer"]["outcome"])]),
        text=desk.dossier.texts.get((seq, "text")) or "",
        by=desk.dossier.people.get(event.user_id or 0, ""),
        moment=event.acted_at,
        may_release=may_release,
    )


def _ground(ground: Ground, event: EventRecord) -> str:
    same = event.data["same"]
    if ground == Ground.SAME_WORDS:
        words_ = ngettext(
            "Jawaban ini sama kata demi kata dengan %(same)s jawaban lain di instansi ini dalam 30 hari terakhir.",
            "Jawaban ini sama kata demi kata dengan %(same)s jawaban lain di instansi ini dalam 30 hari terakhir.",
            same,
        )
        return words_ % {"same": same}
    return str(wording_grounds.GROUND[ground])


def _sent_back_for(desk: Desk) -> str:
    event = next(event for event in reversed(desk.dossier.events) if event.kind == Action.SEND_BACK_ANSWER)
    return desk.dossier.texts.get((event.seq, "text")) or ""


def _follows(*, may_release: bool, is_author: bool) -> str:
    if may_release:
        return _("Pelapor belum menerimanya dan jam penyelesaian tetap berjalan. Lepas, atau kembalikan dengan alasan.")
    if is_author:
        return _("Pelapor belum menerimanya dan jam penyelesaian tetap berjalan. Anda dapat menulis jawaban yang baru.")
    return _("Pelapor belum menerimanya dan jam penyelesaian tetap berjalan.")


def first_words(desk: Desk) -> dict[str, object]:
    """Return what the form of the answer begins with: what was sent back is mended, not written again."""
    seq = desk.dossier.facts.sent_back
    if seq is None:
        return {}
    answer = next(event for event in desk.dossier.events if event.seq == seq).data["answer"]
    return {"text": desk.dossier.texts.get((seq, "text")) or "", **answer}
