"""Forms of the organisation's editor."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import Actor, LiaisonOfficer, Role
from tanggap.domain.appointments import Office, may_manage
from tanggap.domain.comments import GROUND_MOST
from tanggap.web import wording
from tanggap.web.wording_organisation import MEMO_MODE, UNIT_KIND
from tanggap.web.workbench.fields import UNKNOWN, IdField, IdsField, choices_of
from tanggap.web.workbench.widgets import CleanField

type Option = tuple[str, str]

TOP: Final = _("Langsung di bawah instansi")


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tanggal ini tidak ada.")},
    )


class _Form(forms.Form):
    """Mistakes are told by our own words, in the summary and beside the field."""

    use_required_attribute = False


class _Named(_Form):
    name = CleanField(label=_("Nama lengkap"), max_length=200, required=False)
    short_name = CleanField(label=_("Nama singkat"), max_length=60, required=False)


class NewUnitForm(_Named):
    """A unit that is not there yet."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=choices_of(UNIT_KIND), error_messages=UNKNOWN)
    parent = IdField(_("Berada di bawah"))
    valid_from = day_field(_("Berlaku sejak"))

    def __init__(self, *args: Any, parents: Sequence[Option], kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].widget.choices = parents
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [(code, words) for code, words in choices_of(UNIT_KIND) if code in kinds]


class RenameForm(_Named):
    """A new name, from a day on."""

    first_day = day_field(_("Berlaku sejak"), hint=_("Nama lama tetap tercatat beserta tanggalnya."))


class MoveForm(_Form):
    """Another place in the tree."""

    parent = IdField(_("Berada di bawah"))

    def __init__(self, *args: Any, parents: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].widget.choices = parents


class DissolveForm(_Form):
    """The last day of a unit, and what becomes of its open reports."""

    last_day = day_field(_("Hari terakhir"))
    hand_over = forms.BooleanField(
        label=_("Serahkan laporan terbuka kepada unit di atasnya, atau kepada instansi"), required=False
    )


class ContactForm(_Form):
    """How an agency is reached; every page of the public shows it."""

    responsible_office = CleanField(label=_("Bagian yang bertanggung jawab"), max_length=200, required=False)
    address = CleanField(label=_("Alamat"), max_length=500, required=False)
    website = CleanField(label=_("Situs"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Surel"), required=False, error_messages={"invalid": _("Alamat surel ini tidak lengkap.")}
    )
    phone = CleanField(label=_("Telepon"), max_length=40, required=False)


class MemoForm(_Form):
    """For which answers the agency wants a memo."""

    mode = forms.ChoiceField(
        label=_("Jawaban unit melalui nota dinas"),
        choices=choices_of(MEMO_MODE),
        widget=forms.RadioSelect,
        error_messages=UNKNOWN | {"required": UNKNOWN["invalid_choice"]},
    )


class CommentRuleForm(_Form):
    """Whether readers may comment on the agency's public reports."""

    mode = forms.ChoiceField(
        label=_("Komentar pembaca di laporan publik"),
        choices=[("off", _("Tidak diterima")), ("on", _("Diterima, setelah diperiksa petugas"))],
        widget=forms.RadioSelect,
        error_messages=UNKNOWN | {"required": UNKNOWN["invalid_choice"]},
    )
    ground = CleanField(
        label=_("Dasar"),
        help_text=_("Aturan atau keputusan apa. Tersimpan bersama perubahannya."),
        max_length=GROUND_MOST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AppointForm(_Form):
    """An office that a person is to hold from today on."""

    role = forms.ChoiceField(label=_("Jabatan"), error_messages=UNKNOWN)
    unit = IdField(_("Unit"), hint=_("Kosongkan untuk jabatan seluruh instansi."))

    def __init__(self, *args: Any, actor: Actor, agency_id: int, units: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = offices(actor, agency_id)  # type: ignore[attr-defined]
        self.fields["unit"].widget.choices = units if isinstance(actor, LiaisonOfficer) else [("", "—"), *units]
        if isinstance(actor, LiaisonOfficer):
            self.fields["role"].initial = Office.UNIT_ADMIN.value  # which every unit of the list can have
            self.fields["unit"].help_text = _("Pejabat penghubung hanya untuk unit di bawah unit Anda.")


class InviteForm(AppointForm):
    """Somebody who is to come, and the office that waits."""

    name = CleanField(label=_("Nama lengkap"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Surel"),
        error_messages={"invalid": _("Alamat surel ini tidak lengkap."), "required": _("Tulis alamat surelnya.")},
    )
    field_order = ("name", "email", "role", "unit")


def offices(actor: Actor, agency_id: int) -> list[tuple[str, Any]]:
    """Return the offices that somebody may give in an agency; a liaison officer in some unit below the own one."""
    below = frozenset({actor.unit_id}) if isinstance(actor, LiaisonOfficer) else frozenset[int]()
    return [
        (office.value, wording.ROLE[Role(office.value)])
        for office in Office
        if may_manage(actor, office=office, agency_id=agency_id, path=below)
    ]


class ReasonForm(_Form):
    """Why something is done with the account of a person; it stands in the log of changes."""

    reason = CleanField(
        label=_("Alasan"),
        help_text=_("Tersimpan di catatan perubahan. Jangan tulis kata sandi di sini."),
        max_length=200,
        error_messages={"required": _("Tulis alasannya.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DecreeForm(_Form):
    """What stands in a decree."""

    number = CleanField(label=_("Nomor SK"), max_length=120, required=False)
    signer = CleanField(label=_("Ditandatangani oleh"), max_length=200, required=False)
    issued_on = day_field(_("Tanggal SK"))
    valid_from = day_field(_("Berlaku sejak"))
    valid_to = day_field(_("Berlaku sampai"), required=False, hint=_("Kosongkan bila tanpa batas."))
    covers_agency = forms.BooleanField(label=_("Mencakup seluruh instansi"), required=False)
    units = IdsField(_("Unit yang dicakup"))
    people = IdsField(_("Petugas yang dicakup"))
    files = forms.FileField(  # type: ignore[assignment]
        label=_("Pindaian SK"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"})
    )

    def __init__(self, *args: Any, units: Sequence[Option], people: Iterable[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].widget.choices = units
        self.fields["people"].widget.choices = list(people)
