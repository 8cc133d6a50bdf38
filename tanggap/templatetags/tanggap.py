"""Words for dates, times, numbers and due days, icons, and the tag that puts a body into a component.

Dates are put together from tables here because Django's localised `date` filter costs more than
the rest of a list page (measured in `docs/adr`). Every filter answers an empty value with "".
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tanggap.domain.lifecycle import Status

register = template.Library()

# The three zones of the country (Keppres 41/1987), by the name that people use.
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
ZONE_NAMES = {iana: name for name, iana in ZONES.items()}
HOME_ZONE = "WIB"

_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def _tongue() -> str:
    """Return 'en' while English is spoken, else 'id'."""
    return "en" if (get_language() or "id").startswith("en") else "id"


@cache
def _zone(name: str) -> tuple[ZoneInfo, str]:
    """Return the zone for 'WITA' or 'Asia/Makassar', with the name that people use."""
    iana = ZONES.get(name, name)
    return ZoneInfo(iana), ZONE_NAMES.get(iana, iana)


def _day(value: date | datetime, zone: str) -> date:
    """Return the calendar day of a moment in the zone; a day stays what it is."""
    if isinstance(value, datetime):
        return value.astimezone(_zone(zone)[0]).date() if value.tzinfo else value.date()
    return value


@register.filter
def tanggal(value: date | datetime | None, zone: str = HOME_ZONE) -> str:
    """Say a day in full: "Selasa, 21 Juli 2026"; a moment is first taken to its zone."""
    if not value:
        return ""
    day, tongue = _day(value, zone), _tongue()
    return f"{_DAYS[tongue][day.weekday()]}, {day.day} {_MONTHS[tongue][day.month - 1]} {day.year}"


@register.filter
def tanggal_pendek(value: date | datetime | None, zone: str = HOME_ZONE) -> str:
    """Say a day in short: "21 Jul 2026"."""
    if not value:
        return ""
    day = _day(value, zone)
    return f"{day.day} {_SHORT_MONTHS[_tongue()][day.month - 1]} {day.year}"


@register.filter
def tanggal_surat(value: date | datetime | None, zone: str = HOME_ZONE) -> str:
    """Say a day as a document does: "21 Juli 2026"."""
    if not value:
        return ""
    day = _day(value, zone)
    return f"{day.day} {_MONTHS[_tongue()][day.month - 1]} {day.year}"


@register.filter
def bulan(value: date | None) -> str:
    """Say the month of a day: "Juli 2026"."""
    return f"{_MONTHS[_tongue()][value.month - 1]} {value.year}" if value else ""


@register.filter
def bulan_pendek(value: date | None) -> str:
    """Say the month of a day in short: "Jul 26"."""
    return f"{_SHORT_MONTHS[_tongue()][value.month - 1]} {value.year % 100:02}" if value else ""


def _hour(value: datetime, zone: str) -> str:
    """Say the time of day: "14.30 WIB", in English "14:30 WIB"."""
    info, name = _zone(zone)
    local = value.astimezone(info)
    return f"{local.hour:02}{':' if _tongue() == 'en' else '.'}{local.minute:02} {name}"


@register.filter
def jam(value: datetime | None, zone: str = HOME_ZONE) -> str:
    """Say only the time of day of a moment: "14.30 WIB"."""
    return _hour(value, zone) if value else ""


@register.filter
def waktu(value: datetime | None, zone: str = HOME_ZONE) -> str:
    """Say a moment in full: "Selasa, 21 Juli 2026 14.30 WIB"."""
    return f"{tanggal(value, zone)} {_hour(value, zone)}" if value else ""


@register.filter
def waktu_pendek(value: datetime | None, zone: str = HOME_ZONE) -> str:
    """Say a moment in short: "21 Jul 2026 14.30 WIB"."""
    return f"{tanggal_pendek(value, zone)} {_hour(value, zone)}" if value else ""


_SAY = {"full": (tanggal, waktu), "short": (tanggal_pendek, waktu_pendek), "day": (tanggal, tanggal)}


@register.simple_tag
def when(value: date | datetime | None, form: str = "full", zone: str = HOME_ZONE) -> SafeString | str:
    """Give a `<time>` element: form "full", "short", or "day" (the day alone of a moment, for machines, too)."""
    if not value:
        return ""
    of_day, of_moment = _SAY[form]
    if isinstance(value, datetime) and form == "day":
        value = _day(value, zone)
    if isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), of_moment(value, zone))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), of_day(value))


@register.filter
def angka(value: float | None, digits: int = 0) -> str:
    """Write a number as the reader's language does: 12.345,6 or 12,345.6; `digits` after the comma."""
    if value is None:
        return ""
    text = f"{value:,.{digits}f}"
    return text if _tongue() == "en" else text.translate({ord(","): ".", ord("."): ","})


@register.filter
def persen(value: float | None, digits: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage: "91 %"; a no-break space holds it together."""
    return "" if value is None else f"{angka(value * 100, digits)}\N{NO-BREAK SPACE}%"


@register.filter
def ukuran(value: int | None) -> str:
    """Write the size of a file: "840 kB", "1,2 MB"."""
    if value is None:
        return ""
    if value < 1_000_000:
        return f"{angka(max(1, round(value / 1000)))}\N{NO-BREAK SPACE}kB"
    return f"{angka(value / 1_000_000, 1)}\N{NO-BREAK SPACE}MB"


@register.filter(name="get")
def get_item(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Return the value under a key, or "" where there is none: `{{ hints|get:code }}`."""
    return mapping.get(key, "") if mapping else ""


def due_words(left: int, *, short: bool = False, calendar: bool = False) -> str:
    """Say how far a due day is: days left (0 is today, below 0 is late), working days unless `calendar`."""
    if left == 0:
        return _("hari ini") if short else _("Jatuh tempo hari ini")
    days = abs(left)
    if short:
        unit = _("hari") if calendar else _("hk")
        return f"{days}\N{NO-BREAK SPACE}{unit}" if left > 0 else _("Terlambat %(days)s") % {"days": f"{days} {unit}"}
    if left > 0:
        if calendar:
            return ngettext("sisa %(days)s hari", "sisa %(days)s hari", days) % {"days": days}
        return ngettext("sisa %(days)s hari kerja", "sisa %(days)s hari kerja", days) % {"days": days}
    if calendar:
        return ngettext("Terlambat %(days)s hari", "Terlambat %(days)s hari", days) % {"days": days}
    return ngettext("Terlambat %(days)s hari kerja", "Terlambat %(days)s hari kerja", days) % {"days": days}


@register.simple_tag
def due(left: int, short: bool = False, calendar: bool = False) -> str:
    """Say in a template how far a due day is: `{% due 3 %}` is "sisa 3 hari kerja"."""
    return due_words(left, short=short, calendar=calendar)


@register.filter
def due_tone(left: int | None) -> str:
    """Name the tone of a due day for its badge: late, soon (at most one day left) or calm."""
    if left is None:
        return "calm"
    return "late" if left < 0 else "soon" if left <= 1 else "calm"


# What each tone of a notice and each family of a status is drawn with, so that colour never speaks alone.
TONE_ICONS = {
    "info": "info",
    "good": "check",
    "soon": "clock",
    "late": "alert",
    "calm": "calendar",
    "new": "inbox",
    "sent": "send",
    "busy": "progress",
    "wait": "reply",
    "paused": "pause",
    "done": "check",
    "archived": "archive",
    "withdrawn": "undo",
    "secret": "lock",
}
# The statuses of the life cycle and the tone of their badge.
STATUS_TONES: dict[str, str] = {
    Status.UNVERIFIED: "new",
    Status.ASSIGNED: "sent",
    Status.IN_PROGRESS: "busy",
    Status.ANSWERED: "wait",
    Status.PENDING: "paused",
    Status.SPLIT: "busy",
    Status.CLOSED: "done",
    Status.ARCHIVED: "archived",
    Status.WITHDRAWN: "withdrawn",
}


@register.filter
def status_tone(code: str) -> str:
    """Name the tone of a status's badge; an unknown code is shown calmly."""
    return STATUS_TONES.get(code, "calm")


@register.filter
def tone_icon(tone: str) -> str:
    """Name the icon that stands beside a tone's words."""
    return TONE_ICONS.get(tone, "info")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one icon of `static/icons.svg`; without a label it is decoration and hidden from screen readers."""
    if label:
        where = static("icons.svg")
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, where, name
        )
    return _drawn(name)


@cache
def _drawn(name: str) -> SafeString:
    # A list draws two hundred icons, and working the address out each time took longer than its queries.
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icons.svg"), name)


@register.simple_block_tag(takes_context=True, end_name="endcomponent")
def component(context: template.Context, content: str, name: str, **values: Any) -> str:
    """Render `components/<name>.html` around a body: `{% component "notice" tone="late" %}…{% endcomponent %}`.

    The component sees only what it is given, the body as `body`, and the request's CSRF token.
    """
    values["body"] = content
    values["csrf_token"] = context.get("csrf_token", "")
    return get_template(f"components/{name}.html").render(values)


@register.filter
def named(thing: Any) -> str:
    """Say the name of a category or a group in the reader's language, where it has one there; "" for none."""
    return str((_tongue() == "en" and thing.name_en) or thing.name) if thing else ""


@register.filter
def at(values: Sequence[Any] | None, index: int) -> Any:
    """Return what stands at an index of a list, or "" beyond its end."""
    return values[index] if values and index < len(values) else ""


# Django's levels of messages, in the tones of our notices.
_MESSAGE_TONES = {"success": "good", "warning": "soon", "error": "late"}


@register.filter
def message_tone(level: str) -> str:
    """Name the tone of a notice for the level of a message of Django's."""
    return _MESSAGE_TONES.get(level, "info")


@register.filter
def described(field: BoundField, hint: str = "") -> SafeString:
    """Render a field's control, tied by `aria-describedby` to the hint and the errors that the component shows."""
    ids = []
    if hint or field.help_text:
        ids.append(f"{field.auto_id}_helptext")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return field.as_widget(attrs={"aria-describedby": " ".join(ids)} if ids else None)


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, path: str, label: str, icon_name: str = "", but: str = "") -> SafeString:
    """Give one link of a navigation, marked as current on its own page and on those below it.

    `but` names what lies below it and has links of its own, separated by spaces.
    """
    request = context.get("request")
    here = request.path if request else ""
    if any(here == other or here.startswith(f"{other}/") for other in but.split()):
        here = ""
    current: SafeString | str = ""
    if here == path:
        current = format_html(' aria-current="{}"', "page")
    elif here.startswith(f"{path}/"):
        current = format_html(' aria-current="{}"', "true")
    drawn = format_html("{} ", icon(icon_name)) if icon_name else ""
    return format_html('<a href="{}"{}>{}{}</a>', path, current, drawn, label)
