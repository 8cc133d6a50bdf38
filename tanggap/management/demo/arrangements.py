"""What offices have arranged for their own work: canned texts, lists, decrees, leave, and their assessment."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from tanggap.domain.actors import Officer, System
from tanggap.domain.queues import Secrecy
from tanggap.management.demo import assessments, comments, problems
from tanggap.management.demo import corpus_templates as texts
from tanggap.management.demo.offices import AUDITORS, NATIONAL, PROVINCE, Offices
from tanggap.management.demo.profile import ZONE
from tanggap.management.demo.steps import Stage
from tanggap.selectors import administration, agencies, saved_views
from tanggap.services import decrees, duty, templates
from tanggap.services import saved_views as views
from tanggap.services.decrees import NewDecree
from tanggap.services.templates import Content

_REGENCY: Final = "kab-tangerang"  # it has no decree: its admin and the national admin read so
_DAY: Final = timedelta(days=1)


def arrange(stage: Stage) -> None:
    """Arrange everything once, at the end of the play: what is there is left as it is."""
    assessments.play(stage)
    problems.play(stage)
    comments.play(stage)
    admin = stage.offices.admin(PROVINCE)
    if saved_views.of_desk(viewer=admin):
        return
    now = stage.clockwork.last_office_moment()
    with transaction.atomic():
        _write_texts(stage.offices, now)
        _keep_lists(stage.offices, now)
        _enter_decrees(stage.offices, now)
        _go_on_leave(stage.offices, stage.clockwork.end, now)


def _write_texts(offices: Offices, now: datetime) -> None:
    day = now.astimezone(ZONE).date() - 90 * _DAY
    for home, rows in ((PROVINCE, texts.PROVINCE_TEXTS), (_REGENCY, texts.REGENCY_TEXTS)):
        for unit, kind, name, text in rows:
            writer: Officer = offices.unit_officer(home, unit) if unit else offices.admin(home)
            templates.save(actor=writer, content=Content(kind, name, text, day), now=now)


def _keep_lists(offices: Offices, now: datetime) -> None:
    """Own lists, and those that an office shares, for everybody who can sign in at a desk."""
    admin, roads = offices.admin(PROVINCE), offices.unit_officer(PROVINCE, "dpupr")
    school, auditor = offices.unit_officer(PROVINCE, "dindikbud"), offices.unit_officer(PROVINCE, AUDITORS)
    lists: tuple[tuple[Officer, str, dict[str, str], bool], ...] = (
        (admin, "Terlambat di Lebak", {"terlambat": "ya", "wilayah": "36.02"}, False),
        (admin, "Pengaduan yang dirahasiakan", {"antrean": "unit", "kerahasiaan": Secrecy.CONFIDENTIAL.value}, True),
        (admin, "Lama tidak bergerak", {"antrean": "unit", "tidak-bergerak": "ya"}, True),
        (roads, "Janji yang lewat tanggalnya", {"janji-lewat": "ya"}, False),
        (roads, "Rapat mingguan", {"tanda": "rapat mingguan"}, True),
        (school, "Dibuka lagi oleh pelapor", {"antrean": "unit", "dibuka-lagi": "ya"}, True),
        (auditor, "Berkadar pengawasan, terbaru", {"antrean": "pengawasan", "urut": "terbaru"}, False),
        (offices.admin(NATIONAL), "Terlambat di semua instansi", {"antrean": "semua", "terlambat": "ya"}, False),
    )
    for owner, name, said, is_shared in lists:
        views.keep(actor=owner, name=name, said=said, is_shared=is_shared, now=now)


def _enter_decrees(offices: Offices, now: datetime) -> None:
    """Give every agency that works here a decree but one; that of the province leaves some units out."""
    today = now.astimezone(ZONE).date()
    for number, row in enumerate(administration.standings(viewer=System(), on=today), start=1):
        slug, begins = row.agency.slug, date(today.year - 1, 1, 2)
        if row.has_decree or slug == _REGENCY:
            continue
        units = [one.pk for one in agencies.units(row.agency.pk) if one.slug not in texts.UNNAMED]
        said = NewDecree(
            number=f"000/{number:03d}-CONTOH/{begins.year}",
            signer=texts.SIGNER,
            issued_on=begins,
            valid_from=begins,
            # That of the province ends soon, so that somebody has to write the next.
            valid_to=today + (21 if slug == PROVINCE else 400) * _DAY,
            covers_agency=slug != PROVINCE,
            units=units if slug == PROVINCE else (),
        )
        decrees.enter(actor=offices.admin(slug), agency_id=row.agency.pk, said=said, now=now)


def _go_on_leave(offices: Offices, end: datetime, now: datetime) -> None:
    """One is away with a deputy, one without, one goes next week."""
    today, admin = end.astimezone(ZONE).date(), offices.admin(PROVINCE)
    second = offices.admin(PROVINCE, seat=1).user_id
    away: tuple[tuple[int, int, int, int | None], ...] = (
        (offices.unit_officer(PROVINCE, "dinkes").user_id, -1, 6, second),
        (offices.unit_officer(PROVINCE, "dishub").user_id, 0, 3, None),
        (offices.operator(PROVINCE, "dpupr").user_id, 7, 11, offices.unit_officer(PROVINCE, "dpupr").user_id),
    )
    for user_id, first, last, deputy in away:
        duty.enter_absence(
            actor=admin,
            user_id=user_id,
            first_day=today + first * _DAY,
            last_day=today + last * _DAY,
            deputy_id=deputy,
            now=now,
        )
