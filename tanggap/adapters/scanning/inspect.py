"""Decides whether a file is taken, by its content, and gives back what is clean of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tanggap.adapters.scanning import confinement, signatures, videos
from tanggap.domain.attachments import STORED_TYPES, FileKind, Refusal, Refused, refuse_size

_KINDS: Final = {"image": FileKind.IMAGE, "application": FileKind.DOCUMENT, "video": FileKind.VIDEO}
# By name: the decoders are loaded by the confined process alone, never by the server.
_CLEANERS: Final = {
    FileKind.IMAGE: "tanggap.adapters.scanning.images",
    FileKind.DOCUMENT: "tanggap.adapters.scanning.pdfs",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is taken: where its clean form lies, and what it is."""

    kind: FileKind
    media_type: str
    path: Path
    thumbnail: Path | None = None
    width: int | None = None
    height: int | None = None


def inspect(path: Path, claimed_name: str, size: int, *, workspace: Path) -> Accepted | Refused:
    """Judge one file and clean it.

    `path`: the bytes as they came. `claimed_name`: what the sender calls it; it only helps a second opinion.
    `size`: their number. `workspace`: an existing folder on the same disk, where the clean form and a
    thumbnail are written beside each other; a video stays where it is. Raises OSError only for the machine's
    own troubles; no room is the reason NO_ROOM.
    """
    if refusal := refuse_size(size):
        return Refused(refusal)
    media_type = signatures.identify(path, claimed_name)
    if isinstance(media_type, Refusal):
        return Refused(media_type)
    kind = _KINDS[media_type.partition("/")[0]]
    if refusal := refuse_size(size, kind):
        return Refused(refusal)
    if kind is FileKind.VIDEO:
        refusal = videos.check(path, media_type)
        return Refused(refusal) if refusal else Accepted(kind, media_type, path)
    return _cleaned(kind, media_type, path, workspace)


def _cleaned(kind: FileKind, media_type: str, path: Path, workspace: Path) -> Accepted | Refused:
    """Let the confined process clean an image or a document."""
    clean, thumbnail = workspace / f"{path.name}.clean", workspace / f"{path.name}.thumbnail"
    said = confinement.run(_CLEANERS[kind], media_type, path, clean, thumbnail)
    found = STORED_TYPES.get(said.get("media_type", ""))
    if "refused" in said or found is None or found[0] is not kind or not clean.is_file():
        clean.unlink(missing_ok=True)
        thumbnail.unlink(missing_ok=True)
        return Refused(Refusal(said.get("refused", Refusal.BROKEN)))
    return Accepted(
        kind,
        said["media_type"],
        clean,
        thumbnail if kind is FileKind.IMAGE else None,
        said.get("width"),
        said.get("height"),
    )
