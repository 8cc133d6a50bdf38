"""Forms of signing in: allauth's checks, our words, and codes that can be used once."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tanggap.domain.limits_of_use import Bucket
from tanggap.services import limits
from tanggap.web.account.adapter import count_try


def _plain(field: forms.Field, label: Any, help_text: Any = "") -> None:
    """Give a field of allauth our label; a label inside the box vanishes when one types, so there is none."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("Nama pengguna"))
        self.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})
        _plain(self.fields["password"], _("Kata sandi"))


class PasswordAgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more, before something that a stolen session must not do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("Kata sandi"))


class NewPasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The old password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("Kata sandi sekarang"))
        _plain(self.fields["password1"], _("Kata sandi baru"), _("Sedikitnya 12 huruf, angka atau tanda."))
        _plain(self.fields["password2"], _("Ulangi kata sandi baru"))

    def clean_oldpassword(self) -> str:
        """Check the old password as a sign-in does: counted, so that a stolen session cannot guess."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class PasswordTwiceForm(forms.Form):
    """A first or a new password, twice: for whoever comes by a link."""

    password = forms.CharField(
        label=_("Kata sandi"),
        help_text=_("Sedikitnya 12 huruf, angka atau tanda."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": _("Tulis kata sandi.")},
    )
    again = forms.CharField(
        label=_("Ulangi kata sandi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": _("Ulangi kata sandi.")},
    )

    def clean(self) -> dict[str, Any]:
        """Check that both passwords are the same."""
        said = super().clean() or {}
        if said.get("password") and said.get("again") and said["password"] != said["again"]:
            self.add_error("again", _("Kedua kata sandi berbeda."))
        return said


class _OneTimeCode(forms.Form):
    """Counts tries at codes per person, and lets a code pass once, whichever worker sees it."""

    user: Any

    def clean_code(self) -> str:
        """Return the code when it is right and was not used before. Errors: `TooManyTriesError`."""
        person = str(self.user.pk)
        count_try(Bucket.SIGN_IN_CODE, person)
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside this class
        spent = f"{person}:{''.join(filter(str.isalnum, code)).casefold()}"
        now = timezone.now()  # noqa: TID251 - a door
        if not limits.hit(Bucket.CODE_SPENT, spent, now=now).allowed:
            raise get_adapter().validation_error("incorrect_code")
        limits.forgive(Bucket.SIGN_IN_CODE, person)
        return code


class CodeForm(_OneTimeCode, mfa_forms.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code of the authenticator app, or a recovery code, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("Kode"), _("Enam angka dari aplikasi, atau satu kode pemulihan."))


class CodeAgainForm(_OneTimeCode, mfa_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code once more, before something that a stolen session must not do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("Kode"), _("Enam angka dari aplikasi, atau satu kode pemulihan."))


class PasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """What the browser made, and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)  # every key of ours signs in by itself
        _plain(self.fields["name"], _("Nama kunci"), _("Misalnya: ponsel saya, laptop kantor."))
        self.fields["name"].max_length = 80


class PasskeyNameForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], _("Nama kunci"))


class EnrolForm(_OneTimeCode, totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an authenticator app proves that it was set up right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("Kode dari aplikasi"), _("Enam angka yang sedang ditampilkan aplikasi."))
        self.fields["code"].widget.attrs.update({"inputmode": "numeric"})
