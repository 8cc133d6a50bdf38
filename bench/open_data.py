"""How long the full open data take, and how much memory: table by table, in a process of its own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bench import places

MUST_SECONDS: Final = 300
AT: Final = 1_000_000
_KIB_PER_MB: Final = 1024


def main(place: places.Place, reports: int) -> int:
    """Write the full package of a loaded database; say rows, seconds and peak memory, and what a million would take.

    Ends with 1 where a million reports, counted up from the tables that grow with them, would take too long.
    """
    environment = {**os.environ, **place.environment()}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.open_data", str(Path(folder) / "out")]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    said = json.loads(done.stdout.splitlines()[-1])
    for name, (rows, seconds, is_of_reports) in said["tables"].items():
        print(
            f"  {name:<18} {rows:>9,} rows {seconds:7.2f} s{'' if is_of_reports else '  (does not grow with reports)'}"
        )
    growing = sum(seconds for _rows, seconds, is_of_reports in said["tables"].values() if is_of_reports)
    fixed = said["seconds"] - growing
    foreseen = fixed + growing * AT / reports
    print(
        f"open data: {reports:,} reports in {said['seconds']:.1f} s ({said['rows'] / said['seconds']:,.0f} rows/s), of"
        f" which {fixed:.1f} s do not grow with reports; peak {said['peak']:.0f} MB, {said['bytes'] / 1e6:,.0f} MB"
        f" written; {AT:,} reports by that: {foreseen:.0f} s (must be {MUST_SECONDS})"
    )
    return int(foreseen > MUST_SECONDS)


def _build(folder: Path) -> dict[str, object]:
    """Write the package into a new folder; return rows, seconds, bytes and peak memory."""
    import django

    django.setup()
    from django.utils import timezone

    from tanggap.adapters import open_data as files
    from tanggap.domain.open_data import Scope, Table
    from tanggap.selectors.open_data_tables import OF_REPORTS
    from tanggap.services import indicators, open_data

    now = timezone.now()  # noqa: TID251 - a door
    indicators.fold(now=now)
    grows, took, begun = {*OF_REPORTS, "log", "rest"}, dict[str, float](), time.monotonic()

    def timed(tables: Iterable[Table]) -> Iterator[Table]:
        for one in tables:
            at = time.monotonic()
            yield one
            took[one.resource.name] = time.monotonic() - at

    with open_data.package(Scope(), now=now) as package:
        content = files.build(
            folder, package.about, timed(package.tables), texts=package.texts,
            sign=lambda found: open_data.sign(found, now=now),
        )  # fmt: skip
        seconds = time.monotonic() - begun
    rows = {one["name"].replace("-", "_"): one["rows"] for one in content["resources"] if one["type"] == "table"}
    return {
        "seconds": seconds,
        "rows": sum(rows.values()),
        "bytes": sum(one["bytes"] for one in content["resources"]),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MB,
        "tables": {name: (rows[name], round(spent, 2), name in grows) for name, spent in took.items()},
    }


if __name__ == "__main__":
    print(json.dumps(_build(Path(sys.argv[1]))))
