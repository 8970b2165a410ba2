"""The demonstration network is whole, comes once, and leaves editors' work alone."""

from __future__ import annotations

import datetime
import io
from collections import Counter

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from cms.models import NetworkSettings, SiteDocument, User
from events.enums import DecisionState, EventStatus
from events.models import (
    CalendarState,
    Decision,
    DecisionStep,
    Event,
    Minutes,
    Series,
    Task,
)
from home.demo.accounts import (
    ACCOUNTS,
    EDITOR,
    MEMBER,
    MODERATOR,
    PASSWORD,
)
from home.demo.series import extend_series
from home.models import HomePage
from network.enums import SpaceStatus
from network.models import Space
from resources.models import (
    CharterVersion,
    GuidePage,
    SharedResource,
    StagePage,
)
from tests.home.demo.crawling import crawl

# Loading takes seconds: one worker does it.
pytestmark = pytest.mark.xdist_group("demonstration")


def load_again():
    printed = io.StringIO()
    call_command("load_demo", force=True, stdout=printed)
    return printed.getvalue()


def count_every_row():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def test_loading_twice_adds_nothing(network, django_assert_max_num_queries):
    before = count_every_row()

    with django_assert_max_num_queries(90):
        printed = load_again()

    assert count_every_row() == before
    assert "already there" in printed


def test_command_prints_accounts_and_what_to_try(network):
    assert PASSWORD in network
    assert [one.email for one in ACCOUNTS if one.email not in network] == []
    assert "http://127.0.0.1:8000/agenda/" in network


def test_network_is_as_large_as_promised(network):
    statuses = Counter(Space.objects.values_list("status", flat=True))
    assert statuses[SpaceStatus.OPEN] + statuses[SpaceStatus.PROJECT] >= 12
    assert statuses[SpaceStatus.PROJECT] >= 3
    assert GuidePage.objects.live().count() == 4
    assert StagePage.objects.live().count() >= 9
    assert SharedResource.objects.published().count() >= 20
    assert SiteDocument.objects.filter(shared_resources__isnull=False).count() >= 10
    published = CharterVersion.objects.published().filter(charter__issuer="")
    assert sorted(published.values_list("number", flat=True)) == [1, 2]


def test_series_cover_a_year_on_both_sides_of_today(network):
    today = timezone.localdate()
    month = datetime.timedelta(days=31)
    year = datetime.timedelta(days=365)
    for series in Series.objects.filter(rhythm__in=["weekly", "monthly"], until=None):
        days = sorted(series.events.values_list("start_date", flat=True))
        assert series.continues or days[0] <= today - year + month, series
        assert days[-1] >= today + year - month, series


def test_drink_and_co_goes_round_the_spaces(network):
    dates = Event.objects.filter(series__slug="drink-and-co")
    assert len(set(dates.values_list("venue", flat=True))) >= 10


def test_pilots_meet_outside_the_spaces(network):
    dates = Event.objects.filter(series__slug="reunion-de-pilotes")
    assert dates.exclude(venue=None).count() == 0
    assert dates.filter(venue_name="").count() == 0
    assert len(set(dates.values_list("host", flat=True))) >= 6


def test_past_dates_were_published_before_they_took_place(network):
    past = Event.objects.past(timezone.now())
    assert past.count() > 100
    late = [event for event in past if event.first_published_at >= event.start_at]
    assert late == []


def test_public_dates_are_told_to_calendars(network):
    public = set(Event.objects.published().values_list("pk", flat=True))
    assert set(CalendarState.objects.values_list("event", flat=True)) == public


def test_agenda_has_one_of_each_accident(network):
    coming = Event.objects.filter(live=True).upcoming(timezone.now())
    statuses = Counter(coming.values_list("status", flat=True))
    assert statuses[EventStatus.CANCELLED] == 3
    assert statuses[EventStatus.POSTPONED] == 2
    assert statuses[EventStatus.TENTATIVE] == 1
    assert coming.filter(status="cancelled", cancel_reason="").count() == 0
    moved = coming.get(series__slug="drink-and-co", previous_start_at__isnull=False)
    assert moved.recurrence_key != f"{moved.start_date:%Y%m%d}"
    assert moved.calendar_state.sequence > 0


def test_one_date_waits_for_the_moderators(network):
    waiting = Event.objects.get(live=False)
    state = waiting.current_workflow_state
    assert state.requested_by.email == MEMBER.email
    assert state.status == state.STATUS_IN_PROGRESS


def test_loading_sends_no_mail(network):
    assert mail.outbox == []
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert "cms.tasks.mail.deliver_mail" not in paths


def test_minutes_tell_of_past_meetings_with_decisions_in_each_state(network):
    now = timezone.now()
    assert [minutes.event.is_past(now) for minutes in Minutes.objects.all()] == [
        True,
        True,
        True,
    ]
    states = set(Decision.objects.values_list("state", flat=True))
    assert states == set(DecisionState.values)


def test_decisions_were_followed_up(network):
    assert DecisionStep.objects.count() >= 5
    assert Task.objects.filter(done_at=None).exists()
    assert Task.objects.exclude(done_at=None).exists()
    assert Decision.objects.filter(topic=None).count() == 0
    led_to = Event.objects.published().filter(decided_by__isnull=False)
    assert led_to.count() == 1
    assert {one.attendees.count() for one in Minutes.objects.all()} == {5, 6, 7}
    now = timezone.now()
    assert DecisionStep.objects.filter(at__gt=now).count() == 0
    assert sorted(Minutes.objects.values_list("edition", flat=True)) == [24, 25, 26]
    assert Minutes.objects.filter(numbered_in=None).count() == 0


def test_agenda_names_a_meeting_as_its_minutes_do(network):
    minutes = Minutes.objects.get(edition=25)
    assert minutes.event.title.startswith("CoopCoworking n°\u00a025\u00a0:")
    assert minutes.event.place_name == "Café de la Halle"


@pytest.mark.parametrize("account", ACCOUNTS, ids=[one.email for one in ACCOUNTS])
def test_account_opens_with_the_printed_password(network, client, account):
    assert client.login(email=account.email, password=PASSWORD)


def test_accounts_may_do_what_they_are_for(network):
    editor = User.objects.get(email=EDITOR.email)
    moderator = User.objects.get(email=MODERATOR.email)
    member = User.objects.get(email=MEMBER.email)
    assert editor.has_perm("wagtailadmin.access_admin")
    assert not editor.has_perm("events.publish_event")
    assert moderator.has_perm("events.publish_event")
    assert not member.has_perm("wagtailadmin.access_admin")
    spaces = Space.objects.managed_by(member, timezone.localdate())
    assert [space.slug for space in spaces] == ["ti-numerik"]


def test_what_editors_changed_stays(network):
    space = Space.objects.get(slug="l-estran")
    space.name = "L’Estran d’en face"
    space.save()
    event = Event.objects.filter(series__slug="drink-and-co").first()
    event.title = "Drink & co : changé"
    event.save()
    guide = Page.objects.get(slug="ouvrir-un-tiers-lieu").specific
    guide.title, guide.slug = "Ouvrir", "ouvrir"
    guide.save_revision().publish()
    settings = NetworkSettings.objects.get()
    settings.tagline = "autre"
    settings.save()
    User.objects.get(email=EDITOR.email).delete()
    member = User.objects.get(email=MEMBER.email)
    member.set_password("another one")
    member.save()
    home = HomePage.objects.get(locale__language_code="fr")
    home.headline = "Entrez."
    home.save_revision().publish()
    before = count_every_row()["resources.GuidePage"]

    load_again()

    assert Space.objects.get(slug="l-estran").name == "L’Estran d’en face"
    assert Event.objects.get(pk=event.pk).title == "Drink & co : changé"
    assert GuidePage.objects.get(pk=guide.pk).slug == "ouvrir"
    assert count_every_row()["resources.GuidePage"] == before
    assert NetworkSettings.objects.get().tagline == "autre"
    assert User.objects.get(email=MEMBER.email).check_password("another one")
    assert HomePage.objects.get(pk=home.pk).headline == "Entrez."
    assert User.objects.filter(email=EDITOR.email).exists()


def test_loading_later_adds_the_months_that_came_since(network, in_three_months):
    titles_before = list_meeting_titles()
    accidents = Event.objects.exclude(status=EventStatus.CONFIRMED).count()

    assert extend_series(in_three_months) > 10
    assert extend_series(in_three_months) == 0

    titles = list_meeting_titles()
    assert titles[: len(titles_before)] == titles_before
    assert len(titles) == len(titles_before) + 3
    assert Event.objects.exclude(status=EventStatus.CONFIRMED).count() == accidents


def test_meetings_are_numbered_on(network):
    titles = [title for title in list_meeting_titles() if "n°" in title]
    numbers = [int(title.split("\u00a0")[1]) for title in titles]
    assert len(numbers) >= 12
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def list_meeting_titles():
    dates = Event.objects.filter(series__slug="reunion-de-pilotes")
    return list(dates.order_by("start_at").values_list("title", flat=True))


@pytest.mark.parametrize(
    "slug", ["drink-and-co", "reunion-de-pilotes", "repas-du-bourg"]
)
def test_dates_of_a_series_would_pass_the_form(network, slug):
    Event.objects.filter(series__slug=slug).first().full_clean()


def test_command_refuses_a_server_unless_forced(network, settings):
    settings.DEBUG = False
    User.objects.get(email=EDITOR.email).delete()

    with pytest.raises(CommandError, match="--force"):
        call_command("load_demo")

    assert not User.objects.filter(email=EDITOR.email).exists()


# Wagtail leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in")
@pytest.mark.filterwarnings("ignore:Unclosed file")
@pytest.mark.parametrize("start", ["/", "/en/", "/br/"])
def test_every_link_of_the_public_site_leads_somewhere(network, client, start):
    failures, seen = crawl(client, start)

    assert failures == {}
    assert len(seen) > 100
