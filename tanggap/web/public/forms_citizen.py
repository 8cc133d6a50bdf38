"""The forms of a citizen's account: the address or number, the code, some wishes."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tanggap.domain.citizens import is_number
from tanggap.domain.intake import clean
from tanggap.services import mobile_numbers

_LONGEST: Final = 254


class EnterForm(forms.Form):
    """The address or mobile number to which a code is sent."""

    use_required_attribute = False

    kontak = forms.CharField(
        label=_("Surel"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Isi alamat surel Anda.")},
    )
    ingat = forms.BooleanField(
        label=_("Ingat saya 30 hari di peramban ini"),
        help_text=_("Jangan dicentang di ponsel atau komputer pinjaman."),
        required=False,
    )

    def __init__(self, *args: Any, takes_numbers: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.takes_numbers = takes_numbers
        if takes_numbers:
            field = self.fields["kontak"]
            field.label = _("Surel atau nomor ponsel")
            field.widget = forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            )
            field.error_messages["required"] = _("Isi alamat surel atau nomor ponsel Anda.")

    def clean_kontak(self) -> str:
        """Take an address that a letter can be sent to, or a mobile number in its one form."""
        said = clean(self.cleaned_data["kontak"])
        if is_number(said) and self.takes_numbers:
            number = mobile_numbers.read(said)
            if number is None:
                countries = settings.SMS_COUNTRIES
                places = _("Indonesia") if countries == ["ID"] else ", ".join(countries)
                raise ValidationError(
                    _("Tulis nomor ponsel %(places)s yang lengkap, misalnya 0812 3456 7890, atau alamat surel."),
                    params={"places": places},
                )
            return number
        if not _can_be_mailed(said):
            raise ValidationError(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."))
        return said


def _can_be_mailed(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= _LONGEST and email.isascii()


class CodeForm(forms.Form):
    """The six digits."""

    use_required_attribute = False

    kode = forms.CharField(
        label=_("Kode enam angka"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={"required": _("Isi kode yang kami kirim.")},
    )


class WishesForm(forms.Form):
    """Language and news."""

    use_required_attribute = False

    language = forms.ChoiceField(
        label=_("Bahasa halaman dan pesan"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    wants_mail = forms.BooleanField(
        label=_("Kirimi saya kabar lewat surel"),
        help_text=_("Tanpa ini pun kabar yang menyangkut hak dan batas waktu Anda tetap kami kirim."),
        required=False,
    )

    def __init__(self, *args: Any, is_by_phone: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_by_phone:  # no news goes out by SMS
            del self.fields["wants_mail"]


class CommentForm(forms.Form):
    """What a reader says under a report; its length and its name are judged by the service."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Komentar Anda"),
        help_text=_("Jangan tulis nama, nomor, atau alamat siapa pun. Kalau Anda pelapornya, jangan sebutkan itu."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(
        label=_("Nama yang tampil"),
        help_text=_("Boleh nama samaran. Kosongkan untuk tampil sebagai “Pembaca”."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def first_wishes(language: str, *, wants_mail: bool) -> dict[str, Any]:
    """Return what the form shows at first."""
    return {"language": language, "wants_mail": wants_mail}
