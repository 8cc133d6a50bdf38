"""The verifier knows nothing of the program whose data it checks, and stands on its own."""

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MODULE = ROOT / "verify" / "tanggap_verify.py"


def _imported() -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "it is one module"
            found.add(str(node.module).partition(".")[0])
    return found


def test_the_verifier_imports_the_standard_library_and_what_it_declares():
    declared = tomllib.loads((MODULE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [one.partition(">")[0] for one in declared["dependencies"]] == ["cryptography"]
    assert [one.partition(">")[0] for one in declared["optional-dependencies"]["tsa"]] == ["rfc3161-client"]
    assert _imported() - sys.stdlib_module_names == {"cryptography", "rfc3161_client"}


def test_the_verifier_asks_for_its_extra_only_where_it_is_needed():
    tree = ast.parse(MODULE.read_text(encoding="utf-8"))
    at_once = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not any("rfc3161" in text for text in at_once)


def test_the_verifier_runs_no_text_of_a_package_and_loads_nothing_by_name():
    called = {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(ast.parse(MODULE.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not called & {"eval", "exec", "__import__", "import_module", "system"}


def test_the_verifier_is_one_module_and_nothing_of_the_program_uses_it():
    assert [path.name for path in MODULE.parent.glob("*.py")] == [MODULE.name]
    for path in (ROOT / "tanggap").rglob("*.py"):
        assert "import tanggap_verify" not in path.read_text(encoding="utf-8"), path
