from __future__ import annotations

import datetime

import pytest

from events.enums import PersonalFeed, RegistrationStatus, Visibility
from events.models import FeedToken, Registration
from events.services.feed_tokens import (
    MOST_TOKENS,
    NotMember,
    TooManyTokens,
    give_token,
    hash_token,
    revoke_token,
)
from events.services.refusals import NotSpeaker
from network.models import SpaceMember
from tests import personas
from tests.events.domain.readers import unfolded
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
LINK = "https://visio.example/canari"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def give(person, kind, space=None):
    token, secret = give_token(
        to=person, kind=kind, space=space, label="Téléphone", now=NOW
    )
    return token, f"/agenda/perso/{secret}.ics"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return unfolded(response.content)


def titles(client, address):
    return [
        line.partition(":")[2]
        for line in read(client, address)
        if line.startswith("SUMMARY")
    ]


def register(person, event, **changes):
    values = {
        "user": person,
        "name": "Prénom Nom",
        "email": person.email,
        "status": RegistrationStatus.CONFIRMED,
        "created_at": NOW,
    }
    return Registration.objects.create(event=event, **(values | changes))


def test_h10_registrations_are_ones_own_and_waiting_is_tentative(client):
    person, other = UserFactory(), UserFactory(email="canari@hub.test")
    mine = EventFactory(title="Inscrit")
    waiting = EventFactory(title="En attente", start_date=datetime.date(2026, 12, 3))
    given_up = EventFactory(title="Annulée par moi")
    register(person, mine)
    register(person, waiting, status=RegistrationStatus.WAITLISTED)
    register(person, given_up, status=RegistrationStatus.CANCELLED)
    register(other, mine, name="Canari")
    register(other, EventFactory(title="Celle d’une autre"))
    _token, address = give(person, PersonalFeed.REGISTRATIONS)

    lines = read(client, address)

    assert titles(client, address) == ["Inscrit", "En attente"]
    assert [one for one in lines if one.startswith("STATUS")] == [
        "STATUS:CONFIRMED",
        "STATUS:TENTATIVE",
    ]
    assert "anari" not in "\n".join(lines)


def test_a14_space_feed_has_its_private_dates_and_the_members_link(client):
    person = personas.member()
    space = personas.space_of(person)
    EventFactory(
        title="Entre nous", host=space, visibility=Visibility.PRIVATE, online_url=LINK,
        online_visibility=Visibility.MEMBERS,
    )  # fmt: skip
    EventFactory(title="Ailleurs", host=SpaceFactory())
    EventFactory(title="Brouillon", host=space, live=False)
    _token, address = give(person, PersonalFeed.SPACE, space)

    lines = read(client, address)

    assert titles(client, address) == ["Entre nous"]
    assert (
        f"CONFERENCE;FEATURE=VIDEO;LABEL=Rejoindre en ligne;VALUE=URI:{LINK}" in lines
    )
    assert "CLASS:PRIVATE" in lines
    assert LINK not in client.get("/agenda/flux.ics").content.decode()


def test_private_dates_leave_when_access_ends(client):
    person = personas.member()
    space = personas.space_of(person)
    EventFactory(title="Entre nous", host=space, visibility=Visibility.PRIVATE)
    EventFactory(title="Réunion", visibility=Visibility.MEMBERS)
    addresses = [
        give(person, PersonalFeed.SPACE, space)[1],
        give(person, PersonalFeed.MEMBERS)[1],
    ]
    assert [titles(client, one) for one in addresses] == [["Entre nous"], ["Réunion"]]
    etag = client.get(addresses[0])["ETag"]

    SpaceMember.objects.update(until=datetime.date(2026, 11, 22))

    # An empty calendar, so that the program drops what it holds.
    assert [titles(client, one) for one in addresses] == [[], []]
    warm = client.get(addresses[0], headers={"if-none-match": etag})
    assert warm.status_code == 200


def test_token_is_stored_as_a_hash_and_its_use_is_shown_by_the_day(client):
    token, address = give(UserFactory(), PersonalFeed.REGISTRATIONS)
    secret = address.removeprefix("/agenda/perso/").removesuffix(".ics")

    assert (len(secret), token.token_hash) == (43, hash_token(secret))
    assert secret not in repr(FeedToken.objects.values().get())
    client.get(address)
    token.refresh_from_db()
    assert token.last_used_on == datetime.date(2026, 11, 23)


def test_h07_revoked_token_is_dead_at_once_even_for_who_has_a_warm_copy(client):
    token, address = give(UserFactory(), PersonalFeed.REGISTRATIONS)
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304

    revoke_token(token, now=NOW)

    for headers in ({}, {"if-none-match": etag}):
        assert client.get(address, headers=headers).status_code == 404


def test_h07_sleeping_account_and_wrong_token_are_not_found(client):
    person = UserFactory()
    _token, address = give(person, PersonalFeed.REGISTRATIONS)
    person.is_active = False
    person.save()

    assert client.get(address).status_code == 404
    assert client.get(f"/agenda/perso/{'a' * 43}.ics").status_code == 404
    assert client.get("/agenda/perso/short.ics").status_code == 404


def test_nothing_between_keeps_a_personal_calendar_nor_does_it_tell_its_address(client):
    person = UserFactory()
    _token, address = give(person, PersonalFeed.REGISTRATIONS)
    register(person, EventFactory())
    response = client.get(address)

    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, noarchive"
    assert not response.cookies
    content = response.content.decode()
    assert "SOURCE" not in content
    assert address[-20:-4] not in content


def test_only_who_has_the_right_is_given_an_address():
    person = personas.member()

    with pytest.raises(NotSpeaker):
        give(person, PersonalFeed.SPACE, SpaceFactory())
    with pytest.raises(NotSpeaker):
        give(person, PersonalFeed.SPACE)
    with pytest.raises(NotMember):
        give(UserFactory(), PersonalFeed.MEMBERS)


def test_addresses_of_one_person_are_counted():
    person = UserFactory()
    for _number in range(MOST_TOKENS):
        last, _address = give(person, PersonalFeed.REGISTRATIONS)

    with pytest.raises(TooManyTokens):
        give(person, PersonalFeed.REGISTRATIONS)
    revoke_token(last, now=NOW)
    give(person, PersonalFeed.REGISTRATIONS)


@pytest.mark.parametrize("count", [1, 3])
def test_personal_calendar_costs_as_many_queries_for_three_dates(
    client, django_assert_num_queries, count
):
    person = UserFactory()
    for event in EventFactory.create_batch(count):
        register(person, event)
    _token, address = give(person, PersonalFeed.REGISTRATIONS)
    client.get(address)

    with django_assert_num_queries(5):
        client.get(address)
