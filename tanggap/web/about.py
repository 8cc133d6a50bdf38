"""What every page knows of this installation without asking the request or the database."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from tanggap import VERSION
from tanggap.adapters import demo_state


def facts() -> dict[str, Any]:
    """Return the names that all pages show, error pages included: they come from settings and one small file."""
    return {
        "site_name": settings.SITE_NAME,
        "home_name": settings.HOME_NAME,
        "is_demo": settings.IS_DEMO,
        "demo_growing": settings.IS_DEMO and demo_state.is_growing(settings.DATA_DIR),
        "languages": tuple(settings.LANGUAGES),
        "language": get_language() or settings.LANGUAGE_CODE,
        "version": VERSION,
        "public_url": settings.PUBLIC_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "privacy_contact": settings.PRIVACY_CONTACT,
        "debug": settings.DEBUG,
    }
