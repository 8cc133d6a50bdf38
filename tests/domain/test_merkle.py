"""The tree is RFC 9162's: compared with the vectors of RFC 6962's first log, a library, and the recursion itself."""

import hashlib
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from tanggap.domain import merkle
from tanggap.domain.merkle import Frontier, consistency, included, inclusion, is_continued, leaf_hash, root

# The eight leaves and their roots by which implementations of Certificate Transparency are known.
LEAVES = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes(range(0x60, 0x70)))
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
MANY = [hashlib.sha256(number.to_bytes(4)).digest() for number in range(700)]


def tree(leaves):
    """Return a `Read` that holds nodes as the database does: the leaves and every eighth height."""
    kept = {0: [leaf_hash(leaf) for leaf in leaves]}
    below = kept[0]
    for height in (8, 16):
        whole = len(below) // merkle.GROUP
        below = kept[height] = [merkle.fold(below[n * 256 : (n + 1) * 256]) for n in range(whole)]

    def read(height, first, count):
        assert 1 <= count <= merkle.GROUP
        return kept[height][first : first + count]

    return read


def plain(leaves):
    """The definition of the RFC, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + plain(leaves[:k]) + plain(leaves[k:])).digest()


@pytest.mark.parametrize("size", ROOTS)
def test_the_roots_are_those_of_certificate_transparency(size):
    assert root(tree(LEAVES), size).hex() == ROOTS[size]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 700])
def test_a_root_is_that_of_the_definition_and_of_the_frontier(size):
    frontier = Frontier()
    for leaf in MANY[:size]:
        frontier.add(leaf_hash(leaf))
    assert root(tree(MANY), size) == plain(MANY[:size]) == frontier.root()


def test_roots_and_paths_are_those_of_the_library():
    theirs = InmemoryTree(algorithm="sha256")
    for size, leaf in enumerate(MANY[:70], start=1):
        theirs.append_entry(leaf)
        assert theirs.get_root(size) == root(tree(MANY), size)
    for size in (1, 2, 7, 64, 70):
        for index in range(size):
            # The library counts from one, and puts the leaf itself before the path.
            path = theirs.prove_inclusion(index + 1, size).serialize()["path"]
            assert [bytes.fromhex(node) for node in path[1:]] == inclusion(tree(MANY), index, size)


def test_every_leaf_of_small_trees_is_proven_in_its_place_and_in_no_other():
    read = tree(MANY)
    for size in range(1, 18):
        right = root(read, size)
        for index in range(size):
            path = inclusion(read, index, size)
            assert included(MANY[index], index, size, path, right)
            assert not included(MANY[index + 1], index, size, path, right)
            assert not any(included(MANY[index], other, size, path, right) for other in range(size) if other != index)
            assert not included(MANY[index], index, size, [*path, bytes(32)], right)
            assert not path or not included(MANY[index], index, size, path[:-1], right)


def test_every_small_tree_is_proven_to_go_on_and_no_other_is():
    read, other = tree(MANY), tree([b"bent", *MANY])
    for old, new in combinations(range(1, 18), 2):
        proof = consistency(read, old, new)
        assert is_continued(old, new, root(read, old), root(read, new), proof)
        assert not is_continued(old, new, root(other, old), root(read, new), proof)
        assert not is_continued(old, new, root(read, old), root(other, new), proof)
        assert not is_continued(old, new, root(read, old), root(read, new), [*proof, bytes(32)])
        assert not is_continued(old, new, root(read, old), root(read, new), proof[:-1])


@given(st.integers(1, 700), st.integers(1, 700), st.data())
def test_proofs_hold_at_any_size(one, two, data):
    read, (old, new) = tree(MANY), sorted((one, two))
    assert is_continued(old, new, root(read, old), root(read, new), consistency(read, old, new))
    index = data.draw(st.integers(0, new - 1))
    path = inclusion(read, index, new)
    assert len(path) <= (new - 1).bit_length()
    assert included(MANY[index], index, new, path, root(read, new))


@pytest.mark.parametrize(("old", "new"), [(0, 4), (5, 4), (-1, 4)])
def test_what_is_no_beginning_has_no_proof(old, new):
    with pytest.raises(ValueError):
        consistency(tree(MANY), old, new)
    assert not is_continued(old, new, merkle.EMPTY, root(tree(MANY), new), [])


@pytest.mark.parametrize("index", [-1, 4, 5])
def test_a_leaf_outside_has_no_path(index):
    with pytest.raises(ValueError):
        inclusion(tree(MANY), index, 4)


def test_only_whole_trees_are_folded():
    with pytest.raises(ValueError):
        merkle.fold([bytes(32)] * 3)
