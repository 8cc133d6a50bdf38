"""A form that came after its session: sealed, its officer's alone, and gone after a quarter of an hour."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tanggap.domain.drafts import MOST_CHARACTERS
from tanggap.domain.unsent import LASTS
from tanggap.models import UnsentForm
from tanggap.selectors import unsent as unsent_selectors
from tanggap.services import keys, unsent, vault
from tests import make

pytestmark = pytest.mark.django_db

FORM = "0" * 32
TYPED = {"name": ["Siti Contoh"], "body": [make.BODY]}


def keep(officer, form_key=FORM, values=TYPED, now=make.NOW):
    return unsent.keep(actor=officer, form_key=form_key, values=values, now=now)


def opened(officer, pk, now=make.NOW):
    found = unsent.open_(actor=officer, pk=pk, now=now)
    return found and found.values


def test_it_opens_for_its_officer_alone_and_as_long_as_it_is_good():
    officer, colleague = make.liaison(), make.liaison()
    pk = keep(officer)
    assert opened(officer, pk) == TYPED
    assert opened(officer, pk, make.NOW + LASTS - timedelta(seconds=1)) == TYPED
    assert (opened(officer, pk, make.NOW + LASTS), opened(colleague, pk), opened(officer, pk + 1)) == (None,) * 3
    assert [row.pk for row in unsent_selectors.list_(viewer=officer, now=make.NOW)] == [pk]
    assert not unsent_selectors.list_(viewer=colleague, now=make.NOW)


def test_no_column_has_a_word_of_it_and_in_another_row_it_does_not_open():
    officer = make.liaison()
    one, other = keep(officer), keep(officer, "1" * 32)
    row = UnsentForm.objects.get(pk=one)
    assert not any(b"Siti" in bytes(blob) for blob in (row.sealed, row.wrapped_key))
    UnsentForm.objects.filter(pk=other).update(wrapped_key=row.wrapped_key, sealed=row.sealed)
    with pytest.raises(keys.SealBrokenError):
        opened(officer, other)


def test_one_form_is_one_row_with_the_newest_words_and_goes_when_it_is_sent():
    officer, colleague = make.liaison(), make.liaison()
    pk, later = keep(officer), {"body": ["Lain."]}
    assert keep(officer, values=later, now=make.NOW + timedelta(minutes=10)) == pk
    assert opened(officer, pk, make.NOW + timedelta(minutes=20)) == later
    unsent.discard(actor=colleague, form_key=FORM)
    unsent.discard(actor=officer, form_key="1" * 32)
    assert UnsentForm.objects.count() == 1
    unsent.discard(actor=officer, form_key=FORM)
    assert not UnsentForm.objects.exists()


def test_more_than_a_form_takes_is_not_kept():
    with pytest.raises(unsent.TooLongError):
        keep(make.liaison(), values={"body": ["x" * MOST_CHARACTERS]})
    assert not UnsentForm.objects.exists()


def test_what_nobody_came_back_for_is_removed():
    officer = make.liaison()
    keep(officer)
    fresh = keep(officer, "1" * 32, now=make.NOW + timedelta(minutes=1))
    assert [unsent.purge(now=make.NOW + LASTS) for _ in range(2)] == [1, 0]
    assert UnsentForm.objects.get().pk == fresh


def test_a_new_master_key_wraps_it_anew_and_it_opens_as_before(monkeypatch):
    officer = make.liaison()
    pk = keep(officer)
    old = keys.ring()
    new = replace(old, master={9: bytes(32), **old.master}, current=9)
    monkeypatch.setattr(keys, "ring", lambda: new)
    assert vault.rewrap() == 1
    monkeypatch.setattr(keys, "ring", lambda: replace(new, master={9: bytes(32)}))
    assert opened(officer, pk) == TYPED
