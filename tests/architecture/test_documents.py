"""The documents lead somewhere: links, commands, decisions and the words of the glossary are those of the code."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tanggap.cli.commands import MANAGEMENT, OWN

ROOT = Path(__file__).resolve().parent.parent.parent
ADRS = ROOT / "docs" / "adr"
FOLDERS = ("docs", "tanggap", "bench", "verify", "deploy")
PARTS = ("Context", "Decision", "Consequences", "What would change our mind", "What was measured")


def _documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(path for name in FOLDERS for path in (ROOT / name).rglob("*.md"))])


def _decisions() -> list[Path]:
    return sorted(path for path in ADRS.glob("*.md") if path.name != "README.md")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _prose(path: Path) -> str:
    """Return a document without its code, where a bracket is no link."""
    return re.sub(r"^```.*?^```|`[^`\n]*`", "", _text(path), flags=re.DOTALL | re.MULTILINE)


def _code(path: Path) -> str:
    """Return the code of a document: blocks and spans."""
    return "\n".join(re.findall(r"^```.*?^```|`[^`\n]*`", _text(path), flags=re.DOTALL | re.MULTILINE))


def _anchors(path: Path) -> set[str]:
    """Return the names that a heading can be linked by."""
    heads = re.findall(r"^#+ (.+)$", _text(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_link_inside_the_repository_leads_to_something():
    for path in _documents():
        for target in re.findall(r"\]\(([^)\s]+)\)", _prose(path)):
            if re.match(r"[a-z]+:", target):
                continue
            place, _, anchor = target.partition("#")
            found = (path.parent / place).resolve() if place else path
            if "docs/screenshots/" in found.as_posix() and not any(found.parent.glob("*.png")):
                continue  # made by a command, after the pages
            assert found.exists(), f"{_name(path)}: {target} leads nowhere"
            assert not anchor or anchor in _anchors(found), f"{_name(path)}: {target} has no such heading"


def test_every_command_that_a_document_names_exists():
    known = set(OWN) | set(get_commands()) | {file.stem for file in MANAGEMENT.glob("[a-z]*.py")}
    for path in _documents():
        for name in re.findall(r"\./run ([a-z][a-z0-9_-]*)", _code(path)):
            assert name in known or name.replace("-", "_") in known, f"{_name(path)}: there is no ./run {name}"


def test_every_decision_is_in_the_index_and_none_is_only_there():
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", _text(ADRS / "README.md"))
    assert listed == [path.name for path in _decisions()]


def test_a_number_is_given_to_one_decision_only():
    numbers = [int(path.name[:4]) for path in _decisions()]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", _decisions(), ids=_name)
def test_a_decision_has_its_five_parts_and_fits_on_a_page(path):
    assert re.findall(r"^## (.+)$", _text(path), re.MULTILINE) == list(PARTS)
    assert _text(path).startswith(f"# {path.name[:4]} ")
    assert len(_text(path).split()) <= 600


def test_every_decision_that_the_code_names_was_written_down():
    numbers = {path.name[:4] for path in _decisions()}
    for path in sorted((*(ROOT / "tanggap").rglob("*.py"), *(ROOT / "config").rglob("*.py"))):
        for named in re.findall(r"ADR (\d{4})", _text(path)):
            assert named in numbers, f"{_name(path)} names ADR {named}"


def test_every_word_of_the_glossary_is_a_word_of_the_code():
    code = "\n".join(_text(path) for path in sorted((ROOT / "tanggap").rglob("*.py")))
    words = set(re.findall(r"\w+", code))
    rows = [line for line in _text(ROOT / "docs" / "glossary.md").splitlines() if line.startswith("|")]
    codes = {code for row in rows for code in re.findall(r"`(\w+)`", row.rsplit("|", 2)[1])}
    assert codes
    assert codes - words == set()
