"""The words of assessments: states, acts, grades, refusals, and what the record says of a criterion."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain.assessment_forms import Evidence, Grade, Scale
from tanggap.domain.assessments import Act, Fault, State
from tanggap.templatetags.tanggap import angka, persen

STATE: dict[State, Promise] = {
    State.DRAFT: lazy("Sedang diisi instansi"),
    State.SUBMITTED: lazy("Dikirim, menunggu dinilai"),
    State.ASSESSING: lazy("Sedang dinilai"),
    State.TOLD: lazy("Hasil disampaikan"),
    State.OBJECTED: lazy("Instansi keberatan"),
    State.DECIDED: lazy("Keberatan diputus"),
}
NOT_SENT: Final = lazy("Tidak mengirim")

ACT: dict[Act, Promise] = {
    Act.SAVE: lazy("Isian disimpan"),
    Act.ATTACH: lazy("Berkas ditambahkan"),
    Act.DETACH: lazy("Berkas dikeluarkan"),
    Act.SUBMIT: lazy("Penilaian mandiri dikirim"),
    Act.SCORE: lazy("Nilai evaluator disimpan"),
    Act.TELL: lazy("Hasil disampaikan"),
    Act.OBJECT: lazy("Keberatan diajukan"),
    Act.DECIDE: lazy("Keberatan diputus"),
}

GRADE: dict[Grade, Promise] = {
    Grade.EXCELLENT: pgettext_lazy("predikat", "Sangat Baik"),
    Grade.GOOD: pgettext_lazy("predikat", "Baik"),
    Grade.FAIR: pgettext_lazy("predikat", "Sedang"),
    Grade.POOR: pgettext_lazy("predikat", "Kurang"),
}

FAULT: dict[Fault, Promise] = {
    Fault.NOT_ALLOWED: lazy("Tindakan ini di luar kewenangan Anda."),
    Fault.WRONG_STATE: lazy("Penilaian ini sudah berubah keadaannya. Muat ulang halaman."),
    Fault.ROUND_CLOSED: lazy("Putaran ini sudah ditutup. Isinya tidak berubah lagi."),
    Fault.TOO_LATE: lazy("Batas kirim sudah lewat. Hubungi evaluator bila perlu waktu lagi."),
    Fault.OBJECTION_TOO_LATE: lazy("Batas waktu keberatan sudah lewat."),
    Fault.INCOMPLETE: lazy("Isi nilai semua kriteria dahulu."),
    Fault.TEXT_MISSING: lazy("Tulis alasannya."),
    Fault.FILE_MISSING: lazy("Pilih kriteria dan berkasnya."),
    Fault.TOO_MANY_FILES: lazy("Terlalu banyak berkas untuk satu penilaian. Keluarkan yang tidak perlu."),
    Fault.UNANSWERED: lazy("Jawab dahulu rekomendasi tahun-tahun sebelumnya yang masih terbuka. Isian Anda tersimpan."),
    Fault.MOVED_ON: lazy("Orang lain baru saja mengubah penilaian ini. Isian Anda masih ada di bawah; periksa lagi."),
    Fault.UNKNOWN_FORM: lazy("Pilih formulir dari daftar."),
    Fault.NO_AGENCIES: lazy("Tidak ada instansi yang dapat Anda nilai di wilayah ini."),
    Fault.OPENED_BEFORE: lazy("Putaran untuk tahun itu sudah dibuka."),
    Fault.DATE_PAST: lazy("Pilih hari ini atau hari sesudahnya, dan tidak lebih awal daripada batas yang berlaku."),
    Fault.PERIOD_BACKWARDS: lazy("Akhir masa penilaian lebih awal daripada awalnya."),
    Fault.UNFINISHED: lazy(
        "Putaran belum dapat ditutup: batas kirim atau batas keberatan belum lewat, atau ada yang belum dinilai."
    ),
}

SCALE: dict[Scale, tuple[Promise | str, ...]] = {
    Scale.FIVE: ("0", "1", "2", "3", "4", "5"),
    Scale.PARTLY: (
        pgettext_lazy("nilai", "Tidak"),
        pgettext_lazy("nilai", "Sebagian"),
        pgettext_lazy("nilai", "Ya"),
    ),
}


def spoken(words: Mapping[str, str]) -> str:
    """Return words that are given in both languages, in the reader's."""
    return words["en" if get_language() == "en" else "id"]


def shown(scale: Scale, points: int | None) -> str:
    """Return a score as it is read: a word, or a number out of the best."""
    if points is None:
        return "–"
    word = SCALE[scale][points]
    return f"{word} / 5" if scale == Scale.FIVE else str(word)


def _share(part: int, whole: int) -> str:
    return persen(part / whole) if whole else "–"


def _decree(facts: Mapping[str, Any]) -> str:
    if not facts["decrees"]:
        return _("Belum ada SK yang berlaku.")
    return _("%(decrees)s SK berlaku; %(uncovered)s dari %(units)s unit tidak tercakup.") % {
        name: angka(value) for name, value in facts.items()
    }


def _solved(facts: Mapping[str, Any]) -> str:
    said = _("%(yes)s dari %(said)s pelapor yang menjawab mengatakan selesai.") % {
        "yes": angka(facts["yes"]),
        "said": angka(facts["said"]),
    }
    if facts["rating"] is None:
        return said
    rating = _("Penilaian rata-rata %(rating)s dari 5 (%(n)s penilaian).")
    return f"{said} {rating % {'rating': angka(float(facts['rating']), 2), 'n': angka(facts['rated'])}}"


FACT: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    Evidence.DECREE: _decree,
    Evidence.LIAISONS: lambda facts: (
        _("%(held)s dari %(units)s unit punya pejabat penghubung.")
        % {"held": angka(facts["held"]), "units": angka(facts["units"])}
    ),
    Evidence.ACTIVITY: lambda facts: (
        _("Admin masuk pada %(days)s dari %(window)s hari terakhir.")
        % {"days": angka(facts["days"]), "window": angka(facts["window"])}
    ),
    Evidence.CONTACT: lambda facts: (
        _("%(there)s dari %(of)s data kontak tampil di halaman instansi.")
        % {"there": angka(facts["there"]), "of": angka(facts["of"])}
    ),
    Evidence.PUBLICATIONS: lambda facts: (
        ngettext(
            "%(n)s laporan terbit dalam masa penilaian.",
            "%(n)s laporan terbit dalam masa penilaian.",
            facts["published"],
        )
        % {"n": angka(facts["published"])}
    ),
    Evidence.TEMPLATES: lambda facts: (
        ngettext("%(n)s templat jawaban berlaku.", "%(n)s templat jawaban berlaku.", facts["templates"])
        % {"n": angka(facts["templates"])}
    ),
    Evidence.IN_TIME: lambda facts: (
        _("%(in_time)s dari %(answered)s jawaban terbit tepat waktu (%(share)s).")
        % {
            "in_time": angka(facts["in_time"]),
            "answered": angka(facts["answered"]),
            "share": _share(facts["in_time"], facts["answered"]),
        }
    ),
    Evidence.BACKLOG: lambda facts: (
        _("%(overdue)s dari %(open)s laporan terbuka terlambat.")
        % {"overdue": angka(facts["overdue"]), "open": angka(facts["open"])}
    ),
    Evidence.SOLVED: _solved,
    Evidence.HEADS: lambda facts: (
        ngettext("%(n)s pimpinan punya akses pengawasan.", "%(n)s pimpinan punya akses pengawasan.", facts["heads"])
        % {"n": angka(facts["heads"])}
    ),
}


def fact(kind: str, facts: Mapping[str, Any] | None) -> str:
    """Return what the record says as a sentence; '' for a criterion of which it says nothing."""
    return FACT[kind](facts) if facts is not None and kind in FACT else ""
