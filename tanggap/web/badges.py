"""The small pieces of a list, drawn without a template: a page has a hundred, and an include for each costs more.

What is drawn here looks as `components/` draws it; tests hold them equal.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tanggap.templatetags.tanggap import due_tone, due_words, icon, tone_icon, when


@lru_cache(maxsize=512)
def badge(tone: str, words: str, icon_name: str = "") -> SafeString:
    """Draw a badge in its tone; the words are already in the reader's language, so they are part of the memory."""
    drawn = icon(icon_name or tone_icon(tone))
    return format_html('<span class="badge tone-{}">{}<span>{}</span></span>', tone, drawn, words)


@lru_cache(maxsize=512)
def due(left: int, by_calendar: bool, _language: str) -> SafeString:
    """Draw how far a due day is, in the language that is being spoken."""
    return badge(due_tone(left), due_words(left, calendar=by_calendar))


@lru_cache(maxsize=2048)
def due_on(left: int, by_calendar: bool, day: date, _language: str) -> SafeString:
    """Draw shortly how far a due day is, and the day."""
    tone = due_tone(left)
    return format_html(
        '<span class="badge tone-{}">{}<span>{}<span class="sep"> · </span>{}</span></span>',
        tone,
        icon(tone_icon(tone)),
        due_words(left, short=True, calendar=by_calendar),
        when(day, "short"),
    )


def fact(icon_name: str, words: Any) -> SafeString | str:
    """Draw a fact beside its icon; '' for none."""
    return format_html("<span>{} {}</span>", icon(icon_name), words) if words else ""
