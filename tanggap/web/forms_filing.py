"""The form of a report: read into an `IncomingReport`, shown again with everything that was typed.

Reading asks the database nothing: whether an area, a category or an agency exists is judged by the service
in the same breath in which it stores the report. The lists of the form are fetched only to draw it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tanggap.domain.attachments import OFFERED_TYPES
from tanggap.domain.intake import (
    BODY_LENGTH,
    TITLE_LENGTH,
    Classification,
    Fault,
    Identity,
    IncomingReport,
    StagedFile,
    Urgency,
    clean,
)
from tanggap.selectors import agencies, areas, categories
from tanggap.templatetags.tanggap import named
from tanggap.web import wording

LEVELS: Final = ("province", "regency", "district", "village")
_AREA: Final = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
_LONGEST_NAME: Final = 200

# More exact than the words of a fault in general; what is not here is said by `wording.FAULT`.
_FAULT_OF_FIELD: Final[Mapping[tuple[str, Fault], Promise | str]] = {
    ("title", Fault.MISSING): _("Tulis judul laporan, misalnya “Jalan berlubang di depan pasar”."),
    ("title", Fault.TOO_SHORT): _("Judul terlalu pendek: paling sedikit 10 huruf."),
    ("title", Fault.TOO_LONG): _("Judul terlalu panjang: paling banyak 150 huruf."),
    ("body", Fault.MISSING): _("Ceritakan apa yang terjadi."),
    ("body", Fault.TOO_SHORT): _("Isi terlalu pendek: paling sedikit 30 huruf."),
    ("body", Fault.TOO_LONG): _("Isi terlalu panjang: paling banyak 5.000 huruf."),
    ("event_date", Fault.MISSING): _("Isi tanggal kejadian. Bila tidak tahu pasti, isi perkiraannya."),
    ("area_code", Fault.MISSING): _("Pilih provinsi dan, bila tahu, wilayah di bawahnya."),
    ("area_code", Fault.UNKNOWN): _("Wilayah ini tidak dikenal. Pilih dari daftar."),
    ("area_code", Fault.NOT_BELOW): _("Wilayah ini tidak berada di wilayah yang dipilih di atasnya. Pilih lagi."),
    ("destination", Fault.UNKNOWN): _("Instansi ini tidak dikenal. Pilih dari daftar, atau “Saya tidak tahu”."),
    ("location", Fault.TOO_LONG): _("Patokan terlalu panjang: paling banyak 300 huruf."),
    ("name", Fault.MISSING): _("Isi nama Anda, atau pilih Anonim."),
    ("name", Fault.TOO_LONG): _("Nama terlalu panjang: paling banyak 200 huruf."),
}
_OFFER: Final[Mapping[agencies.OfferGroup, Promise]] = {
    agencies.OfferGroup.AREA: _("Pemerintah di wilayah yang Anda pilih"),
    agencies.OfferGroup.MINISTRY: _("Kementerian"),
    agencies.OfferGroup.BODY: _("Lembaga dan badan usaha milik negara"),
}


class TextField(forms.CharField):
    """Text as it is stored: NUL taken out, line ends tidied. Its length is judged by the domain."""

    def to_python(self, value: Any) -> str:
        """Return the text, cleaned before any validator looks at it."""
        return clean(str(value or ""))


class LongSelect(forms.Select):
    """A list of hundreds: drawn at once, where Django would render a template for each option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """Return the element with the chosen option marked; the same elements that Django would give."""
        chosen = "" if value is None else str(value)
        parts = [
            _option(code, said, chosen) if not isinstance(said, list) else _group(code, said, chosen)
            for code, said in self.choices
        ]
        flat = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", flat, mark_safe("".join(parts)))  # noqa: S308 - escaped parts


def _option(code: Any, said: Any, chosen: str) -> str:
    mark = mark_safe(" selected") if str(code) == chosen else ""
    return format_html('<option value="{}"{}>{}</option>', code, mark, said)


def _group(label: Any, options: Iterable[tuple[Any, Any]], chosen: str) -> str:
    inside = mark_safe("".join(_option(code, said, chosen) for code, said in options))  # noqa: S308 - escaped parts
    return format_html('<optgroup label="{}">{}</optgroup>', label, inside)


class ManyFilesInput(forms.FileInput):
    """One field for several files."""

    allow_multiple_selected = True


def _text(label: str | Promise, *, widget: forms.Widget | None = None, **attrs: str) -> TextField:
    made = widget or forms.TextInput()
    made.attrs.update(attrs)
    return TextField(label=cast(str, label), required=False, widget=made)


def _select(label: str | Promise, *, is_leaf: bool = False) -> TextField:
    """Return a list to choose from; no other list depends on a leaf."""
    widget = LongSelect(attrs={"data-leaf": True} if is_leaf else None)
    return TextField(label=cast(str, label), required=False, widget=widget)


class FilingForm(forms.Form):
    """What a citizen fills in. Names, labels and order are those of the page."""

    use_required_attribute = False

    classification = forms.ChoiceField(
        label=_("Klasifikasi"),
        choices=list(wording.CLASSIFICATION.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih klasifikasi."), "invalid_choice": _("Pilih klasifikasi.")},
    )
    # No autocomplete="off" anywhere: with it, "Kembali" of the browser would give the form back without that field.
    title = _text(_("Judul laporan"))
    body = _text(_("Isi laporan"), widget=forms.Textarea(attrs={"rows": 7}))
    category = _select(_("Kategori"))
    urgency = _select(_("Ada yang terancam?"))
    province = _select(_("Provinsi"))
    regency = _select(_("Kabupaten/Kota"))
    district = _select(_("Kecamatan"))
    village = _select(_("Desa/Kelurahan"), is_leaf=True)
    destination = _select(_("Instansi tujuan"), is_leaf=True)
    location = _text(_("Patokan"))
    event_date = forms.DateField(
        label=_("Tanggal kejadian"),
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal yang benar, misalnya 21-07-2026.")},
    )
    is_anonymous = forms.BooleanField(label=_("Anonim"), required=False)
    is_confidential = forms.BooleanField(label=_("Rahasia"), required=False)
    link_hidden = forms.BooleanField(
        label=_("Sambungkan juga bila Anonim, Rahasia, atau dengan kontak lain"), required=False
    )
    name = _text(_("Nama"), autocomplete="name")
    email = _text(_("Surel"), widget=forms.EmailInput(), autocomplete="email")
    phone = _text(_("Nomor telepon"), widget=forms.TextInput(attrs={"type": "tel"}), autocomplete="tel")
    files = forms.FileField(  # type: ignore[assignment]  # fields are taken out of the class: no clash with Form.files
        label=_("Lampiran"), required=False, widget=ManyFilesInput(attrs={"multiple": True})
    )
    solution = _text(_("Penyelesaian yang diharapkan"), widget=forms.Textarea(attrs={"rows": 3}))
    loss = _text(_("Uraian kerugian"), widget=forms.Textarea(attrs={"rows": 3}))

    def clean_files(self) -> None:
        """Leave the files to the door, which stages them."""

    def clean_name(self) -> str:
        """Keep a name to the length of a name."""
        name: str = self.cleaned_data["name"]
        if len(name) > _LONGEST_NAME:
            raise ValidationError(words_of("name", Fault.TOO_LONG))
        return name

    def clean_email(self) -> str:
        """Take an address that a letter can be sent to."""
        email: str = self.cleaned_data["email"]
        try:
            if email:
                validate_email(email)
        except ValidationError as error:
            raise ValidationError(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id.")) from error
        return email

    def clean_phone(self) -> str:
        """Take a number that can be dialled, Indonesian unless it says otherwise."""
        phone: str = self.cleaned_data["phone"]
        if not phone:
            return ""
        try:
            is_possible = phonenumbers.is_possible_number(phonenumbers.parse(phone, "ID"))
        except phonenumbers.NumberParseException:
            is_possible = False
        if not is_possible:
            raise ValidationError(_("Nomor telepon ini tidak dikenal. Contoh: 0812 3456 7890."))
        return phone

    def clean_urgency(self) -> Urgency:
        """Return the code of the urgency."""
        try:
            return Urgency(self.cleaned_data["urgency"])
        except ValueError as error:
            raise ValidationError(str(wording.FAULT[Fault.UNKNOWN])) from error

    def clean_destination(self) -> int | None:
        """Return the id of an agency; whether there is one, the service knows."""
        text: str = self.cleaned_data["destination"]
        if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise ValidationError(words_of("destination", Fault.UNKNOWN))
        return int(text) if text else None

    def clean(self) -> dict[str, Any]:
        """Check that each area lies in the one above it: a code holds the codes of what it lies in."""
        above = ""
        for depth, level in enumerate(LEVELS):
            code = str(self.cleaned_data.get(level, ""))
            fault = _area_fault(code, above=above, depth=depth)
            if fault is not None:
                self.add_error(level, words_of("area_code", fault))
                break
            above = code
        return self.cleaned_data

    def deepest(self) -> str:
        """Return the name of the lowest area field that was filled in, to hang an error on."""
        filled = [level for level in LEVELS if self.cleaned_data.get(level)]
        return filled[-1] if filled else LEVELS[0]

    def incoming(self, files: Iterable[StagedFile]) -> IncomingReport:
        """Return what was filled in as the service takes it; call it after `is_valid`."""
        data = self.cleaned_data
        language = (get_language() or "id")[:2]
        identity = Identity(
            name=data.get("name", ""), email=data.get("email", ""), phone=data.get("phone", ""), language=language
        )
        return IncomingReport(
            classification=Classification(data.get("classification") or Classification.COMPLAINT),
            title=data["title"],
            body=data["body"],
            event_date=data.get("event_date"),
            area_code=data.get(self.deepest()) or None,
            location=data["location"],
            destination_id=data.get("destination"),
            category_code=data["category"] or None,
            is_anonymous=data["is_anonymous"],
            is_confidential=data["is_confidential"],
            urgency=data.get("urgency") or Urgency.NONE,
            solution=data["solution"],
            loss=data["loss"],
            language=language,
            # A language alone says nothing of a person: nothing is sealed for who told nothing.
            identity=identity,
            files=tuple(files),
        )

    def add_faults(self, found: Iterable[tuple[str, Fault]]) -> None:
        """Hang what the domain or the service found wrong on the fields of the page, each once."""
        for field, fault in found:
            name = self.deepest() if field == "area_code" else field
            if name not in self.errors:
                self.add_error(name, self.words_of(field, fault))

    def words_of(self, field: str, fault: Fault) -> str:
        """Say what is wrong to whoever fills the form in."""
        return words_of(field, fault)

    def draw(self) -> "FilingForm":
        """Fetch the lists that the page shows; the areas below what is chosen so far."""
        area = self._draw_areas()
        self._choices("category", [("", _("Pilih bila tahu")), *_categories()])
        if "destination" in self.fields:  # what is changed later keeps addressee, urgency and files
            self._choices("destination", [("", _("Saya tidak tahu")), *_offered(area)])
            self._choices("urgency", list(wording.URGENCY.items()))
            self.fields["files"].widget.attrs["accept"] = ",".join(OFFERED_TYPES)
        return self

    def _draw_areas(self) -> str:
        """Fill the four lists, and return the code of the lowest area that is chosen and fits."""
        above, chosen = "", ""
        for depth, level in enumerate(LEVELS):
            rows = list(areas.children(above or None)) if above or not depth else []
            first = _("Pilih") if rows else _("Pilih yang di atas")
            self._choices(level, [("", first), *((row.code, row.name) for row in rows)])
            value = str(self[level].value() or "")
            above = value if any(row.code == value for row in rows) else ""
            chosen = above or chosen
        return chosen

    def _choices(self, name: str, choices: Iterable[Any]) -> None:
        cast(forms.Select, self.fields[name].widget).choices = list(choices)


def posted(data: QueryDict) -> QueryDict:
    """Return what was posted without NUL, which neither a page nor the database can hold."""
    if not any("\x00" in value for _name, values in data.lists() for value in values):
        return data
    made = data.copy()
    for name, values in data.lists():
        made.setlist(name, [value.replace("\x00", "") for value in values])
    return made


def again(data: QueryDict) -> FilingForm:
    """Return the form as it was filled in, without judging it: for a redraw with the next list of areas."""
    return FilingForm(initial={name: data.get(name, "") for name in FilingForm.base_fields})


def empty() -> FilingForm:
    """Return the form as a visitor first sees it."""
    return FilingForm(initial={"classification": Classification.COMPLAINT.value, "province": settings.HOME_AREA})


def words_of(field: str, fault: Fault) -> str:
    """Say what is wrong with a field and how to mend it."""
    return str(_FAULT_OF_FIELD.get((field, fault)) or wording.FAULT[fault])


def _area_fault(code: str, *, above: str, depth: int) -> Fault | None:
    if not code:
        return None
    if not _AREA.fullmatch(code) or code.count(".") != depth:
        return Fault.UNKNOWN
    return Fault.NOT_BELOW if depth and not code.startswith(f"{above}.") else None


def _offered(area_code: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    for offer in agencies.offered(area_code):
        rows = [(agency.pk, agency.name) for agency in offer.agencies]
        yield str(_OFFER.get(offer.group) or _("%(home)s dan daerahnya") % {"home": settings.HOME_NAME}), rows


def _categories() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for choice in categories.choices():
        rows = [(row.code, named(row)) for row in choice.categories]
        if rows:
            yield named(choice.group), rows


COUNTERS: Final = {"title": TITLE_LENGTH[1], "body": BODY_LENGTH[1]}
CLASSIFICATION_HINTS: Final = {code.value: words for code, words in wording.CLASSIFICATION_HELP.items()}
