"""The audit passes on what the loader writes, the bench runs to its end, and its client reads what servers write."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings

from bench import browser, client, figures, results, simulation, weight
from bench.words import vocabulary
from tests.databases import ROOT, address_of, clone, remove

BENCH = "tanggap_bench"


def run(*words: str, data: str, database: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TANGGAP_", "PYTEST_"))}
    env |= {"DATABASE_URL": address_of(database), "TANGGAP_DATABASE_ROLE": settings.DATABASE_ROLE}
    env |= {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", *words, "--data", data]
    return subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=120)


@pytest.fixture
def database() -> Iterator[str]:
    name = f"{BENCH}_{os.getpid()}"
    clone(name)
    yield name
    remove(name)
    remove(f"{name}_empty")


def test_what_the_loader_writes_passes_the_audit_and_it_fills_no_used_database(database, tmp_path):
    data = str(tmp_path / "data")
    done = run("bench", "load", "--reports", "300", "--agencies", "12", data=data, database=database)
    assert done.returncode == 0, done.stderr
    assert "loaded 300 reports" in done.stdout
    with psycopg.connect(address_of(database)) as connection:
        kinds = connection.execute("SELECT count(DISTINCT status), max(event_count) FROM tanggap_report").fetchone()
        (left,) = connection.execute("SELECT count(*) FROM tanggap_deskdelta").fetchone()
        (free,) = connection.execute("SELECT nextval('tanggap_report_id_seq')").fetchone()
        (unread,) = connection.execute("SELECT count(*) FROM tanggap_desksearch WHERE words IS NULL").fetchone()
        (agencies,) = connection.execute("SELECT count(DISTINCT owner_agency_id) FROM tanggap_report").fetchone()
    assert kinds[0] >= 7
    assert kinds[1] >= 6
    assert left == 0
    assert free == 301
    assert unread == 0
    assert agencies > 9
    checked = run("tanggap.cli", "audit", data=data, database=database)
    assert checked.returncode == 0, checked.stderr
    assert "audit: in order. 300 reports" in checked.stdout
    again = run("bench", "load", "--reports", "5", data=data, database=database)
    assert again.returncode == 1
    assert "holds reports" in again.stderr


def test_the_bench_runs_from_end_to_end(database, tmp_path):
    done = run("bench", "--quick", data=str(tmp_path / "data"), database=database)
    assert done.returncode == 0, done.stderr
    parts = ("durable submissions per second", "two-word search", "first visit of /lapor", "fsync: ")
    lists = (
        "a kept list with three filters",
        "a search for two words",
        "bulk assign of 2 reports",
    )
    for words in (*parts, *lists):
        assert words in done.stdout
    assert "FAILED" not in done.stderr


def test_an_answer_in_pieces_is_read_when_it_is_whole():
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=b; Path=/\r\n\r\n"
    whole = head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert [client.parse(whole[:end], 0.1) for end in range(len(whole))] == [None] * len(whole)
    answer = client.parse(whole, 0.1)
    assert (answer.status, answer.body, answer.size) == (200, b"abcde", len(whole))
    assert answer.cookies() == {"a": "b"}
    counted = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n"
    assert client.parse(counted + b"h", 0.1) is None
    assert client.parse(counted + b"hi", 0.1).body == b"hi"


def test_a_form_is_sent_as_a_browser_would_send_it_untouched():
    page = b"""<form action="/cari"><input name="q" value="no"></form>
    <form method="post" action="/lapor"><input type="hidden" name="kunci" value="k"><input type="file" name="files">
    <input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
    <textarea name="t">a</textarea>
    <input type="checkbox" name="c"><select name="s"><option value=""><option value="x" selected></select>
    <button name="kirim" value="1"></button></form>"""
    fields, options = browser.form_of(client.Answer(200, (), page, 0, 0), "/lapor")
    assert fields == {"kunci": "k", "r": "2", "t": "a", "s": "x"}
    assert options == {"s": ["", "x"]}
    with pytest.raises(client.ClientError):
        browser.form_of(client.Answer(200, (), page, 0, 0), "/masuk")


def test_style_sheets_are_searched_for_what_they_load():
    assert weight._URL.findall(b"a{background:url( 'x.svg' )}b{src:url(y.woff2)}") == [b"x.svg", b"y.woff2"]


def test_a_figure_knows_in_which_direction_it_is_good():
    rate = figures.Figure("rate", 0.15, must=0.1, aim=0.2, is_at_least=True)
    size = figures.Figure("size", 31, must=60, aim=30)
    assert (rate.holds, rate.reaches, size.holds, size.reaches) == (True, False, True, False)


def test_each_command_has_a_section_of_its_own_in_the_results_and_leaves_the_others():
    facts = figures.Facts()
    simulation.note(facts, {"reports": 20_000}, {"reports that nobody owns": 0, "officers asked twice": 3})
    made = results.section("./run bench simulation", "A year.", facts, {"memory": "8 GiB"}, is_quick=False)
    assert "| what went wrong in the simulation | **3** | ≤ 0 | ≤ 0 | **fails**; reports that nobody owns 0, " in made
    whole = results.put("# Old head\n\n## `./run bench`\n\nFirst.\n\n### The machine\n", made)
    assert whole.startswith("# What the bench measured\n\n## `./run bench`\n\nFirst.\n")
    again = results.put(whole, made.replace("A year.", "Another year."))
    assert again == whole.replace("A year.", "Another year.")


def test_the_vocabulary_has_common_and_rare_words():
    words = vocabulary()
    shares = [high - low for low, high in zip((0, *words.weights), words.weights, strict=False)]
    assert len(words.words) == len(set(words.words)) > 2000
    assert shares[0] > 100 * shares[-1] > 0


def test_the_same_seed_tells_the_same_histories(django_db_setup, django_db_blocker):
    from bench import stories, world

    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            read = world.read(datetime(2026, 7, 1, tzinfo=UTC), 730, waiting=3)
            one, two = (list(stories.stories(read, 7, 0, 20)) for _ in range(2))
            transaction.set_rollback(True)
    assert [story.texts for story in one] == [story.texts for story in two]
    assert [[event.kind for event in story.events] for story in one] == [
        [event.kind for event in story.events] for story in two
    ]
    assert [story.events[-1].kind for story in one[:3]] == ["verify_and_assign"] * 3
    assert one[0].events[0].nonce != two[0].events[0].nonce
