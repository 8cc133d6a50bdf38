"""The page of all settings, read from `config/settings.py`; a setting without words here fails the check."""

import ast
from dataclasses import dataclass

from tanggap.cli.folder import CHECKOUT

KINDS = {
    "text": "text",
    "flag": "true or false",
    "number": "number",
    "words": "list, by commas",
    "countries": "list, by commas",
    "path": "path",
    "choice": "one of",
}

# What each setting is for. In the order of the page.
MEANING = {
    "DATABASE_URL": "PostgreSQL 15 or newer to use instead of the embedded one",
    "TANGGAP_DATABASE_ROLE": "role that the site takes after connecting; empty: it stays what it signed in as",
    "TANGGAP_POOL": "largest number of connections per process; 0: no pool. `./run` sets 8 for the web server",
    "TANGGAP_DATA": "data folder; the option `--data` goes before it",
    "TANGGAP_KEY_FILE": "file with the keys of the vault and the site, mode 0600",
    "TANGGAP_KEYS": "the keys themselves, as the JSON of a key file; goes before the file",
    "TANGGAP_RECORD_KEY_FILE": "file with the key that signs checkpoints and receipts, mode 0600",
    "TANGGAP_RECORD_KEYS": "that key itself, as the JSON of its file; goes before the file",
    "TANGGAP_TIMESTAMP_URL": "authority that gives each checkpoint a time stamp (RFC 3161); empty: none",
    "TANGGAP_SECRET_KEY": "secret of sessions and forms; `./run` takes it from the keys",
    "TANGGAP_PUBLIC_URL": "address that people use; https turns on secure cookies and HSTS",
    "TANGGAP_HOSTS": "host names that the site answers to",
    "TANGGAP_ORIGINS": "further origins that forms may come from, with scheme",
    "TANGGAP_SIGN_COMMAND": "program that signs memos, from standard input to standard output; empty: none",
    "TANGGAP_SMS_COMMAND": "program that sends a code by SMS, JSON on standard input; empty: e-mail alone",
    "TANGGAP_SMS_DIR": "folder that SMS are written to where there is no program, for tests; empty: none",
    "TANGGAP_SMS_COUNTRIES": "whose mobile numbers get SMS (ISO 3166); the first: of numbers without +",
    "TANGGAP_SMS_A_DAY": "SMS that the whole site sends in 24 hours at most, tries included",
    "TANGGAP_DIRECTORIES": "directories of agencies that officers sign in with (OIDC), as JSON: operations guide",
    "TANGGAP_DIRECTORIES_FILE": "file with that JSON, mode 0600; the variable goes before it",
    "TANGGAP_MAP_TILES": "address of tiles under the map, `https://host/{z}/{x}/{y}.png`; empty: none, no third party",
    "TANGGAP_MAP_ATTRIBUTION": "whose tiles these are, as the licence wants it said",
    "TANGGAP_TRUSTED_PROXIES": "number of reverse proxies in front, whose X-Forwarded-For is believed",
    "TANGGAP_HSTS_SECONDS": "how long browsers insist on https; a year where the public address is https",
    "TANGGAP_SITE_NAME": "name of the site",
    "TANGGAP_HOME_AREA": "area code of the government that runs the site",
    "TANGGAP_HOME_AGENCY": "agency that runs the site",
    "TANGGAP_HOME_NAME": "name of that agency, for pages that must work without the database",
    "TANGGAP_CONTACT_EMAIL": "address shown for questions",
    "TANGGAP_PRIVACY_CONTACT": "data protection officer (UU 27/2022 Ps 53)",
    "TANGGAP_LIMIT_FACTOR": "multiplies the limits on filing, tracking and searching, never those on guessing",
    "TANGGAP_OPEN_DATA": "whether the worker publishes open data by itself; what is there stays current either way",
    "TANGGAP_LEAST_FREE_MB": "files are refused when less than this is free",
    "TANGGAP_IMPORT_MOST_MB": "sheets of imports that are larger are refused",
    "TANGGAP_IMPORT_MOST_ROWS": "sheets of imports with more rows are refused",
    "TANGGAP_MAIL": "where mail goes: `console`, `file` or `smtp`",
    "TANGGAP_MAIL_DIR": "folder for `file`",
    "TANGGAP_MAIL_FROM": "sender of mail",
    "TANGGAP_SMTP_HOST": "mail server",
    "TANGGAP_SMTP_PORT": "its port",
    "TANGGAP_SMTP_USER": "its user",
    "TANGGAP_SMTP_PASSWORD": "its password",
    "TANGGAP_SMTP_STARTTLS": "encrypt with STARTTLS",
    "TANGGAP_LOG_LEVEL": "level of other programs' messages; our own are at INFO",
    "TANGGAP_DEBUG": "pages with details of errors; never on a public site",
    "TANGGAP_DEMO": "says on every page that the data is synthetic; `./run` sets it for a demo folder",
    "TANGGAP_MANIFEST": "serve collected, hashed, compressed static files; `./run` sets it",
    "TANGGAP_STATIC": "where those are collected",
}


@dataclass(frozen=True)
class Setting:
    """One variable of the environment, as the settings read it."""

    name: str
    kind: str
    default: str


def settings() -> list[Setting]:
    """Return every variable that `config/settings.py` reads, each once."""
    tree = ast.parse((CHECKOUT / "config" / "settings.py").read_text(encoding="utf-8"))
    found: dict[str, Setting] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="env"), attr=kind),
                args=[ast.Constant(value=str(name))],
                keywords=words,
            ):
                defaults = [ast.unparse(word.value) for word in words if word.arg == "default"]
                found.setdefault(
                    name,
                    Setting(
                        name, KINDS[kind], defaults[0] if defaults else ("()" if kind == "words" else "must be set")
                    ),
                )
            case _:
                pass
    return list(found.values())


def page() -> str:
    """Return the page; raises LookupError naming settings without words, and words without a setting."""
    found = {setting.name: setting for setting in settings()}
    if found.keys() != MEANING.keys():
        raise LookupError(
            f"tanggap/cli/settings_page.py must explain {sorted(found.keys() - MEANING.keys())} "
            f"and forget {sorted(MEANING.keys() - found.keys())}."
        )
    rows = "\n".join(
        f"| `{name}` | {found[name].kind} | {_default(found[name])} | {meaning} |" for name, meaning in MEANING.items()
    )
    return (
        "# Settings\n\n"
        "Generated from `config/settings.py` by `./run fix`. All settings are variables of the environment;\n"
        "a value that cannot be used stops the start and names itself. Defaults are shown as the code has them.\n\n"
        "| variable | kind | default | what it does |\n| --- | --- | --- | --- |\n" + rows + "\n"
    )


def _default(setting: Setting) -> str:
    if setting.name == "TANGGAP_SECRET_KEY":
        return "for checks and tests only"
    shown = setting.default.replace("|", "\\|")
    return "empty" if shown in {"''", "()"} else f"`{shown}`"
