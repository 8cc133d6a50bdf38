"""The road of a report in five steps, each with the time limit of the policy in force here and now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Classification
from tanggap.domain.limits import Limits, LimitUnit, TimeLimit
from tanggap.selectors import agencies, policies


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the reader sees it."""

    name: str
    limit: str
    text: str


def limit_words(limit: TimeLimit) -> str:
    """Say a time limit: "3 hari kerja", "30 hari", "48 jam"."""
    match limit.unit:
        case LimitUnit.WORKING_DAYS:
            return ngettext("%(count)s hari kerja", "%(count)s hari kerja", limit.count) % {"count": limit.count}
        case LimitUnit.HOURS:
            return ngettext("%(count)s jam", "%(count)s jam", limit.count) % {"count": limit.count}
        case _:
            return ngettext("%(count)s hari", "%(count)s hari", limit.count) % {"count": limit.count}


def answer_limits(limits: Limits) -> list[tuple[str, str]]:
    """Say how long an answer may take for each kind of report: (kind, "14 hari kerja")."""
    complaint = Classification.COMPLAINT
    kinds = [
        (_("Permintaan informasi"), limits.limit(Clock.RESOLVE, Classification.INFORMATION_REQUEST)),
        (_("Aspirasi"), limits.limit(Clock.RESOLVE, Classification.ASPIRATION)),
        (_("Pengaduan"), limits.limit(Clock.RESOLVE, complaint, supervisory=False)),
        (_("Pengaduan berkadar pengawasan"), limits.limit(Clock.RESOLVE, complaint, supervisory=True)),
    ]
    return [(kind, limit_words(limit)) for kind, limit in kinds]


def _any_of(words: list[str]) -> str:
    """Join limits that share their unit: "5, 14 atau 60 hari kerja"; different units stay apart."""
    seen = list(dict.fromkeys(words))
    units = {word.split(" ", 1)[1] for word in seen}
    if len(units) == 1 and len(seen) > 1:
        counts = [word.split(" ", 1)[0] for word in seen]
        return _("%(others)s atau %(last)s") % {"others": ", ".join(counts[:-1]), "last": seen[-1]}
    return ", ".join(seen)


def limits_here(now: datetime) -> Limits:
    """Return the limits in force today for the agency of this installation."""
    return policies.in_force(agencies.home().pk, timezone.localdate(now))


def five_steps(limits: Limits) -> list[Step]:
    """Return Laporkan, Verifikasi, Tindak lanjut, Jawaban, Tanggapan Anda, with their limits in words."""
    answers = [words for _kind, words in answer_limits(limits)]
    return [
        Step(_("Laporkan"), _("saat itu juga"), _("Ceritakan apa yang terjadi. Anda langsung menerima nomor laporan.")),
        Step(
            _("Verifikasi"),
            limit_words(limits.limit(Clock.VERIFY)),
            _("Admin memeriksa dan meneruskannya ke instansi yang berwenang."),
        ),
        Step(
            _("Tindak lanjut"),
            limit_words(limits.limit(Clock.FIRST_FOLLOWUP)),
            _("Instansi mulai menangani dan memberi kabar."),
        ),
        Step(_("Jawaban"), _any_of(answers), _("Menurut jenis laporan. Tanggalnya tertulis di laporan Anda.")),
        Step(
            _("Tanggapan Anda"),
            limit_words(limits.limit(Clock.AUTO_CLOSE)),
            _("Selesai atau belum? Tanpa kabar dari Anda, laporan ditutup dan dapat dibuka kembali."),
        ),
    ]
