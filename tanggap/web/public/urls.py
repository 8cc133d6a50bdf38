"""Addresses that anyone may open."""

from django.conf import settings
from django.urls import path

from tanggap.web.public import (
    urls_citizen,
    urls_reading,
    urls_record,
    views_address,
    views_edit,
    views_filing,
    views_pages,
    views_receipt,
    views_tracking,
)

app_name = "public"

urlpatterns = [
    path("", views_pages.home, name="home"),
    path("tentang", views_pages.about_page, name="about"),
    path("privasi", views_pages.privacy, name="privacy"),
    path("aksesibilitas", views_pages.accessibility, name="accessibility"),
    path("bahasa", views_pages.set_language, name="language"),
    path("sehat", views_pages.health, name="health"),
    path("robots.txt", views_pages.robots, name="robots"),
    path("lapor", views_filing.file, name="file"),
    path("lapor/wilayah", views_filing.areas, name="areas"),
    path("lapor/tanda-terima", views_receipt.receipt, name="receipt"),
    path("lapor/tanda-terima.pdf", views_receipt.receipt_pdf, name="receipt_pdf"),
    path("lacak", views_tracking.track, name="track"),
    path("lacak/laporan", views_tracking.tracked, name="tracked"),
    path("lacak/laporan/mengubah", views_edit.editing, name="editing"),
    path("lacak/laporan/tenggat", views_tracking.clocks, name="own_clocks"),
    path("lacak/laporan/bukti.json", views_tracking.evidence, name="own_evidence"),
    path("lacak/laporan/mencabut", views_tracking.withdrawing, name="withdrawing"),
    path("lacak/laporan/menghapus-identitas", views_tracking.erasing, name="erasing"),
    path("lacak/laporan/<slug:slug>", views_tracking.act, name="act"),
    path("lacak/bagian", views_tracking.part, name="part"),
    path("lacak/berkas/<slug:key>", views_tracking.file, name="own_file"),
    path("lacak/berkas/<slug:key>/kecil", views_tracking.file, {"thumbnail": True}, name="own_thumbnail"),
    path("lacak/surel", views_tracking.ask_again, name="ask_again"),
    path("lacak/keluar", views_tracking.leave, name="leave"),
    path("surel/<str:signed>", views_address.confirm, name="confirm_address"),
    *urls_citizen.urlpatterns,
    *urls_reading.urlpatterns,
    *urls_record.urlpatterns,
]

if settings.DEBUG:
    from tanggap.web.public import views_style

    urlpatterns += [path("gaya", views_style.style, name="style")]
