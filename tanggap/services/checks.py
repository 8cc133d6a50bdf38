"""The last look before a text becomes public: every finding of the finder must have been answered.

The door shows the findings and takes the answers; this service finds them again, so that no door, present
or future, can publish personal data that nobody looked at (D5.1; two reporters were once harmed so).
"""

from collections.abc import Iterable, Mapping

from tanggap.domain.intake import clean
from tanggap.domain.lifecycle import PUBLIC_TEXTS, Action
from tanggap.domain.moves import Move, Span
from tanggap.domain.redaction import Finding
from tanggap.models import EventText
from tanggap.selectors import filed_words
from tanggap.services import redaction

_OF_THE_REPORT = ("body", "location")
_VERIFYING = frozenset({Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF})


def is_answered(action: Action, report_id: int, move: Move) -> bool:
    """Say whether each finding in what the act makes public was masked, or left on purpose."""
    return all(
        _is_covered(redaction.find(text), move.masked.get(name, ()), move.kept.get(name, ()))
        for name, text in _published(action, report_id, move).items()
    )


def _published(action: Action, report_id: int, move: Move) -> Mapping[str, str]:
    """Return the texts that an act makes public, by field."""
    if action in _VERIFYING:
        return {"title": clean(move.title), **filed_words.of([report_id], _OF_THE_REPORT).get(report_id, {})}
    if action == Action.CONFIRM_TEXT and move.refers_to is not None:
        return _stored(report_id, move.refers_to, ("text",))
    return {"text": clean(move.text)} if action in PUBLIC_TEXTS else {}


def _stored(report_id: int, seq: int, fields: Iterable[str]) -> dict[str, str]:
    rows = EventText.objects.filter(event__report_id=report_id, event__seq=seq, field__in=list(fields))
    return {name: text for name, text in rows.values_list("field", "text") if text is not None}


def _is_covered(findings: Iterable[Finding], *answers: Iterable[Span]) -> bool:
    answered = {place for spans in answers for start, end, _kind in spans for place in range(start, end)}
    return all(answered.issuperset(range(finding.start, finding.end)) for finding in findings)
