from __future__ import annotations

import datetime
import json
import re

import pytest
from django.test import RequestFactory

from events.enums import DecisionState, EventStatus, Visibility
from events.models import Decision, MinutesTheme
from tests.factories.events import (
    AllDayEventFactory,
    EventFactory,
    MinutesFactory,
    SeriesFactory,
)
from tests.factories.network import SpaceFactory, SpaceMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(client, event):
    response = client.get(event.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def structured(html):
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(block[1])


def test_page_tells_when_where_and_how_to_keep_it(client):
    event = EventFactory(
        title="Le dernier verre",
        summary="Trois heures debout.",
        price="gratuit",
        venue_latitude=48.5,
        venue_longitude=-2.75,
        host=SpaceFactory(name="L’Estran", live=False),
        tags=["verre"],
    )

    html = read(client, event)

    assert html.count("<h1") == 1
    for words in (
        "Jeudi 26 novembre 2026",
        "18 h 30 – 21 h 30",
        "dans 3 jours",
        "1 place du Marché, 22000 Saint-Brieuc",
        'href="geo:48.500000,-2.750000"',
        "Ouvert à tout le monde",
        "Gratuit",
        "L’Estran",
        "?tag=verre",
        'href="/agenda/le-dernier-verre-2026-11-26.ics"',
        "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Le%20dernier",
        "https://outlook.live.com/calendar/0/deeplink/compose?",
        '<meta property="og:title" content="Le dernier verre">',
    ):
        assert words in html


def test_unknown_date_is_not_found(client):
    assert client.get("/agenda/nulle-part-2026-01-01/").status_code == 404


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (EventStatus.CANCELLED, "Ce rendez-vous est annulé."),
        (EventStatus.POSTPONED, "Ce rendez-vous est reporté"),
        (EventStatus.TENTATIVE, "reste à confirmer"),
    ],
)
def test_status_is_said_in_words(client, status, words):
    event = EventFactory(status=status, cancel_reason="La cuisine est en travaux.")

    html = read(client, event)

    assert words in html
    assert ("Noter la date" in html) == (status == EventStatus.TENTATIVE)


def test_moved_date_says_from_when(client):
    event = EventFactory(
        previous_start_at=datetime.datetime(2026, 11, 24, 17, 30, tzinfo=datetime.UTC)
    )

    html = read(client, event)

    assert "il était" not in html
    assert "mardi 24 novembre 2026" in html
    facts = structured(html)
    assert facts["eventStatus"] == "https://schema.org/EventRescheduled"
    assert facts["previousStartDate"] == "2026-11-24T18:30+01:00"


@pytest.mark.parametrize(
    ("changed_days_later", "words"), [(-1, "21 novembre 2026"), (1, "22 novembre 2026")]
)
def test_page_says_when_it_last_said_something_new(client, changed_days_later, words):
    published = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
    changed = published + datetime.timedelta(days=changed_days_later)
    event = EventFactory(last_published_at=published, told=changed)

    assert f"Mis à jour le {words}." in read(client, event)


def test_structured_data_tells_the_event(client):
    event = EventFactory(title="Repas", summary="Une table.")

    assert structured(read(client, event)) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Repas",
        "description": "Une table.",
        "startDate": "2026-11-26T18:30+01:00",
        "endDate": "2026-11-26T21:30+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Halle au blé",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "1 place du Marché",
                    "postalCode": "22000",
                    "addressLocality": "Saint-Brieuc",
                    "addressCountry": "FR",
                },
            }
        ],
        "url": "https://hub.test/agenda/repas-2026-11-26/",
        "inLanguage": "fr",
    }


def test_structured_data_of_whole_days_has_dates_alone(client):
    facts = structured(read(client, AllDayEventFactory()))

    assert (facts["startDate"], facts["endDate"]) == ("2027-05-19", "2027-05-20")


def test_hostile_title_stays_text(client):
    title = "</script><script>alert(1)</script>&\u2028{{7*7}}"
    html = read(client, EventFactory(title=title))

    assert "<script>alert" not in html
    assert "\u2028" not in re.search(r"ld\+json.*?</script>", html, re.S)[0]
    assert structured(html)["name"] == title


def test_members_date_is_not_found_for_the_public(client):
    event = EventFactory(visibility=Visibility.MEMBERS)
    member = SpaceMemberFactory(space__live=False)
    former = SpaceMemberFactory(space__live=False, until=datetime.date(2026, 1, 1))

    assert client.get(event.get_absolute_url()).status_code == 404
    for user, status in (
        (UserFactory(), 404),
        (former.user, 404),
        (member.user, 200),
        (UserFactory(is_staff=True), 200),
    ):
        client.force_login(user)
        assert client.get(event.get_absolute_url()).status_code == status


def test_members_date_is_not_kept_by_shared_caches_nor_indexed(client):
    event = EventFactory(visibility=Visibility.MEMBERS)
    client.force_login(SpaceMemberFactory(space__live=False).user)

    response = client.get(event.get_absolute_url())

    assert response["Cache-Control"] == "private"
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "ld+json" not in html
    assert ".ics" not in html[html.index("<main") :]


def test_private_date_is_for_the_space_that_organises_it(client):
    member = SpaceMemberFactory(space__live=False)
    event = EventFactory(visibility=Visibility.PRIVATE, host=member.space)
    other = SpaceMemberFactory(space__live=False)

    client.force_login(other.user)
    assert client.get(event.get_absolute_url()).status_code == 404
    client.force_login(member.user)
    assert client.get(event.get_absolute_url()).status_code == 200


def test_video_link_for_members_is_shown_to_them_alone(client):
    event = EventFactory(
        online_url="https://visio.example/canari", online_visibility=Visibility.MEMBERS
    )

    html = read(client, event)
    assert "canari" not in html
    assert "les membres connectés trouvent le lien ici" in html

    client.force_login(SpaceMemberFactory(space__live=False).user)
    assert "https://visio.example/canari" in read(client, event)


def test_minutes_are_shown_once_the_date_is_past(client):
    series = SeriesFactory(title="CoopCoworking")
    minutes = MinutesFactory(event__series=series, edition=42, numbered_in=series)
    MinutesTheme.objects.create(
        minutes=minutes, question="Quels gobelets ?", text="Les communs."
    )
    Decision.objects.create(
        minutes=minutes, number=59, text="Des gobelets communs.", state=DecisionState.TO_FOLLOW,
        due_on=datetime.date(2026, 12, 1),
    )  # fmt: skip

    html = read(client, minutes.event)

    for words in (
        "Compte rendu : CoopCoworking n° 42",
        "Quels gobelets ?",
        "Les communs.",
        "D 59",
        "À suivre",
        "pour le mardi 1er décembre 2026",
    ):
        assert words in html
    assert "Noter la date" not in html


@pytest.mark.parametrize(
    "changes",
    [
        {"visibility": Visibility.MEMBERS},
        {"visibility": Visibility.PRIVATE},
        {"live": False},
    ],
)
def test_minutes_that_are_not_public_stay_hidden(client, changes):
    minutes = MinutesFactory(introduction="canari", **changes)

    assert "canari" not in read(client, minutes.event)


def test_members_read_their_minutes(client):
    minutes = MinutesFactory(introduction="canari", visibility=Visibility.MEMBERS)
    client.force_login(SpaceMemberFactory(space__live=False).user)

    assert "canari" in read(client, minutes.event)


def test_series_shows_its_next_dates_without_this_one(client):
    series = SeriesFactory(slug="drink")
    event = EventFactory(title="Premier", series=series, recurrence_key="1")
    EventFactory(title="Suivant", series=series, recurrence_key="2",
                 start_date=datetime.date(2026, 12, 17))  # fmt: skip

    html = read(client, event)

    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', html) == ["Suivant"]
    assert 'href="/agenda/serie/drink/"' in html
    assert "/agenda/abonnement/?serie=drink" in html


def test_series_of_members_is_not_named_to_the_public(client):
    series = SeriesFactory(title="Canari", visibility=Visibility.MEMBERS)
    event = EventFactory(series=series)

    assert "Canari" not in read(client, event)
    client.force_login(SpaceMemberFactory(space__live=False).user)
    assert "Canari" in read(client, event)


@pytest.mark.parametrize("live", [True, False])
def test_editors_preview_shows_the_page(live):
    event = EventFactory(live=live, tags=["verre"], series=SeriesFactory())
    event.title = "Brouillon"
    draft = event.save_revision().as_object()
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(is_staff=True)

    response = draft.make_preview_request(request)

    assert response.status_code == 200
    assert "<h1" in response.rendered_content
    assert "Brouillon" in response.rendered_content


def test_unsaved_date_is_previewed_too():
    event = EventFactory.build(type=EventFactory().type)
    event.full_clean()  # as the form does before a preview
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(is_staff=True)

    response = event.make_preview_request(request)

    assert response.status_code == 200
    assert "Jeudi 26 novembre 2026" in response.rendered_content.replace("\xa0", " ")


def test_page_costs_the_same_for_more_dates_of_its_series(
    client, django_assert_max_num_queries
):
    series = SeriesFactory()
    event = EventFactory(series=series, recurrence_key="0")
    EventFactory(series=series, recurrence_key="1")
    read(client, event)
    with django_assert_max_num_queries(30) as one:
        read(client, event)
    for key in "23":
        EventFactory(series=series, recurrence_key=key)
    with django_assert_max_num_queries(30) as three:
        read(client, event)

    assert len(three) == len(one)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (EventStatus.CANCELLED, "EventCancelled"),
        (EventStatus.POSTPONED, "EventPostponed"),
    ],
)
def test_structured_data_of_a_date_called_off_keeps_its_start(client, status, told):
    event = EventFactory(
        status=status,
        previous_start_at=datetime.datetime(2026, 11, 24, 17, 30, tzinfo=datetime.UTC),
    )

    facts = structured(read(client, event))

    assert facts["eventStatus"] == f"https://schema.org/{told}"
    assert facts["startDate"] == "2026-11-26T18:30+01:00"
    assert "previousStartDate" not in facts


def test_structured_data_of_a_moved_whole_day_has_no_hour(client):
    event = AllDayEventFactory(
        previous_start_at=datetime.datetime(2027, 5, 11, 22, 0, tzinfo=datetime.UTC)
    )

    facts = structured(read(client, event))

    assert facts["startDate"] == "2027-05-19"
    assert facts["previousStartDate"] == "2027-05-12"
