"""What a space derives, what its drafts keep, what they cannot bring back."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.searchable import SearchEntry
from network.models import Space, SpaceKindRow, SpaceService
from network.services.trust import set_trust
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

# What Wagtail keeps on the row about drafts, dates and locks.
WAGTAIL_COLUMNS = {
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at",
    "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by",
    "latest_revision", "live_revision",
}  # fmt: skip
# What an editor writes in a draft.
DRAFTED_COLUMNS = {
    "name", "status", "legal_form", "summary", "description", "image", "street",
    "postcode", "city", "latitude", "longitude", "zone", "access", "accessibility",
    "opened_on", "opening_planned", "opening_hours", "surface_m2", "permanent_desks",
    "day_desks", "training_seats", "meeting_rooms", "email", "phone", "website",
}  # fmt: skip


def test_every_column_is_drafted_derived_or_owned_by_a_service():
    columns = {field.name for field in Space._meta.concrete_fields}
    owned = {*Space.SERVICE_OWNED, *Space.DERIVED}
    assert columns == WAGTAIL_COLUMNS | DRAFTED_COLUMNS | owned
    assert DRAFTED_COLUMNS & owned == set()


def test_save_derives_department_order_and_findable_text():
    space = SpaceFactory(
        name="L’Écluse",
        postcode="35600",
        city="Redon",
        summary="Un jardin",
        services=["Four à pain"],
    )
    assert space.department == "35"
    assert space.sort_key == "ecluse l"
    assert (
        space.folded_text
        == "l'ecluse 35600 redon ille-et-vilaine un jardin four a pain"
    )
    space.postcode = "974"
    space.save()
    assert Space.objects.get().department == ""


def test_spaces_are_ordered_without_their_article():
    for name in ("Ti Numerik", "L’Estran", "La Cale sèche", "L’Écluse", "Le Préau"):
        SpaceFactory(name=name)
    assert list(Space.objects.values_list("name", flat=True)) == [
        "La Cale sèche",
        "L’Écluse",
        "L’Estran",
        "Le Préau",
        "Ti Numerik",
    ]


def test_kinds_and_services_are_stored_as_rows():
    space = SpaceFactory(kinds=["kitchen", "coworking"], services=["Fibre", "Jardin"])
    stored = Space.objects.get()
    assert stored.kind_values == ["coworking", "kitchen"]
    assert stored.service_names == ["Fibre", "Jardin"]
    kept = SpaceService.objects.get(name="Jardin").pk
    space.set_kinds(["kitchen"])
    space.set_services(["Jardin", "Wifi", "Jardin"])
    space.save()
    assert list(SpaceKindRow.objects.values_list("kind", flat=True)) == ["kitchen"]
    assert Space.objects.get().service_names == ["Jardin", "Wifi"]
    assert SpaceService.objects.get(name="Jardin").pk == kept


def test_draft_leaves_the_public_rows_alone_until_it_is_published():
    space = SpaceFactory(name="Ti Numerik", kinds=["coworking"], services=["Fibre"])
    space.name = "Ti Nevez"
    space.set_kinds(["fablab"])
    space.set_services(["Laser"])
    revision = space.save_revision()
    stored = Space.objects.get()
    assert (stored.name, stored.kind_values, stored.service_names) == (
        "Ti Numerik",
        ["coworking"],
        ["Fibre"],
    )
    revision.publish()
    stored = Space.objects.get()
    assert (stored.name, stored.kind_values, stored.service_names) == (
        "Ti Nevez",
        ["fablab"],
        ["Laser"],
    )


def test_old_draft_brings_back_neither_address_nor_trust():
    space = SpaceFactory(slug="ti-numerik", is_trusted=True)
    space.summary = "Written before"
    revision = space.save_revision()
    Space.objects.update(slug="ti-nevez")
    set_trust(space, is_trusted=False)
    revision.publish()
    stored = Space.objects.get()
    assert stored.summary == "Written before"
    assert stored.slug == "ti-nevez"
    assert stored.is_trusted is False


def test_published_draft_cannot_move_the_address():
    space = SpaceFactory(slug="ti-numerik")
    space.slug = "elsewhere"
    space.save_revision().publish()
    assert Space.objects.get().slug == "ti-numerik"


def test_draft_moves_the_address_before_the_first_publication():
    space = SpaceFactory(slug="ti-numerik", live=False)
    space.slug = "ti-nevez"
    space.save_revision().publish()
    stored = Space.objects.get()
    assert (stored.slug, stored.live) == ("ti-nevez", True)


def test_revisions_can_be_asked_for_their_space():
    space = SpaceFactory()
    revision = space.save_revision()
    assert list(space.revisions.all()) == [revision]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"latitude": 48.0}, "longitude"),
        ({"latitude": 91.0, "longitude": 0.0}, "latitude"),
        ({"postcode": "2211"}, "postcode"),
        ({"zone": "Europe/Rostrenen"}, "zone"),
        ({"opening_hours": {"mon": "morning"}}, "opening_hours"),
        ({"opening_hours": {"someday": ""}}, "opening_hours"),
        ({"status": "gone"}, "status"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_full_clean_refuses(values, field):
    space = Space(name="Ti Numerik", slug="ti-numerik", **values)
    with pytest.raises(ValidationError) as error:
        space.full_clean()
    assert list(error.value.message_dict) == [field]


def test_database_refuses_half_a_position():
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceFactory(latitude=48.0)


def test_space_is_open_on_its_own_clock():
    reunion = SpaceFactory(zone="Indian/Reunion", opening_hours={"mon": "08:00-17:00"})
    # Monday 05:30 in Paris is 08:30 in Saint-Denis.
    now = datetime.datetime(2026, 11, 23, 4, 30, tzinfo=datetime.UTC)
    assert reunion.closes_at(now) == datetime.time(17)
    reunion.zone = "Europe/Paris"
    assert reunion.closes_at(now) is None


@pytest.mark.parametrize("status", ["project", "paused", "closed"])
def test_only_an_open_space_is_open(status):
    space = SpaceFactory(status=status, opening_hours={"mon": "00:00-23:59"})
    now = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    assert space.closes_at(now) is None
    assert space.opens_next(now) is None


def test_day_price_leaves_free_trials_and_months_out():
    day = {"unit": "day", "label": "Journée"}
    space = SpaceFactory(
        prices=[
            {**day, "amount_euros": 0},
            {**day, "amount_euros": 14},
            {**day, "amount_euros": 11},
            {"unit": "hour", "label": "Heure", "amount_euros": 3},
        ]
    )
    assert space.day_price == 11
    assert SpaceFactory().day_price is None


def test_search_entries_say_what_the_page_says():
    space = SpaceFactory(
        name="Ti Numerik",
        slug="ti-numerik",
        summary="Un atelier",
        description="Une maison",
        kinds=["fablab"],
        services=["Fibre"],
    )
    assert list(space.search_entries()) == [
        SearchEntry(
            title="Ti Numerik",
            summary="Un atelier",
            body="Une maison\nRostrenen Côtes-d’Armor",
            language="fr",
            url="/lieux/ti-numerik/",
            kind="space",
            tags=("fablab, atelier", "Fibre"),
            facets={"department": ("22",)},
        )
    ]


@pytest.mark.parametrize("hidden", [{"live": False}, {"status": "closed"}])
def test_search_finds_no_hidden_space(hidden):
    assert list(SpaceFactory(**hidden).search_entries()) == []
