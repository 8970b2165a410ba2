"""The public register, one decision, and what a date's page tells of both."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup

from events.enums import DecisionState, Visibility
from events.models import Attendee, DecisionStep, MinutesTheme
from network.enums import SpaceStatus
from tests import personas
from tests.factories.decisions import DecisionFactory, TaskFactory, TopicFactory
from tests.factories.events import EventFactory, MinutesFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PAST = datetime.date(2026, 10, 6)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").replace("\xa0", " ").split())


def numbers(client, query=""):
    page = read(client, f"/decisions/{query}")
    return [int(one["id"].removeprefix("d-")) for one in page.select(".decisions > li")]


def make_story(number, **values):
    """Make a decision with a step, two tasks and the date that it led to."""
    decision = DecisionFactory(
        number=number,
        responsible_space=SpaceFactory(name=f"Lieu {number}"),
        topic=TopicFactory(),
        next_event=EventFactory(title=f"Né de {number}"),
        **values,
    )
    DecisionStep.objects.create(
        decision=decision, state="to_follow", note=f"Suite {number}", at=NOW,
        by=personas.member(f"step-{number}@hub.test", spaces=[SpaceFactory()]),
    )  # fmt: skip
    TaskFactory(decision=decision, title=f"Tâche {number}", done_at=NOW)
    TaskFactory(decision=decision, title=f"Autre tâche {number}")
    return decision


@pytest.fixture
def meetings():
    """Two meetings of two series, and three decisions."""
    first, second = SeriesFactory(slug="pilotes"), SeriesFactory(slug="repas")
    held = [
        MinutesFactory(
            event__series=one, event__recurrence_key="1", event__start_date=PAST,
            edition=26, numbered_in=one,
        )
        for one in (first, second)
    ]  # fmt: skip
    estran = SpaceFactory(name="L’Estran", slug="l-estran")
    DecisionFactory(number=1, minutes=held[0], state="acted", text="Un écran commun",
                    responsible_space=estran)  # fmt: skip
    DecisionFactory(number=2, minutes=held[0], state="done", topic=TopicFactory(),
                    text="Relancer le Drink & co")  # fmt: skip
    DecisionFactory(number=3, minutes=held[1], state="acted", topic=TopicFactory(),
                    text="Garder le Drink & co")  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [3, 2, 1]),
        ("?etat=acted", [3, 1]),
        ("?etat=acted&etat=done", [3, 2, 1]),
        ("?theme=outils", [3, 2]),
        ("?serie=pilotes", [2, 1]),
        ("?lieu=l-estran", [1]),
        ("?q=ECRAN", [1]),
        ("?q=d+2", [2]),
        ("?etat=acted&theme=outils&serie=repas", [3]),
        ("?etat=done&lieu=l-estran", []),
        ("?q=%25", []),
        ("?etat=nulle-part", [3, 2, 1]),
    ],
)
def test_filters_combine(client, meetings, query, expected):
    assert numbers(client, query) == expected


def test_filters_are_counted_and_taken_away_one_by_one(client, meetings):
    page = read(client, "/decisions/?etat=acted&theme=outils&q=drink")

    options = [words(one) for one in page.select("#etat option")]
    assert options == ["Tous les états", "Acté (1)", "Fait (1)"]
    chips = {words(one).split(" ,")[0]: one["href"] for one in page.select(".chip")}
    assert chips == {
        "Acté": "?q=drink&theme=outils",
        "Outils": "?etat=acted&q=drink",
        "« drink »": "?etat=acted&theme=outils",
    }


def test_what_is_not_understood_is_said(client, meetings):
    page = read(client, f"/decisions/?lieu=nulle-part&q={'x' * 300}&page=99")

    notices = [words(one) for one in page.select(".notice")]
    assert len(notices) == 3
    assert "nulle-part" in " ".join(notices)


def test_long_register_has_pages_that_keep_the_filters(client):
    minutes = MinutesFactory()
    for number in range(1, 23):
        DecisionFactory(number=number, minutes=minutes)

    assert numbers(client) == list(range(22, 2, -1))
    assert numbers(client, "?etat=acted&page=2") == [2, 1]
    page = read(client, "/decisions/?etat=acted")
    assert page.select_one(".pager a[rel=next]")["href"] == "?etat=acted&page=2"


@pytest.mark.parametrize("count", [1, 3])
def test_register_costs_the_same_whatever_it_shows(
    client, django_assert_num_queries, count
):
    for number in range(1, count + 1):
        make_story(number)
    read(client, "/decisions/")
    with django_assert_num_queries(17):
        assert len(numbers(client)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_minutes_cost_the_same_whatever_they_tell(
    client, django_assert_num_queries, count
):
    minutes = MinutesFactory()
    for number in range(1, count + 1):
        theme = MinutesTheme.objects.create(minutes=minutes, question=f"Q {number}")
        make_story(number, minutes=minutes, theme_key=theme.key)
    address = minutes.event.get_absolute_url()
    read(client, address)
    with django_assert_num_queries(12):
        assert len(read(client, address).select(".decisions > li")) == count


def test_decision_tells_everybody_what_became_of_it(client):
    decision = make_story(58, due_on=datetime.date(2026, 11, 1))

    page = read(client, "/decisions/58/")

    text = words(page.main)
    for said in (
        decision.text,
        "Acté",
        "Lieu 58",
        "dimanche 1er novembre 2026 en retard",
        "Suite 58",
        "1 tâche faite sur 2",
        "Né de 58",
    ):
        assert said in text
    assert "Tâche 58" not in text
    assert len(page.select("h1")) == 1


def test_closed_space_is_named_as_closed_and_a_withdrawn_one_is_not_named(client):
    closed = SpaceFactory(name="Le Phare", status=SpaceStatus.CLOSED)
    DecisionFactory(number=1, responsible_space=closed)
    DecisionFactory(number=2, responsible_space=SpaceFactory(name="Canari", live=False))

    text = words(read(client, "/decisions/").main)

    assert "Le Phare (fermé)" in text
    assert "Canari" not in text


@pytest.mark.parametrize(
    ("minutes", "event"),
    [
        ({"live": False}, {}),
        ({"visibility": Visibility.MEMBERS}, {}),
        ({"visibility": Visibility.PRIVATE}, {}),
        ({}, {"visibility": Visibility.MEMBERS}),
        ({}, {"live": False}),
    ],
)
def test_decisions_of_hidden_minutes_are_hidden(client, minutes, event):
    held = MinutesFactory(event=EventFactory(start_date=PAST, **event), **minutes)
    DecisionFactory(number=7, minutes=held, text="Le canari")

    assert numbers(client) == []
    assert client.get("/decisions/7/").status_code == 404
    assert list(held.decisions.get().search_entries()) == []
    assert "canari" not in client.get("/recherche/?q=canari").text.replace(
        "q=canari", ""
    ).replace("«\xa0canari\xa0»", "").replace('value="canari"', "")


def test_members_read_theirs_and_names_with_them(client):
    held = MinutesFactory(visibility=Visibility.MEMBERS)
    decision = make_story(7, minutes=held)
    DecisionStep.objects.update(by=None)
    Attendee.objects.create(minutes=held, name="Nolwenn", space=SpaceFactory(name="Ti"))
    client.force_login(personas.member("reader@hub.test"))

    assert numbers(client) == [7]
    response = client.get("/decisions/7/")
    assert "Tâche 7" in response.text
    assert "private" in response["Cache-Control"]
    text = words(read(client, held.event.get_absolute_url()).main)
    assert "Nolwenn, Ti" in text
    assert decision.text in text


def test_attendees_authors_and_tasks_are_for_members_alone(client):
    held = MinutesFactory()
    writer = personas.member("writer@hub.test")
    writer.first_name, writer.last_name = "Anne", "Canari"
    writer.save()
    revision = held.save_revision(user=writer)
    revision.publish()
    decision = make_story(7, minutes=held)
    DecisionStep.objects.update(by=writer)
    TaskFactory(decision=decision, title="Nourrir le canari")
    Attendee.objects.create(minutes=held, name="Canari")

    for address in (held.event.get_absolute_url(), "/decisions/", "/decisions/7/"):
        assert "canari" not in client.get(address).text.lower(), address
    client.force_login(writer)
    text = words(read(client, held.event.get_absolute_url()).main)
    assert "Écrit par Anne Canari" in text
    assert "Nourrir le canari" in text


def test_date_that_the_reader_may_not_see_is_not_linked(client):
    hidden = EventFactory(title="Canari", visibility=Visibility.MEMBERS)
    DecisionFactory(number=7, next_event=hidden)

    assert "Canari" not in client.get("/decisions/7/").text
    client.force_login(personas.member())
    assert "Canari" in client.get("/decisions/7/").text


def test_minutes_have_anchors_safe_links_and_decisions_under_their_question(client):
    minutes = MinutesFactory()
    first = MinutesTheme.objects.create(
        minutes=minutes, question="Où se voir ?", text="Dehors.",
        links="La carte https://carte.example/\nPiège javascript:alert(1)",
    )  # fmt: skip
    MinutesTheme.objects.create(minutes=minutes, question="Où se voir ?")
    DecisionFactory(number=7, minutes=minutes, theme_key=first.key, text="Dehors")
    DecisionFactory(number=8, minutes=minutes, text="Ailleurs")

    page = read(client, minutes.event.get_absolute_url())

    assert [one["id"] for one in page.select("h3[id^=q-]")] == [
        "q-ou-se-voir", "q-ou-se-voir-2",
    ]  # fmt: skip
    section = page.select_one("[aria-labelledby=q-ou-se-voir]")
    assert [one["id"] for one in section.select(".decisions > li")] == ["d-7"]
    link = section.select_one("ul a[rel]")
    assert (link["href"], link["rel"]) == (
        "https://carte.example/", ["nofollow", "noreferrer"],
    )  # fmt: skip
    assert "Piège javascript:alert(1)" in words(section)
    assert page.select('a[href^="javascript:"]') == []
    assert page.select_one("[aria-labelledby=autres-decisions] #d-8")


def test_editions_lead_to_one_another_by_name(client):
    series = SeriesFactory(title="CoopCoworking")
    held = [
        MinutesFactory(
            event__series=series, event__recurrence_key=str(edition),
            event__start_date=PAST + datetime.timedelta(days=edition),
            numbered_in=series, edition=edition, live=edition != 3,
        )
        for edition in (1, 2, 3, 4)
    ]  # fmt: skip

    page = read(client, held[1].event.get_absolute_url())

    assert (
        words(page.select_one("#compte-rendu")) == "Compte rendu : CoopCoworking n° 2"
    )
    assert [(one["rel"], words(one)) for one in page.select(".next-door a")] == [
        (["prev"], "Avant CoopCoworking n° 1"),
        (["next"], "Après CoopCoworking n° 4"),
    ]


def test_next_date_of_the_series_takes_up_what_is_unfinished(client):
    series = SeriesFactory()
    held = MinutesFactory(event__series=series, event__recurrence_key="1")
    for number, state in enumerate(DecisionState, start=1):
        DecisionFactory(number=number, minutes=held, state=state)
    hidden = MinutesFactory(event__series=series, event__recurrence_key="2",
                            visibility=Visibility.MEMBERS)  # fmt: skip
    DecisionFactory(number=9, minutes=hidden)
    DecisionFactory(number=10)
    due = held.decisions.get(number=4)
    due.due_on = PAST
    due.save()
    following, later = [
        EventFactory(series=series, recurrence_key=key, start_date=day)
        for key, day in (
            ("3", datetime.date(2026, 12, 1)),
            ("4", datetime.date(2027, 1, 5)),
        )
    ]

    page = read(client, following.get_absolute_url())
    taken_up = page.select("[aria-labelledby=ordre-du-jour] .decision-number")
    assert [words(one) for one in taken_up] == ["D 4", "D 1", "D 2", "D 3"]
    for other in (later, held.event):
        assert not read(client, other.get_absolute_url()).select("#ordre-du-jour")


def test_series_that_continues_another_takes_up_what_that_one_left(client):
    former = SeriesFactory()
    held = MinutesFactory(event__series=former, event__recurrence_key="1")
    DecisionFactory(number=1, minutes=held, state=DecisionState.TO_FOLLOW)
    following = EventFactory(
        series=SeriesFactory(continues=SeriesFactory(continues=former)),
        recurrence_key="2",
        start_date=datetime.date(2026, 12, 1),
    )

    page = read(client, following.get_absolute_url())

    taken_up = page.select("[aria-labelledby=ordre-du-jour] .decision-number")
    assert [words(one) for one in taken_up] == ["D 1"]


def test_search_finds_a_decision(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        decision = DecisionFactory(number=58, text="Acheter un bourdon")
        DecisionStep.objects.create(decision=decision, state="done", at=NOW,
                                    note="Reçu avec sa libellule")  # fmt: skip
    for word in ("bourdon", "libellule"):
        assert "/decisions/58/" in client.get(f"/recherche/?q={word}").text

    with django_capture_on_commit_callbacks(execute=True):
        decision.minutes.unpublish()
    assert "/decisions/58/" not in client.get("/recherche/?q=bourdon").text
