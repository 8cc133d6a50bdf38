"""How many bytes a first visit costs: the page and everything that it loads, as they come over the wire."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.client import Request, ask

_HERE = "http://localhost"
_URL = re.compile(rb"url\(\s*['\"]?([^)'\"]+)")
_LINKS = frozenset({"stylesheet", "icon", "manifest", "preload", "modulepreload", "apple-touch-icon"})


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page and its parts weigh, and hosts that are not ours."""

    parts: dict[str, int]
    strangers: frozenset[str]

    @property
    def size(self) -> int:
        """Return all bytes, heads of the answers included."""
        return sum(self.parts.values())


class _Loads(HTMLParser):
    """Collects the addresses that a browser fetches without being asked."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "link" and _LINKS & set(known.get("rel", "").split()):
            self.found.append(known.get("href", ""))
        elif tag == "use":
            self.found.append(known.get("href", known.get("xlink:href", "")))
        elif tag in {"script", "img", "iframe", "source", "video", "audio", "embed"} and known.get("src"):
            self.found.append(known["src"])


def visit(port: int, path: str) -> Visit:
    """Fetch a page with an empty cache, and everything it loads, parts of style sheets included."""
    parts: dict[str, int] = {}
    strangers: set[str] = set()
    waiting = [urljoin(_HERE, path)]
    while waiting:
        address = urlsplit(waiting.pop())
        where = address.path + (f"?{address.query}" if address.query else "")
        if address.scheme not in {"http", "https"} or where in parts:
            continue
        if address.hostname != "localhost":
            strangers.add(str(address.hostname))
            continue
        # What it weighs, and, asked again without compression, what it loads.
        weighed = ask(port, Request("GET", where, {"Accept-Encoding": "br, gzip"}))
        plain = ask(port, Request("GET", where, {"Accept-Encoding": "identity"}))
        parts[where] = weighed.size
        kind = plain.header("content-type")
        base = urljoin(_HERE, where)
        if kind.startswith("text/html"):
            page = _Loads()
            page.feed(plain.body.decode())
            waiting += [urljoin(base, found) for found in page.found]
        elif kind.startswith("text/css"):
            waiting += [urljoin(base, found.decode()) for found in _URL.findall(plain.body)]
    return Visit(parts, frozenset(strangers))
