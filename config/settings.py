"""Django settings, all of them read from the environment; `docs/operations/settings.md` lists them."""

from pathlib import Path
from typing import Any

import structlog
from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

from config import directories, env, logs

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("TANGGAP_DATA", default=BASE_DIR / "var")

# Which door is being opened decides little: production is the default, development is asked for.
DEBUG = env.flag("TANGGAP_DEBUG", default=False)
PUBLISHED_SECRET = "insecure-only-for-checks-and-tests-" + "x" * 40  # anyone can read it here: `wsgi` refuses it
SECRET_KEY = env.text("TANGGAP_SECRET_KEY", default=PUBLISHED_SECRET)
ALLOWED_HOSTS = env.words("TANGGAP_HOSTS", default=("localhost", "127.0.0.1", "[::1]", "testserver"))
CSRF_TRUSTED_ORIGINS = env.words("TANGGAP_ORIGINS")
PUBLIC_URL = env.text("TANGGAP_PUBLIC_URL", default="http://localhost:8000").rstrip("/")
BEHIND_TLS = PUBLIC_URL.startswith("https://")
TRUSTED_PROXIES = env.number("TANGGAP_TRUSTED_PROXIES", default=0)

# Where this installation stands: its area decides which agencies are offered first.
HOME_AREA = env.text("TANGGAP_HOME_AREA", default="36")
HOME_AGENCY = env.text("TANGGAP_HOME_AGENCY", default="pemprov-banten")
HOME_NAME = env.text("TANGGAP_HOME_NAME", default="Pemerintah Provinsi Banten")  # known without the database
CONTACT_EMAIL = env.text("TANGGAP_CONTACT_EMAIL", default="")
PRIVACY_CONTACT = env.text("TANGGAP_PRIVACY_CONTACT", default="")  # the data protection officer, UU 27/2022 Ps 53
SITE_NAME = env.text("TANGGAP_SITE_NAME", default="Tanggap")
IS_DEMO = env.flag("TANGGAP_DEMO", default=False)

INSTALLED_APPS = [
    "config.apps.ReferenceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "procrastinate.contrib.django",
    "tanggap",
]

MIDDLEWARE = [
    "tanggap.web.http.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "tanggap.web.http.UnchangedMiddleware",
    "tanggap.web.http.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tanggap.web.http.LanguageMiddleware",
    "tanggap.web.http.BodySizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tanggap.web.actors.NoStoreMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tanggap.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "tanggap" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tanggap.web.http.site",
                "tanggap.web.actors.acting",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tanggap.templatetags.tanggap",
            ],
        },
    }
]

# PostgreSQL is the only database (ADR 0001). The connection takes the application's role, which may
# not change what is append-only; set-up and migrations run as the owner with an empty role (ADR 0010).
DATABASE_URL = env.text("DATABASE_URL", default="postgresql:///tanggap")
DATABASE_ROLE = env.text("TANGGAP_DATABASE_ROLE", default="tanggap_app")
POOL_TIMEOUT_SECONDS = 2


def _database(url: str, *, role: str, pool: int) -> dict[str, Any]:
    """Translate a libpq address (URL or key=value) into Django's words."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    options: dict[str, Any] = {"connect_timeout": POOL_TIMEOUT_SECONDS}
    start = [parts.pop("options", "")]
    if role:
        start.append(f"-c role={role}")
    if any(start):
        options["options"] = " ".join(part for part in start if part)
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": POOL_TIMEOUT_SECONDS, "max_idle": 300}
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    made = {django: parts.pop(libpq, "") for libpq, django in names.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **made,
        "OPTIONS": {**parts, **options},
        # Without a pool (the worker) a thread keeps its connection: a new one for each job takes longer than the job.
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {"default": _database(DATABASE_URL, role=DATABASE_ROLE, pool=env.number("TANGGAP_POOL", default=0))}

# People
AUTHENTICATION_BACKENDS = ["tanggap.web.account.backend.Backend"]
LOGIN_URL = "/masuk"
LOGIN_REDIRECT_URL = "/meja"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tanggap.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # one lock-out mechanism, in the database: tanggap.services.limits
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # shared machines in offices: a session ends with the browser, or after 12 hours
MFA_TOTP_TOLERANCE = 1  # clocks of phones go wrong; a code is spent once it was used
# Multiplies the limits on filing, tracking and searching, never those on guessing (domain/limits_of_use.py).
LIMIT_FACTOR = env.number("TANGGAP_LIMIT_FACTOR", default=20 if IS_DEMO else 1, least=1)
MFA_ADAPTER = "tanggap.web.account.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False  # as above
MFA_TOTP_ISSUER = SITE_NAME
# Sign-on by an agency's own directory (ADR 0037): tokens are never stored.
DIRECTORIES = directories.read(
    env.text("TANGGAP_DIRECTORIES", default=""), env.text("TANGGAP_DIRECTORIES_FILE", default="")
)
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "tanggap.web.account.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tanggap.web.stale.failure"

# Words and time: counted in the agency's zone, shown in WIB unless an agency says otherwise.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "tanggap" / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# Files
STATIC_URL = "/static/"
# Collected files are served only where they were collected: tests and development find them in place.
COLLECTED = env.flag("TANGGAP_MANIFEST", default=False)
STATIC_ROOT = env.path("TANGGAP_STATIC", default=BASE_DIR / "staticfiles") if COLLECTED else None
STATICFILES_DIRS = [BASE_DIR / "tanggap" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
# Every page names the hashed ones: to compress the others too would be half of the work of a first start.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
ATTACHMENTS_DIR = DATA_DIR / "attachments"
EXPORTS_DIR = DATA_DIR / "exports"
IMPORTS_DIR = DATA_DIR / "imports"
OPEN_DATA_DIR = DATA_DIR / "open-data"
OPEN_DATA_IS_MADE = env.flag("TANGGAP_OPEN_DATA", default=True)
IMPORT_MOST_BYTES = env.number("TANGGAP_IMPORT_MOST_MB", default=20, least=1) * 1024 * 1024
IMPORT_MOST_ROWS = env.number("TANGGAP_IMPORT_MOST_ROWS", default=50_000, least=1)
ATTACHMENTS_LEAST_FREE_BYTES = env.number("TANGGAP_LEAST_FREE_MB", default=200) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# A program that signs memos: a PDF in, the signed one out. Without it nothing is signed electronically.
SIGN_COMMAND = env.text("TANGGAP_SIGN_COMMAND", default="")

# Codes to citizens by SMS (ADR 0040): a program that gets number and text, or a folder for tests; else e-mail alone.
SMS_COMMAND = env.text("TANGGAP_SMS_COMMAND", default="")
SMS_DIR = env.text("TANGGAP_SMS_DIR", default="")
SMS_COUNTRIES = env.countries("TANGGAP_SMS_COUNTRIES", default=("ID",))
SMS_A_DAY = env.number("TANGGAP_SMS_A_DAY", default=1000, least=1)

# The vault (ADR 0009): the keys, or the file that holds them.
KEY_FILE = env.path("TANGGAP_KEY_FILE", default=DATA_DIR / "keys.json")
KEYS = env.text("TANGGAP_KEYS", default="")
# The keys that sign checkpoints and receipts (ADR 0062), or the file that holds them.
RECORD_KEY_FILE = env.path("TANGGAP_RECORD_KEY_FILE", default=KEY_FILE.with_name("record-key.json"))
RECORD_KEYS = env.text("TANGGAP_RECORD_KEYS", default="")
# An authority that gives each checkpoint a time stamp (RFC 3161), by its address; without it there are none.
TIMESTAMP_URL = env.text("TANGGAP_TIMESTAMP_URL", default="")

# Security: deny by default, no third-party host in any page.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = env.number("TANGGAP_HSTS_SECONDS", default=31_536_000 if BEHIND_TLS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
# What is left to the proxy in front: the redirect to https, and what holds for other sites of the government's domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS and TRUSTED_PROXIES else None

# Mail: written to the console or a folder unless an SMTP server is named.
_MAILERS = {
    "console": {"BACKEND": "django.core.mail.backends.console.EmailBackend"},
    "file": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(env.path("TANGGAP_MAIL_DIR", default=DATA_DIR / "mail"))},
    },
    "smtp": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.text("TANGGAP_SMTP_HOST", default="localhost"),
            "port": env.number("TANGGAP_SMTP_PORT", default=25),
            "username": env.text("TANGGAP_SMTP_USER", default=""),
            "password": env.text("TANGGAP_SMTP_PASSWORD", default=""),
            "use_tls": env.flag("TANGGAP_SMTP_STARTTLS", default=False),
            "timeout": 20,
        },
    },
}
MAILERS = {"default": _MAILERS[env.choice("TANGGAP_MAIL", default="console", allowed=tuple(_MAILERS))]}
DEFAULT_FROM_EMAIL = env.text("TANGGAP_MAIL_FROM", default="tanggap@localhost")

# The map (ADR 0062) draws places alone; with an address of tiles (`https://host/{z}/{x}/{y}.png`) a background, too.
MAP_TILES = env.text("TANGGAP_MAP_TILES", default="")
MAP_ATTRIBUTION = env.text("TANGGAP_MAP_ATTRIBUTION", default="")

# Structured, to standard error, with ids and no personal data; the request id is bound by the middleware.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(logs.without_rows),
                structlog.processors.LogfmtRenderer(sort_keys=False, bool_as_flag=False),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        }
    },
    "filters": {"routes_only": {"()": "config.logs.RoutesOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured", "filters": ["routes_only"]}},
    "root": {"handlers": ["console"], "level": env.text("TANGGAP_LOG_LEVEL", default="WARNING")},
    "loggers": {
        "tanggap": {"level": env.text("TANGGAP_LOG_LEVEL", default="INFO")},
        # "Not Found: /laporan/<number>" would write down which secret numbers somebody asked for.
        "django.request": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
