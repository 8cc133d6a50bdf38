"""What the people of this door are called, and why a change was refused."""

from django.utils.translation import gettext_lazy as _

from tanggap.domain.appointments import Office

OFFICE = {
    Office.NATIONAL_ADMIN: _("Admin nasional"),
    Office.AGENCY_ADMIN: _("Admin instansi"),
    Office.LIAISON_OFFICER: _("Pejabat penghubung"),
    Office.INTERNAL_AUDITOR: _("Pengawas internal (Inspektorat)"),
}
