"""`./run import-sp4n`: what would come in, what came in, and whether there is as much here as there."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from tanggap.domain.sp4n import COLUMNS, Column
from tanggap.models import BulkJob, Report, User
from tests import make

pytestmark = pytest.mark.django_db

ROW = {
    Column.NUMBER: "1",
    Column.DATE: "2019-03-04",
    Column.CLASSIFICATION: "Aspirasi",
    Column.TITLE: "Tambah bus sekolah",
    Column.FIRST_BODY: make.BODY,
    Column.SOURCE: "Website",
    Column.PARENT_AGENCY: "Pemerintah Provinsi Banten",
    Column.STATUS: "Ditutup oleh Admin",
}


def called(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_sp4n", *arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_writes_nothing_and_the_counts_there_and_here_are_compared(settings, tmp_path):
    settings.IMPORTS_DIR = tmp_path / "imports"
    file = tmp_path / "ekspor.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows([ROW, {**ROW, Column.NUMBER: "2", Column.STATUS: "Entah"}])
    admin = User.objects.get(pk=make.agency_admin().user_id).username
    dry = called(str(file), "--as", admin, "--dry-run")
    assert dry.splitlines() == ["judged: 1 bad, 1 good.", "  row 3: Status Laporan: unknown"]
    assert not Report.objects.exists()
    done = called(str(file), "--as", admin, "--agency", "pemprov-banten")
    assert "taken in: 1 bad, 1 done." in done
    assert done.endswith("The counts there and here are equal.\n")
    assert "pemerintah provinsi banten" in done
    assert "judged: 1 bad, 1 known." in called(str(file), "--as", admin)
    assert set(BulkJob.objects.values_list("state", flat=True)) == {"done"}
    clerk = User.objects.get(pk=make.liaison().user_id).username
    for arguments in ((clerk,), (admin, "--agency", "kab-lebak"), (admin, "--agency", "atlantis"), ("tidak.ada",)):
        with pytest.raises(CommandError):
            called(str(file), "--as", *arguments)
    with pytest.raises(CommandError, match="No such file"):
        called(str(tmp_path / "tidak-ada.csv"), "--as", admin)
    assert Report.objects.count() == 1
