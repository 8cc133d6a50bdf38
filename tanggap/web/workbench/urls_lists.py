"""Addresses of what is done with a list: kept views, exports and their jobs."""

from typing import Final

from django.urls import path

from tanggap.web.workbench import views_bulk, views_export, views_import, views_saved, views_search

LISTS: Final = (
    path("meja/massal", views_bulk.choose, name="bulk"),
    path("meja/massal/<slug:key>", views_bulk.job, name="bulk_job"),
    path("meja/massal/<slug:key>/batal", views_bulk.undo, name="bulk_undo"),
    path("meja/cari", views_search.search, name="search"),
    path("meja/tampilan", views_saved.views, name="views"),
    path("meja/tampilan/<slug:key>", views_saved.view, name="view"),
    path("meja/tampilan/<slug:key>/hapus", views_saved.remove, name="view_remove"),
    path("meja/impor", views_import.choose, name="imports"),
    path("meja/impor/contoh/<slug:what>/<slug:form>", views_import.example, name="import_example"),
    path("meja/impor/<slug:key>", views_import.sheet, name="import"),
    path("meja/impor/<slug:key>/arti", views_import.meanings, name="import_meanings"),
    path("meja/impor/<slug:key>/perbaiki/<slug:form>", views_import.mend, name="import_mend"),
    path("meja/ekspor", views_export.export, name="export"),
    path("meja/pekerjaan/<slug:key>", views_export.job, name="job"),
    path("meja/pekerjaan/<slug:key>/berkas", views_export.job_file, name="job_file"),
)
