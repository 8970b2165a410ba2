from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from events.models import CalendarState, Event, Series
from network.models import Space
from resources.models import SharedResource

pytestmark = pytest.mark.django_db

SIZES = {"events": 60, "series": 2, "spaces": 4, "resources": 5}


def load(**options):
    out = io.StringIO()
    options = {**SIZES, "seed": 7, "force": True, **options}
    call_command("load_synthetic", stdout=out, **options)
    return out.getvalue()


def list_dates():
    return list(
        Event.objects.order_by("slug").values_list(
            "uid", "slug", "title", "start_at", "host__slug", "series__slug", "status"
        )
    )


def test_loads_what_was_asked_for_with_a_tenth_of_the_dates_in_series():
    out = load()

    counts = [m.objects.count() for m in (Event, Series, Space, SharedResource)]
    assert counts == [60, 2, 4, 5]
    assert Event.objects.filter(series__isnull=False).count() == 6
    assert CalendarState.objects.count() == 60
    assert "60/60" in out


def test_same_seed_makes_the_same_records():
    load()
    first = list_dates()
    CalendarState.objects.all().delete()
    Event.objects.all()._raw_delete("default")
    load()

    assert list_dates() == first


def test_another_seed_makes_others():
    load()
    load(seed=8, spaces=0, series=0, resources=0)

    assert Event.objects.values("title", "start_at").distinct().count() > 60


def test_second_run_adds_only_what_is_missing():
    load(events=20)
    before = set(list_dates())
    out = load()

    assert before < set(list_dates())
    assert "40/40" in out
    assert "spaces" not in out


def test_its_calendars_and_pages_are_whole(client):
    load()

    feed = client.get("/agenda/flux.ics")
    assert feed.content.count(b"BEGIN:VEVENT") > 20
    assert client.get(Event.objects.first().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("count", ["-1", "beaucoup", "1000001"])
def test_impossible_number_is_refused(count):
    with pytest.raises(CommandError, match="a number from 0 to 1000000"):
        call_command("load_synthetic", "--force", f"--events={count}")


def test_dates_without_any_space_are_refused():
    with pytest.raises(CommandError, match="--spaces"):
        load(spaces=0)


def test_server_is_spared_unless_forced():
    with pytest.raises(CommandError, match="--force"):
        load(force=False)
