"""The page that a link to a new password leads to: choose one, then sign in with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tanggap.services import ways_in
from tanggap.services.accounts import AccountError
from tanggap.web import wording_organisation
from tanggap.web.account.forms import PasswordTwiceForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask for the new password of the account that the link is for, and set it."""
    now = timezone.now()  # noqa: TID251 - a door
    found = ways_in.read(signed, now=now)
    if found is None:
        return render(request, "account/new_password_gone.html", status=404)
    form = PasswordTwiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ways_in.use(signed, password=form.cleaned_data["password"], now=now)
        except ways_in.LinkError:
            return render(request, "account/new_password_gone.html", status=404)
        except AccountError as error:
            words = [str(wording_organisation.REFUSAL[error.reason]), *error.details]
            form.add_error("password", " ".join(words))
        else:
            messages.success(request, _("Kata sandi baru sudah disimpan. Silakan masuk."))
            return redirect("account_login")
    page = {"found": found, "form": form}
    return render(request, "account/new_password.html", page, status=422 if request.method == "POST" else 200)
