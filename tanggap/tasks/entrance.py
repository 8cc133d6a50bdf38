"""Send the mails about coming in: an invitation to an office, and the news of an unknown browser."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from tanggap.adapters.outbound import entrance
from tanggap.adapters.outbound.senders import SENDERS
from tanggap.domain.notices import Channel
from tanggap.selectors import devices as device_selectors
from tanggap.services import devices, invitations
from tanggap.tasks.messages import Patience


@jobs.task(name=invitations.SEND, queue="messages", retry=Patience())
def send_invitation(*, invitation_id: int) -> None:
    """Mail an invitation, unless it was taken back. Sent twice it is the same mail, under the same Message-ID."""
    now = timezone.now()  # noqa: TID251 - a door
    found = invitations.letter(invitation_id, now=now)
    if found is not None:
        SENDERS[Channel.EMAIL].send(
            entrance.invitation(
                address=found.email,
                name=found.name,
                office=" · ".join(part for part in (found.unit, found.agency) if part),
                path=found.path,
                until=found.expires_at,
                zone=found.zone,
                reference=found.reference,
            )
        )


@jobs.task(name=devices.ALERT, queue="messages", retry=Patience())
def alert(*, user_id: int, browser: str, at: str) -> None:
    """Tell a person that the account was opened in a browser that it had not been opened in before."""
    found = device_selectors.addressee(user_id)
    if found is not None:
        SENDERS[Channel.EMAIL].send(
            entrance.alert(
                address=found.email,
                name=found.name,
                language=found.language,
                browser=browser,
                at=datetime.fromisoformat(at),
                reference=f"alert-{user_id}-{at}",
            )
        )
