"""What the public may not see appears nowhere: one search for one word."""

from __future__ import annotations

import datetime

import pytest

from events.enums import Visibility
from tests.factories.events import EventFactory, EventTypeFactory, SeriesFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
WORD = "canari"


def make_draft(**texts):
    return EventFactory(live=False, **texts)


def make_live_with_draft(**texts):
    event = EventFactory(title="Repas", series=texts["series"], recurrence_key="x")
    for name in ("title", "summary", "description", "price", "venue_name"):
        setattr(event, name, texts[name])
    event.save_revision()
    return event


def make_unpublished(**texts):
    event = EventFactory(**texts)
    event.unpublish()
    return event


def make_members(**texts):
    return EventFactory(visibility=Visibility.MEMBERS, **texts)


def make_private(**texts):
    return EventFactory(visibility=Visibility.PRIVATE, **texts)


def make_no_longer_public(**texts):
    event = EventFactory(**texts)
    event.visibility = Visibility.PRIVATE
    event.save_revision().publish()
    return event


@pytest.mark.parametrize(
    "make",
    [
        make_draft,
        make_live_with_draft,
        make_unpublished,
        make_members,
        make_private,
        make_no_longer_public,
    ],
)
def test_h11_hidden_words_are_nowhere(client, time_machine, make):
    time_machine.move_to(NOW, tick=False)
    kind = EventTypeFactory(slug="repas", name="Repas")
    event = make(
        title="Le canari",
        summary="Un canari.",
        description="Des canaris.",
        price="un canari",
        venue_name="Au canari",
        online_url="https://visio.example/canari",
        tags=["canari"],
        type=kind,
        series=SeriesFactory(slug="serie"),
        recurrence_key="1",
    )
    EventFactory(title="Visible", type=kind)
    slug = event.slug or "le-canari-2026-11-26"

    for address in (
        "/agenda/",
        "/agenda/?vue=mois&mois=2026-11",
        "/agenda/?serie=serie",
        "/en/agenda/",
        "/agenda/flux.ics",
        "/agenda/type/repas.ics",
        "/agenda/serie/serie.ics",
        "/agenda/serie/serie/",
        "/agenda/abonnement/",
        "/agenda/abonnement/?serie=serie",
        f"/agenda/{slug}.ics",
        f"/agenda/{slug}/",
        "/",
    ):
        response = client.get(address)
        text = response.content.decode().lower()
        # A 404 may repeat the address that was asked for.
        assert WORD not in text.replace(slug, ""), address
    event.refresh_from_db()
    assert WORD not in str(list(event.search_entries())).lower()
