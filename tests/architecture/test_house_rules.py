"""The rules of the house that no linter knows."""

import ast
import functools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ROOT / "tanggap"
DOORS = ("web", "tasks", "management", "admin", "api")
MOST_LINES = 400


def _modules(*rooms: str) -> list[Path]:
    found = [path for room in rooms or ("",) for path in (PRODUCT / room).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# One test for all modules, which names each that is at fault: a test for each of hundreds costs more than the looking.
def _nodes(kinds: tuple[type[ast.AST], ...], *rooms: str) -> Iterator[tuple[str, Any]]:
    """Yield the nodes of some kinds in the modules of these rooms, each with its place."""
    for path in _modules(*rooms):
        for node in _tree(path):
            if isinstance(node, kinds):
                yield f"{_name(path)}:{node.lineno}", node


@functools.cache
def _tree(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def test_a_module_is_small_enough_to_read():
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}, "split by noun"


def test_a_door_does_not_touch_rows():
    found = []
    for place, node in _nodes((ast.Attribute, ast.Call), *DOORS):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            found.append(f"{place} reads rows itself: ask a selector or a service")
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_call and node.func.attr in {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}:
            found.append(f"{place} writes rows itself: ask a service")
    assert found == []


def test_nobody_outside_the_domain_compares_statuses():
    found = []
    for place, node in _nodes((ast.Compare,), "web", "tasks", "management", "selectors", "services", "adapters"):
        for side in (node.left, *node.comparators):
            if isinstance(side, ast.Attribute) and isinstance(side.value, ast.Name) and side.value.id == "Status":
                found.append(place)
    assert found == [], "ask the tables in domain/lifecycle.py"


def test_no_package_is_a_catch_all():
    forbidden = {"core", "common", "utils", "helpers", "lib", "base", "misc"}
    names = {path.stem for path in PRODUCT.rglob("*.py")} | {path.name for path in PRODUCT.rglob("*") if path.is_dir()}
    assert not names & forbidden


def test_every_module_of_jobs_is_known_to_the_site_that_defers_them():
    rooms = {path.stem for path in (PRODUCT / "tasks").glob("*.py")} - {"__init__"}
    (said,) = (
        node for node in ast.parse((PRODUCT / "tasks" / "__init__.py").read_text()).body if hasattr(node, "module")
    )
    assert {name.name for name in said.names} == rooms, "import it in tasks/__init__.py"


def test_a_migration_does_not_import_the_code_that_will_change():
    for path in sorted((PRODUCT / "migrations").glob("0*.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) tanggap", text, re.MULTILINE), _name(path)
        assert "tanggap.domain" not in text, _name(path)


def test_no_column_has_choices():
    for path in _modules("models"):
        assert "choices=" not in path.read_text(encoding="utf-8"), _name(path)


def test_no_template_names_another_host_or_holds_an_inline_handler():
    for path in sorted((PRODUCT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        fetched = re.search(r'(src|action|srcset|data)="https?://|<link[^>]+href="https?://', text)
        assert not fetched, f"{_name(path)}: a page asks a third-party host"
        assert not re.search(r"\son(click|change|load|submit|input)=", text), f"{_name(path)}: inline handler"
        assert not re.search(r'\sstyle="', text), f"{_name(path)}: inline style"


def test_the_public_reads_publications_and_nothing_else_of_a_report():
    for path in _modules("web/public"):
        if any(word in path.stem for word in ("track", "fil", "receipt", "confirm", "addresses")):
            continue
        text = path.read_text(encoding="utf-8")
        assert "selectors.reports" not in text, f"{_name(path)} reads reports"
        assert "selectors import reports" not in text, f"{_name(path)} reads reports"


def test_every_function_of_a_service_is_told_the_time_and_reads_no_clock():
    for path in _modules("services", "selectors", "domain", "models"):
        text = path.read_text(encoding="utf-8")
        assert "timezone.now" not in text, _name(path)
        assert not re.search(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(", text), _name(path)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="what was unpacked from an archive has no index")
def test_nothing_is_kept_in_git_that_only_one_machine_has():
    listed = subprocess.run(["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    links = [line for line in listed.splitlines() if line.startswith("120000")]
    assert links == [], "a link leads nowhere on another machine"
    ignored = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    assert subprocess.run(ignored, cwd=ROOT, capture_output=True, text=True, check=True).stdout == ""
