"""The page that a mailed invitation leads to: make an account, or take the office with the one that is signed in."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Role
from tanggap.services import invitations
from tanggap.services.accounts import AccountError, Refusal
from tanggap.web import wording, wording_organisation
from tanggap.web.account.forms import PasswordTwiceForm

_FIELD = {
    Refusal.USERNAME_INVALID: "username",
    Refusal.USERNAME_TAKEN: "username",
    Refusal.PASSWORD_WEAK: "password",
}


class AccountForm(PasswordTwiceForm):
    """The name to sign in with, and a password, twice."""

    username = forms.CharField(
        label=gettext_lazy("Nama pengguna"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}),
        error_messages={"required": gettext_lazy("Pilih nama pengguna.")},
    )
    field_order = ("username", "password", "again")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, signed: str) -> HttpResponse:
    """Show what the invitation is for, and take it."""
    now = timezone.now()  # noqa: TID251 - a door
    found = invitations.read(signed, now=now)
    if found is None:
        return render(request, "account/invitation_gone.html", status=404)
    is_own, refused = "akun-ini" in request.POST and request.user.is_authenticated, ""
    form = AccountForm(request.POST if request.method == "POST" and not is_own else None)
    try:
        if is_own:
            invitations.accept(signed, now=now, user_id=int(request.user.pk or 0))
            messages.success(request, _("Jabatan baru sudah menjadi milik akun ini."))
            return redirect("account_office")
        if form.is_valid():
            said = form.cleaned_data
            invitations.accept(
                signed, now=now, username=said["username"], password=said["password"], language=request.LANGUAGE_CODE
            )
            messages.success(request, _("Akun Anda sudah dibuat. Masuk sekarang, lalu pasang verifikasi dua langkah."))
            return redirect("/masuk?next=/akun/dua-langkah")
    except invitations.InvitationError:
        return render(request, "account/invitation_gone.html", status=404)
    except AccountError as error:
        refused = " ".join([str(wording_organisation.REFUSAL[error.reason]), *error.details])
        if error.reason in _FIELD and not is_own:
            form.add_error(_FIELD[error.reason], refused)
            refused = ""
    page = {"found": found, "role": wording.ROLE[Role(found.role)], "form": form, "refused": refused}
    return render(request, "account/invitation.html", page, status=422 if request.method == "POST" else 200)
