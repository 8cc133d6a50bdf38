"""The processes of the loader. Imports nothing of Django: a fresh process sets that up first."""

import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

_work: Callable[[Any], Any] | None = None


def _begin(packed: bytes) -> None:
    global _work
    import django

    django.setup()
    _work = pickle.loads(packed)  # noqa: S301 - from our own parent


def _do(part: Any) -> Any:
    if _work is None:
        raise RuntimeError("This process was not set up.")
    return _work(part)


def spread(
    work: Callable[[Any], Mapping[str, int]], parts: Sequence[Any], *, processes: int
) -> Iterator[Mapping[str, int]]:
    """Yield what `work` makes of each part, in as many processes; in this one where one is enough."""
    if processes == 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    with multiprocessing.get_context("spawn").Pool(processes, _begin, (pickle.dumps(work),)) as pool:
        yield from pool.imap_unordered(_do, parts)
