"""Members write the minutes of their meetings, without JavaScript."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from events.enums import Visibility
from events.models import Decision, Minutes, MinutesTheme
from tests import personas
from tests.factories.decisions import TopicFactory
from tests.factories.events import EventFactory, MinutesFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PAST = datetime.date(2026, 10, 6)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def member(client):
    person = personas.member()
    client.force_login(person)
    return person


@pytest.fixture
def meeting(member):
    return EventFactory(
        host=personas.space_of(member),
        start_date=PAST,
        series=SeriesFactory(title="CoopCoworking"),
        recurrence_key="1",
    )


def url(meeting, name="minutes"):
    return reverse(f"member_events:{name}", args=[meeting.pk])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def answers_of(response, **changes):
    """Return what a browser would send from the form of this page."""
    sent = {}
    form = soup(response).select_one("form.form")
    for field in form.select("input, textarea, select"):
        name, kind = field.get("name"), field.get("type")
        if not name or (
            kind in ("radio", "checkbox") and not field.has_attr("checked")
        ):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[name] = chosen["value"]
        elif field.name == "textarea":
            sent[name] = field.text.removeprefix("\n").removeprefix("\r\n")
        else:
            sent[name] = field.get("value", "")
    return sent | changes


def fill(client, meeting, **changes):
    return answers_of(client.get(url(meeting)), **changes)


WRITTEN = {
    "q-0-question": "Comment se voir ?",
    "q-0-text": "Souvent.",
    "q-0-links": "La carte https://carte.example/",
    "q-0-d-0-text": "Se voir chaque mois",
    "q-1-question": "Avec quoi ?",
    "d-0-text": "Remercier l’auberge",
    "d-0-state": "done",
}


def test_minutes_are_drafted_previewed_and_published(client, meeting):
    SpaceFactory(name="L’Estran")
    sent = fill(client, meeting, attendees="Yann, l’estran\nLoïc", edition="26",
                introduction="Onze lieux.", action="save", **WRITTEN)  # fmt: skip

    response = client.post(url(meeting), sent)
    assert response.status_code == 302
    minutes = Minutes.objects.get()
    assert (minutes.live, minutes.edition, minutes.introduction) == (
        False, 26, "Onze lieux.",
    )  # fmt: skip
    assert [(one.name, str(one.space)) for one in minutes.attendees.all()] == [
        ("Yann", "L’Estran"), ("Loïc", "None"),
    ]  # fmt: skip
    themes = list(minutes.themes.all())
    assert [one.question for one in themes] == ["Comment se voir ?", "Avec quoi ?"]
    assert list(Decision.objects.values_list("text", "state", "theme_key")) == [
        ("Se voir chaque mois", "acted", themes[0].key),
        ("Remercier l’auberge", "done", None),
    ]
    assert "Se voir chaque mois" not in client.get("/decisions/").text

    preview = client.get(url(meeting, "minutes_preview"))
    assert "CoopCoworking n°\xa026" in preview.text
    assert "Se voir chaque mois" in preview.text

    response = client.post(url(meeting), fill(client, meeting, action="publish"))
    assert response.url == f"{meeting.get_absolute_url()}#compte-rendu"
    assert Minutes.objects.get().live
    assert "Se voir chaque mois" in client.get("/decisions/").text
    assert Decision.objects.count() == 2


def test_rows_are_added_by_a_button_and_answers_kept(client, meeting):
    sent = fill(client, meeting, action="add:q", **WRITTEN)
    assert sent["q-TOTAL_FORMS"] == "3"

    response = client.post(url(meeting), sent)
    again = answers_of(response)
    assert (response.status_code, again["q-TOTAL_FORMS"]) == (200, "4")
    assert {name: again[name] for name in WRITTEN} == WRITTEN

    response = client.post(url(meeting), again | {"action": "add:q-0-d"})
    again = answers_of(response)
    assert again["q-0-d-TOTAL_FORMS"] == "2"
    assert again["q-0-d-1-state"] == "acted"
    client.post(url(meeting), again | {"action": "save"})
    assert MinutesTheme.objects.count() == 2
    assert Decision.objects.count() == 2


def test_questions_are_moved_and_taken_away(client, meeting):
    client.post(url(meeting), fill(client, meeting, action="save", **WRITTEN))
    sent = fill(client, meeting, **{"q-0-ORDER": "2", "q-1-ORDER": "1"})
    client.post(url(meeting), sent | {"action": "publish"})
    assert [one.question for one in MinutesTheme.objects.all()] == [
        "Avec quoi ?", "Comment se voir ?",
    ]  # fmt: skip

    sent = fill(client, meeting, **{"q-1-DELETE": "on"})
    client.post(url(meeting), sent | {"action": "publish"})
    assert [one.question for one in MinutesTheme.objects.all()] == ["Avec quoi ?"]
    # The decision outlives its question.
    page = client.get(meeting.get_absolute_url()).text
    assert page.index("Autres décisions") < page.index("Se voir chaque mois")


def test_decisions_of_a_draft_are_corrected_and_erased(client, meeting):
    topic = TopicFactory()
    client.post(url(meeting), fill(client, meeting, action="save", **WRITTEN))
    sent = fill(client, meeting, **{
        "q-0-d-0-text": "Se voir souvent", "q-0-d-0-topic": str(topic.pk),
        "q-0-d-0-due_on": "2027-01-05", "d-0-DELETE": "on",
    })  # fmt: skip

    client.post(url(meeting), sent | {"action": "save"})

    decision = Decision.objects.get()
    assert (decision.text, decision.topic, str(decision.due_on)) == (
        "Se voir souvent", topic, "2027-01-05",
    )  # fmt: skip


def test_second_writer_sees_both_texts(client, meeting, member):
    client.post(url(meeting), fill(client, meeting, action="save", **WRITTEN))
    mine = fill(client, meeting, **{"q-0-text": "Rarement.", "action": "save"})
    theirs = fill(client, meeting, **{
        "q-0-text": "Toujours.", "introduction": "Douze lieux.", "action": "save",
        "q-0-d-0-text": "Leur décision",
    })  # fmt: skip
    client.post(url(meeting), theirs)

    response = client.post(url(meeting), mine)

    assert response.status_code == 409
    notice = soup(response).select_one("[aria-labelledby=differences]").text
    assert "Toujours." in notice
    assert "Douze lieux." in notice
    again = answers_of(response)
    assert again["q-0-text"] == "Rarement."
    draft = Minutes.objects.get().get_latest_revision_as_object()
    assert draft.themes.all()[0].text == "Toujours."
    assert Decision.objects.get(theme_key__isnull=False).text == "Leur décision"

    client.post(url(meeting), again | {"action": "save"})
    draft = Minutes.objects.get().get_latest_revision_as_object()
    assert draft.themes.all()[0].text == "Rarement."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"q-0-links": "Cliquez javascript:alert(1)"}, "adresse complète"),
        ({"q-0-question": ""}, "Écrivez la question"),
        ({"q-0-question": "x" * 201}, "200"),
        ({"d-0-text": "x" * 401}, "400"),
        ({"q-0-d-0-due_on": "2027-02-31"}, "Ce jour n’existe pas"),
        ({"q-0-d-0-responsible_space": "999999"}, "Sélectionnez un choix valide"),
        ({"q-0-d-0-number": "12"}, "n’est plus dans ce compte rendu"),
        ({"attendees": "Yann, l’estrant"}, "vouliez-vous dire L’Estran"),
        ({"attendees": "Yann, Mairie de Quintin"}, "n’est pas un lieu du réseau"),
        ({"attendees": "\n".join(["Yann"] * 201)}, "200 personnes au plus"),
        ({"edition": "0"}, "1"),
        ({"visibility": "nobody"}, "Sélectionnez un choix valide"),
        ({"q-TOTAL_FORMS": "44"}, "40"),
    ],
)  # fmt: skip
def test_bad_answer_is_explained_and_nothing_half_saved(
    client, meeting, changes, sentence
):
    SpaceFactory(name="L’Estran")
    sent = fill(client, meeting, action="publish", **WRITTEN) | changes
    for number in range(3, 44 if "q-TOTAL_FORMS" in changes else 0):
        sent |= {f"q-{number}-question": "?", f"q-{number}-d-TOTAL_FORMS": "0",
                 f"q-{number}-d-INITIAL_FORMS": "0"}  # fmt: skip

    response = client.post(url(meeting), sent)

    assert response.status_code == 422
    assert sentence in soup(response).select_one(".error-summary").text
    assert "Souvent." in response.text
    assert (Minutes.objects.count(), Decision.objects.count()) == (0, 0)


def test_refusal_after_the_check_saves_nothing(client, meeting):
    taken = SeriesFactory()
    meeting.series = taken
    meeting.save()
    MinutesFactory(event__series=taken, event__recurrence_key="2", numbered_in=taken,
                   edition=26)  # fmt: skip

    response = client.post(
        url(meeting), fill(client, meeting, action="save", edition="26", **WRITTEN)
    )

    assert response.status_code == 409
    assert "porte ce numéro" in response.text
    assert (Minutes.objects.count(), Decision.objects.count()) == (1, 0)


def test_meeting_to_come_is_prepared_and_not_published(client, member):
    coming = EventFactory(host=personas.space_of(member))
    page = client.get(url(coming))
    assert 'value="publish"' not in page.text

    response = client.post(
        url(coming), fill(client, coming, action="publish", **WRITTEN)
    )

    assert response.status_code == 409
    assert "n’a pas commencé" in response.text
    assert not Minutes.objects.exists()
    response = client.post(url(coming), fill(client, coming, action="save", **WRITTEN))
    assert response.status_code == 302


def test_members_meeting_has_no_public_minutes(client, meeting):
    meeting.visibility = Visibility.MEMBERS
    meeting.save()

    sent = fill(client, meeting, action="publish", visibility="public", **WRITTEN)

    assert client.post(url(meeting), sent).status_code == 422
    assert not Minutes.objects.exists()


def test_new_decision_waits_for_the_corrections_to_be_published(client, meeting):
    client.post(url(meeting), fill(client, meeting, action="publish", **WRITTEN))
    sent = fill(client, meeting, **{"d-0-text": "Encore une"})

    response = client.post(url(meeting), sent | {"action": "save"})
    assert response.status_code == 422
    assert Decision.objects.count() == 2

    client.post(url(meeting), sent | {"action": "publish"})
    assert Decision.objects.count() == 3


def test_minutes_are_withdrawn_after_a_question(client, meeting):
    client.post(url(meeting), fill(client, meeting, action="publish", **WRITTEN))

    assert client.get(url(meeting, "minutes_withdraw")).status_code == 200
    assert Minutes.objects.get().live
    client.post(url(meeting, "minutes_withdraw"))

    assert not Minutes.objects.get().live
    assert "Se voir chaque mois" not in client.get("/decisions/").text


@pytest.mark.parametrize("name", ["minutes", "minutes_preview", "minutes_withdraw"])
def test_another_space_s_minutes_do_not_exist_here(client, meeting, name):
    client.post(url(meeting), fill(client, meeting, action="publish", **WRITTEN))
    client.force_login(personas.other_member())

    assert client.get(url(meeting, name)).status_code == 404
    assert client.post(url(meeting, name), WRITTEN).status_code in (404, 405)
    assert Minutes.objects.get().live
