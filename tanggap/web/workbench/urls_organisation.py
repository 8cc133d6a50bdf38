"""Addresses of the organisation's editor, and of what an agency says of itself."""

from django.urls import path

from tanggap.web.workbench import (
    views_assessment,
    views_comments,
    views_decrees,
    views_invitations,
    views_memos,
    views_organisation,
    views_people,
    views_problems,
    views_recaps,
    views_recommendations,
    views_ways_in,
)

ORGANISATION = [
    path("meja/penilaian", views_assessment.listed, name="assessments"),
    path("meja/penilaian/<int:number>", views_assessment.assessment, name="assessment"),
    path("meja/penilaian/<int:number>/berkas/<slug:key>", views_assessment.file, name="assessment_file"),
    path("meja/rekap", views_recaps.recaps, name="recaps"),
    path("meja/rekap/<slug:key>", views_recaps.recap, name="recap"),
    path("meja/rekap/<slug:key>/<slug:kind>", views_recaps.file, name="recap_file"),
    path("meja/penilaian/rekomendasi", views_recommendations.listed, name="recommendations"),
    path("meja/penilaian/rekomendasi/<int:number>", views_recommendations.recommendation, name="recommendation"),
    path(
        "meja/penilaian/rekomendasi/<int:number>/berkas/<slug:key>",
        views_recommendations.file,
        name="recommendation_file",
    ),
    path("meja/komentar", views_comments.listed, name="comments"),
    path("meja/masalah-berulang", views_problems.listed, name="problems"),
    path("meja/masalah-berulang/<int:number>", views_problems.problem, name="problem"),
    path("meja/organisasi", views_organisation.home, name="organisation_home"),
    path("meja/organisasi/<slug:agency>", views_organisation.tree, name="organisation"),
    path("meja/organisasi/<slug:agency>/kontak", views_organisation.contact, name="organisation_contact"),
    path("meja/organisasi/<slug:agency>/nota-dinas", views_memos.mode, name="memo_mode"),
    path("meja/organisasi/<slug:agency>/komentar", views_comments.rule, name="comment_rule"),
    path("meja/organisasi/<slug:agency>/catatan", views_organisation.log, name="organisation_log"),
    path("meja/organisasi/<slug:agency>/akses", views_organisation.accesses, name="organisation_accesses"),
    path("meja/organisasi/<slug:agency>/unit", views_organisation.new_unit, name="organisation_new_unit"),
    path("meja/organisasi/<slug:agency>/unit/<slug:unit>", views_organisation.unit, name="organisation_unit"),
    path("meja/organisasi/<slug:agency>/sk", views_decrees.register, name="decrees"),
    path("meja/organisasi/<slug:agency>/sk/<int:decree>/berkas", views_decrees.file, name="decree_file"),
    path("meja/organisasi/<slug:agency>/petugas", views_people.people, name="people"),
    path("meja/organisasi/<slug:agency>/undangan", views_invitations.invitations, name="invitations"),
    path("meja/organisasi/<slug:agency>/petugas/<str:key>", views_people.person, name="person"),
    path(
        "meja/organisasi/<slug:agency>/petugas/<str:key>/akun/<slug:deed>", views_ways_in.account, name="person_account"
    ),
]
