"""The form an editor fills in, as the admin makes it."""

from __future__ import annotations

import pytest

from network.models import Space
from network.viewsets import SpaceViewSet
from tests.factories.network import SpaceFactory, UserFactory

pytestmark = pytest.mark.django_db


def make_form(space: Space, **values):
    panel = SpaceViewSet.edit_handler.bind_to_model(Space)
    form_class = panel.get_form_class()
    blank = form_class(instance=space, for_user=UserFactory(is_superuser=True))
    given = {
        name: value
        for name, field in blank.fields.items()
        if (value := blank.get_initial_for_field(field, name)) is not None
    }
    formset = {
        "prices-TOTAL_FORMS": "0",
        "prices-INITIAL_FORMS": "0",
        "prices-MIN_NUM_FORMS": "0",
        "prices-MAX_NUM_FORMS": "1000",
    }
    return form_class(
        {**given, **formset, **values},
        instance=space,
        for_user=UserFactory(is_superuser=True),
    )


def test_form_shows_kinds_services_and_hours_as_text():
    space = SpaceFactory(
        kinds=["fablab"],
        services=["Fibre", "Jardin"],
        opening_hours={"thu": "09:00-20:00"},
    )
    form = make_form(space)
    assert form.initial["kind_choices"] == ["fablab"]
    assert form.initial["service_lines"] == "Fibre\nJardin"
    assert form.initial["hours_thu"] == "09:00-20:00"
    assert form.initial["hours_fri"] == ""


def test_form_writes_hours_in_one_form():
    space = SpaceFactory(opening_hours={"mon": "09:00-18:00"})
    form = make_form(
        space, hours_mon="", hours_tue="14h-18h30, 9h-12h", hours_sun="10 h – 12 h"
    )
    assert form.is_valid(), form.errors
    assert form.save(commit=False).opening_hours == {
        "tue": "09:00-12:00, 14:00-18:30",
        "sun": "10:00-12:00",
    }


def test_form_names_each_day_it_cannot_read_and_keeps_the_text():
    space = SpaceFactory(opening_hours={"mon": "09:00-18:00"})
    form = make_form(space, hours_mon="matin", hours_tue="9h-18h", hours_wed="18h-9h")
    assert not form.is_valid()
    assert sorted(form.errors) == ["hours_mon", "hours_wed"]
    assert form["hours_mon"].value() == "matin"
    assert "«\xa0matin\xa0» est illisible" in form.errors["hours_mon"][0]


def test_form_keeps_each_service_once_in_order():
    space = SpaceFactory(services=["Fibre"])
    form = make_form(space, service_lines="  Jardin \r\n\r\nFibre\nJardin\n")
    assert form.is_valid(), form.errors
    assert form.save(commit=False).service_names == ["Jardin", "Fibre"]


def test_form_refuses_a_service_too_long_for_a_list():
    form = make_form(SpaceFactory(), service_lines="a" * 61)
    assert list(form.errors) == ["service_lines"]


def test_draft_of_the_form_waits_and_trust_does_not():
    space = SpaceFactory(kinds=["fablab"], is_trusted=False)
    form = make_form(space, kind_choices=["kitchen"], is_trusted="on")
    assert form.is_valid(), form.errors
    form.save(commit=False)
    stored = Space.objects.get()
    assert stored.kind_values == ["fablab"]
    assert stored.is_trusted is True


@pytest.mark.parametrize(("live", "slug"), [(True, "ti-numerik"), (False, "elsewhere")])
def test_address_is_closed_once_published(live, slug):
    space = SpaceFactory(slug="ti-numerik", live=live)
    form = make_form(space, slug="elsewhere")
    assert form.is_valid(), form.errors
    assert form.save(commit=False).slug == slug
