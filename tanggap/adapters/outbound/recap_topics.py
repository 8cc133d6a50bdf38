"""The sections of a recap about what was reported: categories, where they happen, and what comes again."""

from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.adapters.outbound.recap_document import (
    NONE,
    Block,
    Chart,
    Column,
    Section,
    Sheet,
    Table,
    bars,
    day,
    most,
    noted,
    spoken,
    text,
    whole,
)
from tanggap.adapters.outbound.recap_sections import as_of, crossed, crossed_columns
from tanggap.templatetags.tanggap import tanggal_surat

_TOP: Final = 10


def by_category(said: dict[str, Any]) -> Section:
    """Return what reports are about, and of a province in which of its regions."""
    title = _("Menurut masalah dan wilayah")
    if said["period"]["size"] == "week":
        return Section("masalah", title, (_("Angka per kategori dihitung menurut bulan. Lihat rekap bulanannya."),))
    blocks: list[Block] = []
    rows = said["categories"]
    if rows:
        shown = bars([(spoken(one["names"]), one["told"]["volume"]["n"]) for one in rows[:_TOP]])
        caption = _("Sepuluh masalah yang paling sering dilaporkan")
        if len(rows) < _TOP:
            caption = _("Masalah yang dilaporkan")
        alt = f"{caption}: " + "; ".join(f"{one.label} {one.text}" for one in shown)
        blocks.append(Chart("rows", caption, alt, shown, most(shown)))
        cells = [(text(spoken(one["names"])), *crossed(one["told"])) for one in rows]
        left = said["whole"]["volume"]["n"] - sum(one["told"]["volume"]["n"] for one in rows)
        rest = _("Belum berkategori: %(n)s laporan.") % {"n": whole(left).text} if left > 0 else ""
        columns = (Column(_("Kategori"), is_number=False, share=3.4), *crossed_columns())
        blocks.append(
            Table(Sheet.CATEGORIES, _("Menurut kategori"), columns, tuple(cells), noted(cells, rest, as_of(said)))
        )
    if said["matrix"] and said["matrix"]["rows"]:
        blocks.append(_matrix(said))
    words = () if blocks else (_("Tidak ada laporan berkategori dalam periode ini."),)
    return Section("masalah", title, words, tuple(blocks))


def _matrix(said: dict[str, Any]) -> Table:
    found = said["matrix"]
    columns = (
        Column(_("Kategori"), is_number=False, share=3),
        *(Column(region["name"].replace("Kabupaten ", "Kab. ")) for region in found["regions"]),
        Column(_("Semua")),
    )
    rows = [
        (text(spoken(row["names"])), *(whole(n) for n in row["counts"]), whole(sum(row["counts"])))
        for row in found["rows"]
    ]
    sums = [sum(row["counts"][place] for row in found["rows"]) for place in range(len(found["regions"]))]
    rows.append((text(_("Semua")), *(whole(n) for n in sums), whole(sum(sums))))
    note = _("Laporan menurut tempat kejadiannya, kepada instansi mana pun.")
    caption = _("Kategori menurut wilayah")
    notes = tuple(filter(None, (note, as_of(said))))
    return Table(Sheet.MATRIX, caption, columns, tuple(rows), notes, has_total=True)


def come_again(said: dict[str, Any]) -> Section | None:
    """Return the problems that come again, with what is planned against each; None where there is nothing.

    A recap of before they were told has none.
    """
    rows = tuple(
        (
            text(spoken(one["category"])),
            text(one["district"]),
            text(one["unit"] or said["agency"]["name"]),
            whole(one["count"]),
            text(" ".join(one["plan"].split()) if one["plan"] else _("belum ada")),
            text(tanggal_surat(day(one["done_on"])) if one["done_on"] else NONE),
        )
        for one in said.get("problems", ())
    )
    if not rows:
        return None
    columns = (
        Column(_("Masalah"), is_number=False, share=1.8),
        Column(_("Kecamatan"), is_number=False, share=1.4),
        Column(_("Penanggung jawab"), is_number=False, share=1.8),
        Column(_("Laporan"), share=0.8),
        Column(_("Rencana"), is_number=False, share=2.8),
        Column(_("Selesai paling lambat"), is_number=False, share=1.3),
    )
    note = _("Laporan: yang terbit dalam bulan-bulan ditemukannya masalah itu. Keadaan saat rekap dibuat.")
    table = Table(Sheet.PROBLEMS, _("Masalah berulang dan rencananya"), columns, rows, (note,))
    return Section("berulang", _("Masalah yang berulang"), (), (table,))
