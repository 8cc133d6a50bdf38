"""The sections of a recap about the agency as a whole: how many, where they stand, in time, followed up, rated."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.adapters.outbound import recap_names as names
from tanggap.adapters.outbound.recap_document import (
    NONE,
    Bar,
    Block,
    Cell,
    Chart,
    Column,
    Section,
    Sheet,
    Table,
    Told,
    bar,
    bars,
    counted,
    day,
    interval,
    most,
    noted,
    number,
    spoken,
    spread,
    text,
    whole,
)
from tanggap.domain.periods import Period
from tanggap.templatetags.tanggap import angka, bulan, bulan_pendek

_ALL: Final = Decimal(100)
_LONG_DAYS: Final = 60  # working days: the longest time of Permen PANRB 62/2018


def measured(key: Sheet, caption: str, rows: Sequence[tuple[str, str]], said: dict[str, Any]) -> Table:
    """Return a table of shares and means of the agency with counts and intervals, beside the year before."""
    found = []
    before = (said["before"] or {}).get("whole", {})
    for code, label in rows:
        told = said["whole"][code]
        known = before.get(code)
        unit = "%" if "numerator" in told else ""
        found.append(
            (
                text(label),
                counted(told),
                whole(told["n"]),
                number(told, unit),
                interval(told),
                number(known, unit) if known else text(NONE),
                text(f"{code}@{told['version']}"),
            )
        )
    columns = (
        Column(_("Ukuran"), is_number=False, share=3.2),
        Column(_("Pembilang")),
        Column(_("Penyebut")),
        Column(_("Angka"), share=1.2),
        Column(_("Selang 95 %"), share=1.5),
        Column(_("Tahun sebelumnya"), share=1.3),
        Column(_("Rumus"), is_number=False, share=2.2),
    )
    return Table(key, caption, columns, tuple(found), noted(found))


def received(said: dict[str, Any]) -> Section:
    """Return how many reports came, when, in which way, of which kind, and where they stand."""
    blocks: list[Block] = [_by_time(said)]
    if said["whole"]["volume"]["n"]:
        blocks += [_standings(said)]
    blocks += [_parted(said, kind) for kind in ("classification", "channel") if said[kind]]
    if said["period"]["size"] != "week":
        blocks.append(_secret(said))
    return Section("jumlah", _("Jumlah dan keadaan laporan"), (), tuple(blocks))


def _by_time(said: dict[str, Any]) -> Chart:
    rows = said["curve"]
    shown = bars([(_label(row["name"]), row["told"]["volume"]["n"]) for row in rows])
    beside = bars([(_label(row["name"]), row["before"]["volume"]["n"]) for row in rows if "before" in row])
    if not any(one.value for one in beside):
        beside = ()
    is_year = said["period"]["size"] == "year"
    title = _("Laporan yang diterima per bulan") if is_year else _("Laporan yang diterima per hari")
    year = day(said["period"]["first"]).year
    alt = f"{title}: " + "; ".join(f"{one.label} {one.text}" for one in shown)
    labels = (str(year), str(year - 1)) if beside else ()
    notes = _unlike(said) if is_year and beside else ()
    return Chart("columns", title, alt, shown, most(shown, beside), beside, labels, notes)


def _unlike(said: dict[str, Any]) -> tuple[str, ...]:
    """Say that a month that goes on stands beside a whole one: the sum of the year before is of the same days only."""
    until = day(said["period"]["until"])
    if until == Period.named(until.strftime("%Y-%m")).last:
        return ()
    words = _(
        "%(before)s dihitung sebulan penuh, %(month)s baru sampai tanggal %(day)s. Karena itu batang tahun sebelumnya "
        "bersama-sama dapat lebih banyak daripada jumlahnya pada rentang yang sama."
    )
    return (
        words % {"before": bulan(until.replace(year=until.year - 1, day=1)), "month": bulan(until), "day": until.day},
    )


def _label(name: str) -> str:
    """Return a month in short, or the number of a day."""
    return bulan_pendek(day(f"{name}-01")).split()[0] if name.count("-") == 1 else str(day(name).day)


def _standings(said: dict[str, Any]) -> Chart:
    counts = spread(said["whole"]["status_distribution"])
    shown = bars([(str(words), counts.get(family.value, 0)) for family, words in names.FAMILY.items()])
    title = _("Keadaan laporan yang diterima dalam periode ini")
    alt = f"{title}: " + "; ".join(f"{one.label} {one.text}" for one in shown)
    return Chart("rows", title, alt, shown, most(shown))


def _parted(said: dict[str, Any], kind: str) -> Table:
    words: dict[Any, Any] = {**names.CHANNEL, **names.CLASSIFICATION}
    caption = _("Menurut saluran") if kind == "channel" else _("Menurut klasifikasi")
    head = _("Saluran") if kind == "channel" else _("Klasifikasi")
    rows = tuple((text(str(words.get(row["code"], row["code"]))), *crossed(row["told"])) for row in said[kind])
    columns = (Column(head, is_number=False, share=2.4), *crossed_columns())
    return Table(Sheet(kind), caption, columns, rows, noted(rows, as_of(said)))


def crossed_columns() -> tuple[Column, ...]:
    """Return the columns of what is known of two places at once."""
    return (
        Column(_("Diterima")),
        Column(_("Lewat tenggat")),
        Column(_("Tepat waktu"), share=1.3),
        Column(_("Selang 95 %"), share=1.5),
        Column(_("Dinilai (n)")),
    )


def crossed(told: dict[str, Told]) -> tuple[Cell, ...]:
    """Return the cells for them."""
    on_time = told["sla_rate"]
    late = whole(told["overdue_open"]["n"])
    return whole(told["volume"]["n"]), late, number(on_time, "%"), interval(on_time), whole(on_time["n"])


def as_of(said: dict[str, Any]) -> str:
    """Say as of when what is not frozen was counted; '' where nothing is frozen."""
    if said["closed"] is None:
        return ""
    return _("Tabel ini tidak termasuk yang dibekukan: keadaannya seperti saat rekap dihitung.")


def _secret(said: dict[str, Any]) -> Table:
    own, above = said["secret"]["agency"], said["secret"]["province"]
    rows = [
        (
            text(str(words)),
            *(whole(part[family.value]) if family.value in part else text(NONE) for part in (own, above)),
        )
        for family, words in names.FAMILY.items()
    ]
    columns = (
        Column(_("Laporan rahasia"), is_number=False, share=2.4),
        Column(_("Instansi ini"), share=1.2),
        Column(_("Instansi di provinsi ini, bersama"), share=2),
    )
    note = _(
        "Dari bulan yang sudah ditutup, dalam hitungan lima atau lebih; yang lebih kecil diceritakan bersama instansi "
        "lain di provinsinya, atau tidak sama sekali."
    )
    return Table(Sheet.CONFIDENTIAL, _("Laporan rahasia, tersendiri"), columns, tuple(rows), (note,))


def in_time(said: dict[str, Any]) -> Section:
    """Return what was done in time and how long it took."""
    shares = (
        ("verify_ontime", _("Verifikasi tepat waktu")),
        ("first_response_ontime", _("Tindak lanjut pertama tepat waktu")),
        ("sla_rate", _("Jawaban tepat waktu")),
    )
    table = measured(Sheet.IN_TIME, _("Ketepatan waktu"), shares, said)
    return Section("waktu", _("Ketepatan dan lama penanganan"), (), (table, *_curve(said), _durations(said)))


def _curve(said: dict[str, Any]) -> list[Block]:
    """Return the line of what was answered in time, where a month has enough for a rate."""
    if said["period"]["size"] != "year":
        return []
    shown = tuple(bar(_label(row["name"]), row["told"]["sla_rate"]) for row in said["curve"])
    if not any(one.value is not None for one in shown):
        return []
    title = _("Jawaban tepat waktu menurut bulan diterima, dalam persen")
    alt = f"{title}: " + "; ".join(f"{one.label} {one.text}" for one in shown)
    return [Chart("line", title, alt, shown, _ALL)]


def _durations(said: dict[str, Any]) -> Table:
    days, hours = _("hari kerja"), _("jam")
    asked = (
        ("verify_median", _("Verifikasi, median"), hours),
        ("verify_mean", _("Verifikasi, rata-rata"), hours),
        ("verify_p90", _("Verifikasi, 90 % paling lama"), hours),
        ("first_response_median", _("Tindak lanjut pertama, median"), days),
        ("resolve_median", _("Penyelesaian, median"), days),
        ("resolve_mean", _("Penyelesaian, rata-rata"), days),
        ("resolve_p90", _("Penyelesaian, 90 % paling lama"), days),
    )
    before = (said["before"] or {}).get("whole", {})
    rows = []
    for code, label, unit in asked:
        told, known = said["whole"][code], before.get(code)
        earlier = number(known) if known else text(NONE)
        rows.append(
            (text(label), number(told), text(unit), whole(told["n"]), earlier, text(f"{code}@{told['version']}"))
        )
    long = long_ones(said["whole"]["resolve_distribution"])
    rows.append(
        (
            text(_("Penyelesaian lebih dari 60 hari kerja")),
            whole(long),
            text(_("laporan")),
            whole(said["whole"]["resolve_distribution"]["n"]),
            whole(long_ones(before["resolve_distribution"])) if before else text(NONE),
            text(f"resolve_distribution@{said['whole']['resolve_distribution']['version']}"),
        )
    )
    columns = (
        Column(_("Lama"), is_number=False, share=3),
        Column(_("Angka")),
        Column(_("Satuan"), is_number=False, share=1.3),
        Column(_("Dari (n)")),
        Column(_("Tahun sebelumnya"), share=1.3),
        Column(_("Rumus"), is_number=False, share=2.4),
    )
    return Table(Sheet.DURATION, _("Lama penanganan"), columns, tuple(rows), noted(rows))


def long_ones(told: Told) -> int:
    """Return how many answers took more than sixty working days."""
    return sum(times for value, times in spread(told).items() if int(value) > _LONG_DAYS)


def followed_up(said: dict[str, Any]) -> Section:
    """Return the three definitions of the follow-up rate side by side, and what was completed."""
    three = tuple((code, _formula(said, code)) for code in ("followup_rate_v1", "followup_rate_v2", "followup_rate_v3"))
    more = tuple((code, _formula(said, code)) for code in ("completion_rate", "genuine_completion"))
    words = _(
        "Kementerian memakai definisi yang berbeda-beda. Karena itu ketiganya disebut berdampingan, dengan nama "
        "rumusnya; membandingkan dua instansi hanya bermakna dengan rumus yang sama."
    )
    return Section(
        "tindak-lanjut",
        _("Tingkat tindak lanjut menurut tiga definisi"),
        (words,),
        (measured(Sheet.FOLLOW_UP, _("Tiga definisi, dan penyelesaian"), (*three, *more), said),),
    )


def _formula(said: dict[str, Any], code: str) -> str:
    """Return the name of a formula, as the content of the recap has it."""
    return next(
        (spoken(one["names"]) for one in said["annex"]["formulas"] if one["key"].partition("@")[0] == code), code
    )


def guarded(said: dict[str, Any]) -> Section:
    """Return what is open and late, and what else became of reports: all that a figure could be bent by."""
    blocks: list[Block] = [_ages(said)]
    codes = ("archive_rate", "merge_share", "return_rate", "reopen_rate", "autoclose_share", "same_answer_share")
    rows = tuple((code, _formula(said, code)) for code in (*codes, "extension_share", "part_share"))
    blocks.append(measured(Sheet.GUARDS, _("Yang dapat mengubah angka"), rows, said))
    reasons = spread(said["whole"]["archive_reasons"])
    if reasons:
        labels = [(str(names.ARCHIVE_REASON.get(code, code)), n) for code, n in reasons.items()]  # type: ignore[call-overload]
        labels.sort(key=lambda one: (-one[1], one[0]))
        blocks.append(
            Table(
                Sheet.ARCHIVE_REASONS,
                _("Alasan diarsipkan"),
                (Column(_("Alasan"), is_number=False, share=4), Column(_("Laporan"))),
                tuple((text(label), whole(n)) for label, n in labels),
            )
        )
    words = _(
        "Laporan yang belum diverifikasi sampai lewat waktunya dihitung sebagai gagal, bukan dikeluarkan. Laporan yang "
        "diarsipkan atau digabungkan tetap dihitung dalam jumlah laporan."
    )
    return Section("tunggakan", _("Tunggakan, dan yang dapat mengubah angka"), (words,), tuple(blocks))


def _ages(said: dict[str, Any]) -> Table:
    bands = [dict(spread(part["overdue_age"])) for part in (said["whole"], said["backlog"])]
    starts = sorted({int(band) for part in bands for band in part})
    rows: list[tuple[Cell, ...]] = [
        (text(label), *(whole(part.get(str(start), 0)) for part in bands)) for start, label in _banded(starts)
    ]
    rows.append((text(_("Semua")), *(whole(part["overdue_open"]["n"]) for part in (said["whole"], said["backlog"]))))
    columns = (
        Column(_("Lewat tenggat"), is_number=False, share=2),
        Column(_("Diterima dalam periode ini"), share=1.4),
        Column(_("Semua sampai akhir periode"), share=1.4),
    )
    note = _("Terbuka dan lewat tenggat. Nomor laporannya ada pada daftar yang selalu baru di situs, bukan di sini.")
    return Table(Sheet.BACKLOG, _("Tunggakan menurut umurnya"), columns, tuple(rows), (note,), has_total=True)


def _banded(starts: Sequence[int]) -> list[tuple[int, str]]:
    found = []
    for place, start in enumerate(starts):
        if place + 1 < len(starts):
            words = _("%(first)s sampai %(last)s hari") % {"first": angka(start), "last": angka(starts[place + 1] - 1)}
        else:
            words = _("%(first)s hari atau lebih") % {"first": angka(start)}
        found.append((start, words))
    return found


def rated(said: dict[str, Any]) -> Section:
    """Return what reporters say, never without how many of them."""
    counts = spread(said["whole"]["rating_distribution"])
    blocks: list[Block] = []
    if counts:
        shown = bars([(_("Nilai %(n)s") % {"n": value}, counts.get(str(value), 0)) for value in range(5, 0, -1)])
        title = _("Nilai dari pelapor")
        alt = f"{title}: " + "; ".join(f"{one.label} {one.text}" for one in shown)
        blocks.append(Chart("rows", title, alt, shown, most(shown)))
    codes = ("rating_response", "solved_yes", "ombudsman_rate")
    rows = (("satisfaction", _("Rata-rata nilai, 1 sampai 5")), *((code, _formula(said, code)) for code in codes))
    blocks.append(measured(Sheet.REPORTERS, _("Menurut pelapor, dan rujukan ke Ombudsman"), rows, said))
    return Section("kepuasan", _("Kepuasan pelapor dan rujukan ke Ombudsman"), (), tuple(blocks))


def rate_bars(rows: Sequence[tuple[str, Told]]) -> tuple[Bar, ...]:
    """Return shares of places as bars with intervals, in the order in which they are given."""
    return tuple(bar(label, told, "%") for label, told in rows)
