"""Who signs in, who files, and what they may not find; reads the database that Django is connected to."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from bench.browser import SECRET, Session
from bench.client import Request
from bench.figures import Page
from bench.filing import Citizen
from bench.words import vocabulary
from bench.world import HOME
from tanggap.domain import references
from tanggap.domain.actors import System
from tanggap.models import Appointment, Area, Report, User
from tanggap.services import accounts

NATIONAL: Final = "bench0"  # the first one
ADMIN: Final = "bench1"  # the loader's second officer: the admin of the province
OFFICER: Final = "bench-officer"
UNKNOWN: Final = 200


# The site's own role may not rename an account.
CALL_OFFICER: Final = f"""
UPDATE tanggap_user SET username = '{OFFICER}' WHERE id = (
    SELECT post.user_id FROM tanggap_appointment AS post
    JOIN tanggap_appointment AS admins USING (agency_id) JOIN tanggap_user AS admin ON admin.id = admins.user_id
    WHERE admin.username = '{ADMIN}' AND post.role = 'liaison_officer' ORDER BY post.unit_id LIMIT 1
)
"""


def let_in(password: str) -> None:
    """Give a password to two admins, with a second step, and to the officer of the province's busiest unit."""
    for user in User.objects.filter(username__in=(NATIONAL, ADMIN, OFFICER)):
        user.set_password(password)
        User.objects.filter(pk=user.pk).update(password=user.password)
        if user.username != OFFICER:
            accounts.give_factor(actor=System(), user_id=user.pk, secret=SECRET)


def citizen() -> Citizen:
    """Return who files: anybody in Banten."""
    villages = Area.objects.filter(level="village", code__startswith=f"{HOME}.", valid_to=None).order_by("code")
    today = datetime.now(UTC).date()  # noqa: TID251 - a door
    return Citizen(vocabulary(), list(villages.values_list("code", flat=True)), today - timedelta(days=1))


def hidden(port: int, officer: Session) -> dict[str, Sequence[Page]]:
    """Return what is asked for in vain: unknown, secret and unpublished numbers, and those of other offices."""
    unknown = [references.make((2**39 + place * 9_973 * 32).to_bytes(5)) for place in range(UNKNOWN)]
    rows = Report.objects.order_by("-pk")
    secret = list(rows.filter(is_confidential=True).values_list("number", flat=True)[:UNKNOWN])
    new = list(rows.filter(is_published=False, is_confidential=False).values_list("number", flat=True)[:UNKNOWN])
    mine = Appointment.objects.get(user__username=OFFICER)
    strangers = list(rows.exclude(owner_agency=mine.agency).values_list("number", flat=True)[:UNKNOWN])

    def public(numbers: Sequence[str]) -> list[Page]:
        return [(port, Request("GET", f"/laporan/{number}")) for number in numbers]

    def inside(numbers: Sequence[str]) -> list[Page]:
        return [(port, officer.get(f"/meja/{number}")) for number in numbers]

    return {
        "public unknown": public(unknown),
        "public secret": public(secret),
        "public unpublished": public(new),
        "desk unknown": inside(unknown),
        "desk of a stranger's": inside(strangers),
    }
