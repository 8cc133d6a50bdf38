"""Reference data is looked at in the admin and changed nowhere in it."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from tanggap import models
from tanggap.admin.reference import LimitsInline

REFERENCE = (
    models.Agency,
    models.Area,
    models.CalendarDay,
    models.CalendarVersion,
    models.Category,
    models.CategoryGroup,
    models.OversightEdge,
    models.Policy,
    models.ReferenceLoad,
    models.Unit,
)


@pytest.fixture
def request_of_staff():
    request = RequestFactory().get("/")
    request.user = models.User(is_staff=True, is_active=True)
    return request


@pytest.mark.parametrize("model", REFERENCE)
def test_staff_look_and_nobody_adds_changes_or_deletes(model, request_of_staff):
    page = admin.site.get_model_admin(model)
    assert page.has_view_permission(request_of_staff)
    assert not page.has_add_permission(request_of_staff)
    assert not page.has_change_permission(request_of_staff)
    assert not page.has_delete_permission(request_of_staff)
    assert not page.get_actions(request_of_staff)


def test_time_limits_are_shown_under_their_policy_and_are_read_only_too(request_of_staff):
    inline = LimitsInline(models.Policy, admin.site)
    assert not inline.has_add_permission(request_of_staff)
    assert not inline.has_change_permission(request_of_staff)
