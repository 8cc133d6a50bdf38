"""Time stamps of checkpoints (RFC 3161), by an authority that the test makes: none is needed, none is forged."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tanggap.adapters.outbound import timestamps
from tanggap.adapters.outbound.timestamps import NotStampedError
from tanggap.models import Checkpoint, CheckpointStamp
from tanggap.selectors import record as reads
from tanggap.services import record, record_audit, record_stamps, signing
from tanggap.tasks import periodic
from tests.make import DAY
from tests.rights import owning
from tests.verify.loading import load

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="an authority is made with openssl"),
]
verifier = load()
_CONFIG = """
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[tsa_ext]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = name
[name]
[ca_ext]
basicConstraints = critical,CA:true
"""


@dataclass
class Authority:
    """A time stamping authority behind an address, and what it was asked."""

    folder: Path
    url: str = ""
    asked: list[bytes] = field(default_factory=list)
    answer: bytes | None = None  # instead of a stamp
    status: int = 200

    def openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def stamped(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        self.openssl(
            *("ts", "-reply", "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key", "-config", "config"),
            *("-section", "tsa", "-out", "reply"),
        )
        return (self.folder / "reply").read_bytes()

    def made(self) -> None:
        (self.folder / "config").write_text(_CONFIG)
        (self.folder / "serial").write_text("01\n")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-config", "config")
        self.openssl(
            *("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Akar", "-extensions", "ca_ext")
        )
        self.openssl("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Cap waktu")
        self.openssl(
            *("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-out", "tsa.pem"),
            *("-extfile", "config", "-extensions", "tsa_ext"),
        )


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Authority]:
    authority = Authority(tmp_path_factory.mktemp("authority"))
    authority.made()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append(query)
            content = authority.stamped(query) if authority.answer is None else authority.answer
            self.send_response(authority.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield authority
    server.shutdown()
    server.server_close()


@pytest.fixture
def authority(running) -> Iterator[Authority]:
    running.asked.clear()
    running.answer, running.status = None, 200
    return running


@pytest.fixture
def now(tmp_path) -> datetime:
    """Sign with a key of the test, by the clock on the wall: the authority has no other."""
    settings.RECORD_KEY_FILE = tmp_path / "record-key.json"
    signing.make_key_file(settings.RECORD_KEY_FILE)
    return datetime.now(UTC)  # noqa: TID251 - the authority has no other clock


@pytest.fixture(autouse=True)
def key_file() -> Iterator[None]:
    before = settings.RECORD_KEY_FILE
    yield
    settings.RECORD_KEY_FILE = before


def stamp(authority: Authority, now: datetime) -> int:
    return record_stamps.stamp(ask=partial(timestamps.ask, authority.url), now=now)


def verified(size: int, *options: str, package: Path) -> tuple[int, list[str]]:
    """Check the time stamps of a folder as the verifier does; return how many it verified, and what it says."""
    result = verifier.Result()
    keys = verifier.Keys({"keys": reads.keys_value()}, (), result)
    checkpoints = [reads.get(one).value() for one in Checkpoint.objects.order_by("size").values_list("size", flat=True)]
    found = verifier.read_checkpoints({"checkpoints": checkpoints}, keys, result)
    (package / "timestamps.json").write_text(json.dumps({"timestamps": reads.stamps_value()}))
    verifier.check_timestamps(str(package), found, options[0] if options else "", result)
    return result.counts["time stamps"], [*map(str, result.findings), *result.notes[1:]]


def test_a_checkpoint_is_stamped_published_and_checked_with_the_certificate_of_the_authority(authority, now, tmp_path):
    made = record.checkpoint(now=now)
    assert (stamp(authority, now), stamp(authority, now)) == (1, 0)  # once for all
    row = CheckpointStamp.objects.get()
    assert bytes.fromhex(made.statement.digest()) in bytes(row.response)
    assert abs(row.stamped_at - now) < timedelta(minutes=5)
    answer = Client().get(f"/catatan/checkpoint/{made.size}.tsr")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/timestamp-reply")
    assert answer.content == bytes(row.response)
    assert Client().get("/catatan/checkpoint/1.tsr").status_code == 404
    assert Client().post(f"/catatan/checkpoint/{made.size}.tsr").status_code == 405
    assert f"/catatan/checkpoint/{made.size}.tsr" in Client().get("/catatan").content.decode()
    ca = str(authority.folder / "ca.pem")
    assert verified(made.size, ca, package=tmp_path) == (1, [])
    assert verified(made.size, package=tmp_path) == (
        0,
        ["1 time stamps present, not checked: no certificate given (--tsa-cert)"],
    )


def test_a_stamp_of_others_or_of_something_else_is_named(authority, now, tmp_path):
    first = record.checkpoint(now=now - DAY)
    stamp(authority, now)
    record.checkpoint(now=now)
    stranger = Authority(tmp_path / "stranger")
    stranger.folder.mkdir()
    stranger.made()
    other = str(stranger.folder / "ca.pem")
    said = verified(first.size, other, package=tmp_path)
    assert said[0] == 0
    assert f"timestamps.json: {reads_name(first)}: its time stamp is none, or not of this authority" in said[1][0]
    reply = reads.stamps_value()[0]["response"]
    bent = [
        {"size": first.size + 256, "response": reply},
        {"size": 3, "response": reply},
        {"size": first.size, "response": "AAAA"},
    ]
    (tmp_path / "timestamps.json").write_text(json.dumps({"timestamps": bent}))
    ca, result = str(authority.folder / "ca.pem"), verifier.Result()
    keys = verifier.Keys({"keys": reads.keys_value()}, (), result)
    checkpoints = verifier.read_checkpoints(
        {"checkpoints": [reads.get(size).value() for size in (first.size, first.size + 256)]}, keys, result
    )
    verifier.check_timestamps(str(tmp_path), checkpoints, ca, result)
    assert [
        text in str(one) for one, text in zip(result.findings, ("messages", "over 3 entries", "is none"), strict=True)
    ] == [True] * 3


def reads_name(made: reads.Signed) -> str:
    return f"the checkpoint of {made.made_at.date()} over {made.size} entries"


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (b"<html>", 200, "not a time stamp"),
        (b"", 500, "no answer: HTTPError"),
        (b"", 302, "no answer: HTTPError"),
        (b"x" * (timestamps.LARGEST + 1), 200, "too large"),
    ],
)
def test_an_authority_that_fails_stops_no_checkpoint_and_is_asked_again(authority, now, answer, status, said):
    record.checkpoint(now=now)
    authority.answer, authority.status = answer, status
    with pytest.raises(NotStampedError, match=said):
        stamp(authority, now)
    assert not CheckpointStamp.objects.exists()
    authority.answer, authority.status = None, 200
    assert stamp(authority, now) == 1


def test_an_old_answer_and_a_silent_address_are_no_stamp(authority, now):
    record.checkpoint(now=now)
    stamp(authority, now)
    authority.answer = bytes(CheckpointStamp.objects.get().response)
    with pytest.raises(NotStampedError, match="another question"):
        timestamps.ask(authority.url, b"something else")
    for url in ("http://127.0.0.1:1/", "file:///etc/passwd", "ftp://127.0.0.1/"):
        with pytest.raises(NotStampedError):
            timestamps.ask(url, b"x")


def test_a_stamp_stays_as_it_came(authority, now):
    record.checkpoint(now=now)
    stamp(authority, now)
    for statement in ("UPDATE tanggap_checkpointstamp SET stamped_at = now()", "DELETE FROM tanggap_checkpointstamp"):
        refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_audit_reads_the_stamps_and_names_one_that_is_not_of_its_checkpoint(authority, now):
    first = record.checkpoint(now=now - timedelta(days=2))
    stamp(authority, now)
    outside = record_audit.Outside(said_at=timestamps.said_at)
    seen = record_audit.Seen()
    assert record_audit.findings(outside, seen) == []
    assert seen.stamps == 1
    row = CheckpointStamp.objects.get()
    bent = [
        ({"stamped_at": row.stamped_at - timedelta(days=1)}, "is kept of it"),
        ({"response": b"x"}, "is none of the checkpoint"),
        ({"response": timestamps.ask(authority.url, b"other").response}, "is none of the checkpoint"),
    ]
    for values, said in bent:
        with owning(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE tanggap_checkpointstamp DISABLE TRIGGER USER")
            CheckpointStamp.objects.update(**{"stamped_at": row.stamped_at, "response": row.response, **values})
        (finding,) = record_audit.findings(outside, record_audit.Seen())
        assert finding.startswith(f"the time stamp over {first.size} entries")
        assert said in finding
        assert record_audit.findings(record_audit.NOTHING, record_audit.Seen()) == []


def test_where_no_authority_is_named_nobody_is_asked(now, monkeypatch):
    monkeypatch.setattr(timestamps, "ask", lambda *_words: pytest.fail("it was asked"))
    record.checkpoint(now=now)
    (job,) = (one for one in periodic.PERIODIC if one.name == "record.stamp")
    job.run(now)
