"""A small language for "which reports": conditions as JSON over flat rows, so that anyone can evaluate them again.

A condition is one of `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}`, or `{"column": NAME, OP: VALUE}` with one of
the operators `eq`, `in`, `ge`, `le`. A column that says nothing (null, or absent) equals null and meets no other
comparison. `{"all": []}` is always true.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

type Condition = Mapping[str, Any]
type Row = Mapping[str, Any]
type Test = Callable[[Row], bool]

OPERATORS: Final = frozenset({"eq", "in", "ge", "le"})
_JOINS: Final = frozenset({"all", "any"})


class BadConditionError(ValueError):
    """A condition is not of this language; the text says where."""


def columns(condition: Condition) -> Iterator[str]:
    """Yield the columns that a condition asks for. Raises BadConditionError."""
    match condition:
        case {"all": parts, **rest} | {"any": parts, **rest} if not rest:
            for part in parts:
                yield from columns(part)
        case {"not": part, **rest} if not rest:
            yield from columns(part)
        case {"column": str(name), **rest} if len(rest) == 1 and rest.keys() <= OPERATORS:
            yield name
        case _:
            raise BadConditionError(f"This is no condition: {condition!r}")


def compiled(condition: Condition) -> Test:
    """Return the function that says whether a row meets a condition. Raises BadConditionError."""
    match condition:
        case {"all": parts, **rest} if not rest:
            return _all(tuple(compiled(part) for part in parts))
        case {"any": parts, **rest} if not rest:
            return _any(tuple(compiled(part) for part in parts))
        case {"not": part, **rest} if not rest:
            return _not(compiled(part))
        case {"column": str(name), **rest} if len(rest) == 1 and rest.keys() <= OPERATORS:
            ((operator, value),) = rest.items()
            return _compared(name, operator, value)
        case _:
            raise BadConditionError(f"This is no condition: {condition!r}")


def matches(condition: Condition, row: Row) -> bool:
    """Say whether a row meets a condition."""
    return compiled(condition)(row)


def _all(tests: tuple[Test, ...]) -> Test:
    def test(row: Row) -> bool:
        for one in tests:  # noqa: SIM110 - asked for every report, and a generator costs as much as the question
            if not one(row):
                return False
        return True

    return test


def _any(tests: tuple[Test, ...]) -> Test:
    def test(row: Row) -> bool:
        for one in tests:  # noqa: SIM110 - as above
            if one(row):
                return True
        return False

    return test


def _not(inner: Test) -> Test:
    return lambda row: not inner(row)


def _compared(name: str, operator: str, value: Any) -> Test:
    match operator:
        case "eq" if value is None or isinstance(value, bool):
            return lambda row: row.get(name) is value  # True is no 1: a flag is no count
        case "eq":
            return lambda row: _is_same(row.get(name), value)
        case "in":
            wanted = frozenset(value)
            return lambda row: row.get(name) in wanted
        case "ge":
            return lambda row: (found := row.get(name)) is not None and found >= value
        case _:
            return lambda row: (found := row.get(name)) is not None and found <= value


def _is_same(found: Any, value: Any) -> bool:
    return found == value and not isinstance(found, bool)
