"""The form on which a member writes a date: reading, mistakes, conflicts."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from events.enums import Visibility
from events.models import Event
from events.services.draft import revise_draft
from events.services.submit import submit_record
from events.services.withdraw import withdraw_record
from tests import personas
from tests.events.member_site import NOW, answers, draft_of, url, values
from tests.factories.events import EventTypeFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person(client):
    member = personas.member()
    client.force_login(member)
    return member


def send(client, person, address=None, **changes):
    space = personas.space_of(person)
    return client.post(address or url("create"), answers(space, **changes))


def mistakes(response):
    assert response.status_code == 422
    return dict(response.context["form"].errors.items())


def test_draft_is_stored_and_nobody_else_sees_it(client, person):
    response = send(client, person)

    event = Event.objects.get()
    assert response.url == url("event", event)
    assert (event.live, event.title) == (False, "Soupe et jeux de société")
    assert event.start_at == datetime.datetime(
        2026, 12, 17, 17, 30, tzinfo=datetime.UTC
    )
    assert event.venue == event.host == personas.space_of(person)
    assert sorted(tag.name for tag in event.tags.all()) == ["jeux", "soupe"]


def test_sending_for_review_starts_the_workflow(client, person):
    response = send(client, person, action="publish")

    event = Event.objects.get()
    assert event.workflow_in_progress
    assert not event.live
    html = client.get(response.url).content.decode()
    assert "En relecture depuis le 2 novembre" in html
    assert "sous 3 jours ouvrés" in html


def test_trusted_space_publishes_at_once(client):
    person = personas.trusted_member()
    client.force_login(person)

    send(client, person, action="publish")

    event = Event.objects.get()
    assert event.live
    assert not event.workflow_in_progress


def test_promise_on_the_form_follows_the_spaces_trust(client, person):
    assert "Envoyer en relecture" in client.get(url("create")).content.decode()

    client.force_login(personas.trusted_member())
    html = client.get(url("create")).content.decode()
    assert "Envoyer en relecture" not in html
    assert ">Publier</button>" in html


def test_end_after_midnight_falls_on_the_next_day(client, person):
    send(client, person, start_time="20:00", end_time="01:00")

    event = Event.objects.get()
    assert event.end_date == datetime.date(2026, 12, 18)
    assert event.end_at - event.start_at == datetime.timedelta(hours=5)


def test_empty_end_takes_the_types_usual_length(client, person):
    kind = EventTypeFactory(slug="long", name="Long", duration_minutes=210)

    send(client, person, type=kind.pk, start_time="22:00", end_time="")

    event = Event.objects.get()
    assert (event.end_date, event.end_time) == (
        datetime.date(2026, 12, 18),
        datetime.time(1, 30),
    )


def test_all_day_over_two_days_forgets_the_hours(client, person):
    send(client, person, all_day="on", end_date="2026-12-18")

    event = Event.objects.get()
    assert (event.start_time, event.end_time) == (None, None)
    assert event.end_at - event.start_at == datetime.timedelta(days=2)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"end_time": "17:30"}, "end_time", "indiquez par exemple 20:30"),
        ({"end_date": "2026-12-16"}, "end_date", "Le dernier jour est avant"),
        (
            {"start_date": "2027-03-28", "start_time": "02:30", "end_time": "04:00"},
            "start_time",
            "3 h 30",
        ),
        ({"start_date": "2026-02-30"}, "start_date", "Ce jour n’existe pas"),
        ({"start_date": ""}, "start_date", "Indiquez le jour"),
        ({"start_time": "25:00"}, "start_time", "Cette heure n’existe pas"),
        ({"start_time": ""}, "start_time", "cochez « Toute la journée »"),
        ({"type": ""}, "type", "Choisissez un type"),
        ({"type": "99999999999999999999"}, "type", "dans la liste"),
        ({"title": ""}, "title", "Donnez un titre"),
        ({"title": "a\x00b"}, "title", "nul"),
        ({"place": "space"}, "venue", "Choisissez un lieu dans la liste"),
        ({"place": "space", "venue": "x"}, "venue", "Choisissez un lieu dans la liste"),
        ({"place": "elsewhere"}, "venue_name", "Donnez le nom de l’endroit"),
        (
            {"place": "elsewhere", "venue_name": "Halle", "venue_postcode": "2211"},
            "venue_postcode",
            "Cinq chiffres",
        ),
        ({"online_url": "javascript:alert(1)"}, "online_url", "adresse complète"),
        ({"tags": ", ".join("abcdefghijkl")}, "tags", "10 meilleurs"),
        ({"visibility": "everybody"}, "visibility", ""),
    ],
)
def test_mistake_says_what_to_do_and_keeps_the_answers(
    client, person, changes, field, words
):
    response = send(client, person, summary="On épluche.", **changes)

    found = mistakes(response)
    html = response.content.decode()
    assert list(found) == [field]
    assert words in found[field][0].replace("\xa0", " ")
    assert "data-error-summary" in html
    assert 'value="On épluche."' in html
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": "elsewhere", "venue_name": "Halle"}, "venue_city"),
        ({"place": "online"}, "online_url"),
        ({"start_date": "2026-10-01"}, "past_confirmed"),
    ],
)
def test_publication_asks_for_more_than_a_draft(client, person, changes, field):
    assert list(mistakes(send(client, person, action="publish", **changes))) == [field]
    assert send(client, person, action="save", **changes).status_code == 302


def test_past_date_is_published_when_one_insists(client):
    person = personas.trusted_member()
    client.force_login(person)
    changes = {"start_date": "2026-10-01", "action": "publish"}

    html = send(client, person, **changes).content.decode()
    response = send(client, person, **changes, past_confirmed="on")

    assert 'name="past_confirmed"' in html
    assert response.status_code == 302
    assert Event.objects.get().live


def test_space_of_another_member_is_refused(client, person):
    stranger = personas.space_of(personas.other_member())

    response = send(client, person, host=stranger.pk)

    assert list(mistakes(response)) == ["host"]
    assert not Event.objects.exists()


def test_forged_answers_are_ignored(client, person):
    series = SeriesFactory()

    send(
        client, person, status="cancelled", live="1", slug="agenda", uid="X@HUB.TEST",
        series=series.pk, cancel_reason="Ha", first_published_at="2020-01-01",
        is_trusted="1", zone="Pacific/Noumea", recurrence_key="20260101",
    )  # fmt: skip

    event = Event.objects.get()
    assert (event.status, event.cancel_reason) == ("confirmed", "")
    assert (event.live, event.slug, event.first_published_at) == (False, None, None)
    assert (event.series, event.recurrence_key) == (None, "")
    assert event.zone == "Europe/Paris"
    assert event.uid != "X@HUB.TEST"


def test_venue_of_the_network_gives_its_place(client, person):
    venue = SpaceFactory(name="Le Sémaphore", city="Brest", postcode="29200")

    send(client, person, place="space", venue=venue.pk, venue_name="oublié")

    event = Event.objects.get()
    assert (event.venue, event.venue_name) == (venue, "")
    assert event.department == "29"


def test_form_of_a_stored_date_gives_its_answers_back(client, person):
    send(client, person, place="elsewhere", venue_name="Halle", venue_city="Callac",
         start_time="20:00", end_time="01:00")  # fmt: skip
    event = Event.objects.get()

    form = client.get(url("edit", event)).context["form"]

    shown = {name: form[name].value() for name in form.fields}
    assert shown["version"] == event.latest_revision_id
    assert (shown["place"], shown["venue_name"]) == ("elsewhere", "Halle")
    assert shown["tags"] in ("soupe, jeux", "jeux, soupe")
    assert event.end_date == datetime.date(2026, 12, 18)
    # The form finds the night again from its hours, whatever the day becomes.
    assert (shown["end_time"], shown["end_date"]) == (datetime.time(1), None)


def test_editing_a_draft_changes_it(client, person):
    event = draft_of(person)

    send(
        client, person, url("edit", event), title="Soupe de Noël", tags="noël",
        version=event.latest_revision_id,
    )  # fmt: skip

    event.refresh_from_db()
    assert event.title == "Soupe de Noël"
    assert [tag.name for tag in event.tags.all()] == ["noël"]
    assert event.revisions.count() == 2


def test_second_of_two_writers_sees_both_texts_and_loses_none(client, person):
    event = draft_of(person)
    opened = event.latest_revision_id
    other = personas.member("lea@hub.test", spaces=[personas.space_of(person)])
    other.first_name = "Léa"
    other.save()
    revise_draft(
        event, values=values(personas.space_of(person), title="Texte de Léa"),
        by=other, now=NOW, seen_revision=opened,
    )  # fmt: skip

    response = send(
        client, person, url("edit", event), title="Mon texte", version=opened
    )

    html = response.content.decode()
    event.refresh_from_db()
    assert response.status_code == 409
    assert [(d.label, d.theirs) for d in response.context["differences"]] == [
        ("Titre", "Texte de Léa")
    ]
    assert "Enregistré par Léa" in html
    assert 'value="Mon texte"' in html
    assert event.title == "Texte de Léa"

    newest = str(event.latest_revision_id)
    assert f'name="version" value="{newest}"' in html
    send(client, person, url("edit", event), title="Mon texte", version=newest)
    event.refresh_from_db()
    assert event.title == "Mon texte"
    assert event.revisions.count() == 3


def test_stale_tab_does_not_save_while_the_date_is_reviewed(client, person):
    event = draft_of(person)
    opened = event.latest_revision_id
    submit_record(event, by=person, now=NOW)

    response = send(
        client, person, url("edit", event), title="Texte non lu", version=opened
    )

    html = response.content.decode()
    assert response.status_code == 409
    assert "en cours de relecture" in html
    assert 'value="Texte non lu"' in html
    assert 'value="save"' not in html
    assert 'value="withdraw"' in html
    assert event.revisions.count() == 1

    back = send(
        client, person, url("edit", event), title="Texte non lu", version=opened,
        action="withdraw",
    )  # fmt: skip
    assert back.status_code == 200
    assert 'value="Texte non lu"' in back.content.decode()
    assert not Event.objects.get(pk=event.pk).workflow_in_progress
    assert event.revisions.count() == 1


def test_refused_sending_stores_nothing(client, person):
    event = draft_of(person)
    state = submit_record(event, by=person, now=NOW)
    withdraw_record(event, by=person, now=NOW)
    state.workflow.active = False
    state.workflow.save()

    with pytest.raises(ImproperlyConfigured):
        send(
            client, person, url("edit", event), title="Perdu",
            version=event.latest_revision_id, action="publish",
        )  # fmt: skip

    assert event.revisions.count() == 1


def test_long_and_broken_answers_are_never_an_error_of_ours(client, person):
    for changes in (
        {"title": "a" * 10_000},
        {"version": "x"},
        {"version": "9" * 400},
        {"start_date": "0001-01-01"},
        {"start_date": "9999-12-31", "end_time": ""},
        {"end_date": "9999-12-31"},
        {"host": "x"},
        {"tags": '"'},
        {"venue": "\x00", "place": "space"},
        {"action": "publish\x00"},
    ):
        assert send(client, person, **changes).status_code in (302, 422), changes


def test_video_link_is_kept_for_members_until_said_otherwise(client):
    member = personas.trusted_member()
    client.force_login(member)
    space = personas.space_of(member)
    link = "https://visio.example/soupe"
    sent = answers(space, online_url=link, action="publish")

    client.post(url("create"), sent | {"online_visibility": "members"})
    event = Event.objects.get()
    assert (event.online_url, event.online_visibility) == (link, Visibility.MEMBERS)
    address = event.get_absolute_url()
    assert link in client.get(address).text
    client.logout()
    assert link not in client.get(address).text

    client.force_login(member)
    again = {
        "version": event.latest_revision_id,
        "title": "Soupe",
        "online_visibility": "",
    }
    client.post(url("edit", event), sent | again)
    event.refresh_from_db()
    assert (event.title, event.online_visibility) == ("Soupe", Visibility.MEMBERS)
