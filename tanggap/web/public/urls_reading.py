"""Addresses under which anyone reads: published reports, the offices that answer, the calculator, the sitemaps."""

from django.urls import path, re_path

from tanggap.web.public import (
    views_agencies,
    views_assessments,
    views_calculator,
    views_feed,
    views_map,
    views_moderation,
    views_open_data,
    views_places,
    views_recaps,
    views_reports,
    views_sitemap,
    views_statistics,
)

urlpatterns = [
    path("laporan", views_reports.reports, name="reports"),
    path("wilayah/titik.json", views_places.points, name="points"),
    path("laporan.atom", views_feed.feed, name="feed"),
    path("laporan/<str:number>", views_reports.report, name="report"),
    path("laporan/<str:number>/tenggat", views_reports.clocks, name="clocks"),
    path("laporan/<str:number>/kartu.png", views_reports.card, name="share_card"),
    path("laporan/<str:number>/berkas/<str:key>", views_reports.file, name="report_file"),
    path(
        "laporan/<str:number>/berkas/<str:key>/kecil", views_reports.file, {"thumbnail": True}, name="report_thumbnail"
    ),
    path("instansi", views_agencies.agency_list, name="agencies"),
    path("instansi/<slug:slug>", views_agencies.agency, name="agency"),
    path("instansi/<slug:slug>/kartu", views_agencies.card, name="agency_card"),
    path("instansi/<slug:slug>/<slug:unit_slug>/kartu", views_agencies.card, name="unit_card"),
    path("instansi/<slug:slug>/<slug:unit_slug>", views_agencies.unit, name="unit"),
    path("statistik", views_statistics.statistics, name="statistics"),
    path("statistik.csv", views_statistics.statistics_csv, name="statistics_csv"),
    path("statistik/laporan.csv", views_statistics.cases_csv, name="cases"),
    path("statistik/rumus", views_statistics.formula_list, name="formulas"),
    path("statistik/rumus/<slug:code>", views_statistics.formula, name="formula"),
    path("catatan-moderasi", views_moderation.log, name="moderation"),
    path("data-terbuka", views_open_data.packages, name="open_data"),
    path("data-terbuka/kamus", views_open_data.dictionary, name="open_data_dictionary"),
    path("data-terbuka/open311.csv", views_open_data.open311, name="open311"),
    path("data-terbuka/<slug:name>/<path:path>", views_open_data.file, name="open_data_file"),
    path("penilaian", views_assessments.results, name="assessments"),
    path("rekap", views_recaps.recaps, name="recaps"),
    path("rekap/<slug:slug>/<slug:period>", views_recaps.recap, name="recap"),
    path("rekap/<slug:slug>/<slug:period>.pdf", views_recaps.file, {"kind": "pdf"}, name="recap_pdf"),
    path("rekap/<slug:slug>/<slug:period>.xlsx", views_recaps.file, {"kind": "xlsx"}, name="recap_xlsx"),
    path("rekap/<slug:slug>/<slug:period>.json", views_recaps.file, {"kind": "json"}, name="recap_json"),
    path("peta", views_map.map_, name="map"),
    path("hitung-tenggat", views_calculator.calculator, name="calculator"),
    path("sitemap.xml", views_sitemap.index, name="sitemap"),
    path("sitemap-halaman.xml", views_sitemap.pages, name="sitemap_pages"),
    re_path(
        r"^sitemap-(?P<year>\d{4})-(?P<number>\d{2})-(?P<page>\d{1,4})\.xml$",
        views_sitemap.by_month,
        name="sitemap_month",
    ),
]
