"""What goes out as open data: all that figures are computed from, nothing of a secret report, each file as said."""

import csv
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from tanggap.adapters import open_data as files
from tanggap.adapters import open_data_shelf as shelf
from tanggap.domain import checkpoints, ledger, redaction, rollups
from tanggap.domain.actors import Reporter
from tanggap.domain.handover import Part
from tanggap.domain.hiding import HidingGround
from tanggap.domain.indicators import Kind, Population
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.open_data import About, Table
from tanggap.domain.open_data import Scope as Scope_
from tanggap.domain.outcomes import Solved
from tanggap.domain.periods import Period
from tanggap.models import Area, Category, Report
from tanggap.selectors import formulas, indicators, open_data_dictionary
from tanggap.selectors.indicators import Scope
from tanggap.services import indicators as folding
from tanggap.services import open_data_due, periods, record, signing
from tanggap.tasks import open_data as tasks
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

JULY = "2020-07"
SECRET = {"is_confidential": True}
NUMBERS = frozenset({"return_count", "hop_count", "reopen_count", "rating", "verify_hours", "verify_days"}) | {
    "followup_days",
    "resolve_days",
    "resolve_gross_days",
    *(f"{stage}_{office}" for stage in rollups.Stage for office in ("agency", "unit")),
}
TEXTS = frozenset(
    {"status", "family", "outcome", "closing", "archive_reason", "solved", "channel", "classification"}
) | {f"{stage}_state" for stage in ("verify", "followup", "resolve")}


def write(folder: Path, **asked: str) -> Path:
    call_command("open_data", out=str(folder), **asked)
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def masked_report() -> Report:
    report = make.submit()
    spans = {"title": (), "body": ((0, 4, "phone"),), "location": ()}
    return make.act(report, Action.VERIFY_AND_ASSIGN, masked=spans)


def somewhere_else() -> tuple[str, str]:
    """Return a village of a district and a category that no other report has."""
    village = Area.objects.filter(level="village", code__startswith="36.71").order_by("code").first()
    category = Category.objects.filter(parent__isnull=False, active_to=None).exclude(pk=make.category()).last()
    assert village is not None
    assert category is not None
    return village.pk, category.pk


def test_a_package_is_as_it_says_and_holds_nothing_of_what_is_not_public(tmp_path):
    village, category = somewhere_else()
    secret = make.submit(
        **SECRET, area_code=village, category_code=category, destination_id=make.agency("kab-lebak").pk
    )
    hidden = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, is_confidential=True)
    closed = make.act(make.report(status=Status.CLOSED), Action.RATE, rating=4, solved=Solved.YES)
    masked, waiting = masked_report(), make.submit()
    stub = make.act(make.report(status=Status.ASSIGNED), Action.WITHDRAW)
    record.checkpoint(now=NOW)
    folder = write(tmp_path / "out")

    content = json.loads((folder / "datapackage.json").read_text())
    assert content["licenses"][0]["name"] == "CC-BY-4.0"
    for one in content["resources"]:
        data = (folder / one["path"]).read_bytes()
        assert (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}") == (one["bytes"], one["hash"]), one["path"]
        if one["type"] == "table":
            fits(folder, one)
    assert {one["path"] for one in content["resources"]} | {"datapackage.json", "signature.json"} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    assert is_signed(folder)

    told = everything(folder)
    for report in (secret, hidden, waiting):
        assert report.number.encode() not in told
    district = ".".join(village.split(".")[:3])
    dictionary = {"areas", "categories"}
    for name in (path.stem for path in (folder / "data").glob("*.csv")):
        if name not in dictionary:
            assert not {district, village, category} & {cell for row in rows(folder, name) for cell in row.values()}
    for words in (
        b"Jalan rusak di depan pasar",
        make.BODY.encode()[:40],
        b'""anonymous""',
        b'""identity""',
        make.village().encode(),
    ):
        assert words not in told
    public = {closed.number, masked.number}
    assert {row["number"] for row in rows(folder, "reports")} == {*public, stub.number}
    assert {row["is_stub"] for row in rows(folder, "reports") if row["number"] == stub.number} == {"true"}
    for name in ("facts", "clocks", "events", "open311"):
        assert {row.get("number") or row["service_request_id"] for row in rows(folder, name)} == public
    assert [row["number"] for row in rows(folder, "reports")] == sorted(
        row["number"] for row in rows(folder, "reports")
    )
    assert rows(folder, "ratings")[0] | {"day": ""} == {
        "number": closed.number, "seq": "5", "day": "", "rating": "4", "solved": "yes"
    }  # fmt: skip
    chain_holds(folder, closed.number, {"submit"})
    chain_holds(folder, masked.number, {"submit", "verify_and_assign"})


def fits(folder: Path, resource: dict) -> None:
    """Hold a table against its own schema, its marks and its Parquet."""
    lines = (folder / resource["path"]).read_bytes().split(b"\r\n")
    assert lines.pop() == b""
    marks = (folder / "lines" / f"{Path(resource['path']).stem}.txt").read_text().split()
    assert marks == [hashlib.sha256(line).hexdigest()[:8] for line in lines]
    fields = resource["schema"]["fields"]
    found = [*csv.reader(line.decode() for line in lines)]
    assert found[0] == [field["name"] for field in fields]
    assert len(found) - 1 == resource["rows"]
    for row in found[1:]:
        for field, cell in zip(fields, row, strict=True):
            assert field["description"]
            assert field["description_en"]
            assert cell or not field.get("constraints", {}).get("required"), (resource["path"], field["name"], row)
            if cell:
                READ[field["type"]](cell)
    path = str(folder / resource["path"]).replace(".csv", ".parquet")
    packed = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()
    assert packed == [(resource["rows"],)]


READ = {
    "string": str,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "object": json.loads,
    "array": json.loads,
}


def is_signed(folder: Path) -> bool:
    said = json.loads((folder / "signature.json").read_text())
    keys = json.loads((folder / "keys.json").read_text())["keys"]
    public = {key["statement"]["key"]: bytes.fromhex(key["statement"]["public"]) for key in keys}
    found = hashlib.sha256((folder / "datapackage.json").read_bytes()).hexdigest()
    assert said["statement"]["datapackage"] == found
    body = ledger.canonical(said["statement"])
    return signing.is_signed(body, bytes.fromhex(said["signature"]), public[said["statement"]["key"]])


def chain_holds(folder: Path, number: str, withheld: set[str]) -> None:
    """Compute the hash of each header again, follow the chain, and look for each event in the log."""
    log = {row["log_index"]: row["hash"] for row in rows(folder, "log")}
    kinds = {str(event.seq): event.kind for event in Report.objects.get(number=number).events.all()}
    before, bare = "00" * 32, set()
    for row in (row for row in rows(folder, "events") if row["number"] == number):
        assert log[row["log_index"]] == row["hash"]
        if row["kind"]:
            assert row["previous"] == before
            ids = {name: int(row[name]) if row[name] else None for name in ("user", "agency", "unit")}
            header = {
                name: row[name] for name in ("kind", "acted_at", "recorded_at", "role", "from", "to", "visibility")
            }
            header |= {"format": "tanggap-event-1", "report": number, "seq": int(row["seq"]), **ids}
            header |= {"nonce": row["nonce"], "previous": row["previous"]}
            header |= {name: json.loads(row[name]) for name in ("data", "commitments")}
            assert hashlib.sha256(ledger.canonical(header)).hexdigest() == row["hash"]
        else:
            bare.add(kinds[row["seq"]])
        before = row["hash"]
    assert bare == withheld
    assert len(log) == checkpoints.fillers_after(0, 0) * (len(log) // 256)


def test_no_header_tells_whether_words_were_masked_at_first_or_hidden_later(tmp_path):
    body = "Uang diminta di loket, hubungi 081234567890."
    spans = tuple((found.start, found.end, found.kind.value) for found in redaction.find(body))
    masked = make.submit(body=body)
    make.act(masked, Action.VERIFY_AND_ASSIGN, masked={"title": (), "body": spans, "location": ()})
    later, plain = (make.report(status=Status.ASSIGNED) for _ in range(2))
    third = HidingGround.THIRD_PARTY
    make.act(later, Action.REDACT, actor=make.agency_admin(), hiding_ground=third, hidden_words=("pasar",))
    folder = write(tmp_path / "out")
    told = {one.number: [] for one in (masked, later, plain)}
    for row in rows(folder, "events"):
        told[row["number"]].append(row["kind"])
    assert "verify_and_assign" in told[plain.number]
    assert "verify_and_assign" not in told[masked.number] + told[later.number]


def test_every_published_figure_is_in_it_and_follows_from_its_rows_and_sums(tmp_path):
    make.act(make.report(status=Status.CLOSED), Action.RATE, rating=2, solved=Solved.NO)
    make.report(status=Status.ANSWERED)
    make.report(status=Status.UNVERIFIED)
    make.report(status=Status.ARCHIVED)
    escalated = make.report(status=Status.ASSIGNED)
    make.submit(**SECRET)
    make.act(make.report(status=Status.ASSIGNED), Action.WITHDRAW)
    reporter, later = Reporter(escalated.pk), NOW + timedelta(days=90)
    escalated = make.act(escalated, Action.ESCALATE_OMBUDSMAN, actor=reporter, now=later, consent=tuple(Part))
    assert escalated.handed_over_at is not None
    for asked in ({}, {"month": JULY}, {"agency": "pemprov-banten"}):
        folder = write(tmp_path / "out", **asked)
        told = {(row["kind"], row["place"], row["period"], row["formula"]): row for row in rows(folder, "indicators")}
        on = date.fromisoformat(json.loads((folder / "datapackage.json").read_text())["tanggap"]["computed_on"])
        counted = sums(folder)
        for key, row in told.items():
            if row["formula"] not in {"connectedness", "activity"}:
                figure = rollups.figure(formulas.newest()[row["formula"]], counted[key[:3]], on=on, kind=key[0])
                assert shown(row) == (figure.n, figure.numerator, figure.shown), key
        agency = str(make.agency().pk)
        for code, figure in indicators.told(Scope("agency", (agency,)), july(), of_reports()).items():
            assert not figure.n or shown(told["agency", agency, JULY, code]) == (
                figure.n,
                figure.numerator,
                figure.shown,
            )
        assert told["agency", agency, JULY, "volume"]["n"] == "6"
        # Who went to the Ombudsman is told of the nation alone, and what was never public by the office alone.
        of_nation = {key[:2] for key in told if key[3] == "ombudsman_rate"}
        assert of_nation == (set() if "agency" in asked else {("nation", "")})
        assert asked.get("agency") or told["nation", "", JULY, "ombudsman_rate"]["numerator"] == "1"
    assert "true" not in {row.get("is_escalated") for row in rows(folder, "facts")}


def of_reports() -> list[str]:
    asked = formulas.newest().values()
    return [one.code for one in asked if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE]


def july() -> Period:
    return Period.named(JULY)


def sums(folder: Path) -> dict[tuple[str, str, str], dict[str, int]]:
    """Add up rows and rest of a package, as its document says."""
    measures, found = rollups.Measures(formulas.newest().values()), {}
    for row in rows(folder, "facts"):
        read = {name: cell_of(name, cell) for name, cell in row.items()}
        read |= {"is_escalated": False, "is_secret": False, "was_public": True}
        for (kind, place, period), tally in rollups.cells(read, measures):
            if len(period) == 7:
                rollups.add(found.setdefault((kind, place, period), {}), tally)
    for row in rows(folder, "rest"):
        rollups.add(found.setdefault((row["kind"], row["place"], row["period"]), {}), json.loads(row["tally"]))
    for (kind, place, period), tally in list(found.items()):
        rollups.add(found.setdefault((kind, place, period[:4]), {}), tally)
    return found


def cell_of(name: str, cell: str) -> object:
    if name.startswith(("is_", "was_", "has_")):
        return cell == "true"
    if not cell:
        return "" if name in TEXTS else None
    return int(cell) if name in NUMBERS else cell


def shown(row: dict[str, str]) -> tuple[int, int | None, Decimal | None]:
    numerator, value = row["numerator"], row["value"]
    return int(row["n"]), int(numerator) if numerator else None, Decimal(value) if value else None


def test_a_report_that_is_made_secret_is_dropped_from_the_next_package_which_says_how_many(tmp_path):
    stays, leaves = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
    folder = write(tmp_path / "out")
    assert leaves.number.encode() in everything(folder)
    assert rows(folder, "dropped") == [{"ever": "2", "dropped": "0"}]
    make.act(leaves, Action.SET_VISIBILITY, actor=Reporter(leaves.pk), is_confidential=True)
    told = everything(write(folder))
    assert leaves.number.encode() not in told
    assert stays.number.encode() in told
    assert rows(folder, "dropped") == [{"ever": "2", "dropped": "1"}]
    # Of an agency it would point at the one.
    assert not (write(tmp_path / "one", agency="pemprov-banten") / "data" / "dropped.csv").exists()


def test_the_day_of_receipt_is_that_of_the_office_that_got_it_whoever_has_the_report_now(tmp_path):
    at = make.NOW.replace(hour=16, minute=20)  # 23.20 in Jakarta, the next day in Makassar
    report = make.submit(now=at, destination_id=None)
    to = {"unit_id": None, "agency_id": make.agency("pemprov-bali").pk}
    make.act(report, Action.VERIFY_AND_ASSIGN, actor=make.national_admin(), now=at, **to)
    folder = write(tmp_path / "out")
    days = [row["received_on"] for name in ("reports", "facts") for row in rows(folder, name)]
    assert days == ["2020-07-01", "2020-07-01"]
    assert rows(folder, "reports")[0]["published_on"] == "2020-07-02"
    assert rows(folder, "open311")[0]["requested_datetime"] == "2020-07-01T00:00:00+08:00"


@pytest.mark.parametrize(
    "asked",
    [{"agency": name} for name in ("../pemprov-banten", "PEMPROV", "a" * 81, "pemprov-banten/x", "tidak-ada", "'; --")]
    + [{"month": name} for name in ("2026-13", "2026", "0001-01", "2026-1", "2026-10-01", "../..")],
)
def test_what_is_no_month_and_no_agency_writes_nothing(tmp_path, asked):
    with pytest.raises(CommandError):
        write(tmp_path / "out", **asked)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_else_in_it_is_not_replaced(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(CommandError, match="no open data"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_build_that_is_killed_leaves_the_package_of_before_and_the_next_one_succeeds(tmp_path):
    table = Table(open_data_dictionary.tables()["dropped"], [b"1,0"])
    about = About(Scope_(), "http://localhost", NOW, NOW.date(), "")
    build = partial(files.build, tmp_path / "out", about, texts={}, sign=lambda _found: {})

    def dies():
        yield b"2,0"
        raise KeyboardInterrupt

    build([table])
    before = everything(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        build([replace_lines(table, dies())])
    assert everything(tmp_path / "out") == before
    # Killed between its last two steps: the one of before is put back.
    (tmp_path / "out").rename(tmp_path / "out.old")
    with pytest.raises(KeyboardInterrupt):
        build([replace_lines(table, dies())])
    assert everything(tmp_path / "out") == before
    build([replace_lines(table, [b"3,1"])])
    assert rows(tmp_path / "out", "dropped") == [{"ever": "3", "dropped": "1"}]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def replace_lines(table: Table, lines) -> Table:
    return Table(table.resource, lines)


def test_the_job_begins_no_package_where_the_setting_says_so_and_keeps_those_that_are_there(tmp_path, monkeypatch):
    begun = []
    monkeypatch.setattr(tasks, "_started", [])
    monkeypatch.setattr(tasks.subprocess, "Popen", lambda command, **_: begun.append(command) or Ended())
    settings.OPEN_DATA_DIR, settings.OPEN_DATA_IS_MADE = tmp_path / "open-data", False
    try:
        assert not tasks.publish(NOW)
        call_command("open_data", publish=True)
        assert not tasks.publish(timezone.now())  # noqa: TID251 - as the job does
        assert tasks.publish(timezone.now() + timedelta(days=1))  # noqa: TID251 - as the job does
        assert [command[3:5] for command in begun] == [("open_data", "--publish")]
    finally:
        settings.OPEN_DATA_IS_MADE = True


class Ended:
    """A process that has come to its end."""

    pid = 0

    def poll(self) -> int:
        return 0


def test_the_job_makes_what_is_due_and_at_once_what_holds_a_report_that_was_made_secret(tmp_path):
    settings.OPEN_DATA_DIR = root = tmp_path / "open-data"
    report = make.report(status=Status.ASSIGNED)
    folding.fold(now=NOW)
    periods.close(now=datetime(2020, 8, 1, 1, 0, tzinfo=UTC))

    def due() -> list[str]:
        made = {one.name: one.made_at for one in shelf.listed(root)}
        return [one.name for one in open_data_due.due(made, now=timezone.now())]  # noqa: TID251 - as the job does

    assert due() == ["lengkap", JULY, "pemprov-banten"]
    call_command("open_data", publish=True)
    assert [one.name for one in shelf.listed(root)] == [JULY, "lengkap", "pemprov-banten"]
    assert due() == []
    with shelf.open_(root, "lengkap", "paket.zip") as file, ZipFile(file) as archive:
        content = json.loads(archive.read("datapackage.json"))
        assert {one["path"] for one in content["resources"]} < set(archive.namelist())
    make.act(report, Action.SET_VISIBILITY, actor=Reporter(report.pk), is_confidential=True)
    assert due() == ["lengkap", JULY, "pemprov-banten"]
    shelf.put_on_list(root, "pemprov-banten", content)
    call_command("open_data", publish=True)
    assert report.number.encode() not in everything(root)
    assert due() == []
    with shelf.alone(root), pytest.raises(shelf.IsBusyError), shelf.alone(root):
        pass
    assert open_data_due.without_ground(["lengkap", JULY, "kab-lebak", "was-called-so"]) == {"was-called-so"}
