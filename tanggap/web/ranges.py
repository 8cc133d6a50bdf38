"""Give a large file that everybody may have: from its middle, if asked (RFC 9110, 14), and not again where it is known.

A download holds a thread of the server as long as its reader wants, so few of them run at once in a process; whoever
comes too late is told when to ask again. Before a busy site the front server gives these files itself.
"""

import os
import re
import threading
from collections.abc import Iterator
from typing import BinaryIO, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, parse_http_date_safe

_CHUNK: Final = 1 << 18
_SMALL: Final = 1 << 20
_AT_ONCE: Final = 2
_AGAIN_SECONDS: Final = 30
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_running = threading.BoundedSemaphore(_AT_ONCE)


def give(request: HttpRequest, file: BinaryIO, *, content_type: str, name: str) -> HttpResponseBase:
    """Answer with a file, a part of it, or that it is the same as before. Closes the file."""
    known = os.fstat(file.fileno())
    etag, changed = f'"{known.st_mtime_ns:x}-{known.st_size:x}"', int(known.st_mtime)
    same = get_conditional_response(request, etag=etag, last_modified=changed)
    if same is None:
        response = _answer(request, file, _asked(request, known.st_size, etag, changed), known.st_size)
    else:
        file.close()
        response = same
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Accept-Ranges"] = "bytes"
    if response.status_code in {200, 206}:
        response["Content-Type"] = content_type
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _asked(request: HttpRequest, size: int, etag: str, changed: int) -> tuple[int, int] | None:
    """Return the first and last byte that are wanted: all of them where no one part is asked for, or of another file.

    None where there are no such bytes.
    """
    whole = 0, size - 1
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    condition = request.headers.get("If-Range", etag)
    is_of_this = condition == etag or parse_http_date_safe(condition) == changed
    if found is None or not any(found.groups()) or not is_of_this:
        return whole
    begin, end = found.groups()
    if not begin:
        return (max(0, size - int(end)), size - 1) if int(end) and size else None
    first, last = int(begin), min(int(end), size - 1) if end else size - 1
    if end and int(end) < int(begin):
        return whole
    return (first, last) if first < size else None


def _answer(request: HttpRequest, file: BinaryIO, wanted: tuple[int, int] | None, size: int) -> HttpResponseBase:
    if wanted is None:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = wanted
    length = last - first + 1
    response: HttpResponseBase
    if request.method == "HEAD":
        file.close()
        response = HttpResponse()
    elif length <= _SMALL:
        with file:
            file.seek(first)
            response = HttpResponse(file.read(length))
    elif _running.acquire(blocking=False):
        file.seek(first)
        response = StreamingHttpResponse(_Body(file, length))
    else:
        file.close()
        return HttpResponse(status=503, headers={"Retry-After": str(_AGAIN_SECONDS)})
    response["Content-Length"] = str(length)
    if length != size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


class _Body:
    """The bytes of a part of a file; whoever closes it, or comes to its end, makes room for the next."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file, self._left = file, length
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (chunk := self._file.read(min(_CHUNK, self._left))):
            self._left -= len(chunk)
            yield chunk
        self.close()

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._file.close()
            _running.release()
