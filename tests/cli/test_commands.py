"""The command line: what is taken out of it, what a wrong one is answered, and what the tables hold."""

import argparse
import os
import socket
import subprocess
import sys

import pytest

from tanggap.cli import checks, commands, documents, serve, settings_page
from tanggap.cli.database import libpq_environment, name_of
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import CHECKOUT


def run(*arguments, **env):
    made = {**os.environ, "PYTHONPATH": str(CHECKOUT), **env}
    command = [sys.executable, "-m", "tanggap.cli", *arguments]
    return subprocess.run(command, env=made, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("words", [["--data", "/x"], ["--data=/x"]])
def test_the_data_folder_may_stand_anywhere(words):
    assert commands.split_data(["2020-06-26", *words, "verify"]) == ("/x", ["2020-06-26", "verify"])


def test_a_data_option_without_a_folder_is_refused():
    with pytest.raises(CommandError, match="--data needs a folder"):
        commands.split_data(["--data"])


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} on 127\.0\.0\.1 cannot be used.*--port"):
            serve.check_port("127.0.0.1", port)


def test_a_taken_port_stops_the_start_before_a_database_is_made(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run("--port", str(other.getsockname()[1]), "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data" / "database.json").exists()


@pytest.mark.parametrize("name", sorted(commands.INSTEAD))
def test_what_django_offers_and_cannot_work_here_names_the_command_that_does(name):
    done = run(name, "somebody", "--data", "/nowhere")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert commands.INSTEAD[name] in done.stderr


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "DATABASE_URL cannot be reached"),
        ({"TANGGAP_KEYS": "{"}, "TANGGAP_KEYS"),
        ({"DATABASE_URL": "no address at all"}, "DATABASE_URL cannot be reached"),
    ],
)
def test_a_wrong_setting_is_one_line_and_exit_1(tmp_path, env, named):
    done = run("prepare", "--data", str(tmp_path / "data"), **env)
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_help_lists_our_commands_and_those_of_django():
    done = run("help")
    assert done.returncode == 0
    for name in [*commands.OWN, "createadmin", "load-reference"]:
        assert f"  {name} " in done.stdout


@pytest.mark.parametrize(
    ("command", "words"),
    [("backup", "into FILE"), ("prepare", "up to date"), ("audit", "usage")],
)
def test_who_asks_for_help_gets_words_and_nothing_is_made(tmp_path, command, words):
    done = run(command, "--help", "--data", str(tmp_path / "data"))
    assert (done.returncode, done.stderr) == (0, "")
    assert words in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_restore_needs_a_new_folder(tmp_path):
    (tmp_path / "something").touch()
    done = run("restore", str(tmp_path / "file"), "--data", str(tmp_path))
    assert done.returncode == 1
    assert "not empty" in done.stderr


def test_a_file_that_is_no_backup_is_refused_and_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("no tar", encoding="utf-8")
    done = run("restore", str(tmp_path / "file"), "--data", str(tmp_path / "new"))
    assert done.returncode == 1
    assert "cannot be read as a backup" in done.stderr
    assert not (tmp_path / "new").exists()


def test_an_address_is_given_to_programs_by_the_environment():
    url = "postgresql://me:secret@db.example/tanggap?sslmode=require"
    assert libpq_environment(url) == {
        "PGHOST": "db.example",
        "PGUSER": "me",
        "PGPASSWORD": "secret",
        "PGDATABASE": "tanggap",
        "PGSSLMODE": "require",
    }
    assert name_of(url) == "tanggap"


def test_every_setting_has_words_and_stands_on_the_page():
    page = settings_page.page()
    assert {setting.name for setting in settings_page.settings()} == settings_page.MEANING.keys()
    assert all(f"`{name}`" in page for name in settings_page.MEANING)


def test_a_setting_without_words_fails(monkeypatch):
    monkeypatch.delitem(settings_page.MEANING, "TANGGAP_MAIL")
    with pytest.raises(LookupError, match="explain \\['TANGGAP_MAIL'\\]"):
        settings_page.page()


def test_a_document_that_the_code_no_longer_says_is_found(monkeypatch):
    monkeypatch.setattr(documents, "DOCUMENTS", {"docs/nowhere.md": "tanggap.cli.settings_page:page"})
    assert documents.stale() == ["docs/nowhere.md"]


def test_every_check_has_a_name_of_its_own_and_failures_are_shown(monkeypatch, capsys):
    names = [row().name for row in checks.CHECKS]
    assert len(set(names)) == len(names)
    good = checks.Check("good", (sys.executable, "-c", "print('fine')"))
    bad = checks.Check("bad", (sys.executable, "-c", "print('broken thing'); raise SystemExit(3)"))
    monkeypatch.setattr(checks, "CHECKS", (lambda: bad, lambda: good))
    assert checks.check_all(dict(os.environ)) == 1
    said = capsys.readouterr().out
    assert "FAILED bad" in said
    assert "ok     good" in said
    assert "broken thing" in said
    assert checks.check_all(dict(os.environ), ["good"]) == 0
    assert checks.check_all(dict(os.environ), ["unknown"]) == 2


def test_the_demo_never_starts_where_something_is_already(tmp_path):
    from tanggap.cli import folder as folders

    folder = folders.open_folder(tmp_path / "data")
    folder.stamp()
    used = folders.open_folder(folder.path)
    options = argparse.Namespace(no_demo=False, demo_reports=10, demo_seed=1)
    assert serve.settle_demo(used, None, options) is False
    assert used.read("demo.json") == {}
