"""The paper of a memo (nota dinas): its words, set, signed and stored. A memo is Indonesian, whoever reads the desk."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.adapters import electronic_signatures as signatures
from tanggap.adapters.outbound import paper
from tanggap.adapters.scanning import staging
from tanggap.domain import privacy
from tanggap.domain.intake import StagedFile, clean
from tanggap.domain.memos import Signature
from tanggap.selectors import accounts
from tanggap.services.memos import Wanted
from tanggap.templatetags.tanggap import tanggal, waktu
from tanggap.web import wording
from tanggap.web.workbench.forms import Desk


class NotSignedError(Exception):
    """The paper was not signed, or could not be stored: nothing was sent."""


def not_signed() -> str:
    """Say that nothing was signed, and what can be done."""
    return _(
        "Nota dinas belum ditandatangani: layanan tanda tangan elektronik atau penyimpanan gagal. Tidak ada yang "
        "terkirim. Coba lagi, atau hubungi pengelola."
    )


def press(desk: Desk, wanted: Wanted, *, now: datetime) -> tuple[StagedFile, Signature]:
    """Set the paper, have it signed, and store it as it is; raises NotSignedError."""
    signer = signatures.signer(settings.SIGN_COMMAND)
    with translation.override("id"):
        said = sheet(desk, wanted, now=now, is_electronic=signer.is_electronic)
    document = paper.memo_pdf(said, made_at=now)
    signatory = signatures.Signatory(accounts.signs_in_as(desk.viewer.user_id), wanted.number)
    try:
        document, signature = signer.sign(document, signatory)
        kept = staging.keep(
            document,
            f"nota-dinas-{wanted.report.number}.pdf",
            root=settings.ATTACHMENTS_DIR,
            least_free=settings.ATTACHMENTS_LEAST_FREE_BYTES,
        )
    except (signatures.SigningError, staging.NoRoomError) as error:
        raise NotSignedError from error
    stored = StagedFile(
        kept.key, kept.sha256.hex(), kept.size, kept.media_type, kept.kind.value, kept.name, is_publishable=False
    )
    return stored, signature


_TITLE: Final = "Nota Dinas"


def sheet(desk: Desk, wanted: Wanted, *, now: datetime, is_electronic: bool) -> paper.MemoSheet:
    """Put a memo into words. What is masked in the answer is masked here too: of a reporter nothing stands in it."""
    report, move = desk.dossier.report, wanted.move
    zone = report.owner_agency.timezone
    unit = report.owner_unit.name if report.owner_unit else report.owner_agency.name
    name = accounts.names_of([desk.viewer.user_id]).get(desk.viewer.user_id, "")
    text = privacy.without_person(clean(move.text), privacy.to_spans(move.masked.get("text", ())))
    outcome = str(wording.OUTCOME[move.outcome]) if move.outcome else ""
    if move.outcome_on:
        outcome = f"{outcome}, {tanggal(move.outcome_on)}"
    electronic = (
        "Ditandatangani secara elektronik; tanda tangannya ada dalam berkas ini."
        if is_electronic
        else "Disetujui dalam aplikasi, tanpa tanda tangan elektronik."
    )
    return paper.MemoSheet(
        site=settings.SITE_NAME,
        demo="Data contoh (sintetis)" if settings.IS_DEMO else "",
        agency=report.owner_agency.name,
        unit=unit,
        title=_TITLE,
        heads=(
            ("Nomor", wanted.number),
            ("Tanggal", tanggal(wanted.on)),
            ("Kepada Yth.", privacy.without_person(clean(move.addressee))),
            ("Dari", unit),
            ("Hal", privacy.without_person(clean(move.subject))),
            ("Nomor laporan", report.number),
            ("Hasil", outcome),
        ),
        paragraphs=tuple(part.strip() for part in text.splitlines() if part.strip()),
        attachments_title="Lampiran",
        attachments=wanted.attachments,
        signed=(str(wording.ROLE[desk.viewer.role]), name, waktu(now, zone), electronic),
        footer=f"{_TITLE} {wanted.number} · {settings.SITE_NAME}",
    )
