"""Editors write a series, see its dates before they save, and moderators publish it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from cms.roles import EDITORS, ensure_roles
from events.models import Event, Programme, Series
from tests import personas
from tests.events.series_site import NOW, dates_of, make_draft, make_series
from tests.factories.events import EventTypeFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_events_series:list"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def answers(**changes):
    """Return what a browser sends for a lunch on the second Thursday of each month."""
    return {
        "title": "Repas de quartier", "slug": "repas", "type": EventTypeFactory().pk,
        "host": SpaceFactory().pk, "programme": "", "summary": "", "description": "",
        "image": "", "rhythm": "monthly", "interval": "1", "weekdays": ["3"],
        "nth": "2", "month_day": "", "first_day": "2026-12-01", "until": "",
        "count": "", "left_out": "14/01/2027", "start_time": "12:15",
        "end_time": "14:00", "lasts_days": "0", "zone": "Europe/Paris",
        "rhythm_note": "", "is_held_at_host": "on", "venue": "", "venue_name": "",
        "venue_street": "", "venue_postcode": "", "venue_city": "",
        "venue_latitude": "", "venue_longitude": "", "room": "", "online_url": "",
        "online_visibility": "public", "registration_mode": "none",
        "registration_url": "", "capacity": "", "companions_allowed": "0",
        "opens_days_before": "", "closes_hours_before": "0", "question": "",
        "second_question": "", "price": "", "visibility": "public", **changes,
    }  # fmt: skip


def create(client, **changes):
    url = reverse("wagtailsnippets_events_series:add")
    return client.post(url, answers(**changes))


def test_editor_saves_a_draft_and_sees_its_dates(client):
    client.force_login(personas.editor())

    assert create(client).status_code == 302

    series = Series.objects.get()
    draft = series.get_latest_revision_as_object()
    assert (series.live, draft.weekdays, draft.nth) == (False, [3], 2)
    assert draft.left_out == ["2027-01-14"]
    html = client.get(
        reverse("wagtailsnippets_events_series:edit", args=[series.pk])
    ).content.decode()
    assert "Chaque 2ᵉ jeudi du mois, 12\u00a0h\u00a015" in html
    assert "<s>Jeudi 14\u00a0janvier 2027</s> – écartée" in html
    assert "<li>Jeudi 10\u00a0décembre 2026</li>" in html
    assert "14/01/2027" in html
    assert Event.objects.count() == 0


def test_mistake_keeps_the_form_and_what_was_ticked(client):
    client.force_login(personas.editor())

    response = create(client, nth="", left_out="14/01/2027\nun jeudi")

    html = response.content.decode()
    assert response.status_code == 200
    assert "« un jeudi » n’est pas un jour" in html.replace("\u00a0", " ")
    assert "un jeudi" in html
    assert Series.objects.count() == 0
    html = create(client, nth="").content.decode().replace("\u00a0", " ")
    assert "Quel jeudi du mois ? Choisissez-le ici." in html


def test_preview_of_what_was_never_saved_lists_the_dates(client):
    client.force_login(personas.editor())
    url = reverse("wagtailsnippets_events_series:preview_on_add")

    assert client.post(url, answers()).json() == {
        "is_valid": True,
        "is_available": True,
    }
    html = client.get(url).content.decode()

    assert "Dates prévues" in html
    assert "Jeudi 10\u00a0décembre 2026" in html
    assert Series.objects.count() == 0


def test_moderator_publishes_and_editor_does_not(client):
    client.force_login(personas.editor())
    create(client, **{"action-publish": "1"})
    series = Series.objects.get()
    assert series.live is False

    client.force_login(personas.moderator())
    url = reverse("wagtailsnippets_events_series:edit", args=[series.pk])
    client.post(url, answers(**{"action-publish": "1"}))

    assert len(dates_of(series)) == 17


def test_roles_of_an_older_release_lose_what_is_moderated_now():
    personas.editor()
    group = Group.objects.get(name=EDITORS)
    group.permissions.add(Permission.objects.get(codename="publish_series"))

    ensure_roles()

    assert not group.permissions.filter(codename="publish_series").exists()


def test_published_series_is_not_deleted(client):
    client.force_login(personas.admin())
    series = make_series(count=1)
    url = reverse("wagtailsnippets_events_series:delete", args=[series.pk])

    client.post(url)
    assert Series.objects.count() == 1
    draft = make_draft()
    client.post(reverse("wagtailsnippets_events_series:delete", args=[draft.pk]))
    assert list(Series.objects.all()) == [series]


def test_moderator_adds_a_date(client):
    client.force_login(personas.moderator())
    series = make_series(count=1)
    url = reverse("wagtailsnippets_events_series:extra_date", args=[series.pk])
    assert url in client.get(reverse(LIST)).content.decode()
    assert client.get(url).status_code == 200

    response = client.post(url, {"start_date": "2026-12-05"})

    extra = Event.objects.get(recurrence_key="20261205+1")
    assert response.url == reverse("wagtailsnippets_events_event:edit", args=[extra.pk])


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"start_date": "2026-11-01"}, "Ce jour est passé"),
        ({"start_date": "demain"}, "Saisissez une date valide"),
        (
            {"start_date": "2027-03-28", "start_time": "02:30", "end_time": "05:00"},
            "l’heure d’été saute 2",
        ),
    ],
)
def test_date_that_cannot_be_keeps_the_form(client, sent, sentence):
    client.force_login(personas.moderator())
    series = make_series(count=1)
    url = reverse("wagtailsnippets_events_series:extra_date", args=[series.pk])

    response = client.post(url, sent)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Event.objects.count() == 1


def test_editor_adds_no_date(client):
    client.force_login(personas.editor())
    series = make_series(count=1)
    url = reverse("wagtailsnippets_events_series:extra_date", args=[series.pk])

    client.post(url, {"start_date": "2026-12-05"})

    assert url not in client.get(reverse(LIST)).content.decode()
    assert Event.objects.count() == 1


def test_editor_keeps_programmes(client):
    client.force_login(personas.editor())

    client.post(
        reverse("wagtailsnippets_events_programme:add"),
        {"title": "Repas", "slug": "repas", "summary": "", "description": ""},
    )

    assert Programme.objects.get().get_absolute_url() == "/agenda/programme/repas/"
