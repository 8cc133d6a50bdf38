"""Opens a PDF from a stranger, refuses what acts or explodes, and writes a fresh one without its history.

Scripts, programs to launch and files inside are refused rather than cut out: a document that needs them is
no evidence. Author, dates, XMP, earlier versions and the EXIF of photographs do not pass.
Runs as a confined process.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf

from tanggap.adapters.scanning import confinement, inflation
from tanggap.adapters.scanning.media_types import PDF
from tanggap.domain.attachments import MOST_INFLATED, Refusal

_MOST_OBJECTS: Final = 200_000
_MOST_PICTURE_PIXELS: Final = 250_000_000
# Keys whose mere presence means that the document does something, or carries something.
_ACTIVE_KEYS: Final = frozenset({"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"})
_ACTIVE_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound"}
    | {"/GoTo3DView", "/RichMediaExecute"}
)
_ACTIVE_KINDS: Final = frozenset({"/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
_PRIVATE_KEYS: Final = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")


class _RefusedError(Exception):
    """Ends the look at a document with a reason."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def clean(media_type: str, source: Path, target: Path, thumbnail: Path) -> confinement.Answer | Refusal:  # noqa: ARG001
    """Write a clean copy of the document, or say why it is refused; a document has no thumbnail."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MOST_INFLATED,
        run_length_max_memory=MOST_INFLATED,
        png_max_memory=MOST_INFLATED,
        tiff_max_memory=MOST_INFLATED,
        max_stream_filters=8,
        parser_max_nesting=100,
        doc_max_warnings=1000,
    )
    try:
        inflation.count_raw(memoryview(source.read_bytes()), inflation.Budget())
        with pikepdf.open(source) as document:
            _judge(document)
            _forget(document)
            document.save(target, fix_metadata_version=False)
    except _RefusedError as error:
        return error.reason
    except inflation.InflatesError:
        return Refusal.INFLATES
    except pikepdf.PasswordError:
        return Refusal.ENCRYPTED
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError):
        return Refusal.BROKEN
    return {"media_type": PDF}


def _judge(document: pikepdf.Pdf) -> None:
    """Refuse a document that is encrypted, empty, acts, or becomes too large."""
    if document.is_encrypted:
        raise _RefusedError(Refusal.ENCRYPTED)
    if not len(document.pages):
        raise _RefusedError(Refusal.BROKEN)
    if len(document.objects) > _MOST_OBJECTS:
        raise _RefusedError(Refusal.INFLATES)
    budget = inflation.Budget()
    for item in _everything(document):
        if isinstance(item, pikepdf.Stream):
            _judge_stream(item, budget)
        _judge_dictionary(item)


def _everything(document: pikepdf.Pdf) -> Iterator[Any]:
    """Give every dictionary and stream of the file, the nested ones too, each once."""
    waiting: list[Any] = [document.trailer, *document.objects]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
            yield item
            inside = list(item.values()) if isinstance(item, pikepdf.Dictionary) else list(item.stream_dict.values())
        elif isinstance(item, pikepdf.Array):
            inside = list(item)
        else:
            continue
        # What is indirect is in the list of objects already.
        waiting.extend(part for part in inside if isinstance(part, pikepdf.Object) and not part.is_indirect)


def _name(value: object) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _judge_dictionary(item: Any) -> None:
    keys = set(item.keys())
    if keys & _ACTIVE_KEYS:
        raise _RefusedError(Refusal.ACTIVE_CONTENT)
    is_active = (
        _name(item.get("/S")) in _ACTIVE_ACTIONS
        or _name(item.get("/Subtype")) in _ACTIVE_KINDS
        or _name(item.get("/Type")) == "/EmbeddedFile"
    )
    if is_active:
        raise _RefusedError(Refusal.ACTIVE_CONTENT)


def _filters(item: pikepdf.Stream) -> list[str]:
    given = item.stream_dict.get("/Filter")
    if given is None:
        return []
    return [_name(part) for part in given] if isinstance(given, pikepdf.Array) else [_name(given)]


def _judge_stream(item: pikepdf.Stream, budget: inflation.Budget) -> None:
    width, height = item.stream_dict.get("/Width"), item.stream_dict.get("/Height")
    if isinstance(width, int) and isinstance(height, int) and width * height > _MOST_PICTURE_PIXELS:
        raise _RefusedError(Refusal.TOO_MANY_PIXELS)
    filters = _filters(item)
    if filters:
        inflation.count_stream(memoryview(item.get_raw_stream_buffer()), filters, budget)


def _forget(document: pikepdf.Pdf) -> None:
    """Take out who made the document, when, with what, and where its photographs were taken."""
    for key in ("/Info", "/ID"):
        if key in document.trailer:
            del document.trailer[key]
    for item in _everything(document):
        for key in _PRIVATE_KEYS:
            if key in item:
                del item[key]
        if isinstance(item, pikepdf.Stream) and _filters(item) == ["/DCTDecode"]:
            raw = item.read_raw_bytes()
            bare = without_exif(raw)
            if bare != raw:
                parameters: Any = item.stream_dict.get("/DecodeParms")
                item.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)


def without_exif(jpeg: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, IPTC and comments; what decides how it looks (JFIF, Adobe, ICC) stays."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, place = [jpeg[:2]], 2
    while jpeg[place : place + 1] == b"\xff" and place + 4 <= len(jpeg):
        marker = jpeg[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in {0xD9, 0xDA}:
            break
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])
        if marker not in {0xE1, 0xED, 0xFE}:
            kept.append(jpeg[place:end])
        place = end
    return b"".join([*kept, jpeg[place:]])


if __name__ == "__main__":
    confinement.main(clean)
