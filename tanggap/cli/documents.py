"""The documents that are generated from code: one table, written by `./run fix`, compared by `./run check`."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable

from tanggap.cli.folder import CHECKOUT

# Path in the checkout → the function without arguments that returns the document's text.
DOCUMENTS: dict[str, str] = {
    "docs/indicators.md": "tanggap.cli.indicator_page:page",
    "docs/lifecycle.md": "tanggap.cli.rule_pages:lifecycle",
    "docs/notices.md": "tanggap.cli.rule_pages:notices",
    "docs/operations/settings.md": "tanggap.cli.settings_page:page",
    "docs/permissions.md": "tanggap.cli.rule_pages:permissions",
    "docs/time-limits.md": "tanggap.cli.rule_pages:time_limits",
}


def text_of(source: str) -> str:
    """Return the text that a function of the table makes."""
    module, _, name = source.partition(":")
    make: Callable[[], str] = getattr(importlib.import_module(module), name)
    return make()


def stale() -> list[str]:
    """Return the documents that differ from what the code says."""
    return [name for name, source in DOCUMENTS.items() if _written(name) != text_of(source)]


def _written(name: str) -> str:
    path = CHECKOUT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Write the documents, or with `--check` only say which are not what the code makes."""
    import django

    parser = argparse.ArgumentParser(prog="tanggap.cli.documents")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    late = stale()
    for name in late:
        if options.check:
            print(f"{name} is not what the code says; ./run fix writes it.")
        else:
            (CHECKOUT / name).write_text(text_of(DOCUMENTS[name]), encoding="utf-8")
            print(f"wrote {name}")
    return 1 if late and options.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
