"""Addresses of a citizen's account. Nobody needs one."""

from django.urls import path

from tanggap.web.public import views_citizen, views_citizen_account, views_citizen_comments, views_citizen_reports

urlpatterns = [
    path("saya", views_citizen_reports.home, name="citizen_home"),
    path("saya/masuk", views_citizen.enter, name="citizen_enter"),
    path("saya/kode", views_citizen.code, name="citizen_code"),
    path("saya/keluar", views_citizen.leave, name="citizen_leave"),
    # The number goes in the form: an address stands in the log of whoever carries it, and says whose report it is.
    path("saya/laporan/buka", views_citizen_reports.open_, name="citizen_open"),
    path("saya/laporan/lepas", views_citizen_reports.release, name="citizen_release"),
    path("saya/tambah", views_citizen_reports.claim, name="citizen_claim"),
    path("saya/kawalan", views_citizen_reports.followed, name="citizen_followed"),
    path("saya/ikuti/<str:number>", views_citizen_reports.follow, name="citizen_follow"),
    path("saya/alami/<str:number>", views_citizen_reports.support, name="citizen_support"),
    path("saya/komentar", views_citizen_comments.own, name="citizen_comments"),
    path("saya/komentar/<str:number>", views_citizen_comments.write, name="citizen_comment"),
    path("saya/pengaturan", views_citizen_account.wishes, name="citizen_wishes"),
    path("saya/keluar-lain", views_citizen_account.end_others, name="citizen_end_others"),
    path("saya/data", views_citizen_account.data, name="citizen_data"),
    path("saya/hapus", views_citizen_account.remove, name="citizen_remove"),
]
