"""What an admin does with the account of a person: lock it, open it, give a link to a new password, remove factors.

Each deed has a page of its own that says what follows, so that nobody does one by a slip of the mouse.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import Officer
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import administration
from tanggap.services import ways_in
from tanggap.services.accounts import AccountError, office_day
from tanggap.web import wording_organisation
from tanggap.web.actors import officer_required
from tanggap.web.workbench.forms_organisation import ReasonForm
from tanggap.web.workbench.views_organisation import door, head

if TYPE_CHECKING:
    from tanggap.models import User


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done with an account, in words; `opens`: it makes a way in, so the password is asked."""

    title: Promise
    follows: tuple[Promise, ...]
    said: Promise | str = ""
    opens: bool = True
    kind: str = ""


DEEDS: Final = {
    "kunci": Deed(
        _("Kunci akun"),
        (
            _("Semua sesi orang ini berakhir seketika, dan ia tidak dapat masuk lagi sampai akunnya dibuka."),
            _("Laporan yang ia kerjakan diserahkan kepada penggantinya, atau kembali ke unit, dalam beberapa menit."),
            _("Jabatannya tetap tercatat. Akhiri jabatannya bila ia memang sudah tidak bertugas."),
        ),
        _("Akun dikunci. Semua sesinya sudah berakhir."),
        opens=False,
        kind="danger",
    ),
    "buka": Deed(
        _("Buka akun"),
        (
            _("Orang ini dapat masuk lagi dengan kata sandi dan verifikasi dua langkah yang lama."),
            _("Bila kata sandinya mungkin diketahui orang lain, beri tautan kata sandi baru sesudahnya."),
        ),
        _("Akun dibuka kembali."),
    ),
    "kata-sandi": Deed(
        _("Beri tautan kata sandi baru"),
        (
            _("Kata sandi yang lama tidak berlaku lagi, dan semua sesi orang ini berakhir."),
            _("Anda mendapat tautan untuk diserahkan; bila akun ini punya alamat surel, tautan juga dikirim ke sana."),
            _("Tautan berlaku satu kali, selama 24 jam. Tautan sebelumnya batal."),
        ),
    ),
    "dua-langkah": Deed(
        _("Hapus verifikasi dua langkah"),
        (
            _("Aplikasi autentikator, semua kunci sandi dan kode pemulihan orang ini dihapus. Semua sesinya berakhir."),
            _("Ia masuk dengan kata sandi saja. Seorang admin harus memasang yang baru sebelum dapat bekerja lagi."),
            _("Pastikan dahulu bahwa yang meminta benar-benar orangnya, misalnya dengan bertemu atau menelepon."),
        ),
        _("Verifikasi dua langkah sudah dihapus. Semua sesinya sudah berakhir."),
        kind="danger",
    ),
}


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, agency: str, key: str, deed: str) -> HttpResponse:
    """Say what follows from a deed, and do it once a reason was written."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now, in_part=True)
    try:
        who = administration.person(viewer=viewer, agency_id=found.pk, key=key, on=office_day(now))
    except administration.NotFoundError as error:
        raise Http404 from error
    wanted = DEEDS.get(deed)
    if wanted is None or deed not in offered(viewer, who, now):
        raise Http404
    if wanted.opens:
        raise_if_reauthentication_required(request, app="account")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = head(viewer, found) | {"who": who, "key": key, "deed": wanted, "form": form}
    if form.is_valid():
        of_account: dict[str, Any] = {"actor": viewer, "user_id": who.pk, "now": now, **form.cleaned_data}
        try:
            link = _DO[deed](of_account)
        except AccountError as error:
            form.add_error(None, str(wording_organisation.REFUSAL[error.reason]))
        else:
            if link is not None:
                whole = f"{settings.PUBLIC_URL}{link.path}"
                return render(request, "organisation/password_link.html", shown | {"link": whole, "until": link.until})
            messages.success(request, str(wanted.said))
            return redirect("workbench:person", found.slug, key)
    return render(request, "organisation/account.html", shown, status=422 if request.method == "POST" else 200)


def offered(viewer: Officer, who: "User", now: datetime) -> list[str]:
    """Return what a viewer may do with the account of a person as it is now; nothing where it is not theirs to say."""
    if not ways_in.reaches(viewer, user_id=who.pk, now=now):
        return []
    of_state = ["kata-sandi", "kunci"] if who.is_active else ["buka"]
    return [*of_state, "dua-langkah"] if account_selectors.has_factor(who.pk) else of_state


_DO: Final[dict[str, Callable[[dict[str, Any]], ways_in.Link | None]]] = {
    "kunci": lambda of_account: ways_in.set_active(is_active=False, **of_account),
    "buka": lambda of_account: ways_in.set_active(is_active=True, **of_account),
    "kata-sandi": lambda of_account: ways_in.give_link(**of_account),
    "dua-langkah": lambda of_account: ways_in.remove_factors(**of_account),
}
