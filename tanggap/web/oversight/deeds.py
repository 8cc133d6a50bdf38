"""What those who look may say about a report: one form of words for each act, and how it is carried out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import Watcher
from tanggap.domain.case import Case
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.policy import Allowed, Reason, decide
from tanggap.selectors import reports as report_selectors
from tanggap.services import reports
from tanggap.services.moves import MoveError
from tanggap.web import wording, wording_refusals


@dataclass(frozen=True, slots=True)
class Deed:
    """How one act is put to the one who looks; without a label there is nothing to write."""

    title: Promise
    button: Promise
    done: Promise
    icon: str
    label: Promise | str = ""
    hint: Promise | str = ""


DEEDS: Final[dict[Action, Deed]] = {
    Action.NUDGE: Deed(
        _("Tegur %(holder)s"),
        _("Kirim teguran"),
        _("%(number)s: teguran tercatat dan dikirim."),
        "flag",
        _("Isi teguran"),
        _("Dibaca admin dan unit yang memegang laporan, bukan pelapor atau publik."),
    ),
    Action.ASK_REOPEN: Deed(
        _("Minta laporan ini dibuka kembali"),
        _("Kirim permintaan"),
        _("%(number)s: permintaan tercatat. Admin nasional memutuskan, dan Anda diberi tahu."),
        "undo",
        _("Mengapa perlu dibuka kembali?"),
        _("Dibaca admin nasional dan petugas yang memegang laporan, bukan pelapor atau publik."),
    ),
    Action.ACCEPT_HANDOVER: Deed(
        _("Terima penyerahan"),
        _("Terima penyerahan"),
        _("%(number)s: penyerahan diterima. Pelapor dan instansi diberi tahu."),
        "check",
    ),
    Action.DECLINE_HANDOVER: Deed(
        _("Tolak penyerahan"),
        _("Tolak penyerahan"),
        _("%(number)s: penyerahan tidak diterima. Pelapor membaca alasannya."),
        "x",
        _("Mengapa tidak dapat diterima?"),
        _("Dibaca pelapor dan instansi. Setelah ini laporan hilang dari daftar Anda."),
    ),
}


class WordsForm(forms.Form):
    """What is said, which act it is, and how many events the one who looks has seen."""

    use_required_attribute = False

    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, action: Action, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action, self.deed = action, DEEDS[action]
        self.fields["text"].label, self.fields["text"].help_text = str(self.deed.label), str(self.deed.hint)


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as the page draws it."""

    form: WordsForm
    title: str

    @property
    def code(self) -> str:
        """Return what names the act in what is posted."""
        return self.form.action.value


def offered(
    viewer: Watcher, case: Case, actions: Iterable[Action], *, tried: WordsForm | None, seen: int, holder: str
) -> list[Shown]:
    """Return the forms of what this viewer may do now; what was tried and refused is filled in as it was."""
    found = []
    for action in actions:
        if isinstance(decide(action, actor=viewer, case=case), Allowed):
            fresh = WordsForm(action, initial={"seen": seen}, auto_id=f"{action}_%s")
            form = tried if tried is not None and tried.action == action else fresh
            found.append(Shown(form, str(form.deed.title) % {"holder": holder}))
    return found


def asked(request: HttpRequest, actions: tuple[Action, ...]) -> WordsForm:
    """Return the form that was posted; raises Http404 for an act that this page does not have."""
    code = request.POST.get("tindakan", actions[0].value)
    action = next((one for one in actions if one.value == code), None)
    if action is None:
        raise Http404
    return WordsForm(action, request.POST, auto_id=f"{action}_%s")


def carry_out(request: HttpRequest, viewer: Watcher, number: str, form: WordsForm, *, now: datetime) -> int:
    """Do what was asked; returns 302 when it is done, else the status to answer, with the reason on the form."""
    if not form.is_valid():
        return 422
    said = form.cleaned_data
    move = Move(text=said["text"])
    try:
        reports.act(actor=viewer, number=number, action=form.action, move=move, now=now, seen=said["seen"])
    except report_selectors.NotFoundError as error:
        raise Http404 from error
    except MoveError as error:
        form.add_error("text", str(wording.FAULT[error.fault]))
        return 422
    except reports.NotAllowedError as error:
        is_missing = error.reason == Reason.MISSING_TEXT
        form.add_error("text" if is_missing else None, str(wording_refusals.REFUSAL[error.reason]))
        return 422 if is_missing else 409
    messages.success(request, str(form.deed.done) % {"number": number})
    return 302
