"""Addresses of what officers write beside the record."""

from typing import Final

from django.urls import path

from tanggap.web.workbench import views_drafts, views_notes, views_presence, views_tags, views_templates

# Before the addresses of reports: what is named here is no number.
WRITING: Final = [
    path("meja/draf", views_drafts.own, name="drafts"),
    path("meja/disebut", views_notes.mentions, name="mentions"),
    path("meja/templat", views_templates.index, name="templates"),
    path("meja/templat/baru", views_templates.edit, name="template_new"),
    path("meja/templat/<slug:key>", views_templates.edit, name="template"),
    path("meja/<str:number>/hadir", views_presence.beat, name="presence"),
    path("meja/<str:number>/catatan", views_notes.write, name="note"),
    path("meja/<str:number>/tanda", views_tags.tag, name="tag"),
    path("meja/<str:number>/draf/<slug:place>", views_drafts.draft, name="draft"),
    path("meja/<str:number>/templat/<slug:place>", views_templates.insert, name="insert"),
]
