"""Report numbers and tracking tokens: made, read back and checked, so that a slip of the tongue is caught.

A number such as `7KQ2-M9TD` is not sequential (LAPOR's own numbers could be walked through, which gave
away how many reports are secret), it can be read over the telephone, and its last symbol is a check over
GF(32) that catches every single wrong symbol and every swap of two symbols, wherever they stand.
"""

from typing import Final

# Crockford's base 32: no I, L, O, U, so nothing can be mistaken for 1 or 0 and few words can be formed.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOL: Final = f"[{ALPHABET[:10]}A-HJKMNP-TV-Z]"

FORMATTED: Final = rf"{_SYMBOL}{{4}}-{_SYMBOL}{{4}}"
"""Shape of a number as it is shown: a regular expression without anchors, for addresses and searches."""

TOKEN_FORMATTED: Final = rf"{_SYMBOL}{{4}}(?:-{_SYMBOL}{{4}}){{3}}"
"""Shape of a tracking token as it is shown."""

NUMBER_LENGTH: Final = 9
TOKEN_BYTES: Final = 10
TOKEN_LENGTH: Final = 19

_VALUE: Final = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
# Signs that people put between the groups, and those that copying from a page or a letter brings along.
_SKIPPED: Final = frozenset(" \t\r\n\u00a0\u200b\u2060\ufeff-\u2010\u2011\u2012\u2013\u2014_.#")
_LONGEST_INPUT: Final = 64
_RANDOM_SYMBOLS: Final = 7
_ENTROPY_BYTES: Final = 5


def _times_two(value: int) -> int:
    """Multiply by x in GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _times(left: int, right: int) -> int:
    """Multiply in GF(32)."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left = _times_two(left)
        right >>= 1
    return product


def _weights() -> tuple[int, ...]:
    """Return one weight per symbol: the powers of x, all different and none zero; that of the check is 1.

    A wrong symbol changes the sum by weight × difference, a swap by (difference of weights) × (difference
    of symbols); neither product can be zero in a field.
    """
    weights = [1]
    while len(weights) <= _RANDOM_SYMBOLS:
        weights.append(_times_two(weights[-1]))
    return tuple(reversed(weights))


_WEIGHTS: Final = _weights()


def _sum(values: list[int]) -> int:
    """Add the weighted values up; a whole number with its right check gives 0."""
    total = 0
    for weight, value in zip(_WEIGHTS, values, strict=False):
        total ^= _times(weight, value)
    return total


def _read(text: str) -> list[int] | None:
    """Return the values of the symbols, forgiving what people do to them; None where a sign is no symbol."""
    if len(text) > _LONGEST_INPUT:
        return None
    values: list[int] = []
    for sign in text:
        if sign in _SKIPPED:
            continue
        # Only ASCII is put in capitals: some foreign letters would become ours, or two of them.
        value = _VALUE.get(sign.upper()) if sign.isascii() else None
        if value is None:
            return None
        values.append(value)
    return values


def _write(values: list[int]) -> str:
    """Return the symbols in groups of four."""
    symbols = "".join(ALPHABET[value] for value in values)
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def make(entropy: bytes) -> str:
    """Return the report number that these random bytes stand for.

    `entropy`: at least five random bytes, of which the first 35 bits are used. The caller draws again when
    the number is taken. Raises ValueError when there are too few.
    """
    if len(entropy) < _ENTROPY_BYTES:
        raise ValueError(f"A report number needs {_ENTROPY_BYTES} random bytes, not {len(entropy)}.")
    bits = int.from_bytes(entropy[:_ENTROPY_BYTES]) >> (_ENTROPY_BYTES * 8 - _RANDOM_SYMBOLS * 5)
    values = [(bits >> shift) & 31 for shift in range((_RANDOM_SYMBOLS - 1) * 5, -1, -5)]
    return _write([*values, _sum(values)])


def parse(text: str) -> str | None:
    """Return the number in its written form, or None when it is none or its check fails.

    Forgives lower case, spaces, a missing or a different dash, a leading '#', O for 0, I and L for 1.
    """
    values = _read(text)
    if values is None or len(values) != _RANDOM_SYMBOLS + 1 or _sum(values):
        return None
    return _write(values)


def format_token(raw: bytes) -> str:
    """Return a tracking token of 80 bits as sixteen symbols in groups of four.

    Raises ValueError unless exactly ten bytes are given: a token is never shortened by accident.
    """
    if len(raw) != TOKEN_BYTES:
        raise ValueError(f"A tracking token has {TOKEN_BYTES} bytes, not {len(raw)}.")
    bits = int.from_bytes(raw)
    return _write([(bits >> shift) & 31 for shift in range(TOKEN_BYTES * 8 - 5, -1, -5)])


def parse_token(text: str) -> str | None:
    """Return the token in its written form, forgiving as `parse` does, or None when it cannot be one."""
    values = _read(text)
    if values is None or len(values) * 5 != TOKEN_BYTES * 8:
        return None
    return _write(values)
