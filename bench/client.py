"""A load generator: many keep-alive connections from one process, on the loopback only, bounded in count and time.

Each connection is played by a generator that yields requests and is handed the answers, so a browser's walk
(look at the form, take its cookie and its hidden fields, send it) reads as it happens. The machine is shared
with the server: what the client itself costs is measured and said.
"""

import selectors
import socket
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

HOST: Final = "127.0.0.1"
PATIENCE_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def raw(self) -> bytes:
        """Return the bytes on the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {len(self.body)}"] if self.method == "POST" else []
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `size` counts head and body as they were on the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    size: int
    seconds: float

    def header(self, name: str) -> str:
        """Return a header, '' when it is missing."""
        return next((value for known, value in self.headers if known == name.lower()), "")

    def cookies(self) -> dict[str, str]:
        """Return the cookies that were set."""
        pairs = (value.partition(";")[0].partition("=") for name, value in self.headers if name == "set-cookie")
        return {name: value for name, _, value in pairs}


type Script = Generator[Request, Answer, None]


class ClientError(Exception):
    """The server did not answer as a server does."""


def connect(port: int) -> socket.socket:
    """Open a connection to the server on this machine."""
    made = socket.create_connection((HOST, port), timeout=PATIENCE_SECONDS)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def exchange(line: socket.socket, request: Request) -> Answer:
    """Send one request on an open connection and wait for its answer; raises ClientError when the server hangs up."""
    began, received, answer = time.perf_counter(), b"", None
    line.sendall(request.raw())
    while answer is None:
        part = line.recv(262_144)
        if not part:
            raise ClientError("The server closed the connection in the middle.")
        received += part
        answer = parse(received, time.perf_counter() - began)
    return answer


class _Line:
    """One connection with the script that is played on it."""

    def __init__(self, port: int, script: Script) -> None:
        self.socket = connect(port)
        self.script = script
        self.received = b""
        self.sent_at = 0.0

    def start(self) -> bool:
        """Send the first request; False when the script has none."""
        return self._send(next(self.script, None))

    def read(self) -> Answer | None:
        """Take what arrived; return the answer once it is whole. Raises ClientError when the server hangs up."""
        part = self.socket.recv(262_144)
        if not part:
            raise ClientError("The server closed the connection in the middle.")
        self.received += part
        return parse(self.received, time.perf_counter() - self.sent_at)

    def go_on(self, answer: Answer) -> bool:
        """Hand an answer to the script and send what it wants next; False when it is done."""
        self.received = b""
        try:
            return self._send(self.script.send(answer))
        except StopIteration:
            return False

    def _send(self, request: Request | None) -> bool:
        if request is None:
            return False
        self.sent_at = time.perf_counter()
        self.socket.sendall(request.raw())
        return True


def parse(received: bytes, seconds: float) -> Answer | None:
    """Return the answer that the bytes hold, or None while they are not all there."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    first, *lines = received[:end].decode("latin-1").split("\r\n")
    headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
    known = dict(headers)
    body = received[end + 4 :]
    status = int(first.split(" ", 2)[1])
    if "chunked" in known.get("transfer-encoding", ""):
        if not body.endswith(b"0\r\n\r\n"):
            return None
        body = _joined(body)
    elif len(body) < int(known.get("content-length", "0")) and status not in {204, 304}:
        return None
    return Answer(status, headers, body, len(received), seconds)


def _joined(body: bytes) -> bytes:
    parts, place = [], 0
    while True:
        end = body.index(b"\r\n", place)
        length = int(body[place:end].partition(b";")[0], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        place = end + 4 + length


@dataclass(slots=True)
class Played:
    """What a run gave; `client_share` is how much of one core the client itself took."""

    answers: int = 0
    seconds: float = 0.0
    client_share: float = 0.0
    broken: int = 0


def play(port: int, scripts: Sequence[Script], *, is_over: Callable[[], bool] = lambda: False) -> Played:
    """Play each script on a connection of its own, all at once, until all are done or `is_over` says so.

    A connection that breaks ends its script and is counted in `broken`.
    """
    began, began_cpu = time.perf_counter(), time.process_time()
    played = Played()
    with selectors.DefaultSelector() as waiting:
        for script in scripts:
            line = _Line(port, script)
            if line.start():
                waiting.register(line.socket, selectors.EVENT_READ, line)
        last_word = time.perf_counter()
        while waiting.get_map() and not is_over():
            ready = waiting.select(timeout=0.2)
            last_word = time.perf_counter() if ready else last_word
            if time.perf_counter() - last_word > PATIENCE_SECONDS:
                raise ClientError(f"No answer for {PATIENCE_SECONDS} s.")
            for key, _events in ready:
                _step(key.data, waiting, played)
        for key in list((waiting.get_map() or {}).values()):
            key.data.socket.close()
    played.seconds = time.perf_counter() - began
    played.client_share = (time.process_time() - began_cpu) / played.seconds
    return played


def _step(line: _Line, waiting: selectors.BaseSelector, played: Played) -> None:
    """Read on a connection, and go on with its script."""
    try:
        answer = line.read()
        if answer is None:
            return
        played.answers += 1
        goes_on = line.go_on(answer)
    except (OSError, ClientError):
        played.broken += 1
        goes_on = False
        line.script.close()
    if not goes_on:
        waiting.unregister(line.socket)
        line.socket.close()


def ask(port: int, request: Request) -> Answer:
    """Send one request on a connection of its own and return the answer."""
    with connect(port) as line:
        return exchange(line, request)
