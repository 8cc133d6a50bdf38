"""What a reporter may do on the tracking page: one row per form, offered only where the life cycle allows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import Reporter
from tanggap.domain.case import Case
from tanggap.domain.lifecycle import Action
from tanggap.domain.policy import choices
from tanggap.web.public.forms_tracking import (
    ActionForm,
    ConsentForm,
    RateForm,
    TextAndFilesForm,
    TextForm,
    VisibilityForm,
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One form: which actions it stands for (the first that is allowed is done), and what is said afterwards."""

    actions: tuple[Action, ...]
    form: type[ActionForm]
    done: Promise
    label: Promise | str = ""  # of the text, where there is one


DEEDS: Final[Mapping[str, Deed]] = {
    "keterangan": Deed(
        (Action.ADD_INFORMATION, Action.SUPPLY_DATA),
        TextAndFilesForm,
        _("Keterangan Anda sudah kami teruskan."),
        _("Keterangan Anda"),
    ),
    "balas": Deed(
        (Action.REPORTER_REPLY,),
        TextAndFilesForm,
        _("Balasan Anda sudah kami teruskan. Instansi harus menjawab lagi."),
        _("Balasan Anda"),
    ),
    "pesan": Deed(
        (Action.MESSAGE_OFFICE,),
        TextAndFilesForm,
        _("Pesan Anda sudah kami teruskan."),
        _("Pesan Anda"),
    ),
    "selesai": Deed((Action.CONFIRM_DONE,), ActionForm, _("Laporan selesai. Terima kasih sudah memberi tahu.")),
    "penilaian": Deed((Action.RATE,), RateForm, _("Penilaian Anda sudah kami simpan. Terima kasih.")),
    "buka-kembali": Deed(
        (Action.REOPEN,), TextAndFilesForm, _("Laporan dibuka kembali."), _("Apa yang belum selesai?")
    ),
    "keberatan": Deed(
        (Action.APPEAL,),
        TextAndFilesForm,
        _("Keberatan Anda sudah kami terima. Admin lain memeriksanya."),
        _("Mengapa Anda tidak setuju?"),
    ),
    "kerahasiaan": Deed((Action.SET_VISIBILITY,), VisibilityForm, _("Kerahasiaan laporan sudah diubah.")),
    "ombudsman": Deed(
        (Action.ESCALATE_OMBUDSMAN,),
        ConsentForm,
        _("Laporan Anda diserahkan ke Ombudsman. Instansi tetap dapat menjawab."),
    ),
    "tarik-persetujuan": Deed(
        (Action.WITHDRAW_CONSENT,),
        ActionForm,
        _("Persetujuan Anda ditarik. Ombudsman tidak dapat mengunduh lagi."),
    ),
    "ppid": Deed(
        (Action.HAND_TO_PPID,),
        TextForm,
        _("Laporan Anda sekarang permintaan informasi resmi kepada PPID."),
        _("Untuk apa informasi itu Anda perlukan?"),
    ),
    "keberatan-ppid": Deed(
        (Action.OBJECT_FORMAL,),
        TextForm,
        _("Keberatan Anda sudah kami teruskan kepada atasan PPID."),
        _("Apa keberatan Anda?"),
    ),
    "hapus-identitas": Deed((Action.ERASE_IDENTITY,), ActionForm, _("Identitas Anda sudah dihapus dari laporan ini.")),
    "cabut": Deed((Action.WITHDRAW,), ActionForm, _("Laporan sudah dicabut.")),
}


def open_deeds(actor: Reporter, case: Case) -> dict[str, Action]:
    """Return the forms that the reporter may use now, each with the action that it would do."""
    allowed = choices(actor=actor, case=case)
    found = {slug: next((act for act in deed.actions if act in allowed), None) for slug, deed in DEEDS.items()}
    return {slug: action for slug, action in found.items() if action is not None}


def form_of(slug: str, report_id: int, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> ActionForm:
    """Return the form of a deed, its text by the words of the deed: a form that was looked at keeps its labels."""
    form = DEEDS[slug].form(data, initial=initial, auto_id=f"{slug}_%s", report_id=report_id)
    if "text" in form.fields:
        form.fields["text"].label = str(DEEDS[slug].label)
    return form
