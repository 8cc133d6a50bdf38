"""Every address × every person × GET and POST, against real reports: what is not in the table is forbidden by it.

The table is read from the law's permission matrix, not from the code. An address that the resolver knows and
the table does not is a failure, so nobody adds a page without saying who may open it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from tanggap.models import Agency
from tests import make
from tests.world import KINDS, OFFICERS, ROLES, WATCHERS, World, build

pytestmark = pytest.mark.django_db

type Statuses = int | Mapping[str, int]

SIGNED_IN = OFFICERS | WATCHERS | {"no_office"}
ADMINS = frozenset({"admin", "other_admin", "national"})
TRACKING = frozenset({"reporter", "other_reporter"})
SIGN_IN, GONE, WRONG_METHOD = 302, 404, 405

# Who reads a report on the desk (DOMAIN 1.9): its unit unless it is named, its admin, the national admin, and the
# inspectorate where it is supervisory. Everybody else gets what an unknown number gets.
READERS = {
    "public": {"liaison", "operator", "named", "admin", "national"},
    "secret": {"liaison", "operator", "admin", "national", "auditor"},
    "unverified": {"admin", "national"},
    "stub": {"liaison", "operator", "named", "admin", "national"},
    "late": {"other_admin", "national"},
}
# Who verifies in the place of a late agency opens what that needs, and nothing else (ADR 0039).
STANDING_IN = "admin"


# Who looks at a report and does not work on it: the head of its unit, and of overseers those over its agency, where it
# is not secret. Evaluators and the Ombudsman know of none that was not published or handed over.
WATCHING = {
    "public": {"head", "regional", "overseer"},
    "secret": {"head"},
    "unverified": {"regional", "overseer"},
    "stub": {"head", "regional", "overseer"},
    "late": {"regional", "overseer"},
}


def each(default: int, **others: int) -> dict[str, int]:
    """Return a status for every role: the default, but for the groups and roles that are named."""
    groups = {"signed_in": SIGNED_IN, "officers": OFFICERS, "watchers": WATCHERS, "tracking": TRACKING}
    groups["admins"] = ADMINS
    made = dict.fromkeys(ROLES, default)
    for name, status in others.items():
        made |= dict.fromkeys(groups.get(name, {name}), status)
    return made


@dataclass(frozen=True)
class Row:
    """What an address answers, by method."""

    get: Statuses
    post: Statuses
    data: Mapping[str, str] | None = None  # what is posted


EVERYBODY_READS = Row(200, WRONG_METHOD)
OWN_ACCOUNT = Row(each(SIGN_IN, signed_in=200), each(SIGN_IN, signed_in=422))
# A stolen session must not change the second factor: the password is asked for again first.
PASSWORD_AGAIN = Row(SIGN_IN, SIGN_IN)


def looked_at(*roles: str) -> Row:
    """Return the row of a page for some of those who only look."""
    return Row(
        each(SIGN_IN, officers=GONE, watchers=GONE, no_office=GONE) | each_of(roles, 200),
        each(SIGN_IN, officers=GONE, watchers=WRONG_METHOD, no_office=GONE),
    )


def each_of(roles: Iterable[str], status: int) -> dict[str, int]:
    """Return a status for these roles and groups alone."""
    return dict.fromkeys((role for name in roles for role in (WATCHERS if name == "watchers" else {name})), status)


READ_ON_DESK = Row(
    each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE),
    each(SIGN_IN, officers=WRONG_METHOD, watchers=GONE, no_office=GONE),
)
FOR_ADMINS = {"admin": 422, "other_admin": 422, "national": 422}
# A kept list is changed by its owner, and nobody of these has any.
OTHERS_VIEW = Row(
    each(SIGN_IN, officers=WRONG_METHOD, watchers=GONE, no_office=GONE),
    each(SIGN_IN, signed_in=GONE),
)
# A job is seen by who asked for it alone, and nobody of these has asked for any.
OTHERS_JOB = Row(
    each(SIGN_IN, signed_in=GONE),
    each(SIGN_IN, officers=WRONG_METHOD, watchers=GONE, no_office=GONE),
)
EDITORS = each(SIGN_IN, signed_in=GONE, admin=200, national=200)
# A liaison officer is shown the own unit and those below it.
LIAISONS = ("liaison", "named", "other_liaison")
EDITORS_IN_PART = EDITORS | dict.fromkeys(LIAISONS, 200)
POSTED_IN_PART = each(SIGN_IN, signed_in=GONE, admin=422, national=422) | dict.fromkeys(LIAISONS, 422)
# Whoever holds an office is told that the method is wrong before anything else is looked at.
EDITOR_READS = each(SIGN_IN, officers=WRONG_METHOD, watchers=GONE, no_office=GONE)

# Who writes templates: an operator only uses them.
WRITERS_OF_TEMPLATES = Row(
    each(SIGN_IN, officers=200, operator=GONE, watchers=GONE, no_office=GONE),
    each(SIGN_IN, officers=422, operator=GONE, watchers=GONE, no_office=GONE),
)

PLAIN: dict[str, Row] = {
    "": EVERYBODY_READS,
    "tentang": EVERYBODY_READS,
    "privasi": EVERYBODY_READS,
    "aksesibilitas": EVERYBODY_READS,
    "sehat": EVERYBODY_READS,
    "robots.txt": EVERYBODY_READS,
    "sitemap.xml": EVERYBODY_READS,
    "sitemap-halaman.xml": EVERYBODY_READS,
    r"^sitemap-(?P<year>\d{4})-(?P<number>\d{2})-(?P<page>\d{1,4})\.xml$": EVERYBODY_READS,
    "laporan": EVERYBODY_READS,
    "wilayah/titik.json": EVERYBODY_READS,
    "laporan.atom": EVERYBODY_READS,
    "peta": EVERYBODY_READS,
    # Nothing was published in this world.
    "rekap": EVERYBODY_READS,
    "rekap/<slug:slug>/<slug:period>": Row(GONE, WRONG_METHOD),
    "rekap/<slug:slug>/<slug:period>.pdf": Row(GONE, WRONG_METHOD),
    "rekap/<slug:slug>/<slug:period>.xlsx": Row(GONE, WRONG_METHOD),
    "rekap/<slug:slug>/<slug:period>.json": Row(GONE, WRONG_METHOD),
    "catatan-moderasi": EVERYBODY_READS,
    "data-terbuka": EVERYBODY_READS,
    "data-terbuka/kamus": EVERYBODY_READS,
    # There is no package yet.
    "data-terbuka/open311.csv": Row(GONE, WRONG_METHOD),
    "data-terbuka/<slug:name>/<path:path>": Row(GONE, WRONG_METHOD),
    "instansi": EVERYBODY_READS,
    "instansi/<slug:slug>": EVERYBODY_READS,
    "instansi/<slug:slug>/<slug:unit_slug>": EVERYBODY_READS,
    "masalah-berulang": EVERYBODY_READS,
    "penilaian/<int:number>/<slug:slug>": Row(GONE, WRONG_METHOD),  # nothing was told in this world
    "penilaian": EVERYBODY_READS,
    "statistik": EVERYBODY_READS,
    "statistik.csv": EVERYBODY_READS,
    "statistik/laporan.csv": EVERYBODY_READS,
    "statistik/rumus": EVERYBODY_READS,
    "perbandingan": EVERYBODY_READS,
    "perbandingan.csv": EVERYBODY_READS,
    "wilayah/<str:code>": EVERYBODY_READS,
    "kategori/<str:code>": EVERYBODY_READS,
    "statistik/rumus/<slug:code>": EVERYBODY_READS,
    "instansi/<slug:slug>/kartu": EVERYBODY_READS,
    "instansi/<slug:slug>/<slug:unit_slug>/kartu": EVERYBODY_READS,
    "hitung-tenggat": EVERYBODY_READS,
    "catatan": EVERYBODY_READS,
    "catatan/kunci.json": EVERYBODY_READS,
    "catatan/feed.atom": EVERYBODY_READS,
    # Nothing was signed in this world.
    "catatan/checkpoint/latest.json": Row(GONE, WRONG_METHOD),
    "catatan/checkpoint/<int:size>.json": Row(GONE, WRONG_METHOD),
    "catatan/checkpoint/<int:size>.tsr": Row(GONE, WRONG_METHOD),
    "catatan/bukti/inklusi": Row(422, WRONG_METHOD),
    "catatan/bukti/konsistensi": Row(422, WRONG_METHOD),
    "catatan/tanda-terima": Row(200, 422),
    "bahasa": Row(WRONG_METHOD, 302, {"language": "id"}),
    "meja/draf": READ_ON_DESK,
    "meja/disebut": READ_ON_DESK,
    "meja/templat": READ_ON_DESK,
    "meja/templat/baru": WRITERS_OF_TEMPLATES,
    "meja/templat/<slug:key>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),  # no such one
    "lapor": Row(200, 422),
    "lapor/wilayah": EVERYBODY_READS,
    "lapor/tanda-terima": Row(302, WRONG_METHOD),  # nobody of these has just sent a report
    "lapor/tanda-terima.pdf": Row(302, WRONG_METHOD),
    "lacak": Row(200, 422),
    "lacak/keluar": Row(WRONG_METHOD, 302),
    "lacak/bagian": Row(WRONG_METHOD, 404),  # none of these reports was divided
    "lacak/surel": Row(WRONG_METHOD, 302),
    "surel/<str:signed>": Row(GONE, GONE),  # a link that nobody was sent
    # The account of a citizen: nobody of these has one, an officer's session is none.
    "saya": Row(302, 302),
    "saya/masuk": Row(200, 422),
    "saya/kode": Row(302, 302),  # only between address and code
    "saya/keluar": Row(WRONG_METHOD, 302),
    "saya/tambah": Row(302, 302),
    "saya/laporan/buka": Row(302, 302),
    "saya/laporan/lepas": Row(302, 302),
    "saya/kawalan": Row(302, 302),
    "saya/komentar": Row(302, 302),
    "saya/pengaturan": Row(302, 302),
    "saya/keluar-lain": Row(302, 302),
    "saya/data": Row(302, 302),
    "saya/hapus": Row(302, 302),
    "masuk": Row(each(200, signed_in=302), each(422, signed_in=302)),
    "masuk/kode": Row(302, 302),  # only between password and code
    "keluar": Row(302, 302),
    "akun": Row(each(SIGN_IN, signed_in=200), each(SIGN_IN, signed_in=WRONG_METHOD)),
    "akun/jabatan": Row(each(SIGN_IN, signed_in=200, no_office=GONE), each(SIGN_IN, signed_in=422, no_office=GONE)),
    # Every admin of these has a second factor; whoever is no admin may read what it is for.
    "akun/langkah-kedua": Row(
        each(SIGN_IN, signed_in=200, admins=302, no_office=GONE),
        each(SIGN_IN, signed_in=WRONG_METHOD),
    ),
    "masuk/kunci-sandi": Row(each(200, signed_in=302), each(302)),  # what the browser signs; a key that is none
    "masuk/direktori/<slug:key>": Row(GONE, WRONG_METHOD),  # this installation knows no directory
    "masuk/direktori/<slug:key>/kembali": Row(GONE, WRONG_METHOD),
    "akun/direktori/lepas": Row(WRONG_METHOD, SIGN_IN),
    "akun/kunci-sandi": Row(each(SIGN_IN, signed_in=200), each(SIGN_IN, signed_in=WRONG_METHOD)),
    "akun/kunci-sandi/baru": PASSWORD_AGAIN,
    "akun/kunci-sandi/<int:pk>/nama": PASSWORD_AGAIN,
    "akun/kunci-sandi/<int:pk>/hapus": PASSWORD_AGAIN,
    "akun/pastikan/kunci-sandi": Row(SIGN_IN, SIGN_IN),  # nobody of these has a passkey
    "akun/cuti": Row(
        each(SIGN_IN, officers=GONE, watchers=200, no_office=GONE),
        each(SIGN_IN, officers=GONE, watchers=422, no_office=GONE),
    ),
    "akun/perangkat": Row(each(SIGN_IN, signed_in=200), each(SIGN_IN, signed_in=GONE)),
    "undangan/<str:signed>": Row(GONE, GONE),  # a link that nobody was sent
    "kata-sandi/<str:signed>": Row(GONE, GONE),  # as above
    "akun/bahasa": Row(each(WRONG_METHOD), each(SIGN_IN, signed_in=302), {"language": "id"}),
    "akun/kata-sandi": OWN_ACCOUNT,
    "akun/pastikan": OWN_ACCOUNT,
    # Of these the admins alone have a second factor, without which they would do nothing.
    "akun/pastikan/kode": Row(each(SIGN_IN, admins=200), each(SIGN_IN, admins=422)),
    "akun/dua-langkah": PASSWORD_AGAIN,
    "akun/dua-langkah/matikan": Row(
        each(SIGN_IN, signed_in=GONE, admins=SIGN_IN), each(SIGN_IN, signed_in=GONE, admins=SIGN_IN)
    ),
    "akun/kode-pemulihan": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=WRONG_METHOD)),
    "akun/kode-pemulihan/baru": PASSWORD_AGAIN,
    "meja": Row(
        each(SIGN_IN, officers=200, watchers=302, no_office=GONE),  # who looks is led to the own first page
        each(SIGN_IN, officers=WRONG_METHOD, watchers=302, no_office=GONE),
    ),
    "meja/ekspor": Row(  # a form that is sent without an answer
        each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE),
        each(SIGN_IN, officers=422, watchers=GONE, no_office=GONE),
    ),
    # Who may hand in for a citizen speaks for the office: an operator does not (DOMAIN 1.9).
    "meja/loket": Row(
        each(SIGN_IN, officers=200, operator=GONE, watchers=GONE, no_office=GONE),
        each(SIGN_IN, officers=422, operator=GONE, watchers=GONE, no_office=GONE),
    ),
    # Nobody of these has just typed a report in.
    "meja/loket/tanda-terima": Row(
        each(SIGN_IN, officers=302, operator=GONE, watchers=GONE, no_office=GONE),
        each(WRONG_METHOD, anyone=SIGN_IN, tracking=SIGN_IN, watchers=GONE, no_office=GONE),
    ),
    # Nobody of these typed anything when the session was over.
    "meja/loket/lanjut/<str:key>": Row(
        each(SIGN_IN, officers=302, operator=GONE, watchers=GONE, no_office=GONE),
        each(WRONG_METHOD, anyone=SIGN_IN, tracking=SIGN_IN, watchers=GONE, no_office=GONE),
    ),
    "meja/loket/tanda-terima.pdf": Row(
        each(SIGN_IN, officers=302, operator=GONE, watchers=GONE, no_office=GONE),
        each(WRONG_METHOD, anyone=SIGN_IN, tracking=SIGN_IN, watchers=GONE, no_office=GONE),
    ),
    # A sheet that is sent without a file; nobody of these has sent one before.
    "meja/impor": Row(
        each(SIGN_IN, officers=200, operator=GONE, watchers=GONE, no_office=GONE),
        each(SIGN_IN, officers=422, operator=GONE, watchers=GONE, no_office=GONE),
    ),
    "meja/impor/contoh/<slug:what>/<slug:form>": Row(
        each(SIGN_IN, officers=200, operator=GONE, watchers=GONE, no_office=GONE), EDITOR_READS
    ),
    "meja/impor/<slug:key>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "meja/impor/<slug:key>/arti": Row(EDITOR_READS, each(SIGN_IN, signed_in=GONE)),
    "meja/impor/<slug:key>/perbaiki/<slug:form>": OTHERS_JOB,
    "meja/massal": Row(
        each(SIGN_IN, officers=302, watchers=GONE, no_office=GONE),  # officers go to the desk
        each(SIGN_IN, officers=422, watchers=GONE, no_office=GONE),
        {"massal": "tandai"},
    ),
    "meja/massal/<slug:key>": OTHERS_JOB,
    "meja/massal/<slug:key>/batal": Row(
        each(WRONG_METHOD, anyone=SIGN_IN, tracking=SIGN_IN, watchers=GONE, no_office=GONE),
        each(SIGN_IN, signed_in=GONE),
    ),
    "meja/cari": Row(  # only admins may look for a person, and must say whom and why
        each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE),
        each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE) | FOR_ADMINS,
    ),
    "meja/tampilan": Row(  # a name is missing
        each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE),
        each(SIGN_IN, officers=422, watchers=GONE, no_office=GONE),
    ),
    "meja/tampilan/<slug:key>": OTHERS_VIEW,
    "meja/tampilan/<slug:key>/hapus": OTHERS_VIEW,
    "meja/pekerjaan/<slug:key>": OTHERS_JOB,
    "meja/pekerjaan/<slug:key>/berkas": OTHERS_JOB,
    # The editor is the admins': of the own agency, the national admin of all.
    "meja/organisasi": Row(
        each(SIGN_IN, signed_in=GONE, national=200, admin=302, other_admin=302) | dict.fromkeys(LIAISONS, 302),
        EDITOR_READS,
    ),
    "meja/organisasi/<slug:agency>": Row(EDITORS_IN_PART, EDITOR_READS),
    "meja/organisasi/<slug:agency>/kontak": Row(EDITORS, each(SIGN_IN, signed_in=GONE, admin=422, national=422)),
    "meja/organisasi/<slug:agency>/catatan": Row(EDITORS, EDITOR_READS),
    "meja/organisasi/<slug:agency>/akses": Row(EDITORS, EDITOR_READS),
    "meja/organisasi/<slug:agency>/nota-dinas": Row(EDITORS, each(SIGN_IN, signed_in=GONE, admin=422, national=422)),
    "meja/organisasi/<slug:agency>/komentar": Row(EDITORS, each(SIGN_IN, signed_in=GONE, admin=422, national=422)),
    "meja/organisasi/<slug:agency>/unit": Row(EDITORS_IN_PART, POSTED_IN_PART),
    "meja/organisasi/<slug:agency>/unit/<slug:unit>": Row(
        EDITORS_IN_PART | {"other_liaison": GONE},
        POSTED_IN_PART | {"other_liaison": GONE},  # of another unit
    ),
    "meja/organisasi/<slug:agency>/sk": Row(EDITORS, each(SIGN_IN, signed_in=GONE, admin=422, national=422)),
    "meja/organisasi/<slug:agency>/sk/<int:decree>/berkas": Row(each(SIGN_IN, signed_in=GONE), EDITOR_READS),
    "meja/organisasi/<slug:agency>/undangan": Row(EDITORS_IN_PART, POSTED_IN_PART),
    "meja/organisasi/<slug:agency>/petugas": Row(EDITORS_IN_PART, EDITOR_READS),
    "meja/organisasi/<slug:agency>/petugas/<str:key>": Row(
        each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)
    ),
    "meja/organisasi/<slug:agency>/petugas/<str:key>/akun/<slug:deed>": Row(
        each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)
    ),
    # An agency admin fills in for the own agency; of the rest nobody has a round here.
    "meja/penilaian": Row(each(SIGN_IN, signed_in=GONE, admin=200, other_admin=200), EDITOR_READS),
    "meja/penilaian/<int:number>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "meja/penilaian/<int:number>/berkas/<slug:key>": Row(each(SIGN_IN, signed_in=GONE), EDITOR_READS),
    # Recaps are made by admins, and by those who look after whole agencies; nobody of these has asked for any.
    "meja/rekap": Row(each(SIGN_IN, signed_in=GONE, admins=200), each(SIGN_IN, signed_in=GONE, admins=422)),
    "meja/rekap/<slug:key>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "meja/rekap/<slug:key>/<slug:kind>": OTHERS_JOB,
    # Who speaks for an office decides; what was posted names no comment.
    "meja/komentar": Row(
        each(SIGN_IN, officers=200, operator=GONE, watchers=GONE, no_office=GONE), each(SIGN_IN, signed_in=GONE)
    ),
    "meja/masalah-berulang": Row(  # only admins set the rule
        each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE),
        each(SIGN_IN, signed_in=GONE, admins=422),
    ),
    "meja/masalah-berulang/<int:number>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "meja/penilaian/rekomendasi": Row(each(SIGN_IN, signed_in=GONE, admin=200, other_admin=200), EDITOR_READS),
    "meja/penilaian/rekomendasi/<int:number>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "meja/penilaian/rekomendasi/<int:number>/berkas/<slug:key>": Row(each(SIGN_IN, signed_in=GONE), EDITOR_READS),
    "meja/terlambat": Row(
        each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE),
        each(SIGN_IN, officers=WRONG_METHOD, watchers=GONE, no_office=GONE),
    ),
    "meja/jaga": Row(
        each(SIGN_IN, officers=200, watchers=GONE, no_office=GONE),
        each(SIGN_IN, officers=422, watchers=GONE, no_office=GONE),
    ),
    "meja/jaga/batal": Row(
        each(WRONG_METHOD, anyone=SIGN_IN, tracking=SIGN_IN, watchers=GONE, no_office=GONE),
        each(SIGN_IN, signed_in=GONE),
    ),
    "pengawasan": looked_at("watchers"),
    "pengawasan/angka": looked_at("regional", "overseer", "evaluator", "ombudsman"),
    "pengawasan/contoh": looked_at("evaluator"),
    "pengawasan/panrb": looked_at("regional", "overseer", "evaluator"),
    # Exact counts of secret reports: of those who look, evaluators alone (ADR 0059).
    "pengawasan/rahasia": looked_at("evaluator"),
    "pengawasan/rahasia/<slug:slug>": looked_at("evaluator"),
    "pengawasan/terlambat": looked_at("head", "regional", "overseer"),
    # The Ombudsman reads results where everybody does; an evaluator opens rounds.
    "pengawasan/penilaian": Row(
        each(SIGN_IN, signed_in=GONE, watchers=200, ombudsman=GONE), each(SIGN_IN, signed_in=GONE, evaluator=422)
    ),
    "pengawasan/penilaian/<int:number>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "pengawasan/penilaian/<int:number>/<slug:slug>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "pengawasan/penilaian/<int:number>/<slug:slug>/berkas/<slug:key>": Row(
        each(SIGN_IN, signed_in=GONE), each(SIGN_IN, officers=GONE, watchers=WRONG_METHOD, no_office=GONE)
    ),
    "pengawasan/rekap": Row(
        each(SIGN_IN, signed_in=GONE, regional=200, overseer=200),  # this head is one of a unit
        each(SIGN_IN, signed_in=GONE, regional=422, overseer=422),
    ),
    "pengawasan/rekap/<slug:key>": Row(
        each(SIGN_IN, signed_in=GONE), each(SIGN_IN, officers=GONE, watchers=WRONG_METHOD, no_office=GONE)
    ),
    "pengawasan/rekap/<slug:key>/<slug:kind>": Row(
        each(SIGN_IN, signed_in=GONE), each(SIGN_IN, officers=GONE, watchers=WRONG_METHOD, no_office=GONE)
    ),
    "pengawasan/penilaian/<int:number>/<slug:slug>/rekomendasi": Row(
        each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)
    ),
    "pengawasan/masalah-berulang": looked_at("head", "regional", "overseer", "evaluator"),
    "pengawasan/masalah-berulang/<int:number>": looked_at(),
    "pengawasan/penilaian/rekomendasi": looked_at("head", "regional", "overseer", "evaluator"),
    "pengawasan/penilaian/rekomendasi/<int:number>": Row(each(SIGN_IN, signed_in=GONE), each(SIGN_IN, signed_in=GONE)),
    "pengawasan/penilaian/rekomendasi/<int:number>/berkas/<slug:key>": Row(
        each(SIGN_IN, signed_in=GONE), each(SIGN_IN, officers=GONE, watchers=WRONG_METHOD, no_office=GONE)
    ),
    "pengawasan/massal": Row(
        each(SIGN_IN, officers=GONE, watchers=GONE, no_office=GONE, head=302, regional=302),  # back to the board
        each(SIGN_IN, officers=GONE, watchers=GONE, no_office=GONE, head=422),  # an overseer names an agency
    ),
    "pengawasan/massal/<slug:key>": Row(
        each(SIGN_IN, signed_in=GONE),
        each(SIGN_IN, officers=GONE, watchers=WRONG_METHOD, no_office=GONE),
    ),
    "pengawasan/laporan": looked_at("head"),
    "pengawasan/instansi/<slug:slug>": looked_at("regional", "overseer"),
}

SAMPLES = {
    "penilaian/<int:number>/<slug:slug>": "penilaian/1/kab-tangerang",
    "meja/masalah-berulang/<int:number>": "meja/masalah-berulang/1",
    "pengawasan/masalah-berulang/<int:number>": "pengawasan/masalah-berulang/1",
    "meja/penilaian/<int:number>": "meja/penilaian/1",
    "meja/penilaian/<int:number>/berkas/<slug:key>": "meja/penilaian/1/berkas/0123456789abcdef",
    "pengawasan/penilaian/<int:number>": "pengawasan/penilaian/1",
    "meja/penilaian/rekomendasi/<int:number>": "meja/penilaian/rekomendasi/1",
    "meja/penilaian/rekomendasi/<int:number>/berkas/<slug:key>": (
        "meja/penilaian/rekomendasi/1/berkas/0123456789abcdef"
    ),
    "pengawasan/penilaian/<int:number>/<slug:slug>/rekomendasi": "pengawasan/penilaian/1/kab-tangerang/rekomendasi",
    "pengawasan/penilaian/rekomendasi/<int:number>": "pengawasan/penilaian/rekomendasi/1",
    "pengawasan/penilaian/rekomendasi/<int:number>/berkas/<slug:key>": (
        "pengawasan/penilaian/rekomendasi/1/berkas/0123456789abcdef"
    ),
    "pengawasan/penilaian/<int:number>/<slug:slug>": "pengawasan/penilaian/1/kab-tangerang",
    "pengawasan/penilaian/<int:number>/<slug:slug>/berkas/<slug:key>": (
        "pengawasan/penilaian/1/kab-tangerang/berkas/0123456789abcdef"
    ),
    "rekap/<slug:slug>/<slug:period>": "rekap/pemprov-banten/2026",
    "rekap/<slug:slug>/<slug:period>.pdf": "rekap/pemprov-banten/2026.pdf",
    "rekap/<slug:slug>/<slug:period>.xlsx": "rekap/pemprov-banten/2026.xlsx",
    "rekap/<slug:slug>/<slug:period>.json": "rekap/pemprov-banten/2026.json",
    "meja/rekap/<slug:key>": "meja/rekap/0123456789abcdef0123456789abcdef",
    "meja/rekap/<slug:key>/<slug:kind>": "meja/rekap/0123456789abcdef0123456789abcdef/pdf",
    "pengawasan/rekap/<slug:key>": "pengawasan/rekap/0123456789abcdef0123456789abcdef",
    "pengawasan/rekap/<slug:key>/<slug:kind>": "pengawasan/rekap/0123456789abcdef0123456789abcdef/pdf",
    "meja/loket/lanjut/<str:key>": "meja/loket/lanjut/kunci-isian",
    "meja/impor/contoh/<slug:what>/<slug:form>": "meja/impor/contoh/surat/csv",
    "meja/impor/<slug:key>": "meja/impor/0123456789abcdef0123456789abcdef",
    "meja/impor/<slug:key>/arti": "meja/impor/0123456789abcdef0123456789abcdef/arti",
    "meja/impor/<slug:key>/perbaiki/<slug:form>": "meja/impor/0123456789abcdef0123456789abcdef/perbaiki/csv",
    "meja/massal/<slug:key>": "meja/massal/0123456789abcdef0123456789abcdef",
    "pengawasan/massal/<slug:key>": "pengawasan/massal/0123456789abcdef0123456789abcdef",
    "meja/massal/<slug:key>/batal": "meja/massal/0123456789abcdef0123456789abcdef/batal",
    "meja/tampilan/<slug:key>": "meja/tampilan/0123456789abcdef",
    "meja/tampilan/<slug:key>/hapus": "meja/tampilan/0123456789abcdef/hapus",
    "meja/pekerjaan/<slug:key>": "meja/pekerjaan/0123456789abcdef0123456789abcdef",
    "meja/pekerjaan/<slug:key>/berkas": "meja/pekerjaan/0123456789abcdef0123456789abcdef/berkas",
    "meja/organisasi/<slug:agency>": "meja/organisasi/pemprov-banten",
    "meja/organisasi/<slug:agency>/kontak": "meja/organisasi/pemprov-banten/kontak",
    "meja/organisasi/<slug:agency>/nota-dinas": "meja/organisasi/pemprov-banten/nota-dinas",
    "meja/organisasi/<slug:agency>/komentar": "meja/organisasi/pemprov-banten/komentar",
    "meja/organisasi/<slug:agency>/akses": "meja/organisasi/pemprov-banten/akses",
    "meja/organisasi/<slug:agency>/catatan": "meja/organisasi/pemprov-banten/catatan",
    "meja/organisasi/<slug:agency>/unit": "meja/organisasi/pemprov-banten/unit",
    "meja/organisasi/<slug:agency>/unit/<slug:unit>": "meja/organisasi/pemprov-banten/unit/dpupr",
    "meja/organisasi/<slug:agency>/sk": "meja/organisasi/pemprov-banten/sk",
    "meja/organisasi/<slug:agency>/sk/<int:decree>/berkas": "meja/organisasi/pemprov-banten/sk/1/berkas",
    "catatan/checkpoint/<int:size>.json": "catatan/checkpoint/256.json",
    "catatan/checkpoint/<int:size>.tsr": "catatan/checkpoint/256.tsr",
    "data-terbuka/<slug:name>/<path:path>": "data-terbuka/lengkap/datapackage.json",
    "masuk/direktori/<slug:key>": "masuk/direktori/tidak-ada",
    "masuk/direktori/<slug:key>/kembali": "masuk/direktori/tidak-ada/kembali",
    "akun/kunci-sandi/<int:pk>/nama": "akun/kunci-sandi/1/nama",
    "akun/kunci-sandi/<int:pk>/hapus": "akun/kunci-sandi/1/hapus",
    "undangan/<str:signed>": "undangan/abc:def:ghi",
    "kata-sandi/<str:signed>": "kata-sandi/abc:def:ghi",
    "meja/organisasi/<slug:agency>/undangan": "meja/organisasi/pemprov-banten/undangan",
    "meja/organisasi/<slug:agency>/petugas": "meja/organisasi/pemprov-banten/petugas",
    "meja/organisasi/<slug:agency>/petugas/<str:key>": "meja/organisasi/pemprov-banten/petugas/kunci-orang",
    "meja/organisasi/<slug:agency>/petugas/<str:key>/akun/<slug:deed>": (
        "meja/organisasi/pemprov-banten/petugas/kunci-orang/akun/kunci"
    ),
    "meja/templat/<slug:key>": "meja/templat/tidak-ada",
    r"^sitemap-(?P<year>\d{4})-(?P<number>\d{2})-(?P<page>\d{1,4})\.xml$": "sitemap-2020-07-1.xml",
    "statistik/rumus/<slug:code>": "statistik/rumus/sla_rate",
    "wilayah/<str:code>": "wilayah/36.01",
    "kategori/<str:code>": "kategori/kesehatan",
    "instansi/<slug:slug>": "instansi/pemprov-banten",
    "pengawasan/instansi/<slug:slug>": "pengawasan/instansi/pemprov-banten",
    "pengawasan/rahasia/<slug:slug>": "pengawasan/rahasia/pemprov-banten",
    "instansi/<slug:slug>/<slug:unit_slug>": "instansi/pemprov-banten/dpupr",
    "instansi/<slug:slug>/kartu": "instansi/pemprov-banten/kartu",
    "instansi/<slug:slug>/<slug:unit_slug>/kartu": "instansi/pemprov-banten/dpupr/kartu",
    "surel/<str:signed>": "surel/abc:def:ghi",
}
LEAVES_A_SESSION = {"keluar", "lacak/keluar", "saya/keluar", "akun/pastikan"}


NOT_ON_DESK = each(WRONG_METHOD, anyone=SIGN_IN, tracking=SIGN_IN, watchers=GONE, no_office=GONE)


def desk(kind: str, status: int = 200) -> dict[str, int]:
    """Return what a page of a report on the desk answers: a status to its readers, nothing to the others."""
    return each(SIGN_IN, officers=GONE, watchers=GONE, no_office=GONE) | dict.fromkeys(READERS[kind], status)


BESIDE = {"public": "secret", "secret": "public", "unverified": "public", "stub": "public", "late": "public"}


def both_on_desk(kind: str, status: int = 200) -> dict[str, int]:
    """Return what a page of two reports answers: nothing to who may not know of one of them."""
    closed = each(SIGN_IN, officers=GONE, watchers=GONE, no_office=GONE)
    return closed | dict.fromkeys(READERS[kind] & READERS[BESIDE[kind]], status)


def posted_to_desk(kind: str) -> dict[str, int]:
    """Ask for more secrecy without saying which: refused as incomplete."""
    return desk(kind, 422)


def only_read_on_desk(kind: str) -> Row:
    return Row(desk(kind), NOT_ON_DESK)


NOT_HANDED = each(SIGN_IN, officers=GONE, watchers=GONE, no_office=GONE)


def watched(kind: str) -> Row:
    """A nudge for what is not late, or over, is refused; so is one of whoever may not nudge at all."""
    closed = each(SIGN_IN, officers=GONE, watchers=GONE, no_office=GONE)
    return Row(
        closed | dict.fromkeys(WATCHING[kind], 200),
        closed | dict.fromkeys(WATCHING[kind], 409),
        {"text": "Mohon segera dijawab."},
    )


NOTE = {"catatan-text": "Sudah dilihat.", "catatan-audience": "unit"}


def only_posted_on_desk(kind: str, status: int = 422, data: Mapping[str, str] | None = None) -> Row:
    return Row(NOT_ON_DESK, desk(kind, status), data)


def of_report(kind: str) -> dict[str, Row]:
    """Return the rows of the addresses that name a report or a file of it."""
    public = 200 if kind == "public" else GONE
    mine = each(GONE, reporter=200)
    return {
        "laporan/<str:number>": Row(200 if kind in {"public", "stub"} else GONE, WRONG_METHOD),
        "laporan/<str:number>/tenggat": Row(public, WRONG_METHOD),
        "laporan/<str:number>/kartu.png": Row(public, WRONG_METHOD),
        "laporan/<str:number>/berkas/<str:key>": Row(public, WRONG_METHOD),
        "laporan/<str:number>/berkas/<str:key>/kecil": Row(public, WRONG_METHOD),
        "meja/<str:number>": Row(desk(kind), posted_to_desk(kind), {"tindakan": "set_visibility"}),
        "meja/<str:number>/hadir": only_posted_on_desk(kind, 200),
        # A whole note, and a word taken off that does not hang there: who may not know of it would get through with it.
        "meja/<str:number>/catatan": only_posted_on_desk(kind, 302, NOTE),
        "meja/<str:number>/tanda": only_posted_on_desk(kind, 302, {"lepas": "tidak ada"}),
        "meja/<str:number>/draf/<slug:place>": only_posted_on_desk(kind, 302),
        "meja/<str:number>/templat/<slug:place>": Row(desk(kind), desk(kind, 302)),
        "meja/<str:number>/tenggat": only_read_on_desk(kind),
        # Beside another one, which must be known, too.
        "meja/<str:number>/banding/<str:other>": Row(both_on_desk(kind), both_on_desk(kind, 302)),
        "meja/<str:number>/gabungan": Row(desk(kind), desk(kind, 422)),
        "meja/<str:number>/identitas": only_posted_on_desk(kind),
        "meja/<str:number>/asli": only_posted_on_desk(kind),
        "meja/<str:number>/berkas/<slug:key>": only_read_on_desk(kind),
        "pengawasan/laporan/<str:number>": watched(kind),
        # To this Ombudsman nothing was handed over.
        "pengawasan/penyerahan/<str:number>": Row(NOT_HANDED, NOT_HANDED),
        "pengawasan/penyerahan/<str:number>/berkas": Row(
            NOT_HANDED | dict.fromkeys(WATCHERS, WRONG_METHOD), NOT_HANDED
        ),
        "saya/ikuti/<str:number>": Row(302, 302),
        "saya/alami/<str:number>": Row(302, 302),
        "saya/komentar/<str:number>": Row(302, 302),
        "lacak/laporan": Row(each(302, tracking=200), WRONG_METHOD),
        # No checkpoint covers it yet: the page says so.
        "lacak/laporan/bukti.json": Row(302, WRONG_METHOD),
        "lacak/laporan/tenggat": Row(each(302, tracking=200), WRONG_METHOD),
        # What was verified is not changed any more.
        "lacak/laporan/mengubah": Row(
            each(302, other_reporter=200, reporter=200 if kind == "unverified" else 302), each(403, tracking=422)
        ),
        "lacak/laporan/mencabut": Row(
            each(302, other_reporter=200, reporter=302 if kind == "stub" else 200), WRONG_METHOD
        ),
        "lacak/laporan/menghapus-identitas": Row(each(302, tracking=200), WRONG_METHOD),
        # Without number and code the words wait in the page that asks for both.
        "lacak/laporan/<slug:slug>": Row(WRONG_METHOD, each(403, tracking=422), {"text": "Tanpa nomor urut."}),
        "lacak/berkas/<slug:key>": Row(mine, WRONG_METHOD),
        "lacak/berkas/<slug:key>/kecil": Row(mine, WRONG_METHOD),
    }


def of_late_report() -> dict[str, Row]:
    """Return the rows of the desk for a report that an admin of the province may verify in its agency's place."""
    inside = {route: row for route, row in of_report("late").items() if route.startswith("meja")}
    needed = ("", "/hadir", "/draf/<slug:place>", "/templat/<slug:place>", "/tenggat", "/berkas/<slug:key>")
    for route in (f"meja/<str:number>{end}" for end in needed):
        row = inside[route]
        get, post = dict(row.get), dict(row.post)  # type: ignore[arg-type]
        get[STANDING_IN], post[STANDING_IN] = get["other_admin"], post["other_admin"]
        inside[route] = Row(get, post, row.data)
    return inside


def address(route: str, world: World, kind: str) -> str:
    """Return an address of a pattern: with a real number, a real file of that report."""
    filled = SAMPLES.get(route, route)
    for name, value in {
        "<str:number>": world.reports[kind].number,
        "<str:other>": world.reports[BESIDE[kind]].number,
        "<str:key>": world.files[kind],
        "<slug:key>": world.files[kind],
        "<slug:place>": "request_data",
        "<slug:slug>": "keterangan" if kind != "stub" else "keberatan",
    }.items():
        filled = filled.replace(name, value)
    assert "<" not in filled, f"{route} needs a sample"
    return f"/{filled}"


def routes() -> Iterator[str]:
    """Yield every address that the resolver knows, as its pattern."""

    def walk(patterns: object, prefix: str) -> Iterator[str]:
        for entry in patterns:  # type: ignore[attr-defined]
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield route
            else:
                yield from walk(entry.url_patterns, route)

    yield from walk(get_resolver().url_patterns, "")


ADMIN = "pengelola/"


def admin_addresses() -> Iterator[tuple[str, str]]:
    """Yield the patterns of Django's admin, each with an address of it."""
    for route in routes():
        if route.startswith(ADMIN):
            filled = re.sub(r"\^\(\?P<app_label>.*", "tanggap/", route).replace("(?P<url>.*)$", "tidak-ada")
            yield route, "/" + re.sub(r"<path:\w+>", "1", filled)


@pytest.fixture
def world() -> Iterator[World]:
    with time_machine.travel(make.NOW, tick=False):
        yield build()


def test_every_address_has_its_row():
    known = {route for route in routes() if not route.startswith(ADMIN)}
    assert known == set(PLAIN) | set(of_report("public"))


def expected(statuses: Statuses, role: str) -> int:
    return statuses if isinstance(statuses, int) else statuses[role]


def ask(client: Client, method: str, path: str, row: Row) -> HttpResponse:
    made: HttpResponse = client.get(path) if method == "GET" else client.post(path, dict(row.data or {}))
    if made.streaming:  # a file is closed when it was read
        assert b"".join(made.streaming_content)
    return made


type Known = dict[tuple[str, ...], int]


def walk(
    world: World, table: Mapping[str, Row], kind: str, roles: Iterable[str] = ROLES, known: Known | None = None
) -> list[str]:
    """Return every answer that differs from the table, or from what an unknown number gets where it must not.

    `known` is what was answered in walks before: an address without a number is the same to the same browser, whatever
    report the walk is about, and is asked for once.
    """
    wrong, known, unknown = [], {} if known is None else known, Unknown(world)
    for route, row in table.items():
        path = address(route, world, kind)
        for role in roles:
            for method, statuses in (("GET", row.get), ("POST", row.post)):
                is_last = route in LEAVES_A_SESSION
                client = world.fresh(role, kind) if is_last else world.client(role, kind)
                visit = (role, kind if role == "reporter" else "", method, path)
                if visit not in known:
                    answer = ask(client, method, path, row)
                    known[visit] = answer.status_code
                    if (
                        method == "GET"
                        and is_hidden(route, kind, role)
                        and not unknown.equals(answer, role, path, kind)
                    ):
                        wrong.append(f"{path} as {role}: not the page of an unknown number")
                if known[visit] != expected(statuses, role):
                    wrong.append(f"{method} {path} as {role}: {known[visit]}, not {expected(statuses, role)}")
    return wrong


def is_hidden(route: str, kind: str, role: str) -> bool:
    """Tell whether an address names a report of which this person may not know."""
    readers = READERS if route.startswith("meja") else WATCHING if route.startswith("pengawasan") else {}
    return kind in {"secret", "unverified"} and "<str:number>" in route and role not in readers.get(kind, ())


class Unknown:
    """What people get for a number that does not exist: body and headers, to the byte.

    The id of the request is the one thing that may differ.
    """

    NUMBER = "ZZZZ-ZZZZ"

    def __init__(self, world: World) -> None:
        self.world = world
        self._seen: dict[tuple[str, ...], HttpResponse] = {}

    def equals(self, theirs: HttpResponse, role: str, path: str, kind: str, method: str = "get") -> bool:
        """Tell whether this person got for this address what an unknown number gets."""
        unknown = path.replace(self.world.reports[kind].number, self.NUMBER)
        visit = (role, kind, method, unknown)
        if visit not in self._seen:
            self._seen[visit] = getattr(self.world.client(role, kind), method)(unknown)
        nothing = self._seen[visit]
        return theirs.status_code == nothing.status_code and _bare(theirs, path, unknown) == _bare(
            nothing, path, unknown
        )


def _bare(answer, path, unknown):
    headers = {name: value for name, value in answer.headers.items() if name not in {"X-Request-ID", "Date"}}
    headers = {name: value.replace(path, unknown) for name, value in headers.items()}
    return answer.content, headers


def test_addresses_that_name_no_report_answer_as_the_table_says(world, settings):
    settings.LIMIT_FACTOR = 100  # everybody asks for every file of figures within a minute, from one address
    assert walk(world, PLAIN, "public") == []


def test_addresses_of_a_report_answer_as_the_table_says_and_of_one_to_hide_as_an_unknown_number(world):
    tables = {kind: of_report(kind) for kind in KINDS}
    # Archived, it is a stub to the public; who works on it or looks at it has the rows of the public one.
    inside = ("meja", "pengawasan")
    tables["stub"] = {route: row for route, row in tables["stub"].items() if not route.startswith(inside)}
    known: Known = {}
    faults = [fault for kind, table in tables.items() for fault in walk(world, table, kind, known=known)]
    # An officer of the other agency knows nothing of it either, whatever the own office.
    assert faults + walk(world, of_late_report(), "late", (STANDING_IN, "auditor")) == []


def test_who_verifies_in_another_agencys_place_gets_the_page_of_an_unknown_number_for_all_else(world):
    closed = [route for route, row in of_late_report().items() if row.post[STANDING_IN] == GONE]
    assert len(closed) == 6
    client, unknown = world.client(STANDING_IN, "late"), Unknown(world)
    paths = [address(route, world, "late") for route in closed]
    assert [path for path in paths if not unknown.equals(client.post(path), STANDING_IN, path, "late", "post")] == []


class TestReferenceData:
    """Django's admin: the national admin looks at reference tables, nobody changes anything, nobody else comes in."""

    OURS = re.compile(r"^pengelola/tanggap/")
    # Pages of the site itself.
    SITE = {
        "pengelola/": 200,
        "pengelola/login/": 404,
        "pengelola/logout/": 302,
        "pengelola/password_change/": 302,
        "pengelola/password_change/done/": 200,
        "pengelola/autocomplete/": 403,
        "pengelola/jsi18n/": 200,
        "pengelola/r/<path:content_type_id>/<path:object_id>/": 404,
        "pengelola/^(?P<app_label>tanggap)/$": 200,
        "pengelola/(?P<url>.*)$": 404,
    }

    # Where whoever may not come in is sent: to sign in, or to the page of the own account.
    WAYS = ("/pengelola/login/", "/masuk", "/akun", "/pengelola/")

    def test_nobody_but_the_national_admin_comes_in(self, world):
        wrong = []
        for number, (_route, path) in enumerate(admin_addresses()):
            # One door stands before all of them: everybody tries each third address, three who differ try each.
            for role in ROLES if number % 3 == 0 else ("anyone", "admin", "no_office"):
                if role == "national":
                    continue
                # One who is signed in is sent to the admin's own sign-in, which is no page for such a person.
                for method in ("get", "post"):
                    answer = getattr(world.client(role, "public"), method)(path)
                    leads = answer.get("Location", "")
                    if answer.status_code != 404 and not (answer.status_code == 302 and leads.startswith(self.WAYS)):
                        wrong.append(f"{method} {path} as {role}: {answer.status_code} {leads}")
        assert wrong == []
        refused = {role: world.client(role, "public").get("/pengelola/login/").status_code for role in SIGNED_IN}
        assert set(refused.values()) == {404}, "one who is signed in and no staff is not sent round in circles"

    def test_the_national_admin_looks_at_reference_data_and_changes_nothing(self, world):
        client, wrong = world.client("national", "public"), []
        before = list(Agency.objects.order_by("pk").values_list())
        for route, path in admin_addresses():
            status = client.get(path).status_code
            if route in self.SITE:
                is_right = status == self.SITE[route]
            elif not self.OURS.match(route):
                is_right = False  # tables of the libraries have no page
            elif "<path:object_id>" in route:
                is_right = status in {200, 302, 403, 404}
            else:
                is_right = status == (403 if route.endswith("/add/") else 200)
            if not is_right:
                wrong.append(f"GET {path}: {status}")
            status = client.post(path, {"name": "x", "action": "delete_selected", "_selected_action": "1"}).status_code
            if status not in {200, 302, 403, 404, 405}:
                wrong.append(f"POST {path}: {status}")
        assert wrong == []
        assert list(Agency.objects.order_by("pk").values_list()) == before
