"""What a browser does, for the load generator: read the form of a page, fill it in, send it, keep the cookies."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Final

from bench.client import Answer, ClientError, Request, Script, ask, play
from tanggap.cli import codes

type Fields = dict[str, str]


class _Form(HTMLParser):
    """Collects the fields of one form with the values that a browser would send untouched."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.fields: Fields = {}
        self.options: dict[str, list[str]] = {}
        self._is_inside = False
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = known.get("action", self.action) == self.action and known.get("method") == "post"
        if not self._is_inside:
            return
        name, kind = known.get("name", ""), known.get("type", "text")
        if tag == "input" and name and kind not in {"file", "submit"}:
            if kind not in {"checkbox", "radio"} or "checked" in known:
                self.fields[name] = known.get("value", "on" if kind == "checkbox" else "")
        elif tag == "select":
            self._select = name
            self.options[name] = []
        elif tag == "textarea":
            self.fields[name], self._textarea = "", name
        elif tag == "option" and self._select:
            self._option(known)

    def _option(self, known: Mapping[str, str]) -> None:
        value = known.get("value", "")
        self.options[self._select].append(value)
        if self._select not in self.fields or "selected" in known:
            self.fields[self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data


def form_of(answer: Answer, action: str) -> tuple[Fields, dict[str, list[str]]]:
    """Return the fields of a page's form with their values, and the choices of its lists. Raises ClientError."""
    found = _Form(action)
    found.feed(answer.body.decode())
    if not found.fields:
        raise ClientError(f"There is no form for {action} on the page (status {answer.status}).")
    return found.fields, found.options


def multipart(fields: Mapping[str, str]) -> tuple[str, bytes]:
    """Return content type and body of a form, as a browser sends one with a file field that is left empty."""
    edge = secrets.token_hex(12)
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    nothing = 'Content-Disposition: form-data; name="files"; filename=""\r\nContent-Type: application/octet-stream'
    parts.append(f"--{edge}\r\n{nothing}\r\n\r\n\r\n")
    return f"multipart/form-data; boundary={edge}", f"{''.join(parts)}--{edge}--\r\n".encode()


def posted(path: str, fields: Mapping[str, str], cookies: Mapping[str, str]) -> Request:
    """Return the request that sends a form."""
    kind, body = multipart(fields)
    headers = {"Content-Type": kind, "Cookie": cookie(cookies), "Origin": "http://localhost"}
    return Request("POST", path, headers, body)


def cookie(cookies: Mapping[str, str]) -> str:
    """Return cookies as a header."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@dataclass(slots=True)
class Session:
    """A signed-in browser."""

    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Request:
        """Return a request for a page."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Request("GET", path, {"Cookie": cookie(self.cookies), **named} if self.cookies else named)


SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # the key of the admin's authenticator app
_STEPS = count()


def sign_in(port: int, username: str, password: str) -> Session:
    """Sign in at /masuk as a person does. Raises ClientError when that does not succeed."""
    session, last = Session(), []

    def script() -> Script:
        page = yield Request("GET", "/masuk")
        session.cookies |= page.cookies()
        fields, _ = form_of(page, "/masuk")
        answer = yield posted("/masuk", fields | {"login": username, "password": password}, session.cookies)
        session.cookies |= answer.cookies()
        page = yield session.get("/masuk/kode")  # leads elsewhere for whoever has no second step
        if page.status == 200:
            session.cookies |= page.cookies()
            fields, _ = form_of(page, "/masuk/kode")
            # A code is good once: of two sites on one database the second takes the code of the next half minute.
            step = int(time.time()) // codes.STEP_SECONDS + next(_STEPS) % 2  # noqa: TID251 - a door
            answer = yield posted("/masuk/kode", fields | {"code": codes.code(SECRET, step)}, session.cookies)
            session.cookies |= answer.cookies()
        last.append(answer)

    play(port, [script()])
    if not last or last[0].status != 302:
        raise ClientError(f"Signing in as {username} was answered with {last[0].status if last else 'nothing'}.")
    if ask(port, session.get("/meja")).status != 200:
        raise ClientError(f"{username} is signed in and has no desk.")
    return session
