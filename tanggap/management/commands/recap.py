"""Make the recap (rekap) of an agency for a year, a month or a week, as PDF and XLSX, and keep it."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.adapters.outbound import recap_files
from tanggap.domain.actors import System
from tanggap.domain.recaps import State, Stretch
from tanggap.selectors import agencies
from tanggap.selectors import recaps as selectors
from tanggap.services import indicators, recaps


class Command(BaseCommand):
    """Make a recap and write its files; with --publish everybody may read it on its page."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose recap, of when, and where its files go."""
        parser.add_argument(
            "--agency", required=True, metavar="SLUG", help="whose recap, as in its address: pemprov-banten"
        )
        when = parser.add_mutually_exclusive_group(required=True)
        when.add_argument("--year", metavar="2026")
        when.add_argument("--month", metavar="2026-10")
        when.add_argument("--week", metavar="2026-W40")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files are written")
        parser.add_argument("--place", default="", help="where it is signed")
        parser.add_argument("--title", default="", help="the title of who signs it")
        parser.add_argument("--name", default="", help="the name of who signs it")
        parser.add_argument("--publish", action="store_true", help="let everybody read it")

    def handle(
        self,
        *,
        agency: str,
        year: str | None,
        month: str | None,
        week: str | None,
        out: Path,
        place: str,
        title: str,
        name: str,
        publish: bool,
        **_: object,
    ) -> None:
        """Make it, write the files, and name them."""
        now = timezone.now()  # noqa: TID251 - a door
        indicators.fold(now=now)
        recap = _asked(agency, year or month or week or "", {"place": place, "title": title, "name": name}, now)
        made = recaps.make(recap.pk, render=recap_files.render, now=now)
        if made is None or made.state != State.DONE:
            raise CommandError("It could not be made: the figures were not computed yet, or another maker was faster.")
        out.mkdir(parents=True, exist_ok=True)
        for kind in recaps.KINDS:
            path = out / recap_files.name(agency, made.period, kind)
            path.write_bytes(selectors.content(made, kind))
            self.stdout.write(str(path))
        if publish:
            recaps.publish(actor=System(), recap_id=made.pk, now=now)
            self.stdout.write(f"{settings.PUBLIC_URL}/rekap/{agency}/{made.period}")


def _asked(slug: str, period: str, signed: dict[str, str], now: datetime) -> recaps.Asked:
    """Ask for the recap; raises CommandError in words."""
    try:
        of = agencies.by_slug(slug)
        stretch = Stretch.named(period)
        return recaps.ask(actor=System(), agency_id=of.pk, stretch=stretch, signed=signed, now=now, is_queued=False)
    except agencies.NotFoundError as error:
        raise CommandError(f"There is no agency {slug}.") from error
    except recaps.NotBegunError as error:
        raise CommandError(f"{error} has not begun.") from error
    except ValueError as error:
        raise CommandError(str(error)) from error
