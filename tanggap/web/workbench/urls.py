"""Addresses of this door."""

from django.urls import path

from tanggap.web.workbench import (
    views_compare,
    views_counter,
    views_duty,
    views_overdue,
    views_queue,
    views_report,
    views_secret,
    views_together,
)
from tanggap.web.workbench.urls_lists import LISTS
from tanggap.web.workbench.urls_organisation import ORGANISATION
from tanggap.web.workbench.urls_writing import WRITING

app_name = "workbench"

urlpatterns = [
    path("meja", views_queue.queue, name="queue"),
    path("meja/terlambat", views_overdue.board, name="overdue"),
    path("meja/jaga", views_duty.roster, name="duty"),
    path("meja/jaga/batal", views_duty.end, name="duty_end"),
    *WRITING,
    *LISTS,
    *ORGANISATION,
    path("meja/loket", views_counter.counter, name="counter"),
    path("meja/loket/lanjut/<str:key>", views_counter.again, name="counter_again"),
    path("meja/loket/tanda-terima", views_counter.receipt, name="counter_receipt"),
    path("meja/loket/tanda-terima.pdf", views_counter.receipt_pdf, name="counter_receipt_pdf"),
    path("meja/<str:number>", views_report.report, name="report"),
    path("meja/<str:number>/tenggat", views_report.clocks, name="clocks"),
    path("meja/<str:number>/banding/<str:other>", views_compare.compare, name="compare"),
    path("meja/<str:number>/gabungan", views_together.cluster, name="cluster"),
    path("meja/<str:number>/identitas", views_secret.identity, name="identity"),
    path("meja/<str:number>/asli", views_secret.original, name="original"),
    path("meja/<str:number>/berkas/<slug:key>", views_report.file, name="file"),
]
