"""The verifier as a module, loaded from its file: it is no package of this repository, and knows nothing of it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

FILE = Path(__file__).resolve().parent.parent.parent / "verify" / "tanggap_verify.py"


def load() -> ModuleType:
    """Return it; each file of tests gets the same one."""
    name = "tanggap_verify"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, FILE)
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]
