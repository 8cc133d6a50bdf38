"""Write the open data into a folder, as CSV and Parquet with their dictionary; --month and --agency make it a part."""

import logging
import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tanggap.adapters import open_data as files
from tanggap.adapters import open_data_shelf as shelf
from tanggap.domain.open_data import BadScopeError, Scope
from tanggap.selectors import open_data as selectors
from tanggap.services import open_data, open_data_due
from tanggap.services.keys import KeyRingError

log = logging.getLogger("tanggap.open_data")


class Command(BaseCommand):
    """Write a package beside its place and put it there in one step. Safe to stop and run again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, a month and an agency; or make what the site is to give."""
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--out", metavar="DIR", help="where to; an earlier package is replaced")
        where.add_argument("--publish", action="store_true", help="make what is due at /data-terbuka; a job does so")
        parser.add_argument("--month", default="", help="only reports received in a month, as 2026-10")
        parser.add_argument("--agency", default="", metavar="SLUG", help="only one agency, as in its address")

    def handle(self, *, out: str | None, publish: bool, month: str, agency: str, **_: object) -> None:
        """Write, and say what."""
        if publish:
            self._publish()
            return
        started, target = time.monotonic(), Path(out or "").absolute()
        try:
            content = _build(target, selectors.scope(month=month, agency=agency))
        except selectors.NotFoundError:
            raise CommandError(f"There is no agency {agency!r}: say it as in its address, /instansi/…") from None
        except files.NotOursError:
            raise CommandError(f"{target} holds something that is no open data: name a new folder.") from None
        except (BadScopeError, KeyRingError) as error:
            raise CommandError(str(error)) from error
        rows = sum(one.get("rows") or 0 for one in content["resources"])
        took = time.monotonic() - started
        self.stdout.write(f"{target}: {len(content['resources'])} files, {rows} rows, {took:.1f} s")

    def _publish(self) -> None:
        """Make the packages that are due, one after the other; where somebody else does, do nothing."""
        root = settings.OPEN_DATA_DIR
        try:
            with shelf.alone(root):
                made = {one.name: one.made_at for one in shelf.listed(root)}
                for name in open_data_due.without_ground(made):
                    shelf.drop(root, name)
                for scope in open_data_due.due(made, now=timezone.now()):  # noqa: TID251 - a door
                    _shelve(root, scope)
        except shelf.IsBusyError:
            log.info("open_data.busy")


def _shelve(root: Path, scope: Scope) -> None:
    """Make one package; where that fails, the one before stays, the next is made, and this one is tried again."""
    try:
        shelf.put_on_list(root, scope.name, _build(root / scope.name, scope, is_packed=True))
    except (OSError, DatabaseError):
        log.exception("open_data.failed name=%s", scope.name)
    else:
        log.info("open_data.made name=%s", scope.name)


def _build(target: Path, scope: Scope, *, is_packed: bool = False) -> dict[str, Any]:
    now = timezone.now()  # noqa: TID251 - a door
    with open_data.package(scope, now=now) as package:
        sign = partial(open_data.sign, now=now)
        return files.build(target, package.about, package.tables, texts=package.texts, sign=sign, is_packed=is_packed)
