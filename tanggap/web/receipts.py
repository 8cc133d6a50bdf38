"""The receipt of a report in words: on the page of whoever sent it, and on the sheet that a counter prints."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tanggap.adapters.outbound import paper
from tanggap.services.submissions import Receipt
from tanggap.templatetags.tanggap import tanggal, waktu


def tracking_link(receipt: Receipt) -> str:
    """Return the address that the QR code holds: number and code after '#', where no server sees them."""
    return f"{settings.PUBLIC_URL}/lacak#{receipt.number}.{receipt.token}"


def proof_link(receipt: Receipt) -> str:
    """Return the address that the second QR code holds: the signed statement after '#', where no server sees it."""
    return f"{settings.PUBLIC_URL}/catatan/tanda-terima#{receipt.signed}" if receipt.signed else ""


def next_step(made: Receipt) -> str:
    """Say who does what by when: the first thing that a reporter wants to know."""
    words = _("%(agency)s memverifikasi laporan Anda paling lambat %(date)s.")
    return words % {"agency": made.agency, "date": tanggal(made.verify_due_at)}


def sheet(made: Receipt, *, taken_by: str = "") -> paper.ReceiptSheet:
    """Put the receipt into the words of a printed sheet; `taken_by` is the officer who typed the report in."""
    return paper.ReceiptSheet(
        language=(get_language() or "id")[:2],
        site=settings.SITE_NAME,
        home=settings.HOME_NAME,
        demo=_("Data contoh (sintetis)") if settings.IS_DEMO else "",
        title=_("Tanda terima laporan"),
        number_label=_("Nomor laporan"),
        number=made.number,
        token_label=_("Kode pelacakan"),
        token=made.token,
        keep=_(
            "Simpan ini. Kode pelacakan membuka laporan Anda dan tidak dapat diganti. Jangan berikan kepada orang lain."
        ),
        link=tracking_link(made),
        qr_words=_("Pindai untuk melacak laporan ini"),
        next_title=_("Apa selanjutnya"),
        next=(
            next_step(made),
            _("Lihat perkembangannya di %(address)s dengan nomor laporan dan kode pelacakan.")
            % {"address": f"{settings.PUBLIC_URL}/lacak"},
            _("Melapor tidak dipungut biaya (UU 25/2009 Pasal 48)."),
        ),
        facts_title=_("Rincian"),
        facts=(
            (_("Judul laporan"), made.title),
            (_("Diterima"), waktu(made.received_at)),
            *([(_("Dicatat"), waktu(made.registered_at))] if made.was_typed_in_later else []),
            (_("Instansi yang memverifikasi"), made.agency),
            (_("Verifikasi paling lambat"), tanggal(made.verify_due_at)),
            *([(_("Dicatat oleh"), taken_by), (_("Tanda tangan"), "\n\n")] if taken_by else []),
        ),
        proof_title=_("Bukti bertanda tangan digital"),
        proof_words=_("Dengan kode atau teks ini Anda dapat menunjukkan kelak bahwa laporan tercatat pada hari itu."),
        proof=made.signed,
        proof_link=proof_link(made),
        footer=_("Tanda terima menurut UU 25/2009 Pasal 44.")
        if taken_by
        else _("Tanda terima menurut UU 25/2009 Pasal 44. Sah tanpa tanda tangan."),
    )
