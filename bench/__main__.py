"""`./run bench`: measure, or `./run bench load` to fill a data folder for looking at it."""

import argparse
import os
import sys
from datetime import UTC, datetime

import psycopg

from bench import places
from tanggap.cli.errors import CommandError


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "what",
        nargs="?",
        choices=("all", "desk", "bulk", "public", "simulation", "load", "export", "open-data"),
        default="all",
        help="what to do (default: all)",
    )
    parser.add_argument("--reports", type=int, default=100_000, metavar="N", help="size of the large database")
    parser.add_argument(
        "--agencies", type=int, default=0, metavar="N", help="whose they are (default: Banten's; desk 500, public 600)"
    )
    parser.add_argument("--months", type=int, default=24, metavar="N", help="how far back the reports go (default: 24)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of the histories")
    parser.add_argument("--data", metavar="DIR", help="data folder to use and keep (default: one that is thrown away)")
    parser.add_argument("--quick", action="store_true", help="a few reports and requests: shows that it runs, no more")
    return parser.parse_args(arguments)


def _set_up(place: places.Place, database: str) -> None:
    """Let Django in this process work on a database of the place."""
    os.environ.update(place.environment(database))
    os.environ["TANGGAP_POOL"] = "0"
    import django

    django.setup()


def _load(options: argparse.Namespace) -> int:
    if options.data is None:
        raise CommandError("Say which folder to fill: ./run bench load --data DIR [--reports N]")
    with places.opened(options.data) as place:
        places.refuse_used(place)
        place.keep_empty()
        _set_up(place, place.name)
        from bench import load, report

        now = datetime.now(UTC)  # noqa: TID251 - a door
        reports, agencies, seed = options.reports, options.agencies, options.seed
        waiting = report.waiting(reports)
        days = places.days(options.months)
        done = load.load(
            place.address(), reports=reports, agencies=agencies, seed=seed, now=now, days=days, waiting=waiting
        )
        print(load.said(done))
    print(f"Look at it: ./run audit --data {options.data}; serve it: ./run --no-demo --data {options.data}")
    return 0


def _export(options: argparse.Namespace) -> int:
    with places.opened(options.data) as place:
        places.refuse_used(place)
        _set_up(place, place.name)
        from django.db import connections

        from bench import exports, load

        now = datetime.now(UTC)  # noqa: TID251 - a door
        print(load.said(load.load(place.address(), reports=options.reports, seed=options.seed, now=now)))
        connections.close_all()
        return exports.main(place, options.reports)


def _open_data(options: argparse.Namespace) -> int:
    with places.opened(options.data) as place:
        _set_up(place, place.name)
        from django.db import connections

        from bench import load, open_data
        from tanggap.models import Report

        known, now = Report.objects.count(), datetime.now(UTC)  # noqa: TID251 - a door
        if not known:
            reports, agencies, seed = options.reports, options.agencies, options.seed
            print(load.said(load.load(place.address(), reports=reports, agencies=agencies, seed=seed, now=now)))
            known = reports
        connections.close_all()
        return open_data.main(place, known)


def _measure(options: argparse.Namespace) -> int:
    from bench import report

    return report.main(options)


def main(arguments: list[str]) -> int:
    """Do what the command line says; the exit code."""
    options = _parse(arguments)
    try:
        return {"load": _load, "export": _export, "open-data": _open_data}.get(options.what, _measure)(options)
    except (CommandError, ValueError, psycopg.OperationalError) as error:
        print(f"tanggap: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
