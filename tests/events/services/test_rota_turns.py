"""Months whose day is not fixed yet, and reminders to their hosts."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from cms.tasks.clock import find_jobs
from events.enums import Rhythm
from events.models import Event, Turn
from events.services.cancel import cancel_event
from events.services.draft import discard_event
from events.services.refusals import NotSpeaker
from events.services.rota import (
    fix_turn,
    plan_all_turns,
    plan_rota,
    plan_turns,
    remind_hosts,
    take_date,
)
from events.services.rota.refusals import FixedAlready, NobodyYet, OutsideMonth
from events.services.withdraw import withdraw_record
from network.models import Space
from tests import personas
from tests.events.rota_site import NOW, dates_of, make_rota, space, speaker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pilots():
    """The meeting whose host finds the day: one turn a month."""
    series = make_rota(dates=0)
    series.rhythm = Rhythm.TURNS
    series.save()
    plan_turns(series, now=NOW)
    return series


def months_of(series):
    turns = series.turns.select_related("host")
    return [(f"{turn.month:%Y%m}", turn.host and turn.host.name) for turn in turns]


def when(day=datetime.date(2026, 12, 8)):
    return {
        "start_date": day,
        "start_time": datetime.time(12),
        "end_date": day,
        "end_time": datetime.time(14),
        "all_day": False,
        "zone": "Europe/Paris",
    }


def at(name):
    return {"venue": space(name), "online_url": "https://visio.hub.test/pilotes"}


def elsewhere():
    return {"venue": None, "venue_name": "Chez Paulette", "venue_city": "Carhaix"}


def fix(turn, *, by, where=None, **changes):
    where = where or at(turn.host.name)
    return fix_turn(turn, when=when(**changes), where=where, by=by, now=NOW)


def test_twelve_months_ahead_have_their_hosts(pilots):
    assert months_of(pilots) == [
        ("202612", "A"), ("202701", "B"), ("202702", "C"), ("202703", "A"),
        ("202704", "B"), ("202705", "C"), ("202706", "A"), ("202707", "B"),
        ("202708", "C"), ("202709", "A"), ("202710", "B"), ("202711", "C"),
    ]  # fmt: skip
    assert plan_turns(pilots, now=NOW) == []


def test_next_month_adds_one_turn(pilots):
    later = datetime.datetime(2026, 12, 3, 9, 0, tzinfo=datetime.UTC)
    plan_all_turns(later)
    assert months_of(pilots)[-1] == ("202712", "A")
    assert len(months_of(pilots)) == 13


def test_months_follow_the_series():
    series = make_rota("A", dates=0)
    series.rhythm, series.months = Rhythm.TURNS, [1, 3, 9, 11]
    series.first_day, series.until = (
        datetime.date(2026, 11, 20), datetime.date(2027, 9, 30),
    )  # fmt: skip
    series.save()
    plan_turns(series, now=NOW)
    assert [key for key, _host in months_of(series)] == [
        "202611", "202701", "202703", "202709",
    ]  # fmt: skip


def test_every_other_month():
    series = make_rota("A", dates=0)
    series.rhythm, series.interval = Rhythm.TURNS, 2
    series.first_day = datetime.date(2026, 1, 1)
    series.save()
    plan_turns(series, now=NOW)
    assert [key for key, _host in months_of(series)] == [
        "202701", "202703", "202705", "202707", "202709", "202711",
    ]  # fmt: skip


def test_series_with_a_rule_or_in_draft_has_no_months():
    series = make_rota(dates=0)
    assert plan_turns(series, now=NOW) == []
    series.rhythm, series.live = Rhythm.TURNS, False
    series.save()
    plan_all_turns(NOW)
    assert Turn.objects.count() == 0


def test_trusted_host_fixes_the_day_and_it_is_published(pilots):
    turn = pilots.turns.first()
    event = fix(turn, by=speaker("A"), where=elsewhere())

    turn.refresh_from_db()
    assert turn.event == event
    assert (event.live, event.recurrence_key, event.title) == (
        True, "202612", "Drink & co",
    )  # fmt: skip
    assert (event.host, event.rota_host, event.place_name) == (
        space("A"), space("A"), "Chez Paulette",
    )  # fmt: skip
    assert event.overridden_fields == ["when", "where"]
    assert event.calendar_state is not None
    assert plan_rota(pilots, now=NOW) == []


def test_untrusted_host_sends_the_day_for_review(pilots):
    Space.objects.filter(name="A").update(is_trusted=False)
    person = speaker("A")
    event = fix(pilots.turns.first(), by=person)
    assert (event.live, event.workflow_in_progress) == (False, True)
    withdraw_record(event, by=person, now=NOW)
    discard_event(event, by=person, now=NOW)
    turn = pilots.turns.first()
    assert turn.event is None
    assert fix(turn, by=personas.moderator()).live is True


def test_host_changes_after_the_day_was_fixed(pilots):
    event = fix(pilots.turns.first(), by=speaker("A"))
    assert event.venue == space("A")
    take_date(
        event, space=space("B"), seen_host=event.host_id, by=speaker("B"), now=NOW
    )
    event.refresh_from_db()
    assert (event.host, event.rota_host) == (space("B"), space("A"))
    assert event.venue == space("B")


def test_month_has_one_date(pilots):
    turn, person = pilots.turns.first(), speaker("A")
    stale = Turn.objects.select_related("host").get(pk=turn.pk)
    event = fix(turn, by=person)
    with pytest.raises(FixedAlready) as refusal:
        fix(stale, by=person)
    assert refusal.value.event == event
    assert Event.objects.count() == 1


def test_nothing_is_half_fixed(pilots):
    turn, person = pilots.turns.first(), speaker("A")
    with pytest.raises(OutsideMonth):
        fix(turn, by=person, day=datetime.date(2027, 1, 5))
    with pytest.raises(NotSpeaker):
        fix(turn, by=speaker("B"))
    Turn.objects.filter(pk=turn.pk).update(host=None)
    with pytest.raises(NobodyYet):
        fix_turn(turn, when=when(), where=at("A"), by=personas.moderator(), now=NOW)
    assert Event.objects.count() == 0


def mails():
    found = []
    stored = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    for task in stored.order_by("enqueued_at"):
        message = task.args_kwargs["kwargs"]["message"]
        found.append((message["to"][0], message["subject"], message["text"]))
    stored.delete()
    return found


def test_host_is_reminded_twice_and_no_more():
    series = make_rota(dates=2)
    plan_rota(series, now=NOW)
    person = speaker("A")
    sent = []
    for day in range(2, 13):
        for hour in (6, 18):
            now = datetime.datetime(2026, 11, day, hour, 0, tzinfo=datetime.UTC)
            remind_hosts(now)
            sent += [(day, hour, to, subject) for to, subject, _text in mails()]
    subject = "C’est à vous\xa0: jeudi 12\xa0novembre 2026"
    assert sent == [(2, 6, person.email, subject), (5, 18, person.email, subject)]


def test_reminder_says_when_and_where():
    series = make_rota(dates=1)
    plan_rota(series, now=NOW)
    speaker("A")
    remind_hosts(NOW)
    [(_to, _subject, text)] = mails()
    assert text == (
        "Bonjour,\n\n"
        "C’est au tour de A d’organiser «\xa0Drink & co\xa0».\n"
        "Jeudi 12\xa0novembre 2026, 18\xa0h\xa030 – 21\xa0h\xa030\n"
        "A, 2 rue de l’Étang, 22110 Rostrenen\n\n"
        "Vous ne pouvez pas\xa0? Échangez avec un autre lieu ou passez votre tour "
        "ici\xa0:\n"
        f"https://hub.test/espace/series/{series.pk}/tour/\n"
    )


def test_cancelled_and_unpublished_dates_remind_nobody():
    series = make_rota(dates=1)
    plan_rota(series, now=NOW)
    person = speaker("A")
    cancel_event(dates_of(series)[0], by=person, reason="", now=NOW)
    mails()
    remind_hosts(NOW)
    assert mails() == []
    Event.objects.update(status="confirmed", live=False)
    remind_hosts(NOW)
    assert mails() == []


def test_who_just_took_a_date_is_not_reminded_at_once():
    series = make_rota(dates=1)
    plan_rota(series, now=NOW)
    event = dates_of(series)[0]
    person = speaker("B")
    take_date(event, space=space("B"), seen_host=event.host_id, by=person, now=NOW)
    mails()
    remind_hosts(NOW)
    assert mails() == []
    remind_hosts(NOW + datetime.timedelta(days=4))
    assert [to for to, *_rest in mails()] == [person.email]


def test_month_without_a_day_is_asked_for_once(pilots):
    person = speaker("A")
    remind_hosts(NOW)
    [(to, subject, text)] = mails()
    assert (to, subject) == (
        person.email, "C’est à vous en décembre 2026\xa0: le jour reste à fixer",
    )  # fmt: skip
    assert "Aucune date n’est encore fixée" in text
    remind_hosts(NOW)
    assert mails() == []


def test_jobs_are_registered():
    names = {job.name for job in find_jobs()}
    assert {"events.plan_turns", "events.remind_hosts"} <= names
