"""The one page of a recap that everybody reads: its numbers as plain sentences, for none, one or many.

A small number of reports is never praised: it may also mean that people find it hard to complain. What is too little
for a rate is said to be so.
"""

from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.adapters.outbound import recap_names as names
from tanggap.adapters.outbound.recap_document import Told, counted_words, day, joined, number, spread
from tanggap.templatetags.tanggap import angka, tanggal_surat

_DEFINITIONS: Final = ("followup_rate_v1", "followup_rate_v2", "followup_rate_v3")


def sentences(said: dict[str, Any]) -> list[str]:
    """Return the paragraphs of the summary."""
    whole, n = said["whole"], said["whole"]["volume"]["n"]
    found = [_received(said, n)]
    if n:
        found += [_standing(said), _on_time(said), _overdue(said), _followed_up(whole), _ratings(whole), _unseen(whole)]
        found += [_offices(said)]
    else:
        found += [_("Karena tidak ada laporan, tidak ada angka yang dapat dihitung dari periode ini."), _older(said)]
    return [one for one in (*found, _secret(said), _state(said)) if one]


def _received(said: dict[str, Any], n: int) -> str:
    first = counted_words(
        n,
        _("%(agency)s tidak menerima laporan dari %(days)s."),
        _("%(agency)s menerima satu laporan dari %(days)s."),
        _("%(agency)s menerima %(n)s laporan dari %(days)s."),
    ).replace("%(days)s", names.days(said["period"]))
    # Last, and at once: a name may hold what looks like a placeholder.
    first = first.replace("%(agency)s", said["agency"]["name"])
    return f"{first} {_compared(said)} {_not_a_measure()}"


def _not_a_measure() -> str:
    return _("Banyak atau sedikitnya laporan bukan ukuran mutu pelayanan.")


def _compared(said: dict[str, Any]) -> str:
    before = said["before"]
    if before is None:
        return _("Tahun sebelumnya tidak mempunyai minggu ini, jadi tidak ada pembandingnya.")
    return counted_words(
        before["whole"]["volume"]["n"],
        _(
            "Pada rentang yang sama tahun sebelumnya tidak ada laporan yang tercatat di sini, "
            "jadi tidak ada pembanding."
        ),
        _("Pada rentang yang sama tahun sebelumnya tercatat satu laporan."),
        _("Pada rentang yang sama tahun sebelumnya tercatat %(n)s laporan."),
    )


def _standing(said: dict[str, Any]) -> str:
    counts = spread(said["whole"]["status_distribution"])
    parts = [
        f"{angka(counts[family.value])} {words}" for family, words in names.STANDING.items() if counts.get(family.value)
    ]
    return _("Keadaan laporan itu: %(parts)s.") % {"parts": joined(parts)}


def _on_time(said: dict[str, Any]) -> str:
    told: Told = said["whole"]["sla_rate"]
    if told["value"] is None:
        return counted_words(
            told["n"],
            _("Belum ada laporan yang ketepatan waktu jawabannya dapat dinilai."),
            _("Baru satu laporan yang ketepatan waktu jawabannya dapat dinilai, terlalu sedikit untuk persentase."),
            _("Baru %(n)s laporan yang ketepatan waktu jawabannya dapat dinilai, terlalu sedikit untuk persentase."),
        )
    low, high = (angka(float(bound), 2) for bound in told["interval"])
    words = _(
        "Dari %(n)s laporan yang ketepatan waktunya dapat dinilai, %(kept)s dijawab tepat waktu: %(rate)s "
        "(selang kepercayaan 95 %%: %(low)s–%(high)s)."
    ) % {
        "n": angka(told["n"]),
        "kept": angka(told["numerator"]),
        "rate": number(told, "%").text,
        "low": low,
        "high": high,
    }
    before = (said["before"] or {}).get("whole", {}).get("sla_rate")
    if before and before["value"] is not None:
        words += " " + _("Tahun sebelumnya %(rate)s.") % {"rate": number(before, "%").text}
    return words


def _overdue(said: dict[str, Any]) -> str:
    words = counted_words(
        said["whole"]["overdue_open"]["n"],
        _("Tidak satu pun laporan periode ini yang masih terbuka dan lewat tenggat."),
        _("Satu laporan periode ini masih terbuka dan lewat tenggat."),
        _("Sebanyak %(n)s laporan periode ini masih terbuka dan lewat tenggat."),
    )
    return f"{words} {_older(said)}".strip()


def _older(said: dict[str, Any]) -> str:
    """Return how many are overdue of all that were ever received, where those are more."""
    late = said["backlog"]["overdue_open"]["n"]
    if late <= said["whole"]["overdue_open"]["n"]:
        return ""
    return _("Bersama laporan dari masa sebelumnya, yang lewat tenggat menjadi %(n)s.") % {"n": angka(late)}


def _followed_up(whole: dict[str, Told]) -> str:
    first, second, third = (whole[code] for code in _DEFINITIONS)
    if first["value"] is None:
        return _("Laporannya terlalu sedikit untuk tingkat tindak lanjut, menurut definisi mana pun.")
    return _(
        "Tingkat tindak lanjut bergantung pada definisinya: %(first)s menurut PANRB 2020, %(second)s menurut definisi "
        "ketat, dan %(third)s menurut Kemendagri."
    ) % {one: number(told, "%").text for one, told in (("first", first), ("second", second), ("third", third))}


def _ratings(whole: dict[str, Told]) -> str:
    told = whole["satisfaction"]
    if told["value"] is None:
        return counted_words(
            told["n"],
            _("Belum ada pelapor yang memberi nilai."),
            _("Baru satu pelapor yang memberi nilai, terlalu sedikit untuk rata-rata."),
            _("Baru %(n)s pelapor yang memberi nilai, terlalu sedikit untuk rata-rata."),
        )
    said = {"n": angka(told["n"]), "mean": number(told).text}
    return _("Sebanyak %(n)s pelapor memberi nilai; rata-ratanya %(mean)s dari 5.") % said


def _unseen(whole: dict[str, Told]) -> str:
    """Return what else became of reports: it is counted, so that nobody gains by it."""
    rows = (
        ("archive_rate", _("%(n)s diarsipkan")),
        ("merge_share", _("%(n)s digabungkan ke laporan lain")),
        ("return_rate", _("%(n)s pernah dikembalikan karena salah alamat")),
        ("reopen_rate", _("%(n)s dibuka kembali")),
    )
    counts = [(whole[code].get("numerator") or 0, words) for code, words in rows]
    parts = [words.replace("%(n)s", angka(n)) for n, words in counts if n]
    if not parts:
        return _("Tidak ada laporan yang diarsipkan, digabungkan, dikembalikan, atau dibuka kembali.")
    return _("Yang berikut tetap dihitung sebagai laporan: %(parts)s.") % {"parts": joined(parts)}


def _offices(said: dict[str, Any]) -> str:
    rows = [one for one in said["units"] if one["is_opd"]]
    without = sum(one["told"]["volume"]["n"] == 0 for one in rows)
    if not rows:
        return ""
    return counted_words(
        without,
        _("Setiap OPD dari %(all)s OPD menerima laporan."),
        _("Dari %(all)s OPD, satu tidak menerima laporan; namanya disebut di bagian tentang OPD."),
        _("Dari %(all)s OPD, %(n)s tidak menerima laporan; namanya disebut di bagian tentang OPD."),
    ).replace("%(all)s", angka(len(rows)))


def _secret(said: dict[str, Any]) -> str:
    words = _("Laporan rahasia tidak ikut dalam angka mana pun di atas.")
    if said["period"]["size"] == "week":
        return words
    counts = said["secret"]["agency"]
    if total := sum(counts.values()):
        return f"{words} " + _("Yang diceritakan tersendiri: %(n)s laporan rahasia dari bulan yang sudah ditutup.") % {
            "n": angka(total)
        }
    return f"{words} " + _(
        "Jumlahnya diceritakan tersendiri hanya bila lima atau lebih, dari bulan yang sudah ditutup."
    )


def _state(said: dict[str, Any]) -> str:
    if said["period"]["is_over"]:
        return ""
    last = tanggal_surat(day(said["period"]["last"]))
    return _("Rekap ini sementara: periodenya berjalan sampai %(last)s.") % {"last": last}
