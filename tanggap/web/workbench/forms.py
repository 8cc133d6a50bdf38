"""The forms of the desk, one per deed: they read what was typed; what is missing or wrong is judged by the domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import AgencyAdmin, NationalAdmin, Officer
from tanggap.domain.attachments import OFFERED_TYPES
from tanggap.domain.intake import Classification, Urgency
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import ANSWERABLE, GIVABLE, ArchiveReason, Outcome
from tanggap.selectors.dossiers import Dossier
from tanggap.web import wording
from tanggap.web.workbench import lists
from tanggap.web.workbench.fields import (
    LARGEST_ID,
    UNKNOWN,
    IdField,
    IdsField,
    Words,
    choices_of,
    radios,
    schedule_date,
    text_area,
)
from tanggap.web.workbench.widgets import CleanField, ManyFilesInput, QuickSelect

YES, NO = "ya", "tidak"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at the form, and before which report."""

    viewer: Officer
    dossier: Dossier
    today: date


class DeedForm(forms.Form):
    """What every form has: how many events the officer saw, so that a report that moved on is noticed."""

    use_required_attribute = False
    seen = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"seen": desk.dossier.report.event_count, **self.first_values(desk), **kwargs["initial"]}
        kwargs["auto_id"] = "%s"
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.draw()

    def first_values(self, desk: Desk) -> dict[str, Any]:  # noqa: ARG002 - for those who have some
        """Return what the form begins with."""
        return {}

    def draw(self) -> None:
        """Fetch the lists that the form shows, and take out what this officer is not asked."""

    def options(self, name: str, choices: Sequence[Any], *, first: Words = "") -> None:
        """Give a field its list."""
        rows = [("", first or _("Pilih")), *choices] if not isinstance(self.fields[name], IdsField) else choices
        cast(forms.Select, self.fields[name].widget).choices = list(rows)

    def move(self) -> Move:
        """Return what was typed as the domain takes it; call it after `is_valid`."""
        return Move()


class TextForm(DeedForm):
    """A deed with words alone: a note, a question, a reason."""

    text = text_area(_("Catatan"))

    def move(self) -> Move:
        """Return the words."""
        return Move(text=self.cleaned_data.get("text", ""))


class AskForm(TextForm):
    """What the reporter is asked for (T8)."""

    text = text_area(
        _("Yang perlu dilengkapi"),
        hint=_("Pelapor membaca ini. Sebutkan satu per satu apa yang kurang. Tampil juga di halaman publik."),
    )


class ReopenForm(TextForm):
    """Why a report is opened again (T17)."""

    text = text_area(_("Alasan membuka kembali"))


class RefuseReopenForm(TextForm):
    """Why a report stays closed that an overseer asked to be opened again (T17d)."""

    text = text_area(
        _("Alasan menolak"), hint=_("Dibaca pengawas yang meminta dan petugas, bukan pelapor atau publik.")
    )


class DestinationForm(TextForm):
    """To whom a report goes (T5)."""

    agency = IdField(_("Instansi"))
    unit = IdField(_("Unit tujuan"))
    text = text_area(_("Catatan"), hint=_("Hanya dibaca petugas."), rows=3)
    field_order = ("agency", "unit", "text")

    def draw(self) -> None:
        """Offer agencies to the national admin, and the own units to everybody else."""
        super().draw()
        agency_id = self.desk.dossier.report.owner_agency_id
        if isinstance(self.desk.viewer, NationalAdmin):
            del self.fields["unit"]
            self.options("agency", lists.of_agencies())
        else:
            del self.fields["agency"]
            self.options("unit", lists.of_units(self.desk.viewer, agency_id))
            if self.desk.dossier.report.supervisory:
                self.fields["unit"].help_text = _("Berkadar pengawasan: jangan ke unit yang dilaporkan.")

    def move(self) -> Move:
        """Return note and destination."""
        data = self.cleaned_data
        return Move(text=data.get("text", ""), agency_id=data.get("agency"), unit_id=data.get("unit"))


# Names to mask besides the findings: a list that a person types, not a file.
MOST_NAMES: Final = 50
LONGEST_NAME: Final = 100
CHECKLIST: Final = (
    ("names", _("Nama orang pribadi: nihil atau disamarkan")),
    ("contacts", _("Nomor telepon, NIK, surel: nihil atau disamarkan")),
    ("addresses", _("Alamat rumah: nihil atau disamarkan")),
    ("accusations", _("Tuduhan kepada pejabat bernama: nihil, disamarkan, atau laporan dirahasiakan")),
)


class VerifyForm(DestinationForm):
    """Verification: the decisions in the order in which they are made (T3, T4)."""

    title = CleanField(label=_("Judul"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    category = CleanField(label=_("Kategori"), required=False, widget=QuickSelect)
    classification = radios(_("Klasifikasi"), choices_of(wording.CLASSIFICATION))
    supervisory = radios(_("Berkadar pengawasan"), [(YES, _("Ya")), (NO, _("Tidak"))])
    urgency = forms.ChoiceField(
        label=_("Prioritas"), required=False, choices=choices_of(wording.URGENCY), widget=forms.Select
    )
    is_anonymous = forms.BooleanField(
        label=_("Jadikan anonim"), required=False, help_text=_("Unit tidak melihat nama pelapor.")
    )
    is_confidential = forms.BooleanField(
        label=_("Jadikan rahasia"), required=False, help_text=_("Laporan tidak tampil di halaman publik.")
    )
    named_units = IdsField(_("Unit terlapor"), hint=_("Unit ini dan bawahannya tidak dapat melihat laporan."))
    named_users = IdsField(_("Pejabat terlapor"), hint=_("Akun ini tidak dapat melihat laporan."))
    masked_words = text_area(
        _("Nama yang disamarkan"), hint=_("Satu per baris. Setiap kemunculannya disamarkan."), rows=2
    )
    checklist = forms.MultipleChoiceField(
        label=_("Pemeriksaan sebelum terbit"),
        required=False,
        choices=CHECKLIST,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = (  # type: ignore[assignment]  # longer than that of the form below it
        "title",
        "category",
        "classification",
        "supervisory",
        "urgency",
        "agency",
        "unit",
        "text",
        "is_anonymous",
        "is_confidential",
        "named_units",
        "named_users",
        "masked_words",
        "checklist",
    )

    def first_values(self, desk: Desk) -> dict[str, Any]:
        """Begin with what the reporter said, or an earlier verification."""
        report = desk.dossier.report
        answer = {True: YES, False: NO, None: ""}[report.supervisory]
        return {
            "title": report.title,
            "category": report.category_id or "",
            "classification": report.classification,
            "supervisory": answer,
            "urgency": report.urgency,
            "agency": report.destination_id or "",
        }

    def draw(self) -> None:
        """Fetch the lists; a flag that is set already is no question."""
        super().draw()
        desk, report = self.desk, self.desk.dossier.report
        self.options("category", lists.of_categories())
        if report.is_anonymous:
            del self.fields["is_anonymous"]
        if report.is_confidential:
            del self.fields["is_confidential"]
        if isinstance(desk.viewer, AgencyAdmin) and not desk.dossier.is_in_place:
            self.options("named_units", lists.of_units(desk.viewer, report.owner_agency_id))
            self.options("named_users", lists.of_officers(desk.viewer, report.owner_agency_id, desk.today))
        else:
            del self.fields["named_units"], self.fields["named_users"]

    def words_to_mask(self) -> list[str]:
        """Return the names that the officer wants masked besides the findings."""
        lines = self.cleaned_data.get("masked_words", "").splitlines()
        return [name for line in lines[:MOST_NAMES] if (name := line.strip()[:LONGEST_NAME])]

    def is_checked(self) -> bool:
        """Say whether every line of the check-list was ticked, where it is asked for."""
        if "checklist" not in self.fields:
            return True
        return set(self.cleaned_data.get("checklist") or ()) == {code for code, _words in CHECKLIST}

    def move(self) -> Move:
        """Return the verification."""
        data = self.cleaned_data
        said = data.get("supervisory")
        return Move(
            text=data.get("text", ""),
            title=data.get("title", ""),
            category_code=data.get("category", ""),
            classification=Classification(data["classification"]) if data.get("classification") else None,
            supervisory=said == YES if said else None,
            urgency=Urgency(data.get("urgency") or ""),
            agency_id=data.get("agency"),
            unit_id=data.get("unit"),
            is_anonymous=data.get("is_anonymous") or None,
            is_confidential=data.get("is_confidential") or None,
            named_units=tuple(data.get("named_units") or ()),
            named_users=tuple(data.get("named_users") or ()),
        )


class ReturnForm(TextForm):
    """Not ours, and whose it may be (T6)."""

    text = text_area(
        _("Alasan bukan wewenang"), hint=_("Pelapor dan publik membaca ini. Sebutkan mengapa bukan wewenang Anda.")
    )
    suggested_agency = IdField(_("Instansi yang diusulkan"), hint=_("Pelapor dan publik membaca ini."))

    def draw(self) -> None:
        """Offer every agency; one of them has to be named."""
        self.options("suggested_agency", lists.of_agencies())

    def move(self) -> Move:
        """Return reason and suggestion."""
        return Move(
            text=self.cleaned_data.get("text", ""), suggested_agency_id=self.cleaned_data.get("suggested_agency")
        )


class ProposeReturnForm(TextForm):
    """Why a report is not the unit's, for who speaks for the unit (T5e)."""

    text = text_area(_("Alasan"), hint=_("Hanya dibaca petugas. Sebutkan unit yang menurut Anda tepat."))


class ReturnToAdminForm(TextForm):
    """A unit gives back what it was given (T5b)."""

    text = text_area(
        _("Alasan mengembalikan"), hint=_("Pelapor dan publik membaca ini. Sebutkan unit yang menurut Anda tepat.")
    )


class FollowUpForm(TextForm):
    """What was done so far (T11)."""

    text = text_area(_("Isi tindak lanjut"), hint=_("Pelapor dan publik membaca ini. Rencana saja bukan jawaban."))
    files = forms.FileField(  # type: ignore[assignment]  # a field, not the files of the form
        label=_("Bukti"),
        required=False,
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ",".join(OFFERED_TYPES)}),
    )
    publish_files = forms.BooleanField(label=_("Tampilkan foto bukti kepada publik"), required=False, initial=True)

    def clean_files(self) -> None:
        """Leave the files to the door, which stages them."""


class AnswerForm(FollowUpForm):
    """The answer, with what came of it (T12)."""

    outcome = forms.ChoiceField(
        label=_("Hasil"),
        required=False,
        choices=[("", _("Pilih")), *((code.value, wording.OUTCOME[code]) for code in ANSWERABLE)],
        error_messages=UNKNOWN,
    )
    outcome_on = schedule_date(_("Tanggal yang dijadwalkan"), hint=_("Wajib bila hasilnya “Dijadwalkan”."))
    text = text_area(
        _("Isi jawaban"), hint=_("Pelapor dan publik membaca ini. Katakan apa yang dilakukan dan hasilnya."), rows=7
    )
    field_order = ("outcome", "outcome_on", "text", "files", "publish_files")

    def move(self) -> Move:
        """Return the answer."""
        data = self.cleaned_data
        return Move(
            text=data.get("text", ""),
            outcome=Outcome(data["outcome"]) if data.get("outcome") else None,
            outcome_on=data.get("outcome_on"),
        )


class CloseForm(AnswerForm):
    """Closing by hand, after an answer (T16)."""

    text = text_area(_("Alasan menutup"), hint=_("Pelapor dan publik membaca ini."))

    def draw(self) -> None:
        """Nothing new is shown as evidence when closing."""
        del self.fields["files"], self.fields["publish_files"]

    def first_values(self, desk: Desk) -> dict[str, Any]:
        """Begin with the outcome of the answer."""
        return {"outcome": desk.dossier.report.outcome, "outcome_on": desk.dossier.report.outcome_on}


class ArchiveForm(TextForm):
    """Why a report will not be handled (T18)."""

    archive_reason = forms.ChoiceField(
        label=_("Alasan arsip"),
        required=False,
        choices=choices_of({reason: wording.ARCHIVE_REASON[reason] for reason in GIVABLE}, first=_("Pilih")),
        help_text=_("“Palsu, spam” dan “SARA” diusulkan dahulu, lalu dikonfirmasi petugas kedua."),
        error_messages=UNKNOWN,
    )
    text = text_area(_("Penjelasan untuk pelapor"), hint=_("Pelapor membaca ini dan dapat mengajukan keberatan."))
    field_order = ("archive_reason", "text")

    def move(self) -> Move:
        """Return reason and explanation."""
        data = self.cleaned_data
        reason = ArchiveReason(data["archive_reason"]) if data.get("archive_reason") else None
        return Move(text=data.get("text", ""), archive_reason=reason)


class ConfirmTextForm(DeedForm):
    """A later text of the reporter, checked before it is shown (P1)."""

    refers_to = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)

    def move(self) -> Move:
        """Return which text."""
        return Move(refers_to=self.cleaned_data.get("refers_to"))


class ReasonForm(DeedForm):
    """Why a hidden thing is opened; the reporter reads it."""

    text = text_area(_("Alasan membuka"), hint=_("Alasan ini tercatat dan dibaca pelapor."), rows=2)

    def move(self) -> Move:
        """Return the reason."""
        return Move(text=self.cleaned_data.get("text", ""))
