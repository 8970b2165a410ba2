from __future__ import annotations

import datetime

import pytest

from events.enums import EventStatus, Visibility
from events.models import Attendee, Minutes, MinutesTheme
from events.services.minutes import (
    MinutesText,
    ThemeText,
    draft_minutes,
    list_authors,
    publish_minutes,
    revise_minutes,
    unpublish_minutes,
)
from events.services.minutes_refusals import (
    EditionTaken,
    MeetingCalledOff,
    MeetingNotPublished,
    NotHeldYet,
    NothingSaid,
    NotKeeper,
    WiderThanMeeting,
)
from events.services.numbering import find_next_edition
from events.services.refusals import NothingNew, OutdatedVersion
from tests import personas
from tests.factories.events import EventFactory, MinutesFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PAST = datetime.date(2026, 10, 6)
TEXT = MinutesText(
    introduction="Onze lieux.",
    themes=[ThemeText("Et après ?", "On continue."), ThemeText("Où ?")],
)


@pytest.fixture
def keeper():
    return personas.member()


@pytest.fixture
def meeting(keeper):
    return EventFactory(host=personas.space_of(keeper), start_date=PAST)


def draft(meeting, keeper, **changes):
    text = MinutesText(**{"themes": TEXT.themes} | changes)
    return draft_minutes(meeting, text=text, by=keeper, now=NOW)


def publish(meeting, keeper, **changes):
    minutes = draft(meeting, keeper, **changes)
    return publish_minutes(minutes, by=keeper, now=NOW)


def questions(minutes):
    return [theme.question for theme in MinutesTheme.objects.filter(minutes=minutes)]


def test_draft_is_read_by_nobody_else_until_it_is_published(meeting, keeper):
    minutes = draft(meeting, keeper)
    assert Minutes.objects.published().count() == 0

    publish_minutes(minutes, by=keeper, now=NOW)

    assert list(Minutes.objects.published()) == [minutes]
    assert questions(minutes) == ["Et après ?", "Où ?"]


def test_correction_waits_for_its_publication(meeting, keeper):
    minutes = publish(meeting, keeper)
    first, second = minutes.themes.all()
    text = MinutesText(
        introduction="Douze lieux.",
        themes=[
            ThemeText("Où cela ?", key=second.key),
            ThemeText("Et après ?", key=first.key),
        ],
    )

    revise_minutes(minutes, text=text, by=keeper, now=NOW,
                   seen_revision=minutes.latest_revision_id)  # fmt: skip
    minutes.refresh_from_db()
    assert (minutes.introduction, questions(minutes)) == ("", ["Et après ?", "Où ?"])

    publish_minutes(minutes, by=keeper, now=NOW)
    minutes.refresh_from_db()
    assert minutes.introduction == "Douze lieux."
    assert questions(minutes) == ["Où cela ?", "Et après ?"]
    assert [one.key for one in minutes.themes.all()] == [second.key, first.key]


def test_second_writer_is_told_and_nothing_is_lost(meeting, keeper):
    minutes = draft(meeting, keeper)
    seen = minutes.latest_revision_id
    other = personas.member("other@hub.test", spaces=[meeting.host])
    theirs = MinutesText(themes=[ThemeText("La leur")])
    revise_minutes(minutes, text=theirs, by=other, now=NOW, seen_revision=seen)

    mine = MinutesText(themes=[ThemeText("La mienne")], attendees=[("Yann", None)])
    with pytest.raises(OutdatedVersion) as caught:
        revise_minutes(minutes, text=mine, by=keeper, now=NOW, seen_revision=seen)

    minutes.refresh_from_db()
    latest = minutes.get_latest_revision_as_object()
    assert [one.question for one in latest.themes.all()] == ["La leur"]
    assert caught.value.latest.user == other
    assert Attendee.objects.count() == 0


def test_two_who_begin_at_once_make_one_record(meeting, keeper):
    first = draft(meeting, keeper)

    with pytest.raises(OutdatedVersion) as caught:
        draft(meeting, keeper)

    assert caught.value.latest == first.latest_revision
    assert Minutes.objects.count() == 1


def test_editions_are_numbered_by_series(keeper):
    space = personas.space_of(keeper)
    series, other = SeriesFactory(), SeriesFactory()
    days = [PAST - datetime.timedelta(days=n) for n in range(4)]
    meetings = [
        EventFactory(host=space, start_date=day, series=one, recurrence_key=str(day))
        for day, one in zip(days, (series, series, other, None), strict=True)
    ]

    numbers = [draft(one, keeper).edition for one in meetings]

    assert numbers == [1, 2, 1, None]
    assert find_next_edition(meetings[0]) == 3


def test_editions_go_on_in_the_series_that_continues(keeper):
    space = personas.space_of(keeper)
    former = SeriesFactory()
    latter = SeriesFactory(continues=former)
    first = EventFactory(host=space, start_date=PAST, series=former, recurrence_key="1")
    second = EventFactory(
        host=space, start_date=PAST, series=latter, recurrence_key="2"
    )

    draft(first, keeper, edition=26)

    assert draft(second, keeper).edition == 27


def test_number_that_another_meeting_has_is_refused(keeper):
    space, series = personas.space_of(keeper), SeriesFactory()
    first, second = [
        EventFactory(host=space, start_date=PAST, series=series, recurrence_key=key)
        for key in "12"
    ]
    draft(first, keeper, edition=26)

    with pytest.raises(EditionTaken):
        draft(second, keeper, edition=26)

    assert Minutes.objects.count() == 1
    assert draft(second, keeper).edition == 27


def test_number_is_corrected_until_it_was_published(keeper):
    meeting = EventFactory(host=personas.space_of(keeper), start_date=PAST,
                           series=SeriesFactory(), recurrence_key="1")  # fmt: skip
    minutes = draft(meeting, keeper)

    def revise(edition):
        minutes.refresh_from_db()
        text = MinutesText(themes=TEXT.themes, edition=edition)
        revise_minutes(minutes, text=text, by=keeper, now=NOW,
                       seen_revision=minutes.latest_revision_id)  # fmt: skip
        return Minutes.objects.get().edition

    assert revise(26) == 26
    publish_minutes(minutes, by=keeper, now=NOW)
    assert revise(30) == 26


def test_attendees_are_replaced_as_written(meeting, keeper):
    space = SpaceFactory(name="L’Estran")
    minutes = draft(meeting, keeper, attendees=[("Yann", space), ("Loïc", None)])
    before = list(minutes.attendees.values_list("pk", "name", "space"))
    assert [row[1:] for row in before] == [("Yann", space.pk), ("Loïc", None)]

    text = MinutesText(themes=TEXT.themes, attendees=[("Yann", space), ("Loïc", None)])
    revise_minutes(minutes, text=text, by=keeper, now=NOW,
                   seen_revision=minutes.latest_revision_id)  # fmt: skip
    assert list(minutes.attendees.values_list("pk", "name", "space")) == before


@pytest.mark.parametrize("role", ["host", "series host", "editor", "moderator"])
def test_keepers_write(meeting, role):
    people = {
        "host": lambda: personas.member("a@hub.test", spaces=[meeting.host]),
        "series host": lambda: personas.member("b@hub.test", spaces=[keeping]),
        "editor": personas.editor,
        "moderator": personas.moderator,
    }
    keeping = SpaceFactory(name="Gardien")
    meeting.series = SeriesFactory(host=keeping)
    meeting.recurrence_key = "1"
    meeting.save()

    assert publish(meeting, people[role]()).live


def test_others_do_not_write(meeting, keeper):
    minutes = publish(meeting, keeper)
    stranger = personas.other_member()
    former = personas.member(
        "former@hub.test", spaces=[meeting.host], until=datetime.date(2026, 11, 1)
    )
    for person in (stranger, former):
        with pytest.raises(NotKeeper):
            draft(EventFactory(start_date=PAST, host=meeting.host), person)
        with pytest.raises(NotKeeper):
            publish_minutes(minutes, by=person, now=NOW)
        with pytest.raises(NotKeeper):
            unpublish_minutes(minutes, by=person, now=NOW)
    assert Minutes.objects.get().live


def test_meeting_to_come_has_an_agenda_but_no_minutes(keeper):
    coming = EventFactory(host=personas.space_of(keeper))
    minutes = draft(coming, keeper)

    with pytest.raises(NotHeldYet):
        publish_minutes(minutes, by=keeper, now=NOW)

    assert not Minutes.objects.get().live


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"live": False}, MeetingNotPublished),
        ({"status": EventStatus.CANCELLED}, MeetingCalledOff),
        ({"visibility": Visibility.MEMBERS}, WiderThanMeeting),
    ],
)
def test_meeting_that_has_nothing_to_tell_is_refused(keeper, changes, refusal):
    meeting = EventFactory(host=personas.space_of(keeper), start_date=PAST, **changes)

    with pytest.raises(refusal) as caught:
        draft(meeting, keeper)

    assert str(caught.value)
    assert Minutes.objects.count() == 0


def test_minutes_without_a_question_are_not_published(meeting, keeper):
    minutes = draft(meeting, keeper, themes=[])

    with pytest.raises(NothingSaid):
        publish_minutes(minutes, by=keeper, now=NOW)


def test_same_text_is_not_published_twice(meeting, keeper):
    minutes = publish(meeting, keeper)

    with pytest.raises(NothingNew):
        publish_minutes(minutes, by=keeper, now=NOW)


def test_date_that_became_narrower_takes_its_minutes_along(meeting, keeper):
    minutes = publish(meeting, keeper)
    meeting.visibility = Visibility.MEMBERS
    meeting.save()

    assert not Minutes.objects.published().exists()
    assert not Minutes.objects.get(pk=minutes.pk).is_public


def test_withdrawn_minutes_keep_their_text(meeting, keeper):
    minutes = publish(meeting, keeper)

    unpublish_minutes(minutes, by=keeper, now=NOW)

    assert not Minutes.objects.get().live
    assert questions(minutes) == ["Et après ?", "Où ?"]
    with pytest.raises(NothingNew):
        unpublish_minutes(minutes, by=keeper, now=NOW)


def test_authors_are_those_of_the_published_text(meeting, keeper):
    minutes = publish(meeting, keeper)
    other = personas.member("other@hub.test", spaces=[meeting.host])
    revise_minutes(minutes, text=TEXT, by=other, now=NOW,
                   seen_revision=minutes.latest_revision_id)  # fmt: skip
    minutes.refresh_from_db()
    assert list_authors(minutes) == [keeper]

    publish_minutes(minutes, by=other, now=NOW)
    minutes.refresh_from_db()
    assert list_authors(minutes) == [keeper, other]


def test_feed_is_the_same_before_and_after_minutes(
    client, time_machine, meeting, keeper
):
    """H13: minutes are published, and no calendar hears of it."""
    time_machine.move_to(NOW, tick=False)
    EventFactory(host=meeting.host)
    before = client.get("/agenda/flux.ics")
    assert b"BEGIN:VEVENT" in before.content

    publish(meeting, keeper, introduction="canari")

    for address in ("/agenda/flux.ics", f"/agenda/{meeting.slug}.ics"):
        assert b"canari" not in client.get(address).content
    after = client.get("/agenda/flux.ics", headers={"if-none-match": before["ETag"]})
    assert (after.status_code, after["ETag"]) == (304, before["ETag"])


def test_minutes_by_hand_are_published_as_they_stand(meeting, keeper):
    minutes = MinutesFactory(event=meeting, live=False, first_published_at=None)
    minutes.themes = [MinutesTheme(question="Et après ?")]
    minutes.save()

    assert publish_minutes(minutes, by=keeper, now=NOW).live
