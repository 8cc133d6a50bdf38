"""Write the open data into a folder, as CSV and Parquet with their dictionary; --month and --agency make it a part."""

import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.adapters import open_data as files
from tanggap.domain.open_data import BadScopeError
from tanggap.selectors import open_data as selectors
from tanggap.services import open_data
from tanggap.services.keys import KeyRingError


class Command(BaseCommand):
    """Write a package beside its place and put it there in one step. Safe to stop and run again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, a month and an agency."""
        parser.add_argument("--out", required=True, metavar="DIR", help="where to; an earlier package is replaced")
        parser.add_argument("--month", default="", help="only reports received in a month, as 2026-10")
        parser.add_argument("--agency", default="", metavar="SLUG", help="only one agency, as in its address")

    def handle(self, *, out: str, month: str, agency: str, **_: object) -> None:
        """Write, and say what."""
        now, started = timezone.now(), time.monotonic()  # noqa: TID251 - a door
        target = Path(out).absolute()
        try:
            scope = selectors.scope(month=month, agency=agency)
            with open_data.package(scope, now=now) as package:
                content = files.build(
                    target, package.about, package.tables, texts=package.texts, sign=partial(open_data.sign, now=now)
                )
        except selectors.NotFoundError:
            raise CommandError(f"There is no agency {agency!r}: say it as in its address, /instansi/…") from None
        except files.NotOursError:
            raise CommandError(f"{target} holds something that is no open data: name a new folder.") from None
        except (BadScopeError, KeyRingError) as error:
            raise CommandError(str(error)) from error
        rows = sum(one.get("rows") or 0 for one in content["resources"])
        self.stdout.write(
            f"{target}: {len(content['resources'])} files, {rows} rows, {time.monotonic() - started:.1f} s"
        )
