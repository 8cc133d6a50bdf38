"""The forms of a citizen's account: the address, the code, some wishes."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tanggap.domain.intake import clean

_LONGEST: Final = 254


class EnterForm(forms.Form):
    """The address to which a code is sent."""

    use_required_attribute = False

    email = forms.CharField(
        label=_("Surel"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Isi alamat surel Anda.")},
    )
    ingat = forms.BooleanField(
        label=_("Ingat saya 30 hari di peramban ini"),
        help_text=_("Jangan dicentang di ponsel atau komputer pinjaman."),
        required=False,
    )

    def clean_email(self) -> str:
        """Take an address that a letter can be sent to."""
        email = clean(self.cleaned_data["email"])
        if not _can_be_mailed(email):
            raise ValidationError(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."))
        return email


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
        error_messages={"required": _("Isi kode dari surel kami.")},
    )


class WishesForm(forms.Form):
    """Language and news."""

    use_required_attribute = False

    language = forms.ChoiceField(
        label=_("Bahasa halaman dan surel"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    wants_mail = forms.BooleanField(
        label=_("Kirimi saya kabar lewat surel"),
        help_text=_("Tanpa ini pun kabar yang menyangkut hak dan batas waktu Anda tetap kami kirim."),
        required=False,
    )


def first_wishes(language: str, *, wants_mail: bool) -> dict[str, Any]:
    """Return what the form shows at first."""
    return {"language": language, "wants_mail": wants_mail}
