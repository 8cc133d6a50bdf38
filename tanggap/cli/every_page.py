"""`./run screenshots --all`: every page behind the sign-in, at 1280 and 360 pixels, for whoever looks at them all.

Each page is named with its address in the URL table; a test compares both, so that a new page has a picture. What
sticks out sideways is printed: at 360 pixels only what is marked to scroll inside itself may be wider.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

WIDTHS: Final[dict[str, dict[str, Any]]] = {
    "1280": {"viewport": {"width": 1280, "height": 900}},
    "360": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
}
_REPORT = r"/meja/[0-9A-Z]{4}-[0-9A-Z]{4}$"
_HOME = "/meja/organisasi/pemprov-banten"
# A form's last line sticks to the window: in a picture of the whole page it would lie across the form.
_UNSTUCK: Final = """() => {
  scrollTo(0, 0);
  document.activeElement?.blur();
  for (const bar of document.querySelectorAll(".bar")) bar.style.position = "static";
}"""
_WIDER: Final = "document.documentElement.scrollWidth > innerWidth"


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture: the name in the URL table, where to begin, which links to follow, and what to do there."""

    view: str
    path: str
    follow: tuple[str, ...] = ()
    then: str = ""  # added to the address that was reached
    do: "Callable[[Page], None] | None" = None
    name: str = ""  # where a page has several pictures

    @property
    def file(self) -> str:
        """Return the name of the picture's file."""
        return "-".join(filter(None, (self.view.replace(":", "-"), self.name)))


def _many(deed: str = "") -> "Callable[[Page], None]":
    def choose(page: "Page") -> None:
        page.locator("input[name=semua]").check()
        if deed:
            page.locator("#massal").select_option(deed)
        page.locator(".bulkbar button").click()
        page.wait_for_load_state()

    return choose


def _opened(code: str) -> "Callable[[Page], None]":
    def give_a_reason(page: "Page") -> None:
        form = page.locator(f"form[action*='/{code}']").first
        form.evaluate("form => { form.closest('details').open = true; }")
        form.locator("textarea").fill("Perlu menghubungi pelapor (tangkapan layar).")
        form.locator("button").click()
        page.wait_for_load_state()

    return give_a_reason


def _tagged(page: "Page") -> None:
    _many("tandai")(page)
    page.locator("#word").fill("tangkapan layar")
    _pressed(page)


def _nudged(page: "Page") -> None:
    _many()(page)
    page.locator("form.card textarea").fill("Mohon segera dijawab (tangkapan layar).")
    _pressed(page)


def _pressed(page: "Page") -> None:
    page.locator("main form.card button").last.click()
    page.wait_for_load_state()


def _typed_in(page: "Page") -> None:
    for name, value in (
        ("title", "Surat tentang jembatan gantung"),
        ("body", "Tali jembatan gantung putus satu sejak Senin, anak sekolah tetap lewat setiap pagi."),
        ("name", "Ani Contoh"),
        ("address", "Baros"),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=event_date]").evaluate(
        "field => { field.value = new Date(Date.now() - 864e5).toISOString().slice(0, 10); }"
    )
    page.locator("button[name=kirim]").click()
    page.wait_for_load_state()
    # The second time it is asked whether this is not the first one again.
    if (anyway := page.locator("button[name=tetap]")).count():
        anyway.click()
    page.wait_for_url("**/tanda-terima")


def _sent_empty(page: "Page") -> None:
    page.locator("#tindakan-form .bar button").first.click()
    page.wait_for_load_state()


def shoot(page: "Page", stop: Stop, target: "Path") -> str:
    """Go to a page and photograph all of it; return what is wrong with it, or ''."""
    page.goto(stop.path)
    for wanted in stop.follow:
        links = (link.get_attribute("href") or "" for link in page.locator("main a").all())
        found = next((link for link in links if re.search(wanted, link.partition("?")[0])), None)
        if found is None:
            return "this demonstration has none"
        page.goto(found.partition("#")[0])
    if stop.then:
        page.goto(page.url.partition("?")[0] + stop.then)
    if stop.do is not None:
        stop.do(page)
    page.evaluate(_UNSTUCK)
    page.screenshot(path=target, full_page=True)
    return "wider than the window" if page.evaluate(_WIDER) else ""


def _a_report(queue: str, name: str = "", **values: Any) -> Stop:
    return Stop("workbench:report", f"/meja?antrean={queue}", (_REPORT,), name=name or queue, **values)


def _deeds(queue: str, *deeds: str) -> Iterator[Stop]:
    for deed in deeds:
        yield _a_report(queue, f"{queue}-{deed}", then=f"?tindakan={deed}")


_ACCOUNT: Final = (
    Stop("mfa_index", "/akun"),
    Stop("account_office", "/akun/jabatan"),
    Stop("account_factor", "/akun/langkah-kedua"),
    Stop("account_devices", "/akun/perangkat"),
    Stop("mfa_list_webauthn", "/akun/kunci-sandi"),
    Stop("account_change_password", "/akun/kata-sandi"),
    Stop("account_reauthenticate", "/akun/pastikan?next=/akun/kunci-sandi/baru"),
)
_ORGANISATION: Final = (
    Stop("workbench:organisation", _HOME),
    Stop("workbench:organisation", f"{_HOME}?semua", name="ended"),
    Stop("workbench:organisation_contact", f"{_HOME}/kontak"),
    Stop("workbench:memo_mode", f"{_HOME}/nota-dinas"),
    Stop("workbench:comment_rule", f"{_HOME}/komentar"),
    Stop("workbench:organisation_log", f"{_HOME}/catatan"),
    Stop("workbench:organisation_accesses", f"{_HOME}/akses"),
    Stop("workbench:organisation_new_unit", f"{_HOME}/unit"),
    Stop("workbench:organisation_unit", f"{_HOME}/unit/dpupr"),
    Stop("workbench:decrees", f"{_HOME}/sk"),
    Stop("workbench:people", f"{_HOME}/petugas"),
    Stop("workbench:person", f"{_HOME}/petugas", (r"/petugas/[^/?]+$",)),
    Stop("workbench:person_account", f"{_HOME}/petugas?q=dpupr", (r"/petugas/[^/?]+$", r"/akun/kunci$")),
    Stop("workbench:invitations", f"{_HOME}/undangan"),
)
_LISTS: Final = (
    Stop("workbench:queue", "/meja"),
    Stop("workbench:queue", "/meja?antrean=unit", name="list"),
    Stop("workbench:queue", "/meja?status=archived&kategori=xx", name="nothing"),
    Stop("workbench:search", "/meja/cari?q=jalan"),
    Stop("workbench:search", "/meja/cari?q=tidakadasama", name="nothing"),
    Stop("workbench:views", "/meja/tampilan?antrean=unit&kanal=letter"),
    Stop("workbench:bulk", "/meja?antrean=unit", do=_many("tandai")),
    Stop("workbench:bulk", "/meja?antrean=unit", do=_many("gabungkan"), name="merge"),
    Stop("workbench:bulk_job", "/meja?antrean=unit", do=_tagged),
    Stop("workbench:imports", "/meja/impor"),
    Stop("workbench:import", "/meja/impor", (r"/meja/impor/[0-9a-zA-Z_-]+$",)),
    Stop("workbench:export", "/meja/ekspor?antrean=unit"),
    Stop("workbench:job", "/meja/ekspor?antrean=unit", do=_pressed),
    Stop("workbench:overdue", "/meja/terlambat"),
    Stop("workbench:duty", "/meja/jaga"),
    Stop("workbench:counter", "/meja/loket"),
    Stop("workbench:counter_receipt", "/meja/loket", do=_typed_in),
    Stop("workbench:drafts", "/meja/draf"),
    Stop("workbench:mentions", "/meja/disebut"),
    Stop("workbench:templates", "/meja/templat"),
    Stop("workbench:template_new", "/meja/templat/baru"),
    Stop("workbench:template", "/meja/templat", (r"/meja/templat/(?!baru)[^/?]+$",)),
)
PAGES: Final[dict[str, tuple[Stop, ...]]] = {
    "": (
        Stop("account_login", "/masuk"),
        Stop("account_login", "/meja", name="away"),
    ),
    "admin.banten": (
        *_LISTS,
        *_ORGANISATION,
        _a_report("perlu", "verify"),
        _a_report("perlu", "verify-empty", do=_sent_empty),
        *_deeds("perlu", "request_data", "return", "split", "archive", "set_visibility"),
        *_deeds("unit", "transfer", "reclassify", "add_support", "redact", "message_reporter", "entrust"),
        *(_a_report(queue) for queue in ("belum-selesai", "menunggu-pelapor", "ditahan", "nota", "menggantikan")),
        _a_report("terlambat"),
        Stop("workbench:assessments", "/meja/penilaian"),
        Stop("workbench:recaps", "/meja/rekap"),
        Stop("workbench:recap", "/meja/rekap", (r"/meja/rekap/[0-9a-f]{32}$",)),
        Stop("workbench:assessment", "/meja/penilaian", (r"/meja/penilaian/[0-9]+$",)),
        Stop("workbench:comments", "/meja/komentar"),
        Stop("workbench:comments", "/meja/komentar?lihat=tampil", name="shown"),
        Stop("workbench:problems", "/meja/masalah-berulang"),
        Stop("workbench:problem", "/meja/masalah-berulang", (r"/masalah-berulang/[0-9]+$",)),
        Stop("workbench:recommendations", "/meja/penilaian/rekomendasi"),
        Stop("workbench:recommendation", "/meja/penilaian/rekomendasi", (r"/rekomendasi/[0-9]+$",)),
        Stop("workbench:clocks", "/meja?antrean=unit", (_REPORT,), then="/tenggat"),
        Stop("workbench:cluster", "/meja?antrean=unit", (_REPORT,), then="/gabungan"),
        Stop("workbench:compare", "/meja/cari?q=pengendara+jatuh+berlubang", (_REPORT, r"/banding/[0-9A-Z-]{9}$")),
        Stop("workbench:identity", "/meja?antrean=unit", (_REPORT,), do=_opened("identitas")),
        Stop("workbench:report", "/meja/ZZZZ-ZZZZ", name="unknown"),
        *_ACCOUNT,
    ),
    "dpupr": (
        Stop("workbench:queue", "/meja", name="unit"),
        _a_report("perlu", "answer"),
        _a_report("perlu", "answer-empty", do=_sent_empty),
        *_deeds("perlu", "follow_up", "return_to_admin", "request_extension", "propose_archive"),
        _a_report("nota", "nota-unit"),
        Stop("workbench:duty", "/meja/jaga", name="unit"),
    ),
    "operator.dpupr": (Stop("workbench:queue", "/meja", name="operator"), _a_report("perlu", "operator")),
    "inspektorat": (
        Stop("workbench:queue", "/meja?antrean=pengawasan", name="supervisory"),
        _a_report("pengawasan"),
        Stop("workbench:original", "/meja?antrean=pengawasan", (_REPORT,), do=_opened("asli")),
    ),
    "admin.nasional": (
        Stop("workbench:queue", "/meja", name="national"),
        Stop("workbench:organisation_home", "/meja/organisasi"),
        Stop("workbench:overdue", "/meja/terlambat", name="national"),
        _a_report("perlu", "national"),
        _a_report("semua", "elsewhere"),
    ),
    "kepala.dpupr": (
        Stop("oversight:board", "/pengawasan", name="head"),
        Stop("account_leave", "/akun/cuti"),
        Stop("oversight:own", "/pengawasan/laporan?lihat=in_progress"),
        Stop("oversight:report", "/pengawasan/laporan", (r"/pengawasan/laporan/[0-9A-Z-]{9}$",), name="head"),
    ),
    "pengawas.banten": (
        Stop("oversight:board", "/pengawasan", name="regional"),
        Stop("oversight:agency", "/pengawasan/instansi/kab-tangerang"),
        Stop("oversight:report", "/pengawasan/instansi/kab-tangerang", (r"/pengawasan/laporan/[0-9A-Z-]{9}$",)),
        Stop("oversight:figures", "/pengawasan/angka", name="regional"),
        Stop("oversight:overdue", "/pengawasan/terlambat"),
        Stop("oversight:bulk", "/pengawasan/instansi/kab-tangerang", do=_many()),
        Stop("oversight:bulk_job", "/pengawasan/instansi/kab-tangerang", do=_nudged),
    ),
    "pengawas.ksp": (
        Stop("oversight:recaps", "/pengawasan/rekap"),
        Stop("oversight:recap", "/pengawasan/rekap", (r"/pengawasan/rekap/[0-9a-f]{32}$",)),
        Stop("oversight:board", "/pengawasan", name="overseer"),
        Stop("oversight:figures", "/pengawasan/angka"),
    ),
    "evaluator": (
        Stop("oversight:board", "/pengawasan", name="evaluator"),
        Stop("oversight:evaluation", "/pengawasan/panrb?provinsi=36"),
        Stop("oversight:exact", "/pengawasan/rahasia"),
        Stop("oversight:exact_agency", "/pengawasan/rahasia/pemprov-banten"),
        Stop("oversight:assessments", "/pengawasan/penilaian"),
        Stop("oversight:assessment_round", "/pengawasan/penilaian", (r"/pengawasan/penilaian/[0-9]+$",)),
        Stop("oversight:assessment", "/pengawasan/penilaian", (r"/pengawasan/penilaian/[0-9]+$", r"/kota-tangerang$")),
        Stop("oversight:problems", "/pengawasan/masalah-berulang"),
        Stop("oversight:problem", "/pengawasan/masalah-berulang", (r"/masalah-berulang/[0-9]+$",)),
        Stop("oversight:recommendations", "/pengawasan/penilaian/rekomendasi"),
        Stop("oversight:recommendation", "/pengawasan/penilaian/rekomendasi", (r"/rekomendasi/[0-9]+$",)),
        Stop(
            "oversight:recommended",
            "/pengawasan/penilaian",
            (r"/pengawasan/penilaian/[0-9]+$", r"/kab-tangerang$"),
            then="/rekomendasi",
        ),
        Stop("oversight:sample", "/pengawasan/contoh"),
        Stop("oversight:sample", "/pengawasan/contoh?jumlah=10&benih=uji", name="drawn"),
    ),
    "ombudsman": (
        Stop("oversight:board", "/pengawasan", name="ombudsman"),
        Stop("oversight:handover", "/pengawasan", (r"/pengawasan/penyerahan/[0-9A-Z-]{9}$",)),
    ),
}
# What has no page of its own to photograph: what a form answers with, files, parts of a page, and what only a mail,
# another office or a device leads to.
WITHOUT: Final = frozenset(
    {
        *("duty_end", "bulk_undo", "view", "view_remove", "import_example", "import_mend", "import_meanings"),
        *(
            "job_file",
            "note",
            "tag",
            "draft",
            "presence",
            "insert",
            "file",
            "decree_file",
            "assessment_file",
            "recommendation_file",
            "recap_file",
            "counter_receipt_pdf",
        ),
        *("csv", "handover_file", "counter_again"),
        *("account_logout", "mfa_authenticate", "mfa_login_webauthn", "account_directory", "account_directory_back"),
        *("account_directory_unlink", "account_invitation", "account_language", "mfa_add_webauthn"),
        "account_password_link",
        *("mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn", "mfa_reauthenticate"),
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    }
)
