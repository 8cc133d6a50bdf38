"""What narrows a list of oversight, as tabs with their counts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.domain.lifecycle import Family
from tanggap.selectors.overview import Standing
from tanggap.web import wording

_ICONS: Final = {
    Family.UNVERIFIED: "inbox",
    Family.ASSIGNED: "send",
    Family.IN_PROGRESS: "progress",
    Family.PENDING: "pause",
    Family.CLOSED: "check",
    Family.ARCHIVED: "archive",
}
LATE, RETURNED = "terlambat", "dikembalikan"


def asked(data: Mapping[str, Any]) -> str:
    """Return the tab that is open: 'terlambat', 'dikembalikan', a family, or '' for all that is open."""
    code = data.get("lihat", "")
    return code if code in {LATE, RETURNED, *(family.value for family in Family)} else ""


def of_list(path: str, current: str, counts: Standing) -> list[dict[str, Any]]:
    """Return the tabs of a list, the one that is open marked."""
    return [tab | {"current": tab["code"] == current} for tab in _all(path, counts)]


def of_head(counts: Standing) -> list[dict[str, Any]]:
    """Return the figures of a head's board, each leading to its list."""
    return [tab | {"current": False} for tab in _all("/pengawasan/laporan", counts)]


def heading(current: str) -> str:
    """Return what a list is called."""
    match current:
        case "":
            return _("Semua yang terbuka")
        case "terlambat":
            return _("Terlambat")
        case "dikembalikan":
            return _("Pernah dikembalikan")
        case _:
            return str(wording.FAMILY[Family(current)])


def _all(path: str, counts: Standing) -> Iterator[dict[str, Any]]:
    yield {"code": "", "label": heading(""), "href": path, "count": counts.open, "icon": "file"}
    yield {
        "code": LATE,
        "label": heading(LATE),
        "href": f"{path}?lihat={LATE}",
        "count": counts.overdue,
        "icon": "alert",
        "late": counts.overdue > 0,
    }
    # Not counted: the counters do not know it, and it is no status.
    yield {
        "code": RETURNED,
        "label": heading(RETURNED),
        "href": f"{path}?lihat={RETURNED}",
        "count": None,
        "icon": "undo",
    }
    for family, icon in _ICONS.items():
        yield {
            "code": family.value,
            "label": wording.FAMILY[family],
            "href": f"{path}?lihat={family.value}",
            "count": counts.families[family],
            "icon": icon,
        }
