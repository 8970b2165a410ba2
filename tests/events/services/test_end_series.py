"""A series comes to its end."""

from __future__ import annotations

import pytest

from events.enums import EventStatus
from events.models import Event, Series
from events.services.follow_series import end_series, split_series
from events.services.refusals import Refusal
from events.services.rota.refusals import NotKeeper
from events.services.series_refusals import SeriesNotLive
from tests import personas
from tests.events.series_site import (
    NOW,
    dates_of,
    day,
    days_of,
    make_draft,
    make_series,
)
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_end_of_a_series_cancels_what_comes_after_it():
    person = personas.member(spaces=[SpaceFactory()])
    series = make_series(host=personas.space_of(person), count=4)
    series.turns.create(month=day("2027-03-01"))
    Event.objects.filter(recurrence_key="20261224").update(
        status=EventStatus.CANCELLED, cancel_reason="Réveillon."
    )

    told = end_series(
        series, last_day=day("2026-12-12"), reason="La salle ferme.", by=person, now=NOW
    )

    assert [f"{event.start_date}" for event in told] == ["2026-12-17"]
    assert [event.cancel_reason for event in dates_of(series)] == [
        "", "", "La salle ferme.", "Réveillon.",
    ]  # fmt: skip
    row = Series.objects.get(pk=series.pk)
    assert (row.until, row.count) == (day("2026-12-12"), None)
    assert row.turns.count() == 0


def test_series_ended_before_its_first_date_keeps_no_rule():
    series = make_series(count=2)

    end_series(series, last_day=NOW.date(), reason="", by=personas.admin(), now=NOW)

    row = Series.objects.get(pk=series.pk)
    assert (row.rhythm, row.rule) == ("", None)
    assert {event.cancel_reason for event in dates_of(series)} == {"La série s’arrête."}


def test_older_draft_does_not_undo_the_end():
    series = make_series()
    draft = Series.objects.get(pk=series.pk)
    draft.title = "Autre"
    revision = draft.save_revision()
    end_series(
        series, last_day=day("2026-12-12"), reason="", by=personas.admin(), now=NOW
    )

    revision.publish()

    row = Series.objects.get(pk=series.pk)
    assert (row.title, row.until) == ("Autre", day("2026-12-12"))
    assert days_of(series, status=EventStatus.CONFIRMED) == ["2026-12-03", "2026-12-10"]


def test_nobody_ends_or_splits_the_series_of_another():
    stranger = personas.other_member()
    series = make_series(host=SpaceFactory(), count=2)

    with pytest.raises(NotKeeper):
        end_series(series, last_day=NOW.date(), reason="", by=stranger, now=NOW)
    with pytest.raises(NotKeeper):
        split_series(
            series, first_day=day("2026-12-10"), values={}, by=stranger, now=NOW
        )
    assert days_of(series, status=EventStatus.CONFIRMED) == ["2026-12-03", "2026-12-10"]


def test_draft_is_not_ended():
    with pytest.raises(SeriesNotLive) as refusal:
        end_series(
            make_draft(), last_day=NOW.date(), reason="", by=personas.admin(), now=NOW
        )
    assert isinstance(refusal.value, Refusal)
    assert str(refusal.value).startswith("Personne ne voit encore cette série")
