"""No date and no series hides one of the agenda's own addresses."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from events import feed_urls, urls
from events.models.slugs import AGENDA_WORDS
from tests.factories.events import EventFactory, SeriesFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("word", sorted(AGENDA_WORDS))
def test_series_takes_no_word_of_the_agenda(word):
    series = SeriesFactory()
    series.full_clean()
    series.slug = word
    with pytest.raises(ValidationError) as refusal:
        series.full_clean()
    assert list(refusal.value.message_dict) == ["slug"]


def test_agenda_words_hold_every_address_of_the_agenda():
    below = [str(one.pattern).removeprefix("agenda/") for one in feed_urls.urlpatterns]
    routes = [*below, *(str(one.pattern) for one in urls.urlpatterns)]
    words = {route.partition("/")[0].partition(".")[0] for route in routes}
    assert {one for one in words if one and "<" not in one} <= AGENDA_WORDS


def test_date_named_like_a_word_of_the_agenda_keeps_away_from_it():
    assert EventFactory(title="Flux").slug == "flux-2026-11-26"
