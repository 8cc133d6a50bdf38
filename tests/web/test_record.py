"""The record for everyone: what is published verifies from what is published, and tells nothing of any report."""

import hashlib
import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection
from django.test import Client

from tanggap.domain import merkle
from tanggap.domain.checkpoints import fingerprint
from tanggap.domain.ledger import canonical
from tanggap.domain.limits_of_use import LIMITS, Bucket, Limit
from tanggap.domain.merkle import GROUP
from tanggap.models import Event, LogEntry
from tanggap.services import audit, record, record_keys, signed_receipts, signing
from tanggap.web import receipts
from tests import make
from tests.make import DAY, NOW
from tests.rights import owning

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def clock(tmp_path):
    before = settings.RECORD_KEY_FILE
    settings.RECORD_KEY_FILE = tmp_path / "record-key.json"
    signing.make_key_file(settings.RECORD_KEY_FILE)
    with time_machine.travel(NOW, tick=False):
        yield
    settings.RECORD_KEY_FILE = before


@pytest.fixture
def secret():
    """A secret report, covered by the second of three checkpoints, the last of which has another key."""
    make.submit()
    record.checkpoint(now=NOW)
    report = make.submit(is_confidential=True)
    record.checkpoint(now=NOW + DAY)
    record_keys.rotate(now=NOW + DAY)
    record.checkpoint(now=NOW + 2 * DAY)
    return report


def ask(path, language="id", status=200):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer


def written(report):
    return signed_receipts.of(report.pk).written()


def paste(text, language="id", **more):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.post("/catatan/tanda-terima", {"teks": text, **more})


def signed_by(keys, statement, signature):
    """Check a signature as a stranger does, from the published keys and nothing of ours but the canonical form."""
    Ed25519PublicKey.from_public_bytes(keys[statement["key"]]).verify(bytes.fromhex(signature), canonical(statement))


def trusted(published, first):
    """Follow the statements of the keys from a fingerprint that is trusted."""
    found = {}
    for row in published:
        statement, public = row["statement"], bytes.fromhex(row["statement"]["public"])
        if statement["previous"] in found:
            Ed25519PublicKey.from_public_bytes(found[statement["previous"]]).verify(
                bytes.fromhex(row["signature"]), canonical(statement)
            )
        elif fingerprint(public) != first:
            continue
        found[statement["key"]] = public
    return found


def test_whoever_trusts_the_first_key_verifies_all_from_the_published_files(secret):
    keys = trusted(ask("/catatan/kunci.json").json()["keys"], _first_print())
    sizes = [
        int(size) for size in re.findall(r"/catatan/checkpoint/(\d+)\.json\">\d", ask("/catatan").content.decode())
    ]
    assert sizes == [3 * GROUP, 2 * GROUP, GROUP]
    files = [ask(f"/catatan/checkpoint/{size}.json").json() for size in reversed(sizes)]
    for file in files:
        signed_by(keys, file["checkpoint"], file["signature"])
    for before, after in pairwise(files):
        old, new = before["checkpoint"], after["checkpoint"]
        assert new["previous"] == hashlib.sha256(canonical(old)).hexdigest()
        proof = ask(f"/catatan/bukti/konsistensi?dari={old['size']}&ke={new['size']}").json()
        roots = bytes.fromhex(old["root"]), bytes.fromhex(new["root"])
        path = [bytes.fromhex(node) for node in proof["path"]]
        assert merkle.is_continued(proof["old"], proof["new"], *roots, path)
    assert ask("/catatan/checkpoint/latest.json").content == ask(f"/catatan/checkpoint/{3 * GROUP}.json").content


def _first_print():
    statement = ask("/catatan/kunci.json").json()["keys"][0]["statement"]
    return fingerprint(bytes.fromhex(statement["public"]))


def test_a_receipt_of_a_secret_report_is_proven_offline_from_its_evidence(secret):
    text = written(secret)
    page = paste(text)
    assert "ada di catatan yang disegel" in page.content.decode()
    assert secret.title not in page.content.decode()
    answer = paste(text, unduh="1")
    assert answer["Content-Disposition"] == f'attachment; filename="bukti-{secret.number}.json"'
    evidence = json.loads(answer.content)
    keys = trusted(evidence["keys"], _first_print())
    checkpoint, inclusion = evidence["checkpoint"]["checkpoint"], evidence["inclusion"]
    signed_by(keys, checkpoint, evidence["checkpoint"]["signature"])
    path = [bytes.fromhex(node) for node in inclusion["path"]]
    event = bytes(Event.objects.get(report=secret, seq=1).hash)
    assert checkpoint["size"] == inclusion["size"] == 2 * GROUP
    assert merkle.included(event, inclusion["index"], inclusion["size"], path, bytes.fromhex(checkpoint["root"]))
    again = ask(f"/catatan/bukti/inklusi?indeks={inclusion['index']}&ukuran={inclusion['size']}").json()
    assert again == inclusion


def test_the_reporter_gets_the_evidence_on_the_own_page_and_nobody_else(secret):
    client = Client()
    assert client.get("/lacak/laporan/bukti.json").headers["Location"] == "/lacak"
    receipt = make.submissions.receipt(secret)
    client.post("/lacak", {"number": receipt.number, "token": receipt.token})
    assert "/lacak/laporan/bukti.json" in client.get("/lacak/laporan").content.decode()
    evidence = client.get("/lacak/laporan/bukti.json").json()
    assert evidence["receipt"].startswith(f"TR1.{secret.number}.20200701.")


def test_a_receipt_holds_before_any_checkpoint_and_the_evidence_waits():
    report = make.submit()
    page = paste(written(report), unduh="1").content.decode()
    assert "Titik periksa berikutnya" in page
    assert signed_receipts.evidence_of(report.pk) is None
    assert "Berkas bukti" in _own_page(report, "/lacak/laporan/bukti.json")


def _own_page(report, path):
    client = Client()
    receipt = make.submissions.receipt(report)
    client.post("/lacak", {"number": receipt.number, "token": receipt.token})
    return client.get(path, follow=True).content.decode()


def test_a_receipt_of_a_report_that_was_removed_says_so_loudly(secret):
    text = written(secret)
    with owning(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE tanggap_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE tanggap_event SET hash = sha256('x') WHERE report_id = %s", [secret.pk])
    page = paste(text).content.decode()
    assert "tetapi laporannya tidak ada di catatan" in page
    assert 'role="alert"' in page


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (lambda text: text.replace("20200701", "20200630"), 200, "Tanda tangannya tidak cocok"),
        (lambda text: text[:-2] + ("AA" if text[-2:] != "AA" else "QQ"), 200, "Tanda tangannya tidak cocok"),
        (lambda text: re.sub(r"\.[0-9a-f]{16}\.", ".0123456789abcdef.", text), 200, "tidak dikenal situs ini"),
        (lambda text: text[:100], 422, "tidak lengkap atau salah salin"),
        (lambda text: "x" * 5000, 422, "lebih panjang daripada tanda terima"),
        (lambda text: "", 422, "Tempelkan teks tanda terima"),
    ],
)
def test_a_receipt_that_is_not_right_is_not_looked_up(change, status, said):
    answer = paste(change(written(make.submit())))
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "Nomor laporan" not in answer.content.decode()


def test_without_a_key_a_report_is_taken_in_and_has_no_signed_receipt():
    settings.RECORD_KEY_FILE.unlink()
    report = make.submit()
    made = make.submissions.receipt_again(report.number)
    assert made.signed == receipts.proof_link(made) == receipts.sheet(made).proof == ""
    assert signed_receipts.evidence_of(report.pk) is None


def test_the_receipt_of_a_report_carries_its_proof_beside_the_number():
    made = make.submissions.receipt_again(make.submit().number)
    assert receipts.proof_link(made) == f"{settings.PUBLIC_URL}/catatan/tanda-terima#{made.signed}"
    assert made.token not in made.signed
    assert receipts.sheet(made).proof == made.signed


def test_the_feed_holds_every_checkpoint_as_its_file(secret):
    root = ElementTree.fromstring(ask("/catatan/feed.atom").content)
    entries = root.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}updated").text for entry in entries] == [
        f"2020-07-0{day}T03:00:00+00:00" for day in (3, 2, 1)
    ]
    assert json.loads(entries[0].find(f"{ATOM}summary").text) == ask("/catatan/checkpoint/latest.json").json()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("inklusi", 422),
        ("inklusi?indeks=a&ukuran=256", 422),
        ("inklusi?indeks=-1&ukuran=256", 422),
        ("inklusi?indeks=0&ukuran=99999999999999999999", 422),
        ("inklusi?indeks=256&ukuran=256", 404),
        ("inklusi?indeks=0&ukuran=257", 404),
        ("konsistensi?dari=512&ke=256", 422),
        ("konsistensi?dari=256", 422),
        ("konsistensi?dari=0&ke=256", 404),
        ("konsistensi?dari=256&ke=999999999999999", 404),
    ],
)
def test_what_cannot_be_proven_is_refused_clearly(secret, path, status):
    answer = ask(f"/catatan/bukti/{path}", status=status)
    if status == 422:
        assert answer.json()["error"]


def test_what_never_changes_may_be_kept_and_what_grows_only_a_while(secret):
    for path in ("checkpoint/256.json", "bukti/inklusi?indeks=0&ukuran=256", "bukti/konsistensi?dari=256&ke=512"):
        assert "immutable" in ask(f"/catatan/{path}")["Cache-Control"]
    for path in ("checkpoint/latest.json", "kunci.json", "feed.atom"):
        assert "max-age=300" in ask(f"/catatan/{path}")["Cache-Control"]
    assert "no-store" in paste(written(secret))["Cache-Control"]
    ask("/catatan/checkpoint/999999999999999999999999.json", status=404)


def test_one_client_asks_so_often_and_no_more(monkeypatch):
    monkeypatch.setitem(LIMITS, Bucket.RECORD_CLIENT, Limit(2, DAY))
    assert [ask(f"/catatan/bukti/inklusi?n={n}", status=s).status_code for n, s in enumerate((422, 422, 429))][
        -1
    ] == 429
    assert paste("TR1").status_code == 429


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pages_explain_in_both_languages(secret, language):
    page = ask("/catatan", language).content.decode()
    assert {"id": "Yang tidak dibuktikan", "en": "What it does not prove"}[language] in page
    assert _first_print() in page
    assert secret.number not in page
    page = paste(written(secret), language).content.decode()
    assert {"id": "Tanda terima ini asli", "en": "This receipt is genuine"}[language] in page


def test_a_site_without_a_checkpoint_says_so():
    assert "Belum ada titik periksa" in ask("/catatan").content.decode()
    ask("/catatan/checkpoint/latest.json", status=404)


def test_older_checkpoints_are_a_page_further():
    for day in range(33):
        record.checkpoint(now=NOW + day * DAY)
    assert "?sebelum=768" in ask("/catatan").content.decode()
    page = ask("/catatan?sebelum=768").content.decode()
    assert re.findall(r"checkpoint/(\d+)\.json\">\d", page) == ["512", "256"]
    assert "?sebelum" not in page


def test_the_record_as_it_is_published_is_that_of_the_audit(secret):
    assert audit.audit(now=NOW + 3 * DAY).record.entries == LogEntry.objects.count() == 3 * GROUP
