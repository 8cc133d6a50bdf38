"""What an event may say of the report itself, by the name that its data has for it."""

from typing import Final

# And the attribute of the projection that it goes to.
FACTS: Final = {
    "channel": "channel",
    "classification": "classification",
    "supervisory": "supervisory",
    "category": "category",
    "urgency": "urgency",
    "area": "area",
    "event_date": "event_date",
    "destination": "destination",
    "language": "language",
    "outcome": "outcome",
    "outcome_on": "outcome_on",
    "archive_reason": "archive_reason",
    "rating": "rating",
    "solved": "solved",
    "zone": "zone",
    "policy": "policy",
    "calendar": "calendar",
    "part_of": "part_of",
}
