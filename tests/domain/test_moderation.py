"""Counts of what was hidden are told only where they point at nobody."""

from tanggap.domain.moderation import Counted, Unseen, shown

SECRET, BEFORE = Unseen.MADE_SECRET.value, Unseen.ARCHIVED_BEFORE.value


def test_five_are_told_of_an_agency_and_fewer_only_together_with_others():
    found = shown({1: {SECRET: 5, BEFORE: 4}, 2: {SECRET: 3}, 3: {SECRET: 2}})
    assert found == [Counted(1, Unseen.MADE_SECRET, 5), Counted(None, Unseen.MADE_SECRET, 5)]


def test_few_of_one_agency_alone_or_of_several_are_not_told():
    assert shown({1: {SECRET: 4}}) == []
    assert shown({1: {SECRET: 2}, 2: {SECRET: 2}}) == []
    assert shown({}) == []
