"""The pages of the calendars that a space keeps elsewhere, and their doors."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from events.enums import FeedHealth
from events.models import Event, ExternalFeed
from events.services.cancel import cancel_event
from events.services.draft import discard_event
from events.services.refusals import KeptElsewhere
from tests import personas
from tests.events.services.mirror.source import NOW, make_feed
from tests.factories.events import EventFactory, EventTypeFactory

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"member_events:{name}", args=args)


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def feed(person):
    return make_feed(personas.space_of(person), health=FeedHealth.GOOD)


def keep_date(feed, *, uid="x", live=False, **values):
    """Make a date that follows ``feed``; it waits for a moderator unless live."""
    event = EventFactory(host=feed.space, is_mirrored=True, live=live, **values)
    feed.imported_dates.create(
        space=feed.space,
        event=event,
        external_uid=uid,
        content_hash="",
        first_seen_at=NOW,
        last_seen_at=NOW,
    )
    return event


def add(client, person, address):
    values = {
        "space": personas.space_of(person).pk,
        "url": address,
        "type": EventTypeFactory().pk,
    }
    client.force_login(person)
    return client.post(url("feed_add"), values)


def test_an_address_is_stored_as_it_is_fetched(client, person):
    response = add(client, person, "webcal://bocal.example/agenda.ics#top")
    assert response.status_code == 302
    feed = ExternalFeed.objects.get()
    assert feed.url == "https://bocal.example/agenda.ics"
    assert (feed.added_by, feed.is_trusted) == (person, False)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://hub.test/agenda/flux.ics", "propre"),
        ("https://HUB.test./agenda/flux.ics", "propre"),
        ("http://127.0.0.1/a.ics", "public"),
        ("http://[::ffff:127.0.0.1]/a.ics", "public"),
        ("http://169.254.169.254/a.ics", "public"),
        ("https://bocal.example:22/a.ics", "port"),
        ("file:///etc/passwd", "https://"),
        ("javascript:alert(1)", "https://"),
    ],
)
def test_m12_m14_an_address_that_is_not_for_us_is_refused(
    client, person, address, sentence
):
    response = add(client, person, address)
    assert response.status_code == 422
    assert sentence in response.text
    assert ExternalFeed.objects.count() == 0


def test_a_calendar_is_added_once(client, person, feed):
    response = add(client, person, feed.url)
    assert response.status_code == 422
    assert ExternalFeed.objects.count() == 1


def test_the_report_is_told_in_plain_french(client, person, feed):
    feed.report = {
        "name": "Le Bocal",
        "taken": 19,
        "refused": [["<script>alert(1)</script>", "no-start"]],
        "refused_count": 1,
        "flags": ["assumed-charset"],
    }
    feed.save()
    client.force_login(person)
    text = client.get(url("feeds")).text
    assert "19 rendez-vous repris, 1 refusé." in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert(1)" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_however_many_calendars(
    client, person, count, django_assert_num_queries
):
    space = personas.space_of(person)
    for number in range(count):
        feed = make_feed(space, f"https://bocal.example/{number}.ics")
        for day in range(1, number + 2):
            keep_date(feed, uid=str(day), start_date=datetime.date(2099, 12, day))
    client.force_login(person)
    with django_assert_num_queries(12):
        text = client.get(url("feeds")).text
    waiting = [n for n in range(1, 4) if f"{n} nouveau" in text]
    assert waiting == [*range(1, count + 1)]


@pytest.mark.parametrize("name", ["feed_read", "feed_pause", "feed_remove"])
def test_another_space_does_not_find_the_calendar(client, feed, name):
    client.force_login(personas.other_member())
    answer = client.post(url(name, feed.pk), {"dates": "withdraw"})
    assert answer.status_code == 404
    assert ExternalFeed.objects.values_list("health", flat=True).get() == "good"


@pytest.mark.parametrize("name", ["feeds", "feed_add"])
def test_a_visitor_goes_to_the_login(client, name):
    assert client.get(url(name)).status_code == 302


@pytest.mark.parametrize(("choice", "live"), [("keep", True), ("withdraw", False)])
def test_removing_a_calendar_does_what_was_said(client, person, feed, choice, live):
    keep_date(feed, live=True)
    client.force_login(person)
    assert "restent" in client.get(url("feed_remove", feed.pk)).text
    client.post(url("feed_remove", feed.pk), {"dates": choice})
    event = Event.objects.get()
    assert (event.live, event.is_mirrored) == (live, False)
    assert ExternalFeed.objects.count() == 0


def test_a_mirrored_date_is_not_changed_here(client, person, feed):
    event = EventFactory(host=feed.space, is_mirrored=True)
    client.force_login(person)
    assert client.get(url("edit", event.pk)).status_code == 302
    assert "votre propre calendrier" in client.get(url("event", event.pk)).text
    for act in (
        lambda: cancel_event(event, by=person, reason="", now=NOW),
        lambda: discard_event(event, by=person, now=NOW),
    ):
        with pytest.raises(KeptElsewhere):
            act()


def test_the_page_of_a_date_names_its_source(client, feed):
    event = EventFactory(host=feed.space, is_mirrored=True)
    feed.imported_dates.create(
        space=feed.space,
        event=event,
        external_uid="x",
        content_hash="",
        source_url="https://bocal.example/soupe",
        first_seen_at=NOW,
        last_seen_at=NOW,
    )
    text = client.get(event.get_absolute_url()).text
    assert "Repris de l’agenda de Ti Numerik." in text
    assert '<a href="https://bocal.example/soupe" rel="nofollow noreferrer">' in text


def test_a_moderator_judges_the_waiting_dates_of_a_calendar(client, feed):
    event = EventFactory(title="Soupe", host=feed.space, is_mirrored=True, live=False)
    feed.imported_dates.create(
        space=feed.space,
        event=event,
        external_uid="x",
        content_hash="",
        first_seen_at=NOW,
        last_seen_at=NOW,
    )
    address = reverse("wagtailsnippets_events_externalfeed:waiting", args=[feed.pk])
    client.force_login(personas.moderator())
    assert event.title in client.get(address).text
    client.post(address, {"answer": "approve"})
    event.refresh_from_db()
    assert event.live
    client.force_login(personas.member("x@hub.test"))
    assert client.post(address, {"answer": "refuse"}).status_code in (302, 403)
    event.refresh_from_db()
    assert (event.live, event.locked) == (True, False)


def test_i15_the_feed_of_a_space_leaves_out_what_its_own_calendar_gave(client, feed):
    own = EventFactory(title="Ici", host=feed.space, venue=feed.space, venue_name="")
    given = EventFactory(
        title="Ailleurs",
        host=feed.space,
        venue=feed.space,
        venue_name="",
        is_mirrored=True,
    )
    feed.imported_dates.create(
        space=feed.space,
        event=given,
        external_uid="x",
        content_hash="",
        first_seen_at=NOW,
        last_seen_at=NOW,
    )
    network = client.get(reverse("event_feeds:network")).text
    assert own.uid in network
    assert given.uid in network
    space = client.get(reverse("event_feeds:space", args=[feed.space.slug])).text
    assert own.uid in space
    assert given.uid not in space


def test_the_admin_leads_from_a_calendar_to_its_waiting_dates(client, feed):
    waiting = reverse("wagtailsnippets_events_externalfeed:waiting", args=[feed.pk])
    keep_date(feed, title="Soupe à juger", start_date=datetime.date(2099, 12, 1))
    client.force_login(personas.moderator())
    listing = client.get(reverse("wagtailsnippets_events_externalfeed:list")).text
    assert f'href="{waiting}"' in listing
    assert "Soupe à juger" in client.get(waiting).text
