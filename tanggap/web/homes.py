"""The page on which each person in office begins."""

from django.conf import settings

from tanggap.domain.actors import Actor, watcher

OVERSIGHT = "/pengawasan"


def path_of(actor: Actor) -> str:
    """Return the address of an actor's first page: the board of those who look, else the desk."""
    return OVERSIGHT if watcher(actor) else str(settings.LOGIN_REDIRECT_URL)
