"""The open data that a site gives out, verified; and the ways to bend a copy of it: each is named with file and line.

One package is made for all; a test bends a copy, and repairs what who bends it would repair: hashes, marks, signature.
The same in the database: `test_tampered_database`.
"""

import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tanggap.adapters import open_data as files
from tanggap.domain import ledger
from tanggap.domain.actors import System
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.open_data import Scope
from tanggap.domain.outcomes import Solved
from tanggap.selectors import assessment_results
from tanggap.selectors import formulas as formula_rows
from tanggap.selectors import open_data as selectors
from tanggap.selectors import record as reads
from tanggap.services import extensions, indicators, open_data, periods, record, signing
from tests import make
from tests.make import DAY, NOW
from tests.verify.bends import BENDS, apply
from tests.verify.loading import load

verifier = load()
BEGUN, DONE = NOW + 2 * DAY, NOW + 40 * DAY
FIRST, SECOND = "the checkpoint of 2020-07-01 over 256 entries", "the checkpoint of 2020-07-02 over 512 entries"


def write(folder: Path, now) -> None:
    """Write a full package, as `./run open-data` does; without Parquet, which nobody here reads."""
    with open_data.package(Scope(), now=now) as package:
        files.build(folder, package.about, package.tables, texts=package.texts, sign=partial(open_data.sign, now=now))


@dataclass
class Made:
    """Two packages, an earlier and a later one, with one report that everything happened to."""

    whole: Path
    older: Path
    newer: Path
    number: str
    other: str
    key: str
    sign: Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Made]:
    """Let some reports live, and write a package before and after the last of it."""
    before = settings.RECORD_KEY_FILE
    folder = tmp_path_factory.mktemp("packages")
    settings.RECORD_KEY_FILE = folder / "record-key.json"
    signing.make_key_file(settings.RECORD_KEY_FILE)
    with django_db_blocker.unblock(), transaction.atomic():
        report = make.act(make.report(status=Status.CLOSED), Action.RATE, rating=2, solved=Solved.NO)
        other = make.report(status=Status.ANSWERED)
        make.report(status=Status.PENDING)
        make.submit()
        record.checkpoint(now=NOW + timedelta(hours=2))
        indicators.fold(now=NOW + timedelta(hours=3))
        write(folder / "older", NOW + timedelta(hours=3))
        make.act(other, Action.REPORTER_REPLY, now=NOW + timedelta(hours=6))
        record.checkpoint(now=NOW + DAY)
        indicators.fold(now=DONE)
        periods.close(now=DONE)
        write(folder / "newer", DONE)
        (key,) = reads.all_keys()
        mark = hashlib.sha256(bytes(key.public)).hexdigest()
        shutil.copytree(folder / "newer", folder / "whole")
        sign = signing.current().sign
        for name in ("older", "newer"):
            thinned(folder / name)
            signed_anew(folder / name, sign)
        yield Made(*(folder / name for name in ("whole", "older", "newer")), report.number, other.number, mark, sign)
        transaction.set_rollback(True)
    settings.RECORD_KEY_FILE = before


@pytest.fixture
def copy(made, tmp_path) -> Path:
    shutil.copytree(made.newer, tmp_path / "copy")
    return tmp_path / "copy"


def said(capsys, folder: Path, *options: str) -> tuple[int, str]:
    code = verifier.main([str(folder), *options])
    return code, capsys.readouterr().out


def test_a_package_as_it_was_given_out_is_verified(made, capsys):
    code, out = said(capsys, made.whole, "--trust", made.key, "--previous", str(made.older))
    assert code == 0, out
    assert out.startswith("verified: ")
    for what in ("due dates", "figures", "headers", "roots", "reports compared", "closed periods"):
        assert what in out


@contextmanager
def edited(folder: Path, table: str) -> Iterator[list[dict[str, str]]]:
    """Give the rows of a table to be bent, and write them back with hashes and marks repaired, as a forger would."""
    path = folder / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    rows, head = list(csv.DictReader(io.StringIO(text, newline=""))), text.partition("\n")[0].split(",")
    yield rows
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, head, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    repair(folder, f"data/{table}.csv", len(rows))


def repair(folder: Path, path: str, rows: int | None = None) -> None:
    """Repair the marks of a file, its hash, and the hash of the marks."""
    content = (folder / path).read_bytes()
    if path.endswith(".csv") and path.startswith("data/"):
        marks = [hashlib.sha256(line).hexdigest()[:8] for line in content.split(b"\r\n")[:-1]]
        marked = f"lines/{Path(path).stem}.txt"
        ending = (folder / marked).read_bytes()[8:9] if (folder / marked).read_bytes()[8:9] == b"\n" else b"\r\n"
        (folder / marked).write_bytes(b"".join(mark.encode() + ending for mark in marks))
        repair(folder, marked)
    description = json.loads((folder / "datapackage.json").read_text())
    for one in description["resources"]:
        if one["path"] == path:
            one |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
            one |= {"rows": rows} if rows is not None else {}
    (folder / "datapackage.json").write_text(json.dumps(description))


def thinned(folder: Path) -> None:
    """Leave out what takes longest to read, and what no test bends: the areas of other provinces, who oversees whom."""
    for name, kept in (("areas", b"36"), ("oversight", b"-")):
        path = folder / "data" / f"{name}.csv"
        head, *lines = path.read_bytes().splitlines(keepends=True)
        lines = [one for one in lines if one.startswith(kept)]
        path.write_bytes(head + b"".join(lines))
        repair(folder, f"data/{name}.csv", len(lines))


def signed_anew(folder: Path, sign: Callable[[bytes], bytes]) -> None:
    """Sign the description again, as the operator could."""
    said_ = json.loads((folder / "signature.json").read_text())["statement"]
    said_["datapackage"] = hashlib.sha256((folder / "datapackage.json").read_bytes()).hexdigest()
    signature = sign(ledger.canonical(said_)).hex()
    (folder / "signature.json").write_text(json.dumps({"statement": said_, "signature": signature}))


# Events and the log


def header(number: str, row: dict[str, str]) -> str:
    """Return the hash of a header as docs/record-format.md says it."""
    said_ = {
        name: row[name] for name in ("kind", "acted_at", "recorded_at", "role", "from", "to", "visibility", "nonce")
    }
    said_ |= {name: int(row[name]) if row[name] else None for name in ("seq", "user", "agency", "unit")}
    said_ |= {name: json.loads(row[name]) for name in ("data", "commitments")}
    said_ |= {"format": "tanggap-event-1", "report": number, "previous": row["previous"]}
    content = json.dumps(said_, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def rechained(rows: list[dict[str, str]], number: str) -> dict[str, str]:
    """Repair places, links and hashes of a report; return each old hash with the new one."""
    previous, changed = "0" * 64, {}
    for seq, row in enumerate((row for row in rows if row["number"] == number), start=1):
        if row["kind"]:
            row |= {"seq": str(seq), "previous": previous}
            changed[row["hash"]] = row["hash"] = header(number, row)
            changed = {old: new for old, new in changed.items() if old != new}
        previous = row["hash"]
    return changed


def relogged(folder: Path, made: Made, changed: dict[str, str]) -> None:
    """Put other leaves into the log, and sign every checkpoint over it anew with the key of the site."""
    with edited(folder, "log") as rows:
        for row in rows:
            row["hash"] = changed.get(row["hash"], row["hash"])
    leaves = [bytes.fromhex(row["hash"]) for row in rows]
    content = json.loads((folder / "checkpoints.json").read_text())
    previous = None
    for one in content["checkpoints"]:
        statement = one["checkpoint"]
        tree = verifier.Tree()
        for leaf in leaves[: statement["size"]]:
            tree.add(leaf)
        statement |= {"root": tree.root(), "previous": previous}
        one["signature"] = made.sign(ledger.canonical(statement)).hex()
        previous = hashlib.sha256(ledger.canonical(statement)).hexdigest()
    (folder / "checkpoints.json").write_text(json.dumps(content))
    repair(folder, "checkpoints.json")


def place(rows: list[dict[str, str]], number: str, seq: int) -> int:
    return next(at for at, row in enumerate(rows) if row["number"] == number and row["seq"] == str(seq))


def line(at: int) -> int:
    """Return the number of the line of a row: the head is the first."""
    return at + 2


def _changed_byte(folder: Path, made: Made) -> str:
    with edited(folder, "events") as rows:
        at = place(rows, made.number, 3)
        rows[at]["nonce"] = ("0" if rows[at]["nonce"][0] != "0" else "1") + rows[at]["nonce"][1:]
    return f"data/events.csv line {line(at)}: report {made.number}: event 3 was changed"


def _changed_byte_and_chain(folder: Path, made: Made) -> str:
    with edited(folder, "events") as rows:
        at = place(rows, made.number, 3)
        rows[at]["nonce"] = "0" * 32
        rechained(rows, made.number)
    index = rows[at]["log_index"]
    text = f"report {made.number}: event 3 is not the one that stands in the log at {index}"
    return f"data/events.csv line {line(at)}: {text}"


def _swapped_order(folder: Path, made: Made) -> str:
    with edited(folder, "events") as rows:
        at = place(rows, made.number, 2)
        rows[at], rows[at + 1] = rows[at + 1] | {"seq": "2"}, rows[at] | {"seq": "3"}
    return f"data/events.csv line {line(at)}: report {made.number}: event 2 does not follow the event before it"


def _swapped_log(folder: Path, made: Made) -> str:
    with edited(folder, "log") as rows:
        rows[4]["hash"], rows[5]["hash"] = rows[5]["hash"], rows[4]["hash"]
    return (
        "data/log.csv line 257: the checkpoint of 2020-07-01 over 256 entries: something among the log entries 0 to 255"
    )


def _removed_middle(folder: Path, made: Made) -> str:
    with edited(folder, "events") as rows:
        at = place(rows, made.number, 3)
        del rows[at]
        rows[at]["seq"] = "3"
        rechained(rows, made.number)
    return f"data/events.csv line {line(at)}: report {made.number}: event 3 is not the one that stands in the log at"


def _removed_last(folder: Path, made: Made) -> str:
    """Take the rating out of everything that names it."""
    with edited(folder, "events") as rows:
        count = sum(row["number"] == made.number for row in rows)
        at = place(rows, made.number, count)
        del rows[at]
    for table in ("facts", "reports", "ratings"):
        with edited(folder, table) as rows:
            for row in rows:
                if row["number"] == made.number:
                    row |= {"rating": "", "solved": ""} | ({"events": str(count - 1)} if table == "facts" else {})
            if table == "ratings":
                rows[:] = [row for row in rows if row["number"] != made.number]
    return f"data/events.csv line {line(at - 1)}: report {made.number}: event {count} of the older package is gone"


def _removed_report(folder: Path, made: Made) -> str:
    for table in ("reports", "facts", "assignments", "clocks", "events", "ratings"):
        with edited(folder, table) as rows:
            rows[:] = [row for row in rows if row["number"] != made.number]
    return f"data/reports.csv: 1 reports of the older package are gone ({made.number}); the package says that 0 were"


def _inserted_event(folder: Path, made: Made) -> str:
    with edited(folder, "events") as rows:
        at = place(rows, made.number, 3)
        rows.insert(at, dict(rows[at], nonce="ab" * 16, log_index=""))
        rechained(rows, made.number)
    with edited(folder, "facts") as rows:
        for row in rows:
            if row["number"] == made.number:
                row["events"] = str(int(row["events"]) + 1)
    return f"data/events.csv line {line(at)}: report {made.number}: event 3 was kept out of the log, the next was not"


def _back_dated(folder: Path, made: Made) -> str:
    """Date the newest act back by five hours, and sign a log that has it so."""
    with edited(folder, "events") as rows:
        count = sum(row["number"] == made.other for row in rows)
        at = place(rows, made.other, count)
        before = rows[at - 1]
        rows[at] |= {"acted_at": before["acted_at"], "recorded_at": before["recorded_at"]}
        changed = rechained(rows, made.other)
    relogged(folder, made, changed)
    return f"data/events.csv line {line(at)}: report {made.other}: event {count} was back-dated"


def _changed_rating(folder: Path, made: Made) -> str:
    for table in ("facts", "reports", "ratings"):
        with edited(folder, table) as rows:
            at = next(at for at, row in enumerate(rows) if row["number"] == made.number)
            rows[at]["rating"] = "5"
    return f"data/ratings.csv line {line(at)}: report {made.number}: rating is '5', event"


def _changed_assignment(folder: Path, made: Made) -> str:
    with edited(folder, "assignments") as rows:
        at = next(at for at, row in enumerate(rows) if row["number"] == made.number)
        rows[at]["unit"] = str(int(rows[at]["unit"]) + 1)
    return f"data/assignments.csv line {line(at)}: report {made.number}: unit is '{rows[at]['unit']}', event 2 says"


def _signed_anew(folder: Path, made: Made) -> str:
    """Let the answer say another outcome, everywhere, and sign a record that always said so."""
    with edited(folder, "events") as rows:
        for row in rows:
            if row["number"] == made.number and row["kind"] == "answer":
                row["data"] = row["data"].replace("explained", "fixed")
        changed = rechained(rows, made.number)
    relogged(folder, made, changed)
    return f"checkpoints.json: {FIRST}: the record was forked: its root was"


def _forked_checkpoint(folder: Path, made: Made) -> str:
    content = json.loads((folder / "checkpoints.json").read_text())
    newest = content["checkpoints"][-1]
    newest["checkpoint"]["root"] = "0" * 64
    newest["signature"] = made.sign(ledger.canonical(newest["checkpoint"])).hex()
    (folder / "checkpoints.json").write_text(json.dumps(content))
    repair(folder, "checkpoints.json")
    return f"data/log.csv line 513: {SECOND}: something among the log entries 256 to 511"


def _stale(folder: Path, made: Made) -> str:
    """Give out the package of yesterday to somebody who has that of today."""
    shutil.rmtree(folder)
    shutil.copytree(made.older, folder)
    return "datapackage.json: this package is stale"


TWELVE: dict[str, Callable[[Path, Made], str]] = {
    "changed byte": _changed_byte,
    "changed byte, chain repaired": _changed_byte_and_chain,
    "swapped order": _swapped_order,
    "swapped order of the log": _swapped_log,
    "removed middle event": _removed_middle,
    "removed last event": _removed_last,
    "removed report": _removed_report,
    "inserted event": _inserted_event,
    "back-dated act": _back_dated,
    "changed rating": _changed_rating,
    "changed assignment": _changed_assignment,
    "re-signed history": _signed_anew,
    "forked checkpoint": _forked_checkpoint,
    "stale package": _stale,
}


@pytest.mark.parametrize("how", TWELVE)
def test_each_way_to_bend_a_package_is_named_with_its_place(made, copy, capsys, how):
    expected = TWELVE[how](copy, made)
    if how != "stale package":
        signed_anew(copy, made.sign)
    kept = made.newer if how == "stale package" else made.older
    code, out = said(capsys, copy, "--trust", made.key, "--previous", str(kept))
    assert code == 1
    assert expected in out


def test_what_needs_nothing_that_was_kept(made, copy, capsys):
    expected = [TWELVE[how](copy, made) for how in ("changed rating", "changed assignment", "back-dated act")]
    signed_anew(copy, made.sign)
    code, out = said(capsys, copy)
    assert code == 1
    for text in expected:
        assert text in out


def test_a_line_that_was_changed_in_each_table_is_named_where_only_the_hashes_were_repaired(made, copy, capsys):
    changed = []
    for path in sorted((copy / "data").glob("*.csv")):
        lines = path.read_bytes().split(b"\r\n")
        if len(lines) > 2:
            lines[1] = lines[1].replace(b",", b",9", 1)
            path.write_bytes(b"\r\n".join(lines))
            marks = (copy / f"lines/{path.stem}.txt").read_bytes()
            repair(copy, f"data/{path.name}")
            (copy / f"lines/{path.stem}.txt").write_bytes(marks)
            repair(copy, f"lines/{path.stem}.txt")
            changed.append(path.name)
    assert len(changed) > 15
    result = verifier.Result()
    package = verifier.Package(str(copy))
    for at in range(len(package.resources)):
        result.add(verifier.check_file(package, at))
    assert {(one.file, one.line) for one in result.findings} == {(f"data/{name}", 2) for name in changed}
    verifier.check_signature(
        package, verifier.Keys(json.loads((copy / "keys.json").read_text()), [made.key], result), result
    )
    assert "signature.json: datapackage.json is not the one that was signed" in map(str, result.findings)


def test_a_line_that_was_changed_in_any_other_way_is_named_with_its_figures(made, copy, capsys):
    with edited(copy, "indicators") as rows:
        at = next(at for at, row in enumerate(rows) if row["formula"] == "volume" and row["kind"] == "agency")
        rows[at] |= {"n": "9", "numerator": "9", "value": "9"}
    with edited(copy, "clocks") as clocks:
        clocks[0]["due_on"] = "2020-12-31"
    with edited(copy, "facts") as facts:
        facts[0]["resolve_state"] = "missed"
    with edited(copy, "frozen_figures") as frozen:
        frozen[0]["figures"] = frozen[0]["figures"].replace('"n": ', '"n": 1')
    code, out = said(capsys, copy)
    assert code == 1
    assert f"data/indicators.csv line {line(at)}: volume of agency" in out
    assert "data/clocks.csv line 2: " in out
    assert "due on 2020-12-31" in out
    assert "data/facts.csv line 2: " in out
    assert "data/frozen_periods.csv line 2: version 1" in out
    assert "signature.json: " in out


def test_a_checkpoint_that_was_kept_is_enough_to_know_another_past(made, copy, tmp_path, capsys):
    kept = json.loads((copy / "checkpoints.json").read_text())["checkpoints"][0]
    (tmp_path / "kept.json").write_text(json.dumps(kept))
    assert said(capsys, copy, "--checkpoint", str(tmp_path / "kept.json"))[0] == 0
    _signed_anew(copy, made)
    signed_anew(copy, made.sign)
    code, out = said(capsys, copy, "--checkpoint", str(tmp_path / "kept.json"))
    assert (code, f"{FIRST}: the record was forked" in out) == (1, True), out


def test_a_key_that_nobody_trusts_and_a_file_that_nobody_named(made, copy, capsys):
    (copy / "data" / "lebih.csv").write_text("x")
    code, out = said(capsys, copy, "--trust", "0" * 64)
    assert code == 1
    assert "data/lebih.csv: datapackage.json does not name this file" in out
    assert "it is not one that you trust" in out


def test_a_receipt_is_held_against_the_record(made, capsys):
    signer = signing.current()
    with (made.newer / "data" / "events.csv").open(newline="") as file:
        first = next(row for row in csv.DictReader(file) if row["number"] == made.number)
    statement = {"format": "tanggap-receipt-1", "report": made.number, "day": "2020-07-01", "key": signer.key}
    for event, expected in ((first["hash"], 0), ("ab" * 32, 1)):
        signature = signer.sign(ledger.canonical(statement | {"event": event}))
        parts = [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in (bytes.fromhex(event), signature)]
        written = ".".join(("TR1", made.number, "20200701", parts[0], signer.key, parts[1]))
        assert said(capsys, made.newer, "--receipt", written)[0] == expected
    assert said(capsys, made.newer, "--receipt", "TR1.x")[0] == 1


def _roads() -> None:
    """Let reports take the roads that are told in a way of their own."""
    for status in Status:
        make.report(status=status, now=BEGUN)
    later, kinds = BEGUN + 8 * DAY, {"classification": Classification.INFORMATION_REQUEST, "supervisory": None}
    for values in ({"supervisory": True}, kinds):  # a longer limit, and one that is lifted to two days from now
        corrected = make.report(status=Status.ASSIGNED, now=BEGUN)
        said_ = {"text": "Setelah dibaca ulang.", "category_code": make.category(), "masked": {"text": ()}}
        said_ |= {"classification": Classification.COMPLAINT, "supervisory": False, "checks_answered": True} | values
        make.act(corrected, Action.RECLASSIFY, now=later, actor=make.agency_admin(), **said_)
    paused = make.act(make.report(status=Status.ASSIGNED, now=BEGUN), Action.REQUEST_DATA, now=BEGUN + 3 * DAY)
    make.act(make.act(paused, Action.SUPPLY_DATA, now=later), Action.ANSWER, now=later + 9 * DAY)
    extensions.decide(actor=System(), agency_id=make.agency().pk, is_on=True, ground="SK 12/2020", now=BEGUN)
    more = make.report(status=Status.IN_PROGRESS, now=BEGUN)
    words = {"text": "Bahan belum datang.", "masked": {"text": ()}, "checks_answered": True}
    words |= {"plan": "Menambal minggu ini.", "new_date": date(2020, 7, 28)}
    make.act(more, Action.REQUEST_EXTENSION, actor=make.liaison(), now=BEGUN, **words)
    make.act(more, Action.GRANT_EXTENSION, actor=make.agency_admin(), now=BEGUN, **words)
    moved = make.report(status=Status.ASSIGNED, now=BEGUN)
    make.act(
        moved, Action.TRANSFER, actor=make.agency_admin(), now=BEGUN, **words, agency_id=make.agency("kab-lebak").pk
    )
    make.act(moved, Action.ACCEPT_TRANSFER, actor=make.agency_admin("kab-lebak"), now=BEGUN)
    reopened = make.act(make.report(status=Status.CLOSED, now=BEGUN), Action.REOPEN, now=BEGUN + DAY)
    make.act(reopened, Action.ANSWER, now=later)


def test_every_road_is_verified_in_the_full_package_and_in_that_of_a_month_and_of_an_agency(
    made, tmp_path, capsys, django_db_blocker
):
    with django_db_blocker.unblock(), transaction.atomic():
        _roads()
        indicators.fold(now=DONE)
        for name, scope in (("full", {}), ("month", {"month": "2020-07"}), ("agency", {"agency": "pemprov-banten"})):
            with open_data.package(selectors.scope(**scope), now=DONE) as package:
                sign = partial(open_data.sign, now=DONE)
                files.build(tmp_path / name, package.about, package.tables, texts=package.texts, sign=sign)
            code, out = said(capsys, tmp_path / name)
            assert code == 0, out
        transaction.set_rollback(True)
    with (tmp_path / "full" / "data" / "events.csv").open(newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert kinds >= {"reclassify", "grant_extension", "supply_data", "reopen", "accept_transfer"}
    expected = list(_bent(tmp_path / "full"))
    found = list(map(str, verifier.verify(str(tmp_path / "full")).findings))
    for place, text in expected:
        assert any(place in one and text in one for one in found), (place, text)


def _bent(folder: Path) -> Iterator[tuple[str, str]]:
    """Bend many rows, each in its own way; yield for each the place and the words that are to be found."""
    thinned(folder)
    with (folder / "data" / "events.csv").open(newline="") as file:
        events = [row for row in csv.DictReader(file) if row["seq"] != "1"]
    whole = {row["number"] for row in events} - {row["number"] for row in events if not row["kind"]}
    for table, every in groupby(sorted(BENDS, key=lambda one: one.table), key=lambda one: one.table):
        taken: set[int] = set()
        with edited(folder, table) as rows:
            head = (folder / "data" / f"{table}.csv").read_text().partition("\n")[0].split(",")
            for bend in every:
                taken.add(at := apply(rows, bend, taken, head, whole))
                is_elsewhere = table in ("agencies", "rest") and "no sum" not in bend.said
                place = "data/standings.csv line" if is_elsewhere else f"data/{table}.csv line {line(at)}: "
                yield place if table != "dropped" else "data/dropped.csv: ", bend.said


def test_what_is_left_out_or_stands_twice_is_named(made, copy, capsys):
    with edited(copy, "standings") as rows:
        rows[:] = [row for row in rows if row["period"] != "2020-07"]
    with edited(copy, "rankings") as rows:
        rows[:] = [row for row in rows if row["period"] != "2020-07"]
    with edited(copy, "indicators") as rows:
        rows[:] = [
            row for row in rows if row["period"] != "2020-07" or row["formula"] not in ("connectedness", "activity")
        ]
    with edited(copy, "agencies") as rows:
        owner = next(at for at, row in enumerate(rows) if row["slug"] == "pemprov-banten")
        del rows[owner]
    doubled = ("assignments", "ratings", "calendar_days", "time_limits", "units", "policies")
    for table in doubled:
        with edited(copy, table) as rows:
            rows.append(dict(rows[-1]))
    with edited(copy, "rest") as rows:
        at = next(at for at, row in enumerate(rows) if row["kind"] == "agency")
        key, number = next(iter(json.loads(rows[at]["tally"]).items()))
        handed_over = formula_rows.newest()["ombudsman_rate"].numerator_key
        rows[at]["tally"] = json.dumps(json.loads(rows[at]["tally"]) | {key: number + 1, handed_over: 1})
        rest = line(at)
    with edited(copy, "events") as rows:
        # As if its header were withheld: then the facts could be younger than they say.
        last = max(at for at, row in enumerate(rows) if row["number"] == made.number)
        rows[last] |= dict.fromkeys(list(rows[last])[4:], "")
    with edited(copy, "facts") as rows:
        at = next(at for at, row in enumerate(rows) if row["number"] == made.number)
        rows[at]["events"] = str(int(rows[at]["events"]) - 1)
    code, out = said(capsys, copy)
    assert code == 1
    assert "data/standings.csv: 2020-07 has figures, and nothing is said of how agencies stood in it" in out
    assert "has figures, and no row here" in out
    for table in doubled:
        assert re.search(f"^data/{table}.csv line .*twice", out, re.MULTILINE), table
    assert f"data/rest.csv line {rest}: {handed_over} is told of the nation alone, and stands at agency" in out
    assert re.search(f"^data/rest.csv: {key} in 2020-07: .* of each agency together", out, re.MULTILINE)
    assert f"data/facts.csv line {line(at)}: report {made.number}: its facts were read from" in out


def test_an_assessment_adds_up_to_what_its_points_and_the_weights_of_its_form_say(copy, capsys):
    form = next(iter(assessment_results.forms().values()))
    points = {code: min(place % 6, one.best) for place, (code, one) in enumerate(form.criteria.items())}
    score = form.score(points)
    said_of = {"agency": str(make.agency().pk), "body": str(make.agency("admin-nasional").pk), "form": form.code}
    said_of |= {"version": str(form.version), "year": "2020", "told_on": "2020-07-02", "grade": score.grade.value}
    aspects = {code: str(value) for code, value in score.aspects.items()}
    said_of |= {"total": str(score.total), "aspects": json.dumps(aspects, separators=(",", ":"))}
    with edited(copy, "assessments") as rows:
        rows += [said_of | {"assessment": str(pk)} for pk in (1, 2, 3)]
        rows[1]["total"] = "99.40"
        rows[2]["version"] = "99"
    with edited(copy, "assessment_points") as rows:
        own = {"side": "agency", "points": "5"}
        for pk in ("1", "2"):
            rows += [{"assessment": pk, "criterion": code} | own for code in points]
            rows += [
                {"assessment": pk, "criterion": code, "side": "evaluator", "points": str(n)}
                for code, n in points.items()
            ]
    code, out = said(capsys, copy)
    found = [one for one in out.splitlines() if one.startswith("data/assessments.csv line") and "assessment " in one]
    assert (code, found) == (
        1,
        [
            f"data/assessments.csv line 3: assessment 2: total is '99.40', recomputed '{score.total}'",
            "data/assessments.csv line 4: assessment 3: assessment-forms.json has no form of that version",
        ],
    ), out


def test_what_an_older_package_said_of_formulas_agencies_and_dropped_reports_is_held_against_it(made, copy, capsys):
    formulas = json.loads((copy / "formulas.json").read_text())
    formulas["indicators"][-1]["sensitivity"] = "0.1"
    formulas["indicators"][0]["name"]["id"] = "Jumlah"  # words may become better
    (copy / "formulas.json").write_text(json.dumps(formulas))
    with edited(copy, "agencies") as rows:
        rows[1]["kind"], rows[2]["name"], gone = "city", "Nama baru", rows.pop()["agency"]
    with edited(copy, "dropped") as rows:  # some were dropped long ago, one is gone since
        rows[0] |= {"ever": "9", "dropped": "3"}
    for table in ("reports", "facts", "assignments", "clocks", "events", "ratings"):
        with edited(copy, table) as rows:
            rows[:] = [row for row in rows if row["number"] != made.other]
    old = copy.parent / "old"
    shutil.copytree(made.older, old)
    with edited(old, "dropped") as rows:
        rows[0] |= {"ever": "9", "dropped": "3"}
    with edited(copy, "reports") as rows:
        rows[0]["received_on"] = "2020-06-01"
    code = verifier.main([str(copy), "--previous", str(old)])
    told = capsys.readouterr()
    assert code == 1
    for text in (
        *("formulas.json: sensitivity of ikp@1 is not what it was", f"data/agencies.csv: {gone} of the older package"),
        *(
            "here it is 'city'",
            f"are gone ({made.other}); the package says that 0 were dropped",
            "received_on is 2020-06",
        ),
    ):
        assert text in told.out, text
    assert "name of volume" not in told.out
    assert "note: agencies: 1 changed since: " in told.err


# Packages of a stranger


def _path_outside(folder: Path) -> None:
    _described(folder, lambda content: content["resources"][-1].update(path="../../etc/passwd"))


def _link(folder: Path) -> None:
    (folder / "data" / "facts.csv").unlink()
    (folder / "data" / "facts.csv").symlink_to("/etc/passwd")


def _pipe(folder: Path) -> None:
    (folder / "data" / "facts.csv").unlink()
    os.mkfifo(folder / "data" / "facts.csv")


def _described(folder: Path, change: Callable[[dict], object]) -> None:
    content = json.loads((folder / "datapackage.json").read_text())
    change(content)
    (folder / "datapackage.json").write_text(json.dumps(content))


def _table_elsewhere(folder: Path) -> None:
    """Give the right rows at a place where nobody looks, and others where everybody does."""
    shutil.copy(folder / "data" / "facts.csv", folder / "facts.csv")

    def beside(content: dict) -> None:
        facts = next(one for one in content["resources"] if one["path"] == "data/facts.csv")
        content["resources"].append(facts | {"path": "facts.csv"})

    _described(folder, beside)


def _without_log(folder: Path) -> None:
    _described(
        folder,
        lambda content: content.update(resources=[one for one in content["resources"] if "log." not in one["path"]]),
    )


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a path outside": (_path_outside, "no path inside the package"),
    "a table elsewhere": (_table_elsewhere, "no place of a table"),
    "no log in the whole": (_without_log, "the tables log are missing"),
    "a link": (_link, "a link is not followed"),
    "a pipe": (_pipe, "no plain file"),
    "a file that is missing": (lambda folder: (folder / "data" / "log.csv").unlink(), "the file is missing"),
    "deep JSON": (lambda folder: (folder / "datapackage.json").write_text("[" * 10**6), "nested too deep"),
    "no number": (lambda folder: (folder / "formulas.json").write_text('{"indicators": [NaN]}'), "no whole number"),
    "a doubled key": (lambda folder: (folder / "keys.json").write_text('{"keys": [], "keys": []}'), "stands twice"),
    "another format": (
        lambda folder: _described(folder, lambda content: content["tanggap"].update(format="x")),
        "no package of tanggap-open-data-1",
    ),
    "keys that are none": (lambda folder: (folder / "keys.json").write_text("[]"), "not what they should be"),
    "no package": (lambda folder: (folder / "datapackage.json").unlink(), "datapackage.json: the file is missing"),
}


def test_a_package_that_cannot_be_one_is_refused_with_a_reason(made, tmp_path, capsys):
    for name, (bend, expected) in HOSTILE.items():
        folder = tmp_path / name.replace(" ", "-")
        shutil.copytree(made.older, folder, copy_function=os.link)
        for path in folder.glob("*.json"):  # what is bent must not be the one file of all copies
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)
        bend(folder)
        assert verifier.main([str(folder)]) == 2, name
        assert expected in capsys.readouterr().err, name


def test_a_field_that_is_huge_or_no_text_is_named_and_not_kept(made, copy, capsys):
    path = copy / "data" / "ratings.csv"
    path.write_bytes(path.read_bytes() + b"x" * (5 << 20))
    path = copy / "data" / "decrees.csv"
    path.write_bytes(path.read_bytes() + b"\xff,\r\n")
    path = copy / "data" / "oversight.csv"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b',"\r\n', 1))
    code = verifier.main([str(copy)])
    out = capsys.readouterr()
    assert code == 1, out
    for text in ("ratings.csv line", "longer than", "not UTF-8", "data/oversight.csv line 1"):
        assert text in out.out


def test_a_package_that_wants_to_hang_crash_or_repaint_the_screen_does_not(made, copy, capsys):
    def enormous(content: dict) -> None:
        for one in content["resources"]:
            one["bytes"] = 10**18

    _described(copy, enormous)
    formulas = json.loads((copy / "formulas.json").read_text())
    formulas["indicators"][-1]["parts"][0]["weight"] = "1/0"
    (copy / "formulas.json").write_text(json.dumps(formulas))
    with edited(copy, "reports") as rows:
        rows[0]["number"] = "\x1b[2J\x1b[H" + "verified"
    (copy / "kamus.csv").write_bytes(b'"' + b"x" * (5 << 20))
    code, out = said(capsys, copy)
    assert code == 1
    assert "\x1b" not in out
    assert "\\x1b[2J" in out
    assert "data/rankings.csv: ranks cannot be checked: ZeroDivisionError" in out
    assert "size or hash is not what" in out
    formulas["indicators"][0]["where"] = json.loads('{"not": ' * 900 + '{"all": []}' + "}" * 900)
    (copy / "formulas.json").write_text(json.dumps(formulas))
    assert said(capsys, copy)[0] in (1, 2)


@pytest.mark.parametrize("words", [[], ["x", "--trust", "y"], ["x", "--processes", "0"], ["x", "--unknown"]])
def test_bad_usage_ends_with_two(words, capsys):
    with pytest.raises(SystemExit) as caught:
        verifier.main(words)
    assert caught.value.code == 2
