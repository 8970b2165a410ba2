"""A submitted series: what moderators see, who is written to, what approval does."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from events.models import Series
from events.services.series_draft import revise_series_draft
from events.services.submit import submit_record
from events.services.withdraw import withdraw_record
from tests import personas
from tests.events.series_form_site import NOW, published_by, series_of, values
from tests.events.test_member_mail import mails

pytestmark = pytest.mark.django_db

NB = "\u00a0"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def member():
    return personas.member()


@pytest.fixture
def moderator(client):
    person = personas.moderator()
    client.force_login(person)
    return person


def submitted(member, **changes):
    series = series_of(member, **changes)
    submit_record(series, by=member, now=NOW)
    return Series.objects.get(pk=series.pk)


def edit_url(series):
    return reverse("wagtailsnippets_events_series:edit", args=[series.pk])


def answer(client, series, action, comment=""):
    """Answer as the “Awaiting your review” panel does."""
    task_state = series.current_workflow_task_state
    address = reverse(
        "wagtailsnippets_events_series:workflow_action",
        args=[series.pk, action, task_state.pk],
    )
    return client.post(address, {"comment": comment})


def test_moderator_reads_the_rule_and_its_dates_before_approving(
    client, member, moderator
):
    series = submitted(member, left_out=["2027-01-14"])

    assert edit_url(series) in client.get(reverse("wagtailadmin_home")).text
    html = client.get(edit_url(series)).text

    assert f"Chaque 2ᵉ jeudi du mois, 18{NB}h{NB}30" in html
    assert f"Jeudi 10{NB}décembre 2026" in html
    assert f"<s>Jeudi 14{NB}janvier 2027</s>" in html


def test_approval_publishes_the_series_and_its_dates(client, member, moderator):
    series = submitted(member)
    assert not series.events.exists()

    answer(client, series, "approve")

    series = Series.objects.get(pk=series.pk)
    assert series.live
    assert series.events.filter(live=True).count() == 17


def test_approval_of_a_change_passes_it_on(client, moderator):
    trusted = personas.trusted_member()
    series = published_by(trusted)
    series.host.is_trusted = False
    series.host.save()
    revise_series_draft(
        series, values=values(series.host, title="Soupe de Noël"), by=trusted,
        now=NOW, seen_revision=series.latest_revision_id,
    )  # fmt: skip
    submit_record(series, by=trusted, now=NOW)
    assert {event.title for event in series.events.all()} == {"Soupe du jeudi"}

    answer(client, Series.objects.get(pk=series.pk), "approve")

    assert {event.title for event in series.events.all()} == {"Soupe de Noël"}


def test_submission_says_that_it_is_a_series(member, moderator):
    series = submitted(member)

    to_moderator, to_member = mails()
    assert to_moderator[:2] == (
        "moderator@hub.test",
        f"À relire{NB}: la série «{NB}Soupe du jeudi{NB}»",
    )
    assert f"https://hub.test{edit_url(series)}" in to_moderator[2]
    assert f"Ti Numerik propose une série, «{NB}Soupe du jeudi{NB}»" in to_moderator[2]
    assert f"Chaque 2ᵉ jeudi du mois, 18{NB}h{NB}30" in to_moderator[2]
    assert to_member[1] == f"Bien reçu{NB}: la série «{NB}Soupe du jeudi{NB}»"
    assert f"https://hub.test/espace/series/{series.pk}/" in to_member[2]
    assert "sous 3 jours ouvrés" in to_member[2]
    assert "/admin/" not in to_member[2]


def test_approval_writes_to_the_member(client, member, moderator):
    series = submitted(member)
    mails()

    answer(client, series, "approve")

    [(to, subject, text)] = mails()
    assert to == "ti-numerik@hub.test"
    assert "la série" in subject
    assert "est publiée, et ses rendez-vous avec elle" in text


def test_rejection_carries_the_comment(client, member, moderator):
    series = submitted(member)
    mails()

    answer(client, series, "reject", "Quel jour ?")

    [(to, _subject, text)] = mails()
    assert to == "ti-numerik@hub.test"
    assert "La modération a lu la série" in text
    assert "Quel jour ?" in text


def test_series_sent_back_is_sent_again(client, member, moderator):
    series = submitted(member)
    answer(client, series, "reject", "Quel jour ?")
    series = Series.objects.get(pk=series.pk)
    revise_series_draft(
        series, values=values(series.host, title="Soupe du vendredi"), by=member,
        now=NOW, seen_revision=series.latest_revision_id,
    )  # fmt: skip

    submit_record(series, by=member, now=NOW)
    answer(client, Series.objects.get(pk=series.pk), "approve")

    series = Series.objects.get(pk=series.pk)
    assert (series.title, series.slug) == ("Soupe du vendredi", "soupe-du-vendredi")


def test_taking_it_back_writes_to_nobody(member, moderator):
    series = submitted(member)
    mails()

    withdraw_record(series, by=member, now=NOW)

    assert mails() == []


def test_editor_writes_but_does_not_publish_a_series(client):
    editor = personas.editor()
    moderator = personas.moderator("m@hub.test")

    assert not editor.has_perm("events.publish_series")
    assert editor.has_perm("events.change_series")
    assert moderator.has_perm("events.publish_series")
