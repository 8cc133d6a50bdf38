"""The Merkle tree over the log, as RFC 6962 and RFC 9162 (2.1) build it, from nodes that are stored (ADR 0060).

The leaves never stand in memory together: whoever asks gives a `Read`, and of the tree only the nodes of every eighth
height are kept, so a root or a proof reads a few groups of 256 however long the log is.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

# The nodes that are kept are those at heights 0 (the leaves), 8, 16 ...: each is the root of 256 of the height below.
STRIDE: Final = 8
GROUP: Final = 1 << STRIDE
HASH_BYTES: Final = 32
EMPTY: Final = hashlib.sha256(b"").digest()

# Given a height that is kept, a first place and a count, the nodes from there; at height 0 the hashes of leaves.
type Read = Callable[[int, int, int], Sequence[bytes]]


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of 0x00 and what it holds."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 of 0x01 and both of its children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(nodes: Sequence[bytes]) -> bytes:
    """Return the root over nodes of one height; their number is a power of two."""
    if not nodes or len(nodes) & (len(nodes) - 1):
        raise ValueError(f"{len(nodes)} nodes are no whole tree.")
    while len(nodes) > 1:
        nodes = [node_hash(nodes[i], nodes[i + 1]) for i in range(0, len(nodes), 2)]
    return nodes[0]


def root(read: Read, size: int) -> bytes:
    """Return the root over the first `size` leaves (MTH of RFC 9162, 2.1.1)."""
    return _over(read, 0, size) if size else EMPTY


def inclusion(read: Read, index: int, size: int) -> list[bytes]:
    """Return the path from a leaf to the root over `size` leaves (PATH of RFC 9162, 2.1.3.1).

    Raises ValueError for an index outside.
    """
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} among {size}.")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_over(read, middle, high))
            high = middle
        else:
            path.append(_over(read, low, middle))
            low = middle
    return path[::-1]


def consistency(read: Read, old: int, new: int) -> list[bytes]:
    """Return the proof that the first `old` of `new` leaves are those of before (PROOF of RFC 9162, 2.1.4.1).

    Raises ValueError unless 0 < old <= new.
    """
    if not 0 < old <= new:
        raise ValueError(f"{old} leaves are not the beginning of {new}.")
    proof: list[bytes] = []
    low, high = 0, new
    is_known = True  # whether what is left of the old tree is a whole tree that its holder knows
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_over(read, middle, high))
            high = middle
        else:
            proof.append(_over(read, low, middle))
            low, is_known = middle, False
    if not is_known:
        proof.append(_over(read, low, high))
    return proof[::-1]


class Frontier:
    """The whole trees from the left over nodes of one height: what a root needs of all that came before."""

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[bytes] = []

    def add(self, node: bytes) -> None:
        """Put the next node to the right."""
        self.count += 1
        self._peaks.append(node)
        for _ in range((self.count & -self.count).bit_length() - 1):
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(node_hash(left, right))

    def root(self) -> bytes:
        """Return the root over all nodes that were added."""
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found


def included(content: bytes, index: int, size: int, path: Sequence[bytes], root_: bytes) -> bool:
    """Say whether a path leads from the leaf with this content to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf_hash(content)
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            place, last = _climbed(place, last)
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root_


def is_continued(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether the tree of `new` leaves begins with that of `old` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            place, last = _climbed(place, last)
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _climbed(place: int, last: int) -> tuple[int, int]:
    """Return the place of a node, and of the last one, where it next has a neighbour to its left."""
    while not place & 1 and place:
        place, last = place >> 1, last >> 1
    return place, last


def _split(count: int) -> int:
    """Return the largest power of two that is smaller than a count of two or more."""
    return 1 << (count - 1).bit_length() - 1


def _over(read: Read, low: int, high: int) -> bytes:
    """Return the root over the leaves from `low` to before `high`; `low` is where a tree of that size may begin."""
    count = high - low
    if count & (count - 1):
        middle = low + _split(count)
        return node_hash(_over(read, low, middle), _over(read, middle, high))
    height = count.bit_length() - 1
    kept = height - height % STRIDE
    return fold(read(kept, low >> kept, count >> kept))
