"""Whose business a report may be: words and category lead to an office, with the reason (REQ-12, 18; D5.1).

A suggestion for the verifying officer, never a decision: what the reporter chose and what the officer
chooses wins. Rules are reference data (`tanggap/data/routing_rules.csv`). Other sources of suggestions,
learned ones for example, give the same value and are listed beside the rules in `selectors.suggestions`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tanggap.domain.reference_rows import Authority

MOST = 3  # more would have to be read, not chosen


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rules, ready to be matched."""

    code: str
    position: int
    words: tuple[str, ...]
    category: str
    authority: str
    agency: str
    province_unit: str
    regency_unit: str

    def unit_in(self, authority: str) -> str:
        """Return the slug of the unit that would handle it in a province or in a regency; '' where none would."""
        return {Authority.PROVINCE: self.province_unit, Authority.REGENCY: self.regency_unit}.get(
            Authority(authority), ""
        )


@dataclass(frozen=True, slots=True)
class Guess:
    """What the rules say of a report: what it is about, whose it is, and by which words."""

    category: str
    authority: str  # national, province, regency, or '' where both of the last handle it
    agency: str  # a slug, for what is national
    units: tuple[str, str]  # slugs in a province and in a regency
    rules: tuple[str, ...]  # codes, the decisive one first
    words: tuple[str, ...]  # found in the report, in the order of the rules


def words_of(cell: str) -> tuple[str, ...]:
    """Return the words of a rule as they stand in its cell, in lower case."""
    return tuple(word.strip().lower() for word in cell.split("|") if word.strip())


def guesses(rules: Iterable[Rule], *texts: str, category: str = "") -> tuple[Guess, ...]:
    """Return up to three suggestions for a report, the most likely first.

    A rule is found by its words in the texts; one whose category the reporter chose counts more. A rule that says
    whose business a thing is ("jalan provinsi") decides the owner of a rule that says only what it is ("berlubang").
    """
    text = " ".join(" ".join(texts).lower().split())
    found = [(rule, hit) for rule in rules if (hit := _found(rule, text))]
    if not found:
        return ()
    ranked = sorted(found, key=lambda pair: (-_weight(*pair, category=category), pair[0].position))
    return tuple(_unique(_guess(rule, hit, found) for rule, hit in ranked))[:MOST]


def for_category(rules: Iterable[Rule], *texts: str, category: str) -> Guess | None:
    """Return where the rules lead a report of a category that an officer has chosen, or None when they do not say.

    The words of the report decide between rules of that category and those above and below it. Where none of them is
    found, the rules of the very category do, if they all name one authority; a top category says too little for that.
    """
    known = tuple(rules)
    for guess in guesses(known, *texts, category=category):
        if guess.category == category or _is_within(guess.category, category) or _is_within(category, guess.category):
            return guess
    own = [rule for rule in known if rule.category == category and "." in category]
    if not own or len({(rule.authority, rule.agency) for rule in own}) > 1:
        return None
    first = min(own, key=lambda rule: rule.position)
    units = first.province_unit, first.regency_unit
    return Guess(category, first.authority, first.agency, units, rules=(first.code,), words=())


def _is_within(narrow: str, wide: str) -> bool:
    return narrow.startswith(f"{wide}.")


def _found(rule: Rule, text: str) -> tuple[str, ...]:
    return tuple(word for word in rule.words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))


def _weight(rule: Rule, hit: Sequence[str], *, category: str) -> int:
    """Longer words say more than short ones, what a thing is more than whose, the reporter's own category most."""
    chosen = bool(category) and (rule.category == category or rule.category.startswith(f"{category}."))
    return 100 * chosen + 10 * (not rule.authority) + max(len(word) for word in hit) + 3 * len(hit)


def _guess(rule: Rule, hit: tuple[str, ...], found: Sequence[tuple[Rule, tuple[str, ...]]]) -> Guess:
    decisive = rule if rule.authority else next((one for one, _ in found if _decides(one, rule)), rule)
    others = () if decisive is rule else next(words for one, words in found if one is decisive)
    return Guess(
        category=_narrower(rule.category, decisive.category),
        authority=decisive.authority,
        agency=decisive.agency,
        units=(
            decisive.province_unit or rule.province_unit,
            decisive.regency_unit or rule.regency_unit,
        ),
        rules=tuple(dict.fromkeys((decisive.code, rule.code))),
        words=tuple(dict.fromkeys((*others, *hit))),
    )


def _decides(one: Rule, rule: Rule) -> bool:
    """A rule with an authority speaks for the things of its own top category alone: SMA says nothing of a road."""
    return bool(one.authority) and one.category.partition(".")[0] == rule.category.partition(".")[0]


def _narrower(own: str, other: str) -> str:
    return other if _is_within(other, own) else own


def _unique(found: Iterable[Guess]) -> Iterable[Guess]:
    seen = set()
    for guess in found:
        key = (guess.category, guess.authority, guess.agency)
        if key not in seen:
            seen.add(key)
            yield guess
