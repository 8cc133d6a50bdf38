"""A title without what was marked in it, for the lists of the desk; '' where nothing was marked."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As they stood when this was written.
_MARKS = {
    "nik": "[NIK disamarkan]",
    "kk": "[nomor KK disamarkan]",
    "npwp": "[NPWP disamarkan]",
    "card": "[nomor kartu disamarkan]",
    "bpjs": "[nomor BPJS disamarkan]",
    "bank_account": "[nomor rekening disamarkan]",
    "phone": "[nomor telepon disamarkan]",
    "email": "[surel disamarkan]",
    "plate": "[pelat nomor disamarkan]",
    "long_number": "[nomor panjang disamarkan]",
    "address": "[alamat disamarkan]",
    "name_after_honorific": "[nama disamarkan]",
}
_CHECKING = ("verify_and_assign", "manage_self")


def cut(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Cut the titles in which something was marked. What hides more of a title is younger than this (0033)."""
    report_of, search_of = apps.get_model("tanggap", "Report"), apps.get_model("tanggap", "DeskSearch")
    for report_id, spans in _marked(apps):
        title = report_of.objects.values_list("title", flat=True).get(pk=report_id)
        report_of.objects.filter(pk=report_id).update(desk_title=_cut(title, spans))
        search_of.objects.filter(report_id=report_id).update(words=None)  # it is read anew


def _marked(apps: Apps) -> Iterator[tuple[int, list[Any]]]:
    """Yield the reports whose newest title holds marks, with them."""
    checks = apps.get_model("tanggap", "Event").objects.filter(kind__in=_CHECKING)
    newest = checks.filter(report_id=models.OuterRef("report_id")).order_by("-seq").values("seq")[:1]
    rows = checks.filter(seq=models.Subquery(newest), data__masked__title__0__isnull=False)
    yield from ((pk, data["masked"]["title"]) for pk, data in rows.values_list("report_id", "data").iterator())


def _cut(title: str, spans: list[Any]) -> str:
    merged: list[list[Any]] = []
    for start, end, kind in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1][1:] = max(end, merged[-1][1]), min(kind, merged[-1][2], key=list(_MARKS).index)
        else:
            merged.append([start, end, kind])
    for start, end, kind in reversed(merged):
        title = title[:start] + _MARKS[kind] + title[end:]
    return title


class Migration(migrations.Migration):
    dependencies = [("tanggap", "0038_presence")]

    operations = [
        migrations.AddField("report", "desk_title", models.TextField(blank=True, default="")),
        migrations.RunPython(cut, migrations.RunPython.noop),
    ]
