"""What was measured, as a text: each command has a section of its own in `bench/RESULTS.md`, and leaves the others."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import psycopg

from bench.figures import Facts, Figure
from tanggap.cli.folder import CHECKOUT

PATH: Final = CHECKOUT / "bench" / "RESULTS.md"
_HEAD: Final = "# What the bench measured\n"
_SECTION: Final = "\n## "


def machine(database: psycopg.Connection[Any] | None) -> Mapping[str, str]:
    """Describe what was measured on: no names, no paths."""

    def show(setting: str) -> str:
        if database is None:
            return ""
        row = database.execute("SELECT current_setting(%s)", [setting]).fetchone()
        return str(row[0]) if row else ""

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    found = {
        "processor": f"{os.cpu_count()} cores, {_processor()}",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "PostgreSQL": show("server_version"),
        "fsync": show("fsync"),
        "synchronous_commit": show("synchronous_commit"),
        "full_page_writes": show("full_page_writes"),
        "shared_buffers": show("shared_buffers"),
        "load of the machine": f"{os.getloadavg()[0]:.1f} before the measurements",
    }
    return {name: value for name, value in found.items() if value}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def value_of(figure: Figure, value: float | None = None) -> str:
    """Return a figure, or another value of its kind, with its unit."""
    number = figure.value if value is None else value
    return f"{number:.0f}" if figure.unit == "queries" else f"{number:,.3g} {figure.unit}".rstrip()


def section(command: str, intro: str, facts: Facts, known: Mapping[str, str], *, is_quick: bool) -> str:
    """Return the section of one command."""
    lines = [
        f"## `{command}`",
        "",
        intro,
        *(["", "A quick run: it shows that everything runs, and no number in it means anything."] if is_quick else []),
        "",
        "| figure | measured | must | aim | |",
        "|---|---|---|---|---|",
    ]
    for figure in facts.figures:
        sign = "≥" if figure.is_at_least else "≤"
        verdict = "reaches the aim" if figure.reaches else "holds" if figure.holds else "**fails**"
        bounds = f"{sign} {value_of(figure, figure.must)} | {sign} {value_of(figure, figure.aim)}"
        words = f"{verdict}; {figure.detail}" if figure.detail else verdict
        lines.append(f"| {figure.name} | **{value_of(figure)}** | {bounds} | {words} |")
    lines += ["", *(f"- {note}" for note in facts.notes)]
    lines += ["", "### The machine", "", *(f"- {name}: {value}" for name, value in known.items())]
    if facts.failures:
        lines += ["", "### What went wrong", "", *(f"- {failure}" for failure in facts.failures)]
    return "\n".join([*lines, ""])


def put(whole: str, made: str) -> str:
    """Return the text of all results with one section put in the place of the one that has its heading, or added."""
    _head, *sections = whole.split(_SECTION)
    heading = made.partition("\n")[0].removeprefix("## ")
    new = made.removeprefix("## ").strip("\n") + "\n"
    kept = [text.strip("\n") + "\n" for text in sections]
    places = [place for place, text in enumerate(kept) if text.partition("\n")[0] == heading]
    if places:
        kept[places[0]] = new
    else:
        kept.append(new)
    return "".join([_HEAD, *(f"{_SECTION}{text}" for text in kept)])


def store(made: str) -> None:
    """Put a section into the file."""
    PATH.write_text(put(PATH.read_text(encoding="utf-8") if PATH.exists() else _HEAD, made), encoding="utf-8")
