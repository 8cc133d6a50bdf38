"""Addresses of what is done with a list: exports and their jobs."""

from typing import Final

from django.urls import path

from tanggap.web.workbench import views_bulk, views_export

LISTS: Final = (
    path("meja/massal", views_bulk.choose, name="bulk"),
    path("meja/massal/<slug:key>", views_bulk.job, name="bulk_job"),
    path("meja/massal/<slug:key>/batal", views_bulk.undo, name="bulk_undo"),
    path("meja/ekspor", views_export.export, name="export"),
    path("meja/pekerjaan/<slug:key>", views_export.job, name="job"),
    path("meja/pekerjaan/<slug:key>/berkas", views_export.job_file, name="job_file"),
)
