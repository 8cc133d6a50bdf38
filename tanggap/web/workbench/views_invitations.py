"""Invitations of an agency: send one, send it again, take it back."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.domain.actors import LiaisonOfficer, Role
from tanggap.domain.appointments import Office
from tanggap.selectors import administration
from tanggap.selectors import devices as entrance
from tanggap.services import invitations as services
from tanggap.services.accounts import AccountError
from tanggap.web import wording, wording_organisation
from tanggap.web.actors import officer_required
from tanggap.web.workbench.forms_organisation import InviteForm
from tanggap.web.workbench.views_organisation import door, head, units_of
from tanggap.web.workbench.views_people import slug_of

if TYPE_CHECKING:
    from tanggap.models import Invitation


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, agency: str) -> HttpResponse:
    """List the invitations that wait, and send or take back one."""
    now = timezone.now()  # noqa: TID251 - a door
    viewer, found = door(request, agency, now, in_part=True)
    deed = request.POST.get("tindakan", "") if request.method == "POST" else ""
    of_row: dict[str, Any] = {
        "actor": viewer,
        "invitation_id": entrance.invitation_id(request.POST.get("undangan", "")),
        "now": now,
    }
    form = InviteForm(
        request.POST if deed == "undang" else None, actor=viewer, agency_id=found.pk, units=units_of(found, viewer)
    )
    said = ""
    try:
        if deed == "ulang":
            services.send_again(**of_row)
            said = _("Undangan dikirim lagi. Tautan yang lama tidak berlaku.")
        elif deed == "batal":
            services.withdraw(**of_row)
            said = _("Undangan dibatalkan.")
        elif deed == "undang" and form.is_valid():
            new = form.cleaned_data
            services.invite(
                actor=viewer,
                agency=found.slug,
                role=new["role"],
                unit=slug_of(found.pk, new["unit"]),
                name=new["name"],
                email=new["email"],
                now=now,
            )
            said = _("Undangan dikirim.")
    except AccountError as error:
        form.add_error("unit", str(wording_organisation.REFUSAL[error.reason]))
    except services.InvitationError as error:
        if deed != "undang":
            raise Http404 from error
        form.add_error(error.field, _("Periksa isian ini."))
    if said:
        messages.success(request, said)
        return redirect("workbench:invitations", found.slug)
    lines = [
        {
            "row": row,
            "key": entrance.invitation_key(row),
            "role": wording.ROLE[Role(row.role)],
            "is_old": row.expires_at <= now,
        }
        for row in entrance.invitations(found.pk, within=administration.reach(viewer=viewer, agency_id=found.pk))
        if not isinstance(viewer, LiaisonOfficer) or _may_give(viewer, row)
    ]
    shown = head(viewer, found) | {"form": form, "lines": lines}
    return render(request, "organisation/invitations.html", shown, status=422 if request.method == "POST" else 200)


def _may_give(viewer: LiaisonOfficer, row: "Invitation") -> bool:
    """Say whether an invitation is to an office that the viewer gives: others wait for the admin."""
    return administration.manages(viewer, office=Office(row.role), agency_id=row.agency_id, unit_id=row.unit_id)
