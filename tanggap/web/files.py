"""Give a stored file to somebody who may have it, so that nothing in it can do harm.

Whoever calls this has asked a selector first. The type is one of the few that are ever stored, nothing
is guessed from the bytes, and a page of its own may run nothing.
"""

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.cache import patch_cache_control

from tanggap.adapters.scanning import staging
from tanggap.domain.attachments import STORED_TYPES, FileKind

_NOTHING_RUNS = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"


def serve(*, key: str, media_type: str, name: str, thumbnail: bool = False, is_public: bool = False) -> FileResponse:
    """Return a file with safe headers: pictures are shown, the rest is downloaded.

    `is_public`: caches may keep it, and ask each time whether it is still public. Raises Http404
    when the bytes are gone or the type is none of ours.
    """
    if media_type not in STORED_TYPES:
        raise Http404
    is_image = STORED_TYPES[media_type][0] is FileKind.IMAGE
    if thumbnail and not is_image:
        raise Http404
    try:
        file = staging.open_for_reading(settings.ATTACHMENTS_DIR, key, thumbnail=thumbnail)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=not is_image, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = _NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if is_public:
        # Asked again each time, by its tag: a report that turns secret must not live on in somebody's cache.
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
