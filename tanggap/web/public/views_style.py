"""The page `/gaya`, in development only: every component once, in every state, to look at and to test."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Some
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

DAY = date(2026, 7, 21)
MOMENT = datetime(2026, 7, 21, 7, 30, tzinfo=UTC)
AREAS = [("", "Pilih…"), ("36", "Banten"), ("36.73", "Kota Serang")]


class SampleForm(forms.Form):
    """One field of each kind, with the labels of the filing form."""

    subject = forms.CharField(label="Judul laporan", max_length=120, help_text="Singkat, misalnya nama jalan.")
    body = forms.CharField(label="Isi laporan", widget=forms.Textarea(attrs={"rows": 6}))
    day = forms.DateField(label="Tanggal kejadian", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="Klasifikasi",
        widget=forms.RadioSelect,
        choices=[
            ("complaint", "Pengaduan"),
            ("aspiration", "Aspirasi"),
            ("information_request", "Permintaan Informasi"),
        ],
    )
    topics = forms.MultipleChoiceField(
        label="Status",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("open", "Sedang Diproses"), ("closed", "Selesai")],
    )
    secret = forms.BooleanField(
        label="Rahasia", required=False, help_text="Hanya Anda dan petugas yang menangani yang melihat laporan ini."
    )
    province = forms.ChoiceField(label="Provinsi", choices=AREAS)
    regency = forms.ChoiceField(label="Kabupaten/Kota", choices=AREAS)
    district = forms.ChoiceField(label="Kecamatan", choices=AREAS, required=False)
    village = forms.ChoiceField(label="Desa/Kelurahan", choices=AREAS, required=False)
    attachments = forms.FileField(label="Lampiran", required=False, help_text="Paling banyak 5 berkas.")


ICONS = [
    "alert",
    "archive",
    "arrow",
    "back",
    "bell",
    "building",
    "calendar",
    "check",
    "clock",
    "copy",
    "download",
    "edit",
    "eye",
    "file",
    "flag",
    "globe",
    "image",
    "inbox",
    "info",
    "link",
    "lock",
    "mask",
    "menu",
    "pause",
    "pin",
    "plus",
    "print",
    "progress",
    "reply",
    "search",
    "send",
    "tag",
    "undo",
    "user",
    "x",
]
EVENTS = [
    Some(
        what="Dijawab: diperbaiki",
        moment=MOMENT,
        by="Dinas Pekerjaan Umum dan Penataan Ruang",
        took="dalam 6 hari kerja",
        tone="done",
        icon="reply",
        text="Lubang di Jalan Raya Serang KM 4 sudah ditambal pada 20 Juli.\nFoto sesudah perbaikan terlampir.",
        files=[Some(name="sesudah.jpg", url="#", size=840_000)],
    ),
    Some(
        what="Diteruskan ke unit",
        moment=MOMENT - timedelta(days=7),
        by="Pemerintah Provinsi Banten",
        tone="sent",
        took="dalam 1 hari kerja",
    ),
    Some(what="Laporan diterima", moment=MOMENT - timedelta(days=8), by="Pelapor", tone="new"),
]
CHART = mark_safe(  # written here, nothing of a reader in it
    '<svg viewBox="0 0 320 96" role="img" aria-labelledby="bt bd"><title id="bt">Laporan per bulan</title>'
    '<desc id="bd">Mei 61, Juni 74, Juli 88</desc><g fill="currentColor" font-size="12">'
    '<text x="0" y="20">Mei</text><text x="0" y="50">Juni</text><text x="0" y="80">Juli</text>'
    '<rect x="48" y="6" width="160" height="20" opacity=".7"/>'
    '<rect x="48" y="36" width="194" height="20" opacity=".7"/>'
    '<rect x="48" y="66" width="230" height="20" opacity=".7"/><text x="214" y="20">61</text>'
    '<text x="248" y="50">74</text><text x="284" y="80">88</text></g></svg>'
)


def _samples() -> dict[str, Any]:
    """Return what the components are shown with."""
    return {
        "day": DAY,
        "moment": MOMENT,
        "events": EVENTS,
        "chart": CHART,
        "statuses": [
            ("unverified", "Belum Terverifikasi"),
            ("assigned", "Terdisposisi"),
            ("in_progress", "Sedang Diproses"),
            ("answered", "Menunggu Tanggapan Pelapor"),
            ("pending", "Tertunda"),
            ("closed", "Selesai"),
            ("archived", "Diarsipkan"),
            ("withdrawn", "Dicabut Pelapor"),
        ],
        "kind_hints": {
            "complaint": "Ada layanan yang buruk, tidak diberikan, atau melanggar aturan.",
            "aspiration": "Anda punya usul atau harapan.",
            "information_request": "Anda ingin tahu sesuatu dari instansi.",
        },
        "rows": [
            Some(term="Nomor laporan", text="7KQ2-M9TD"),
            Some(term="Instansi tujuan", text="Dinas Pekerjaan Umum dan Penataan Ruang", href="#", act="Ubah"),
            Some(term="Tanggal kejadian", text="Selasa, 21 Juli 2026", href="#", act="Ubah"),
        ],
        "columns": [
            Some(label="Instansi", sort="#", sorted="ascending"),
            Some(label="Laporan", number=True, sort="#"),
            Some(label="Tepat waktu", number=True),
        ],
        "cells": [["Dinas Kesehatan", "1.204", "91 %"], ["Dinas Sosial", "310", "84 %"]],
        "chips": [Some(label="Status: Selesai", href="#"), Some(label="Wilayah: Kota Serang", href="#")],
        "tabs": [
            Some(label="Semua", href="#", current=True, count=1204),
            Some(label="Terlambat", href="#", count=3),
            Some(label="Selesai", href="#"),
        ],
        "crumbs": [Some(label="Laporan publik", href="/laporan"), Some(label="7KQ2-M9TD")],
        "step_list": [
            Some(name="Laporkan", limit="", text="Selesai"),
            Some(name="Periksa", limit="", text="Sekarang"),
            Some(name="Kirim", limit="", text=""),
        ],
        "kept": [Some(name="sebelum.jpg", size=1_240_000, key="a1")],
        "icons": ICONS,
    }


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component; `?galat` shows the form with its errors, `?meja` everything as on the desk."""
    form = SampleForm({"subject": "", "kind": ""}) if "galat" in request.GET else SampleForm(initial={"secret": True})
    base = "base_desk.html" if "meja" in request.GET else "base.html"
    return render(request, "pages/style.html", {**_samples(), "form": form, "base": base})
