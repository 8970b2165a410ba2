"""Who joins, waits, leaves, and in which order; and what they are told."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from events.models import RotaHost
from events.services.refusals import NotSpeaker
from events.services.rota import (
    accept_volunteer,
    decline_volunteer,
    join_rota,
    leave_rota,
    plan_rota,
    reorder_hosts,
    skip_turn,
    swap_hosts,
    take_date,
)
from events.services.rota.refusals import (
    AlreadyInRota,
    NotInRota,
    NotKeeper,
    NotWaiting,
    OrderChanged,
)
from tests import personas
from tests.events.rota_site import NOW, dates_of, hosts_of, make_rota, space, speaker
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def planned():
    series = make_rota()
    plan_rota(series, now=NOW)
    return series


def mails():
    """Return {recipient: (subject, text)} of the stored mails, and forget them."""
    found = {}
    stored = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    for task in stored:
        message = task.args_kwargs["kwargs"]["message"]
        [recipient] = message["to"]
        assert recipient not in found
        found[recipient] = message["subject"], message["text"]
    stored.delete()
    return found


def test_volunteer_waits_until_the_keepers_say_yes(planned):
    keeper, newcomer = speaker("Gardien"), personas.other_member("d@hub.test")
    place = personas.space_of(newcomer)

    host = join_rota(planned, space=place, by=newcomer, now=NOW)

    assert host.joined_on is None
    plan_rota(planned, now=NOW)
    assert hosts_of(planned) == "ABCABC"
    [(to, (subject, text))] = mails().items()
    assert (to, subject) == (
        "gardien@hub.test", "Le Sémaphore souhaite organiser\xa0: Drink & co",
    )  # fmt: skip
    assert f"https://hub.test/espace/series/{planned.pk}/tour/" in text

    accept_volunteer(host, by=keeper, now=NOW)
    assert hosts_of(planned) == "ABCLAB"
    subject, text = mails()["d@hub.test"]
    assert subject == "Vous êtes dans le tour\xa0: Drink & co"
    assert "Vos premières dates\xa0:\n- Jeudi 11\xa0février 2027, 18" in text


def test_member_of_a_space_gets_one_mail_about_its_dates(planned):
    keeper, person = (
        speaker("Gardien"),
        personas.member("a@hub.test", spaces=[space("A")]),
    )
    newcomer = SpaceFactory(name="D")
    join_rota(planned, space=newcomer, by=keeper, now=NOW)
    assert hosts_of(planned) == "ABCDAB"
    subject, text = mails()[person.email]
    assert subject == "Le tour a changé\xa0: Drink & co"
    assert text == (
        "Bonjour,\n\n"
        "Le tour de «\xa0Drink & co\xa0» a changé. D rejoint le tour.\n\n"
        "A organise maintenant\xa0:\n"
        "- Jeudi 11\xa0mars 2027, 18\xa0h\xa030 – 21\xa0h\xa030\n\n"
        "A n’organise plus\xa0:\n"
        "- Jeudi 11\xa0février 2027, 18\xa0h\xa030 – 21\xa0h\xa030 "
        "(c’est maintenant D)\n\n"
        "Cela ne vous convient pas\xa0? Échangez, passez ou prenez une date ici\xa0:\n"
        f"https://hub.test/espace/series/{planned.pk}/tour/\n"
    )


def test_volunteer_without_keepers_goes_to_the_moderators(planned):
    planned.host = None
    planned.save()
    personas.moderator()
    newcomer = personas.other_member()
    join_rota(planned, space=personas.space_of(newcomer), by=newcomer, now=NOW)
    assert list(mails()) == ["moderator@hub.test"]


def test_refused_volunteer_is_told_and_may_ask_again(planned):
    keeper, newcomer = speaker("Gardien"), personas.other_member()
    place = personas.space_of(newcomer)
    host = join_rota(planned, space=place, by=newcomer, now=NOW)
    mails()
    stale = RotaHost.objects.get(pk=host.pk)
    with pytest.raises(NotKeeper):
        decline_volunteer(host, by=newcomer, now=NOW)
    decline_volunteer(host, by=keeper, now=NOW)
    [(to, (subject, _text))] = mails().items()
    assert (to, subject) == (newcomer.email, "À propos du tour\xa0: Drink & co")
    with pytest.raises(NotWaiting):
        accept_volunteer(stale, by=keeper, now=NOW)
    join_rota(planned, space=place, by=newcomer, now=NOW)


def test_joining_twice_is_refused(planned):
    newcomer = personas.other_member()
    place = personas.space_of(newcomer)
    join_rota(planned, space=place, by=newcomer, now=NOW)
    with pytest.raises(AlreadyInRota):
        join_rota(planned, space=place, by=newcomer, now=NOW)
    with pytest.raises(AlreadyInRota):
        join_rota(planned, space=space("A"), by=speaker("A"), now=NOW)
    assert RotaHost.objects.count() == 4


def test_nobody_joins_for_another_space(planned):
    with pytest.raises(NotSpeaker):
        join_rota(planned, space=SpaceFactory(), by=speaker("A"), now=NOW)


def test_dates_of_who_leaves_go_to_the_next(planned):
    leave_rota(planned, space=space("B"), by=speaker("B"), now=NOW)
    assert hosts_of(planned) == "ACACAC"
    assert [event.venue.name for event in dates_of(planned)] == list("ACACAC")
    assert RotaHost.objects.get(space=space("B")).left_on == datetime.date(2026, 11, 3)
    assert "B quitte le tour" in mails()["b@hub.test"][1]
    with pytest.raises(NotInRota):
        leave_rota(planned, space=space("B"), by=personas.moderator(), now=NOW)


def test_who_left_joins_again_at_the_end(planned):
    keeper = speaker("Gardien")
    leave_rota(planned, space=space("A"), by=keeper, now=NOW)
    assert hosts_of(planned) == "BCBCBC"
    join_rota(planned, space=space("A"), by=keeper, now=NOW)
    assert hosts_of(planned) == "BCABCA"


def test_swap_with_who_leaves_is_undone(planned):
    mine, theirs = dates_of(planned)[:2]
    seen = (mine.host_id, theirs.host_id)
    swap_hosts(mine, theirs, seen_hosts=seen, by=speaker("A"), now=NOW)
    assert hosts_of(planned) == "BACABC"
    leave_rota(planned, space=space("A"), by=personas.moderator(), now=NOW)
    assert hosts_of(planned) == "BCBCBC"


def test_date_taken_from_who_leaves_stays_with_its_taker(planned):
    event = dates_of(planned)[1]
    take_date(
        event, space=space("C"), seen_host=event.host_id, by=speaker("C"), now=NOW
    )
    leave_rota(planned, space=space("B"), by=personas.moderator(), now=NOW)
    assert hosts_of(planned)[1] == "C"
    assert "B" not in hosts_of(planned)


def test_last_host_leaves_the_dates_to_the_usual_one():
    series = make_rota("A")
    plan_rota(series, now=NOW)
    leave_rota(series, space=space("A"), by=speaker("A"), now=NOW)
    assert hosts_of(series) == "GGGGGG"
    assert {event.rota_host for event in dates_of(series)} == {None}
    assert {event.venue.name for event in dates_of(series)} == {"Gardien"}


def test_new_order_counts_from_the_next_date(planned):
    order = [space(name).pk for name in "CBA"]
    with pytest.raises(NotKeeper):
        reorder_hosts(planned, order=order, by=speaker("A"), now=NOW)
    keeper = speaker("Gardien")
    reorder_hosts(planned, order=order, by=keeper, now=NOW)
    assert hosts_of(planned) == "CBACBA"
    for wrong in (order[:2], [*order[:2], order[0]], [*order, space("Gardien").pk]):
        with pytest.raises(OrderChanged):
            reorder_hosts(planned, order=wrong, by=keeper, now=NOW)
    assert hosts_of(planned) == "CBACBA"


def test_both_spaces_are_written_to_when_a_date_is_taken(planned):
    event = dates_of(planned)[1]
    person, other = speaker("C"), speaker("B")
    personas.member(
        "parti@hub.test", spaces=[space("B")], until=datetime.date(2026, 1, 1)
    )
    take_date(event, space=space("C"), seen_host=event.host_id, by=person, now=NOW)
    told = mails()
    assert {to: subject for to, (subject, _text) in told.items()} == {
        person.email: "Vous organisez\xa0: jeudi 10\xa0décembre 2026",
        other.email: "Une date change d’organisateur\xa0: jeudi 10\xa0décembre 2026, C",
    }


def test_skipping_tells_everybody_whose_date_changed(planned):
    people = {name: speaker(name) for name in ("A", "B", "C")}
    event = dates_of(planned)[4]
    skip_turn(event, seen_host=event.host_id, by=people["B"], now=NOW)
    assert hosts_of(planned) == "ABCACA"
    assert sorted(mails()) == ["a@hub.test", "b@hub.test", "c@hub.test"]
