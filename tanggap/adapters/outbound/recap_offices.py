"""The sections of a recap about offices, governments and categories, and its annex."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.adapters.outbound import recap_names as names
from tanggap.adapters.outbound.recap_document import (
    NONE,
    Block,
    Cell,
    Chart,
    Column,
    Section,
    Sheet,
    Table,
    counted,
    day,
    interval,
    joined,
    moment,
    noted,
    number,
    spoken,
    spread,
    text,
    whole,
)
from tanggap.adapters.outbound.recap_sections import long_ones, rate_bars
from tanggap.domain.figures import PLACES, per_heads
from tanggap.domain.lifecycle import Family
from tanggap.templatetags.tanggap import angka, tanggal_surat, waktu_pendek

_SHOWN: Final = (Family.UNVERIFIED, Family.ASSIGNED, Family.IN_PROGRESS, Family.PENDING, Family.CLOSED, Family.ARCHIVED)


def by_office(said: dict[str, Any]) -> Section:
    """Return a row for every office of the agency: what it has, and how it did; those without a report by name."""
    title = _("Per OPD dan unit")
    if said["period"]["size"] == "week":
        return Section("opd", title, (_("Angka per OPD dihitung menurut bulan. Lihat rekap bulanannya."),))
    rows = said["units"]
    if not rows:
        return Section("opd", title, (_("Instansi ini belum mempunyai unit di sini."),))
    without = [one["name"] for one in rows if one["is_opd"] and one["told"]["volume"]["n"] == 0]
    paragraphs = [_("Unit di bawah sebuah OPD dihitung bersama OPD itu. Urutannya menurut nama, bukan peringkat.")]
    if without:
        paragraphs.append(
            _("Tidak menerima laporan dalam periode ini: %(names)s.").replace("%(names)s", joined(without))
        )
    notes = [_renamed(one) for one in rows if one["former"] or one["ended"]]
    having = [one for one in rows if one["told"]["volume"]["n"]]
    named = [(f"{one['name']}{'*' if one['former'] or one['ended'] else ''}", one) for one in rows]
    tables: list[Block] = [
        _standing(
            Sheet.OFFICES_STANDING,
            _("OPD: jumlah dan keadaan"),
            _("OPD atau unit"),
            named,
            notes,
            _rest(said),
            _sum(said),
        ),
    ]
    if having:
        acted = [(label, one) for label, one in named if one["told"]["volume"]["n"]]
        tables.append(
            _timing(Sheet.OFFICES_TIMING, _("OPD yang menerima laporan: waktu dan mutu"), _("OPD atau unit"), acted)
        )
    return Section("opd", title, tuple(paragraphs), tuple(tables))


def _renamed(one: dict[str, Any]) -> str:
    parts = [
        _("sampai %(day)s bernama %(name)s")
        .replace("%(day)s", tanggal_surat(day(row["until"])))
        .replace("%(name)s", row["name"])
        for row in one["former"]
    ]
    if one["ended"]:
        parts.append(_("berakhir %(day)s") % {"day": tanggal_surat(day(one["ended"]))})
    return f"* {one['name']}: {joined(parts)}."


def _sum(said: dict[str, Any]) -> dict[str, Any]:
    """Return the whole agency as a row."""
    return {"told": said["whole"], "before": said["before"]["whole"] if said["before"] else None}


def _rest(said: dict[str, Any]) -> dict[str, Any] | None:
    """Return what no office has: of the whole agency less its offices; None where nothing is left."""
    whole_of, parts = said["whole"], [one["told"] for one in said["units"]]
    left = dict.fromkeys(_SHOWN, 0)
    for family in _SHOWN:
        mine = spread(whole_of["status_distribution"]).get(family.value, 0)
        left[family] = mine - sum(spread(part["status_distribution"]).get(family.value, 0) for part in parts)
    counts = {code: whole_of[code]["n"] - sum(part[code]["n"] for part in parts) for code in ("volume", "overdue_open")}
    if counts["volume"] <= 0 or min(*left.values(), *counts.values()) < 0:
        return None
    return {"families": left, **counts}


def _short_standings() -> tuple[str, ...]:
    """Return the standings in words that fit over a narrow column, in the order of `_SHOWN`."""
    return (
        *(_("Belum verifikasi"), _("Belum tindak lanjut"), _("Diproses")),
        *(str(names.FAMILY[family]) for family in (Family.PENDING, Family.CLOSED)),
        _("Arsip, dicabut"),
    )


def _standing_columns(head: str, *, has_before: bool) -> tuple[Column, ...]:
    return (
        Column(head, is_number=False, share=4),
        Column(_("Diterima")),
        *((Column(_("Tahun sebelumnya"), share=1.15),) if has_before else ()),
        *(Column(label) for label in _short_standings()),
        Column(_("Sudah dijawab")),
        Column(_("Lewat tenggat")),
        Column(_("Dikembalikan"), share=1.25),
        Column(_("Digabungkan"), share=1.2),
        Column(_("Dibuka kembali")),
    )


def _standing(
    key: Sheet,
    caption: str,
    head: str,
    rows: Sequence[tuple[str, dict[str, Any]]],
    notes: Sequence[str] = (),
    rest: dict[str, Any] | None = None,
    total: dict[str, Any] | None = None,
) -> Table:
    has_before = any("before" in one for _label, one in rows)
    made = [_stood(label, one, has_before=has_before) for label, one in rows]
    if rest is not None:
        blank = text(NONE)
        cells = [text(_("Tidak pada unit mana pun")), whole(rest["volume"]), *([blank] if has_before else ())]
        cells += [whole(rest["families"][family]) for family in _SHOWN]
        made.append((*cells, blank, whole(rest["overdue_open"]), blank, blank, blank))
    if total is not None:
        made.append(_stood(_("Seluruh instansi"), total, has_before=has_before))
    said = (*notes, *((_("“Tidak pada unit mana pun”: masih atau hanya pada admin instansi."),) if rest else ()))
    return Table(
        key,
        caption,
        _standing_columns(head, has_before=has_before),
        tuple(made),
        tuple(said),
        is_wide=True,
        has_total=total is not None,
    )


def _stood(label: str, one: dict[str, Any], *, has_before: bool) -> tuple[Cell, ...]:
    told, families = one["told"], spread(one["told"]["status_distribution"])
    before = (whole(one["before"]["volume"]["n"]) if one.get("before") else text(NONE),) if has_before else ()
    return (
        text(label),
        whole(told["volume"]["n"]),
        *before,
        *(whole(families.get(family.value, 0)) for family in _SHOWN),
        counted(told["followup_rate_v2"]),
        whole(told["overdue_open"]["n"]),
        *(counted(told[code]) for code in ("return_rate", "merge_share", "reopen_rate")),
    )


def _timing(key: Sheet, caption: str, head: str, rows: Sequence[tuple[str, dict[str, Any]]]) -> Table:
    has_before = any("before" in one for _label, one in rows)
    made: list[tuple[Cell, ...]] = []
    for label, one in rows:
        told = one["told"]
        before = (number(one["before"]["sla_rate"], "%") if "before" in one else text(NONE),) if has_before else ()
        made.append(
            (
                text(label),
                number(told["sla_rate"], "%"),
                interval(told["sla_rate"]),
                whole(told["sla_rate"]["n"]),
                *before,
                number(told["verify_median"]),
                number(told["first_response_median"]),
                number(told["resolve_median"]),
                whole(long_ones(told["resolve_distribution"])),
                *(number(told[f"followup_rate_{version}"], "%") for version in ("v1", "v2", "v3")),
                number(told["satisfaction"]),
                whole(told["satisfaction"]["n"]),
            )
        )
    columns = (
        Column(head, is_number=False, share=4.2),
        Column(_("Tepat waktu"), share=1.2),
        Column(_("Selang 95 %"), share=1.6),
        Column(_("Dinilai (n)"), share=0.9),
        *((Column(_("Tahun sebelumnya"), share=1.2),) if has_before else ()),
        Column(_("Verifikasi (jam)"), share=1.2),
        Column(_("Tindak lanjut (hk)"), share=1.1),
        Column(_("Jawaban (hk)"), share=1.1),
        Column(_("> 60 hk"), share=0.8),
        Column(_("PANRB 2020"), share=1.2),
        Column(_("Ketat"), share=1.2),
        Column(_("Kemendagri"), share=1.3),
        Column(_("Nilai"), share=0.8),
        Column(_("Penilai (n)"), share=0.9),
    )
    notes = (
        _(
            "Waktu dalam median: verifikasi dalam jam, yang lain dalam hari kerja (hk). "
            "PANRB 2020, Ketat, Kemendagri: tiga definisi tindak lanjut."
        ),
    )
    return Table(key, caption, columns, tuple(made), noted(made, *notes), is_wide=True)


def by_government(said: dict[str, Any]) -> Section | None:
    """Return a row for every regency and city of a province, and which of them has a decree; None elsewhere."""
    own = said["governments"]
    rows = [(one["name"], one) for one in own if one["told"] is not None]
    if not rows:
        return None
    blocks: list[Block] = []
    rates = [(label, one["told"]["sla_rate"]) for label, one in rows]
    if any(told["value"] is not None for _label, told in rates):
        shown = rate_bars([(_short(label), told) for label, told in rates])
        title = _("Jawaban tepat waktu dengan selang kepercayaan 95 %")
        alt = f"{title}: " + "; ".join(f"{one.label} {one.text}" for one in shown)
        blocks.append(Chart("rows", title, alt, shown, Decimal(100)))
    yes, no = _("ada"), _("tidak ada")
    was, not_ = _("ya"), _("tidak")
    stands = tuple(
        (text(one["name"]), text(yes if one["has_decree"] else no), text(was if one["was_active"] else not_))
        for one in own
    )
    columns = (
        Column(_("Pemerintah"), is_number=False, share=3),
        Column(_("SK pengelola pengaduan berlaku"), is_number=False, share=1.6),
        Column(_("Admin masuk dalam 30 hari terakhir"), is_number=False, share=1.6),
    )
    until = tanggal_surat(day(said["period"]["until"]))
    note = _("Keadaan pada %(day)s, menurut catatan di sini.") % {"day": until}
    blocks.append(Table(Sheet.DECREES, _("SK dan keaktifan"), columns, stands, (note,)))
    blocks += _per_heads(own)
    blocks += [
        _standing(Sheet.GOVERNMENTS_STANDING, _("Kabupaten dan kota: jumlah dan keadaan"), _("Pemerintah"), rows),
        _timing(Sheet.GOVERNMENTS_TIMING, _("Kabupaten dan kota: waktu dan mutu"), _("Pemerintah"), rows),
    ]
    words = _(
        "Setiap pemerintah kabupaten dan kota menjawab laporannya sendiri. "
        "Urutannya menurut kode wilayah, bukan peringkat."
    )
    return Section("kabkota", _("Per kabupaten dan kota"), (words,), tuple(blocks))


def _per_heads(governments: Sequence[dict[str, Any]]) -> list[Block]:
    """Return how many reports each government got beside how many live there; nothing where that is not known."""
    known = [one for one in governments if one["told"] is not None and one.get("population")]
    if not known:
        return []
    rows = [
        (text(one["name"]), whole(one["told"]["volume"]["n"]), whole(one["population"]), _heads(one)) for one in known
    ]
    columns = (
        Column(_("Pemerintah"), is_number=False, share=3),
        Column(_("Diterima")),
        Column(_("Penduduk"), share=1.2),
        Column(_("Per 10.000 penduduk"), share=1.4),
    )
    note = _("Banyak laporan bukan tanda pelayanan buruk: bisa juga tanda bahwa warga percaya laporannya dijawab.")
    return [Table(Sheet.INHABITANTS, _("Laporan dan jumlah penduduk"), columns, tuple(rows), (note,))]


def _heads(one: dict[str, Any]) -> Cell:
    shown = per_heads(one["told"]["volume"]["n"], one["population"]) or Decimal(0)
    return Cell(angka(float(shown), PLACES), shown, PLACES)


def _short(name: str) -> str:
    return name.removeprefix("Pemerintah ")


def annex(said: dict[str, Any]) -> tuple[Section, ...]:
    """Return how the figures are made: the method, the formulas, what is closed, the days without work."""
    found = said["annex"]
    method = (
        _(
            "Laporan dihitung pada bulan diterimanya. Laporan milik kantor yang memegangnya pada tahap yang diukur: "
            "yang memverifikasi untuk verifikasi, yang menjawab untuk jawaban."
        ),
        _(
            "Persentase disertai selang kepercayaan Wilson 95 %. Di bawah lima kasus tidak ada persentase atau "
            "rata-rata. Pembulatan satu kali, setengah ke atas."
        ),
        _(
            "Laporan rahasia tidak ada dalam jumlah ini. Siapa pun dapat menghitung ulang setiap angka dari data "
            "terbuka dengan rumus yang sama."
        ),
    )
    rows = tuple(
        (text(one["key"]), text(spoken(one["names"])), text(spoken(one["definitions"])), text(one["source"]))
        for one in found["formulas"]
    )
    columns = (
        Column(_("Rumus"), is_number=False, share=2.5),
        Column(_("Nama"), is_number=False, share=1.7),
        Column(_("Definisi"), is_number=False, share=4.2),
        Column(_("Sumber"), is_number=False, share=1.8),
    )
    formulas = Table(Sheet.FORMULAS, _("Rumus dan versinya"), columns, rows)
    blocks: list[Block] = [formulas, *_closed(said), *_days_off(found)]
    return (Section("metode", _("Metode, rumus, hari libur"), method, tuple(blocks)),)


def _closed(said: dict[str, Any]) -> list[Block]:
    rows = [said["closed"]] if said["closed"] else []
    rows += [row for row in said["months_closed"] if row not in rows]
    if not rows:
        return []
    zone = said["agency"]["timezone"]
    cells = tuple(
        (
            text(row["period"]),
            whole(row["version"]),
            text(waktu_pendek(moment(row["closed_at"]), zone)),
            text(row["checksum"]),
        )
        for row in rows
    )
    columns = (
        Column(_("Periode"), is_number=False, share=0.8),
        Column(_("Versi"), share=0.5),
        Column(_("Ditutup"), is_number=False, share=1.8),
        Column("SHA-256", is_number=False, share=3.4),
    )
    return [Table(Sheet.CLOSED, _("Periode yang sudah ditutup"), columns, cells)]


def _days_off(found: dict[str, Any]) -> list[Block]:
    cells = tuple(
        (
            text(tanggal_surat(day(row["day"]))),
            text(row["name"]),
            text(str(names.DAY_OFF.get(row["kind"], row["kind"]))),
        )
        for row in found["days_off"]
    )
    if not cells:
        return []
    columns = (
        Column(_("Hari"), is_number=False, share=1.2),
        Column(_("Nama"), is_number=False, share=3),
        Column(_("Jenis"), is_number=False, share=1),
    )
    note = _("Kalender versi %(version)s.") % {"version": found["calendar"]}
    return [Table(Sheet.DAYS_OFF, _("Hari yang berbeda dari hari biasa"), columns, cells, (note,))]
