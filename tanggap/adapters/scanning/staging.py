"""Puts a file on the disk before the report that names it is written, so that no receipt lies.

A door stages each file: judged, cleaned, pushed to the disk (file and folder), under a random key. The
service then records the key in the same transaction as the report. A file whose transaction never came is
swept later; a row without its file cannot come to be.
"""

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from tanggap.adapters.scanning.confinement import NO_ROOM
from tanggap.adapters.scanning.inspect import Accepted, inspect
from tanggap.adapters.scanning.media_types import PDF
from tanggap.domain.attachments import LARGEST_OF_ALL, FileKind, Refusal, Refused, clean_name, refuse_size

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_THUMBNAIL: Final = ".640"
_FOLDER: Final = "staging"
_BLOCK: Final = 1024 * 1024


class RefusedError(Exception):
    """A file is not taken; `reason` says why. Nothing of it is stored."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NoRoomError(RefusedError):
    """The disk has no room for attachments; nothing was stored."""

    def __init__(self) -> None:
        super().__init__(Refusal.NO_ROOM)


class Uploaded(Protocol):
    """What a door hands over; Django's UploadedFile is one."""

    @property
    def name(self) -> str | None:
        """What the sender calls the file."""

    @property
    def size(self) -> int | None:
        """How many bytes it claims to have."""

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes in pieces."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that lies safely on the disk, under `key`; `sha256` and `size` are of what is stored."""

    key: str
    sha256: bytes
    size: int
    media_type: str
    kind: FileKind
    name: str
    width: int | None = None
    height: int | None = None


def stage(uploaded: Uploaded, *, root: Path, least_free: int) -> Staged:
    """Judge, clean and store one file, and return what the service has to record.

    `root`: the attachments folder. `least_free`: bytes that stay free on its disk.
    Raises RefusedError with its reason, or NoRoomError; either way nothing of the file is left.
    """
    size, name = uploaded.size or 0, uploaded.name or ""
    if refusal := refuse_size(size):
        raise RefusedError(refusal)
    key = secrets.token_hex(16)
    workspace = root / _FOLDER
    try:
        workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The upload, its clean form and the thumbnail lie side by side for a moment.
        if _free(root) - 3 * size < least_free:
            raise NoRoomError
        return _stage(uploaded, name, key=key, root=root, workspace=workspace)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise NoRoomError from error
        raise
    finally:
        for left in workspace.glob(f"{key}*"):
            left.unlink(missing_ok=True)


def keep(document: bytes, name: str, *, root: Path, least_free: int) -> Staged:
    """Store a PDF that this product has made itself, byte for byte: to clean it would break a signature in it.

    Raises NoRoomError.
    """
    key = secrets.token_hex(16)
    workspace, came = root / _FOLDER, root / _FOLDER / key
    try:
        workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _free(root) - len(document) < least_free:
            raise NoRoomError
        came.write_bytes(document)
        sha256, size = _digest_and_sync(came)
        _put_in_place(Accepted(FileKind.DOCUMENT, PDF, came), key=key, root=root)
        return Staged(key, sha256, size, PDF, FileKind.DOCUMENT, name)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise NoRoomError from error
        raise
    finally:
        came.unlink(missing_ok=True)


def again(known: Staged, *, root: Path) -> Staged:
    """Give what is stored already a second name: a file of its own for another report. Raises as `link` does."""
    return replace(known, key=link(known.key, root=root))


def link(known: str, *, root: Path) -> str:
    """Return a second key under which a stored file lies, with no byte copied.

    The content was judged when it was staged first. Either name can be erased without the other. Raises
    FileNotFoundError when the first is gone.
    """
    key = secrets.token_hex(16)
    source, final = _place(root, known), _place(root, key)
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    thumbnail = source.with_name(known + _THUMBNAIL)
    if thumbnail.exists():
        os.link(thumbnail, final.with_name(key + _THUMBNAIL))
    os.link(source, final)
    for folder in (final.parent, final.parent.parent, root):
        _sync_folder(folder)
    return key


def _free(root: Path) -> int:
    found = os.statvfs(root)
    return found.f_bavail * found.f_frsize


def _stage(uploaded: Uploaded, name: str, *, key: str, root: Path, workspace: Path) -> Staged:
    """Take the bytes in, have them judged, and put what is clean into its place."""
    came = workspace / key
    size = _take_in(uploaded, came)
    found = inspect(came, name, size, workspace=workspace)
    if isinstance(found, Refused):
        if found.reason is Refusal.NO_ROOM:
            raise NoRoomError
        raise RefusedError(found.reason)
    sha256, stored = _digest_and_sync(found.path)
    _put_in_place(found, key=key, root=root)
    return Staged(
        key=key,
        sha256=sha256,
        size=stored,
        media_type=found.media_type,
        kind=found.kind,
        name=clean_name(name, found.media_type),
        width=found.width,
        height=found.height,
    )


def _take_in(uploaded: Uploaded, target: Path) -> int:
    """Write the upload down, counting: what it claims about its size is not believed."""
    taken = 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(target, flags, 0o600), "wb") as file:
        for chunk in uploaded.chunks():
            taken += len(chunk)
            if taken > LARGEST_OF_ALL:
                raise RefusedError(Refusal.TOO_LARGE)
            file.write(chunk)
    return taken


def _digest_and_sync(path: Path) -> tuple[bytes, int]:
    """Return hash and size of a file that is on the disk when this returns."""
    with path.open("rb") as file:
        found = _digest(file)
        os.fsync(file.fileno())
        return found, file.tell()


def _digest(file: BinaryIO) -> bytes:
    made = hashlib.sha256()
    while block := file.read(_BLOCK):
        made.update(block)
    return made.digest()


def _place(root: Path, key: str) -> Path:
    return root / key[:2] / key[2:4] / key


def _put_in_place(found: Accepted, *, key: str, root: Path) -> None:
    """Move the clean form and its thumbnail to their final place, and push the folders to the disk.

    The file itself goes last: where it is, its thumbnail is.
    """
    final = _place(root, key)
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if found.thumbnail is not None:
        _digest_and_sync(found.thumbnail)
        found.thumbnail.chmod(0o600)
        found.thumbnail.rename(final.with_name(key + _THUMBNAIL))
    found.path.chmod(0o600)
    found.path.rename(final)
    for folder in (final.parent, final.parent.parent, root):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_for_reading(root: Path, key: str, *, thumbnail: bool = False) -> BinaryIO:
    """Open a stored file, or the thumbnail of an image.

    Raises FileNotFoundError for an unknown key and for whatever is no key at all: a path cannot be
    smuggled in, and links are not followed.
    """
    if not _KEY.fullmatch(key):
        raise FileNotFoundError(errno.ENOENT, "There is no such file.")
    path = _place(root, key)
    if thumbnail:
        path = path.with_name(key + _THUMBNAIL)
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW), "rb")


def digest(root: Path, key: str) -> bytes:
    """Return the SHA-256 of a stored file, for the audit; raises FileNotFoundError."""
    with open_for_reading(root, key) as file:
        return _digest(file)


def discard(root: Path, key: str) -> None:
    """Remove a stored file: when a later one of the same form is refused, or when it is to be erased."""
    if not _KEY.fullmatch(key):
        return
    path = _place(root, key)
    path.unlink(missing_ok=True)
    path.with_name(key + _THUMBNAIL).unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync_folder(path.parent)


def sweep(root: Path, *, known_keys: Callable[[list[str]], Collection[str]], older_than: datetime) -> list[str]:
    """Remove files that no row names, and what a crash left in the staging folder.

    `known_keys`: given some keys, returns those that have a row; asked folder by folder, so that millions of
    files need no memory. `older_than`: younger files may belong to a transaction that is still open.
    Returns the keys that were removed. Safe to run twice, and twice at once.
    """
    limit = older_than.timestamp()
    for left in _old_files(root / _FOLDER, limit):
        left.unlink(missing_ok=True)
    removed: list[str] = []
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
        keys = sorted({path.name.removesuffix(_THUMBNAIL) for path in _old_files(folder, limit)})
        candidates = [key for key in keys if _KEY.fullmatch(key)]
        known = set(known_keys(candidates)) if candidates else set()
        for key in candidates:
            if key not in known:
                discard(root, key)
                removed.append(key)
    return removed


def _old_files(folder: Path, limit: float) -> Iterator[Path]:
    """Give the files that were written before `limit` (seconds since the epoch)."""
    with contextlib.suppress(FileNotFoundError):
        for path in folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_ctime < limit:
                    yield path
