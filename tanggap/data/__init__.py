"""Reference data shipped with the product; `README.md` beside the files says where each comes from."""

import hashlib
from importlib.resources import files
from typing import Any

from tanggap.domain.reference import BadRowsError, Problem, read_rows
from tanggap.domain.reference_checks import FILES, Reference
from tanggap.domain.reference_rows import AreaRow


def text(name: str) -> str:
    """Return the text of a file of this folder; not UTF-8 is a bad row of line 1."""
    try:
        return files(__name__).joinpath(name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadRowsError([Problem(name, 1, "the file is not UTF-8")]) from None


def read(*, code_book: str, areas: tuple[AreaRow, ...]) -> Reference:
    """Return all reference data: the files of this folder and the areas of a code book.

    Raises BadRowsError naming the bad lines of all files at once.
    """
    rows: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, row in FILES.items():
        try:
            rows[name] = tuple(read_rows(row, name, text(name)))
        except BadRowsError as error:
            problems += error.problems
    if problems:
        raise BadRowsError(problems)
    return Reference(code_book, areas, *rows.values())


def fingerprint(code_book: str) -> str:
    """Return a hash of everything that a load would read, to know without reading whether it is needed."""
    digest = hashlib.sha256(code_book.encode())
    for name in FILES:
        digest.update(files(__name__).joinpath(name).read_bytes())
    return digest.hexdigest()
