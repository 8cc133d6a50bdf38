"""How much memory an export takes: one process per size, so that each tells its own peak."""

import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from bench import places

SMALL: Final = 1_000
MOST_MORE_MB: Final = 50
_KIB_PER_MB: Final = 1024


def main(place: places.Place, reports: int) -> int:
    """Measure a short and a long export of the loaded database in both formats; 1 where memory grows too much."""
    worst = 0.0
    for kind in ("xlsx", "csv"):
        peaks = {size: _peak(place, size, kind) for size in (SMALL, reports)}
        more = peaks[reports] - peaks[SMALL]
        worst = max(worst, more)
        said = ", ".join(f"{size:,} rows {peak:.0f} MB" for size, peak in peaks.items())
        print(f"export {kind}: {said}; {more:+.0f} MB (must be within {MOST_MORE_MB})")
    return int(worst > MOST_MORE_MB)


def _peak(place: places.Place, size: int, kind: str) -> float:
    command = [sys.executable, "-m", "bench.exports", str(size), kind]
    done = subprocess.run(
        command, env={**os.environ, **place.environment()}, check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _export(size: int, kind: str) -> float:
    """Write an export of everything, cut after `size` lines, and return the peak of this process in MB."""
    import django

    django.setup()
    from tanggap.adapters.outbound import sheets
    from tanggap.domain import queues
    from tanggap.domain.actors import NationalAdmin
    from tanggap.domain.exports import HEADINGS, Format, Layout
    from tanggap.models import Appointment
    from tanggap.selectors.queues import Filters
    from tanggap.services import exports

    office = Appointment.objects.filter(role="national_admin").order_by("pk")[0]
    actor = NationalAdmin(office.user_id, office.agency_id)
    now = datetime.now(UTC)  # noqa: TID251 - a door
    found = exports.lines(actor=actor, filters=Filters(queue=queues.EVERYWHERE, is_whole=True), now=now)
    rows = (line.cells(Layout.SP4N) for line in islice(found, size))
    with tempfile.TemporaryFile() as file:
        sheets.write(file, Format(kind), HEADINGS[Layout.SP4N], rows)
        if not file.tell() and not file.seek(0, 2):
            raise RuntimeError("The export is empty.")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MB


if __name__ == "__main__":
    print(_export(int(sys.argv[1]), sys.argv[2]))
