"""The directory of an agency, for tests: a real OpenID Connect provider in a process of its own.

Run as a program with one JSON object on the command line: its key, where it may send browsers back, its one client, and
who is in the directory. It prints its address, and ends when its standard input does.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

PASSWORD = "kata-sandi-di-direktori"


@contextmanager
def running(**asked: Any) -> Iterator[str]:
    """Run a provider, and yield its address."""
    command = [sys.executable, "-W", "ignore", str(Path(__file__)), json.dumps(asked)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait(timeout=10)


def main(asked: dict[str, Any]) -> None:
    import django
    from django.conf import settings

    apps = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"]
    apps += ["allauth", "allauth.account", "allauth.idp.oidc"]
    between = ["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
    between += ["django.contrib.auth.middleware.AuthenticationMiddleware"]
    between += ["django.contrib.messages.middleware.MessageMiddleware", "allauth.account.middleware.AccountMiddleware"]
    context = ["request", "i18n"]
    settings.configure(
        SECRET_KEY="directory of a test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.oidc_provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        MIGRATION_MODULES=dict.fromkeys(["auth", "contenttypes", "sessions", "account", "allauth_idp_oidc"]),
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=apps,
        MIDDLEWARE=between,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        *(f"django.template.context_processors.{name}" for name in context),
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_UNIQUE_EMAIL=False,
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=asked["pem"],
        IDP_OIDC_ADAPTER="tests.oidc_provider_urls.Adapter",
        USE_TZ=True,
    )
    django.setup()
    fill(asked)
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Say nothing on the terminal of the tests."""

    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()


def fill(asked: dict[str, Any]) -> None:
    """Make the tables, the client, and the people."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    client = Client(
        id=asked["client_id"], name="Tanggap", skip_consent=True, redirect_uris=asked["back"], scopes=asked["scopes"]
    )
    client.set_secret(asked["secret"])
    client.save()
    for person in asked["people"]:
        user = User.objects.create_user(person["name"], password=PASSWORD, last_name=person.get("methods", ""))
        EmailAddress.objects.create(user=user, email=person["email"], verified=person["verified"], primary=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main(json.loads(sys.argv[1]))
