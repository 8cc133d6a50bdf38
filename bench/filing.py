"""Handing reports in as browsers do: look at the form once, then send one report after the other."""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from bench import browser
from bench.client import Played, Request, Script, play
from bench.words import Vocabulary

PATH: Final = "/lapor"
RECEIPT: Final = "/lapor/tanda-terima"


@dataclass(slots=True)
class Filed:
    """What became of the reports that were sent; `numbers` are those whose receipt the browser holds."""

    numbers: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citizen:
    """What the reports say: texts, and villages where things happened."""

    words: Vocabulary
    villages: Sequence[str]
    today: date
    with_email: float = 1.0  # the share that leaves an address; everybody leaves a telephone number

    def fill(self, fields: browser.Fields, destinations: Sequence[str], chance: random.Random) -> browser.Fields:
        """Return the form filled in with a report that nobody has sent before."""
        village = chance.choice(self.villages)
        email = f"warga{chance.randrange(10**9)}@example.org" if chance.random() < self.with_email else ""
        parts = village.split(".")
        return fields | {
            "formulir": secrets.token_hex(16),
            "classification": "complaint",
            "title": self.words.some(chance, 6)[:150],
            "body": self.words.some(chance, 60),
            "province": parts[0],
            "regency": ".".join(parts[:2]),
            "district": ".".join(parts[:3]),
            "village": village,
            "destination": chance.choice(destinations),
            "location": self.words.some(chance, 4),
            "event_date": (self.today - timedelta(days=chance.randint(1, 20))).isoformat(),
            "name": self.words.some(chance, 2)[:-1].title(),
            "email": email,
            "phone": f"0812{chance.randrange(10**7):07d}",
            "kirim": "1",
        }


def file_reports(citizen: Citizen, filed: Filed, goes_on: Callable[[], bool], *, seed: int, home: int = 9) -> Script:
    """Play one browser that files until `goes_on` says no; each report is sent once."""
    chance = random.Random(seed)
    page = yield Request("GET", PATH)
    cookies = page.cookies()
    fields, options = browser.form_of(page, PATH)
    # The first choices are the province and its regencies and cities.
    destinations = [*[value for value in options["destination"] if value][:home], ""]
    while goes_on():
        answer = yield browser.posted(PATH, citizen.fill(fields, destinations, chance), cookies)
        held = answer.cookies().get("tanda_terima", "")
        if answer.status == 302 and answer.header("location") == RECEIPT and held:
            filed.numbers.append(held.strip('"').partition(".")[0])
            filed.seconds.append(answer.seconds)
        else:
            filed.refused[answer.status] = filed.refused.get(answer.status, 0) + 1


def run(
    port: int, citizen: Citizen, *, connections: int, goes_on: Callable[[], bool], seed: int
) -> tuple[Filed, Played]:
    """File on many connections at once until `goes_on` says no."""
    filed = Filed()
    scripts = [file_reports(citizen, filed, goes_on, seed=seed * 1000 + place) for place in range(connections)]
    return filed, play(port, scripts)
