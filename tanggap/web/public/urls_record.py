"""Addresses of the record: checkpoints, keys, proofs, the feed, and the check of a receipt."""

from django.urls import path

from tanggap.web.public import views_record

urlpatterns = [
    path("catatan", views_record.about_record, name="record"),
    path("catatan/kunci.json", views_record.keys, name="record_keys"),
    path("catatan/checkpoint/latest.json", views_record.latest, name="record_latest"),
    path("catatan/checkpoint/<int:size>.json", views_record.checkpoint, name="record_checkpoint"),
    path("catatan/checkpoint/<int:size>.tsr", views_record.stamp, name="record_stamp"),
    path("catatan/feed.atom", views_record.feed, name="record_feed"),
    path("catatan/bukti/inklusi", views_record.inclusion, name="record_inclusion"),
    path("catatan/bukti/konsistensi", views_record.consistency, name="record_consistency"),
    path("catatan/tanda-terima", views_record.receipt, name="record_receipt"),
]
