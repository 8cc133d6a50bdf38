"""Verifying in the place of a late agency, on the desk: what the page says."""

from typing import Any

from django.utils.translation import gettext as _

from tanggap.web.workbench.forms import Desk


def notice(desk: Desk) -> dict[str, Any] | None:
    """Return what tells an admin in whose place this is done; None on the pages of the own agency."""
    if not desk.dossier.is_in_place:
        return None
    agency = desk.dossier.report.owner_agency.name
    return {
        "title": _("Anda menggantikan %(agency)s") % {"agency": agency},
        "text": _(
            "Batas waktu verifikasinya lewat. Anda dapat memverifikasi laporan ini dan meneruskannya ke unit di sana. "
            "Laporan tetap milik %(agency)s. Riwayat dan halaman publik menyebut siapa yang menggantikan siapa."
        )
        % {"agency": agency},
    }
