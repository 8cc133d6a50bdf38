"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _refuse_published_secret() -> None:
    """Serve nobody with the secret that stands in the source: it would sign a receipt of any report for anyone."""
    from django.conf import settings

    if settings.SECRET_KEY == settings.PUBLISHED_SECRET and not settings.DEBUG:
        raise env.SettingError("TANGGAP_SECRET_KEY must be set; `./run` takes it from the key file by itself.")


_refuse_published_secret()
application = get_wsgi_application()
