"""Addresses of this door."""

from django.urls import path

from tanggap.web.oversight import (
    views_assessment,
    views_assessments,
    views_bulk,
    views_evaluation,
    views_exact,
    views_figures,
    views_handover,
    views_overdue,
    views_problems,
    views_recaps,
    views_recommendations,
    views_report,
    views_reports,
    views_sample,
)

app_name = "oversight"

urlpatterns = [
    path("pengawasan", views_figures.board, name="board"),
    path("pengawasan/angka", views_figures.figures, name="figures"),
    path("pengawasan/contoh", views_sample.sample, name="sample"),
    path("pengawasan/instansi/<slug:slug>", views_reports.of_agency, name="agency"),
    path("pengawasan/terlambat", views_overdue.board, name="overdue"),
    path("pengawasan/massal", views_bulk.choose, name="bulk"),
    path("pengawasan/massal/<slug:key>", views_bulk.job, name="bulk_job"),
    path("pengawasan/panrb", views_evaluation.page, name="evaluation"),
    path("pengawasan/rahasia", views_exact.board, name="exact"),
    path("pengawasan/rahasia/<slug:slug>", views_exact.of_agency, name="exact_agency"),
    path("pengawasan/penilaian", views_assessments.rounds, name="assessments"),
    path("pengawasan/penilaian/<int:number>", views_assessments.round_, name="assessment_round"),
    path("pengawasan/penilaian/<int:number>/<slug:slug>", views_assessment.assessment, name="assessment"),
    path(
        "pengawasan/penilaian/<int:number>/<slug:slug>/berkas/<slug:key>", views_assessment.file, name="assessment_file"
    ),
    path("pengawasan/rekap", views_recaps.recaps, name="recaps"),
    path("pengawasan/rekap/<slug:key>", views_recaps.recap, name="recap"),
    path("pengawasan/rekap/<slug:key>/<slug:kind>", views_recaps.file, name="recap_file"),
    path("pengawasan/penilaian/<int:number>/<slug:slug>/rekomendasi", views_recommendations.given, name="recommended"),
    path("pengawasan/penilaian/rekomendasi", views_recommendations.listed, name="recommendations"),
    path("pengawasan/penilaian/rekomendasi/<int:number>", views_recommendations.recommendation, name="recommendation"),
    path(
        "pengawasan/penilaian/rekomendasi/<int:number>/berkas/<slug:key>",
        views_recommendations.file,
        name="recommendation_file",
    ),
    path("pengawasan/masalah-berulang", views_problems.listed, name="problems"),
    path("pengawasan/masalah-berulang/<int:number>", views_problems.problem, name="problem"),
    path("pengawasan/laporan", views_reports.own, name="own"),
    path("pengawasan/penyerahan/<str:number>", views_handover.handover, name="handover"),
    path("pengawasan/penyerahan/<str:number>/berkas", views_handover.file, name="handover_file"),
    path("pengawasan/laporan/<str:number>", views_report.report, name="report"),
]
