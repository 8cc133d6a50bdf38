"""How figures are said: numbers with their unit, how many cases they stand on, why there is none, what was counted."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy

from tanggap.domain.figures import Figure, Silence
from tanggap.domain.indicators import Indicator, Kind, Population
from tanggap.templatetags.tanggap import angka

_SPACE: Final = "\N{NO-BREAK SPACE}"
UNIT: Final[dict[str, Promise | str]] = {
    "percent": "%",
    "reports": lazy("laporan"),
    "hours": lazy("jam"),
    "days": lazy("hari kalender"),
    "working_days": lazy("hari kerja"),
    "rating": lazy("dari 5"),
    "times": lazy("kali"),
    "index": lazy("dari 1"),
}
KIND: Final[dict[Kind, Promise]] = {
    Kind.COUNT: lazy("jumlah"),
    Kind.RATIO: lazy("bagian dari seluruhnya"),
    Kind.MEAN: lazy("rata-rata"),
    Kind.QUANTILE: lazy("kuantil (peringkat terdekat)"),
    Kind.DISTRIBUTION: lazy("sebaran"),
    Kind.COMPOSITE: lazy("jumlah berbobot"),
}
STAGE: Final[dict[str, Promise]] = {
    "received": lazy("instansi yang pertama menerima"),
    "verify": lazy("instansi yang memverifikasi, atau yang membiarkan waktunya habis"),
    "followup": lazy("instansi yang pertama menindaklanjuti, atau yang membiarkan waktunya habis"),
    "resolve": lazy("instansi yang menjawab, atau yang membiarkan waktunya habis"),
    "now": lazy("instansi yang memegang laporan sekarang"),
}
RATING: Final[dict[str, Promise | str]] = {
    "5": lazy("5, sangat puas"),
    "4": "4",
    "3": "3",
    "2": "2",
    "1": lazy("1, sangat kecewa"),
}
NOT_KNOWN: Final = pgettext_lazy("hasil", "Belum tercatat")
_SIGNS: Final[dict[str, Promise | str]] = {"eq": "=", "ge": "≥", "le": "≤", "in": "∈"}


def number(figure: Figure) -> str:
    """Return the number alone, with all its digits and in the reader's language; a dash where there is none."""
    shown = figure.shown
    if shown is None:
        return "–"
    exponent = shown.as_tuple().exponent
    return angka(shown, -exponent if isinstance(exponent, int) else 0)  # type: ignore[arg-type]


def value(figure: Figure) -> str:
    """Return the number with its unit: "91,30 %", "4 hari kerja"; a dash where there is none."""
    return number(figure) if figure.shown is None else f"{number(figure)}{_SPACE}{UNIT[figure.unit]}"


def interval(figure: Figure) -> str:
    """Return the interval of a share, "80,12–86,01 %"; '' for what has none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{angka(figure.low, 2)}–{angka(figure.high, 2)}{_SPACE}%"  # type: ignore[arg-type]


def standing(figure: Figure) -> str:
    """Say on how many cases a figure stands, or why it says no number."""
    n = angka(figure.n)
    match figure.silence:
        case Silence.NO_CASES:
            return _("Tidak ada laporan yang dapat dihitung.")
        case Silence.TOO_FEW:
            return ngettext(
                "Hanya %(n)s laporan: terlalu sedikit.", "Hanya %(n)s laporan: terlalu sedikit.", figure.n
            ) % {"n": n}
        case Silence.UNTOLD:
            return _("Hanya dihitung untuk seluruh Indonesia, agar tidak menunjuk satu laporan.")
    if figure.numerator is not None and figure.kind == Kind.RATIO:
        return _("%(part)s dari %(whole)s") % {"part": angka(figure.numerator), "whole": n}
    if figure.kind == Kind.COUNT:
        return ""
    return ngettext("dari %(n)s laporan", "dari %(n)s laporan", figure.n) % {"n": n}


def condition(asked: Mapping[str, Any]) -> str:
    """Say which reports a condition means: the columns of the facts as they are named, the rest in words."""
    match asked:
        case {"all": parts}:
            return f" {_('dan')} ".join(condition(part) for part in parts if part != {"all": []}) or _("semuanya")
        case {"any": parts}:
            return f"({f' {_("atau")} '.join(condition(part) for part in parts)})"
        case {"not": {"column": name, "eq": None}}:
            return _("%(column)s tercatat") % {"column": name}
        case {"not": part}:
            return f"{_('bukan')} {condition(part)}"
        case _:
            return _compared(asked)


def _compared(asked: Mapping[str, Any]) -> str:
    ((operator, compared),) = ((word, value) for word, value in asked.items() if word != "column")
    if compared is True:
        return str(asked["column"])
    if operator == "in":
        compared = "{" + ", ".join(str(one) for one in compared) + "}"
    return f"{asked['column']} {_SIGNS[operator]} {compared}"


def population(formula: Indicator) -> str:
    """Say what a formula counts."""
    return _("instansi") if formula.population == Population.AGENCIES else _("laporan")
