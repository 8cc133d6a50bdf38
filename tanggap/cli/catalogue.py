"""The English catalogue: collected from code and templates, complete, and compiled without GNU gettext.

Indonesian is the language of the message ids (ADR 0013), so only English needs a catalogue. `./run fix`
collects; `./run check` fails while a message is missing, empty, fuzzy or has lost a placeholder.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from tanggap.cli.folder import CHECKOUT

FOLDER = CHECKOUT / "tanggap" / "locale" / "en" / "LC_MESSAGES"
CATALOGUE = FOLDER / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,  # where a module needs both
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = "# English words of Tanggap. Written by `./run fix`, translated by hand; AGPL-3.0-or-later."
ABOUT = {"project": "Tanggap", "version": "en", "msgid_bugs_address": "-", "last_translator": "-", "language_team": "-"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def collect() -> Catalog:
    """Return every message of the code and the templates, with the places where it stands."""
    found = Catalog(locale="en", charset="utf-8", fuzzy=False, header_comment=HEADER, **ABOUT)
    for path, text in _sources():
        for line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            python = (path, line)
            found.add(message, None, [python], context=context)
    return found


def _sources() -> Iterator[tuple[str, str]]:
    from django.utils.translation.template import templatize

    product = CHECKOUT / "tanggap"
    for path in sorted(product.rglob("*.py")):
        yield path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted([*product.rglob("templates/**/*.html"), *product.rglob("templates/**/*.txt")]):
        yield path.relative_to(CHECKOUT).as_posix(), _as_python(templatize(path.read_text(encoding="utf-8")))


def _as_python(text: str) -> str:
    """Keep the calls that `templatize` made of a template, one a line; the rest is letters to blank out."""
    calls = re.findall(
        r"""\b(?:gettext|ngettext|pgettext|npgettext)\((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|[^()])*\)""", text
    )
    return "\n".join(" ".join(call.split("\n")) for call in calls)


def read() -> Catalog:
    """Return the catalogue as it is written."""
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def update() -> Catalog:
    """Return the collected messages with the translations that are known."""
    known, fresh = read(), collect()
    for message in fresh:
        old = known.get(message.id, context=message.context) if message.id else None
        if old is not None and old.string:
            message.string = old.string
    return fresh


def write(catalogue: Catalog, path: Path = CATALOGUE) -> None:
    """Write a catalogue the same way every time: sorted, without dates and line numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=False, sort_output=True, no_location=True, width=110, ignore_obsolete=True)
    lines = [
        line for line in buffer.getvalue().decode().splitlines() if "-Date:" not in line and "Generated-By" not in line
    ]
    path.write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def problems() -> Iterator[str]:
    """Yield what is wrong with the catalogue."""
    known, fresh = read(), collect()
    for message in fresh:
        if message.id and (wrong := _wrong(known.get(message.id, context=message.context))):
            yield f"{wrong}: {_short(message)}"
    for message in known:
        if message.id and fresh.get(message.id, context=message.context) is None:
            yield f"no longer used: {_short(message)}"


def _wrong(message: Message | None) -> str:
    """Say what is wrong with a translation; '' when nothing is."""
    if message is None:
        return "missing"
    if not _is_whole(message):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    lost = _lost(message)
    return f"other placeholders ({', '.join(sorted(lost))})" if lost else ""


def _is_whole(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(strings) and all(strings)


def _lost(message: Message) -> set[str]:
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    wanted = set(PLACEHOLDER.findall(str(ids[-1])))
    return wanted ^ set(PLACEHOLDER.findall(str(strings[-1])))


def _short(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return repr(text[:90])


def main(arguments: list[str]) -> int:
    """Collect into the catalogue, or with `--check` say what is wrong with it."""
    parser = argparse.ArgumentParser(prog="tanggap.cli.catalogue")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    if not options.check:
        write(update())
        print(f"wrote {CATALOGUE.relative_to(CHECKOUT)}")
    found = list(problems())
    for line in found[:40]:
        print(line)
    if len(found) > 40:
        print(f"… and {len(found) - 40} more")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
