"""Send the mails about coming in: an invitation, a link to a new password, and news of the own account."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from tanggap.adapters.outbound import entrance
from tanggap.adapters.outbound.senders import SENDERS
from tanggap.domain.notices import Channel
from tanggap.selectors import devices as device_selectors
from tanggap.services import devices, invitations, ways_in
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


@jobs.task(name=ways_in.LINK, queue="messages", retry=Patience())
def send_password_link(*, user_id: int, by: int, at: int, mark: str) -> None:
    """Mail the link to a new password, unless it was used or is void. Sent twice it is the same mail."""
    now = timezone.now()  # noqa: TID251 - a door
    found = device_selectors.addressee(user_id)
    link = ways_in.waiting_link(user_id=user_id, by=by, at=at, mark=mark, now=now)
    if found is not None and link is not None:
        SENDERS[Channel.EMAIL].send(
            entrance.password_link(
                address=found.email,
                name=found.name,
                language=found.language,
                path=link.path,
                until=link.until,
                reference=f"password-link-{user_id}-{mark}",
            )
        )


@jobs.task(name=ways_in.NEWS, queue="messages", retry=Patience())
def tell_news(*, user_id: int, news: str, at: str) -> None:
    """Tell a person that the account has a new password, or lost its second factor."""
    found = device_selectors.addressee(user_id)
    if found is not None:
        write = {ways_in.News.PASSWORD: entrance.password_set, ways_in.News.FACTORS: entrance.factors_removed}
        SENDERS[Channel.EMAIL].send(
            write[ways_in.News(news)](
                address=found.email,
                name=found.name,
                language=found.language,
                at=datetime.fromisoformat(at),
                reference=f"{news}-{user_id}-{at}",
            )
        )
