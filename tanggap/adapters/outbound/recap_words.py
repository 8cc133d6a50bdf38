"""A recap in words: cover, summary, sections, signature and annex, made of what is kept of it."""

from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tanggap.adapters.outbound import recap_names as names
from tanggap.adapters.outbound import recap_offices, recap_sections, recap_summary, recap_topics
from tanggap.adapters.outbound.recap_document import Column, Document, Section, Sheet, Table, day, moment, text
from tanggap.templatetags.tanggap import tanggal_surat, waktu

_DOTS: Final = "…" * 12


def link(said: dict[str, Any]) -> str:
    """Return the address of the page on which each number can be checked."""
    return f"{settings.PUBLIC_URL}/rekap/{said['agency']['slug']}/{said['period']['name']}"


def document(said: dict[str, Any], mark: str, signed: dict[str, str] | None = None) -> Document:
    """Return a recap in words of the language that is spoken now.

    `mark` is the hash of its content; `signed` is what was typed of who signs: place, title, name.
    """
    agency, period = said["agency"]["name"], names.stretch(said["period"])
    title = names.title(said["period"])
    sections = [
        recap_sections.received(said),
        recap_sections.in_time(said),
        recap_sections.followed_up(said),
        recap_sections.guarded(said),
        recap_sections.rated(said),
        recap_offices.by_office(said),
        recap_offices.by_government(said),
        recap_topics.by_category(said),
        recap_topics.come_again(said),
        recommended(said),
    ]
    return Document(
        language=(get_language() or "id")[:2],
        title=title,
        agency=agency,
        period=period,
        site=settings.SITE_NAME,
        demo=_("Data contoh (sintetis)") if said["is_demo"] else "",
        state="" if said["period"]["is_over"] else _("Sementara: periode belum selesai"),
        facts=_facts(said, mark),
        summary=tuple(recap_summary.sentences(said)),
        sections=tuple(one for one in sections if one is not None),
        annex=recap_offices.annex(said),
        signed=_signed(said, signed or {}),
        signed_title=_("Pengesahan"),
        summary_title=_("Ringkasan"),
        annex_title=_("Lampiran"),
        link=link(said),
        link_words=_("Setiap angka dapat diperiksa di alamat ini."),
        footer=f"{title} · {agency} · {period}",
    )


def recommended(said: dict[str, Any]) -> Section | None:
    """Return what evaluators recommended, with its due day and whether it is done; None where there is nothing."""
    rows = tuple(
        (
            text(f"{one['body']} {one['year']}"),
            text(" ".join(one["text"].split())),
            text(one["unit"] or said["agency"]["name"]),
            text(tanggal_surat(day(one["due_on"]))),
            text(_("selesai") if one["is_done"] else _("belum selesai")),
        )
        for one in said["recommendations"]
    )
    if not rows:
        return None
    columns = (
        Column(_("Penilaian"), is_number=False, share=1.6),
        Column(_("Rekomendasi"), is_number=False, share=3.6),
        Column(_("Penanggung jawab"), is_number=False, share=1.8),
        Column(_("Tenggat"), is_number=False, share=1.2),
        Column(_("Keadaan"), is_number=False),
    )
    note = _("“Selesai” bila evaluator menerimanya.")
    table = Table(Sheet.RECOMMENDATIONS, _("Rekomendasi dan keadaannya"), columns, rows, (note,))
    return Section("rekomendasi", _("Rekomendasi evaluator"), (), (table,))


def _facts(said: dict[str, Any], mark: str) -> tuple[tuple[str, str], ...]:
    zone = said["agency"]["timezone"]
    closed = said["closed"]
    found = [
        (_("Laporan yang diterima"), names.days(said["period"])),
        (_("Angka dihitung"), waktu(moment(said["computed_at"]), zone)),
        (_("Rekap dibuat"), waktu(moment(said["made_at"]), zone)),
        (_("Batas waktu menurut"), said["annex"]["policy"]),
    ]
    if closed is not None:
        words = _("versi %(version)s, ditutup %(at)s") % {
            "version": closed["version"],
            "at": waktu(moment(closed["closed_at"]), zone),
        }
        found += [(_("Angka yang dibekukan"), words), (_("Tanda periode (SHA-256)"), closed["checksum"])]
    else:
        found.append((_("Angka yang dibekukan"), _("belum: periode ini belum ditutup")))
    found.append((_("Tanda rekap ini (SHA-256)"), mark))
    return tuple(found)


def _signed(said: dict[str, Any], signed: dict[str, str]) -> tuple[str, ...]:
    on = tanggal_surat(moment(said["made_at"]), said["agency"]["timezone"])
    place = signed.get("place") or _DOTS
    title = signed.get("title") or _("Pimpinan %(agency)s").replace("%(agency)s", said["agency"]["name"])
    return (f"{place}, {on}", title, signed.get("name") or "")
