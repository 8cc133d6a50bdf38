"""Addresses of what officers write beside the record."""

from typing import Final

from django.urls import path

from tanggap.web.workbench import views_drafts

# Before the addresses of reports: what is named here is no number.
WRITING: Final = [
    path("meja/draf", views_drafts.own, name="drafts"),
    path("meja/<str:number>/draf/<slug:place>", views_drafts.draft, name="draft"),
]
