"""Places under a hundred hands at once, and the proof that the lock is what holds.

PostgreSQL alone: SQLite writes one transaction at a time, and ignores row locks.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django_tasks_db.models import DBTaskResult

from cms.models import User
from events.models import Event, Registration
from events.services import registration as services
from events.services.registration import (
    answering,
    places,
    refusals as services_refusals,
    registering,
    waiting_list,
)
from tests.events.registration_site import NOW, ask, come, date_with_places

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("registration race"),
]

PEOPLE = 100
PLACES = 20


@pytest.fixture(autouse=True)
def _on_postgresql(settings):
    if connection.vendor != "postgresql":
        pytest.skip("this run is on SQLite")
    # Mails are counted, not sent.
    settings.TASKS = {
        "default": {
            **settings.TASKS["default"],
            "OPTIONS": {"drain_after_commit": False},
        }
    }


def run_at_once(acts: Iterable[Callable[[], Any]]) -> list[BaseException]:
    """Run each act in a thread with a connection of its own; return what failed."""
    acts = list(acts)
    barrier = threading.Barrier(len(acts))
    failures: list[BaseException] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            with connection.cursor() as cursor:
                # A hundred in one process, on a busy machine, may take longer than the
                # site lets anybody wait; what it tells them then has a test below.
                cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
            barrier.wait(timeout=60)
            act()
        except BaseException as error:  # noqa: BLE001 (whatever it is, the test says so)
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return failures


@pytest.fixture
def people() -> list[User]:
    return User.objects.bulk_create(
        User(email=f"person{number}@hub.test") for number in range(PEOPLE)
    )


@pytest.fixture
def without_lock(monkeypatch):
    """Give places as the service does, but for the lock of the date's row."""
    rendezvous = threading.Barrier(PLACES)

    def read_date(event: Event) -> Event:
        row = Event.objects.get(pk=event.pk)
        # Nobody counts before several have read: the race shows each time.
        with contextlib.suppress(threading.BrokenBarrierError):
            rendezvous.wait(timeout=2)
        return row

    for module in (registering, answering, waiting_list, places):
        monkeypatch.setattr(module, "lock_date", read_date)


def count_statuses(event: Event) -> Counter[str]:
    return Counter(event.registrations.values_list("status", flat=True))


def count_mails() -> Counter[str]:
    tasks = DBTaskResult.objects.filter(task_path="cms.tasks.mail.deliver_mail")
    return Counter(
        task.args_kwargs["kwargs"]["message"]["to"][0] for task in tasks.iterator()
    )


def test_hundred_people_at_once_for_twenty_places(people):
    event = date_with_places(PLACES)

    failures = run_at_once(
        lambda user=user: ask(event, user.email.partition("@")[0], user=user)
        for user in people
    )

    assert failures == []
    assert count_statuses(event) == {"confirmed": PLACES, "waitlisted": 80}
    assert count_mails() == {user.email: 1 for user in people}


def test_hundred_confirmations_at_once_for_twenty_places():
    event = date_with_places(PLACES)
    for number in range(PEOPLE):
        ask(event, f"person{number}")
    DBTaskResult.objects.all().delete()
    asked = list(Registration.objects.filter(event=event))

    failures = run_at_once(
        lambda one=one: services.confirm_registration(one, now=NOW) for one in asked
    )

    assert failures == []
    assert count_statuses(event) == {"confirmed": PLACES, "waitlisted": 80}
    assert count_mails() == {one.email: 1 for one in asked}


def test_one_person_at_once_from_thirty_tabs():
    event = date_with_places(PLACES)
    failures = run_at_once([lambda: ask(event)] * 30)
    assert failures == []
    assert count_statuses(event) == {"pending": 1}
    assert count_mails() == {"lea@example.org": 1}


def test_places_freed_at_once_are_each_given_once():
    event = date_with_places(PLACES)
    held = [come(event, f"held{number}") for number in range(PLACES)]
    for number in range(30):
        come(event, f"waiting{number}")
    DBTaskResult.objects.all().delete()

    failures = run_at_once(
        lambda one=one: services.cancel_registration(one, now=NOW) for one in held
    )

    assert failures == []
    assert count_statuses(event) == {
        "cancelled": PLACES, "confirmed": PLACES, "waitlisted": 10,
    }  # fmt: skip
    assert set(count_mails().values()) == {1}


def test_coming_and_going_at_once_leaves_nobody_beside_a_free_place(people):
    event = date_with_places(PLACES, companions_allowed=2)
    held = [come(event, f"held{number}") for number in range(PLACES)]
    comers = [
        lambda user=user, more=number % 3: ask(
            event, user.email.partition("@")[0], user=user, companions=more
        )
        for number, user in enumerate(people[:50])
    ]
    goers = [lambda one=one: services.cancel_registration(one, now=NOW) for one in held]

    failures = run_at_once([*comers, *goers])

    assert failures == []
    left = services.count_places(event).left
    assert services.count_places(event).taken <= PLACES
    assert not [one for one in event.registrations.waiting() if one.places <= left]
    assert event.registrations.count() == 70


def test_control_without_the_lock_more_come_than_there_are_places(people, without_lock):
    """If this fails, the tests above prove nothing."""
    event = date_with_places(PLACES)

    run_at_once(
        lambda user=user: ask(event, user.email.partition("@")[0], user=user)
        for user in people
    )

    assert count_statuses(event)["confirmed"] > PLACES


def test_control_without_the_lock_freed_places_are_lost_or_given_twice(without_lock):
    event = date_with_places(2)
    Registration.objects.bulk_create(
        Registration(
            event=event, name=f"P{number}", email=f"p{number}@hub.test",
            status="confirmed" if number < 2 else "waitlisted", created_at=NOW,
            waiting_since=NOW,
        )
        for number in range(6)
    )  # fmt: skip
    held = list(event.registrations.confirmed())
    barrier = threading.Barrier(2)

    def cancel(one: Registration) -> None:
        with transaction.atomic():
            Registration.objects.filter(pk=one.pk).update(status="cancelled")
            barrier.wait(timeout=10)
            services.promote_waiting(event, now=NOW)

    run_at_once(lambda one=one: cancel(one) for one in held)

    assert count_statuses(event)["confirmed"] != 2


def test_date_held_for_too_long_says_to_try_again():
    event = date_with_places(PLACES)
    is_held, is_done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Event.objects.select_for_update().get(pk=event.pk)
            is_held.set()
            is_done.wait(timeout=30)

    def ask_meanwhile() -> None:
        is_held.wait(timeout=10)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
            with pytest.raises(services_refusals.ManyAtOnce):
                ask(event)
        finally:
            is_done.set()

    assert run_at_once([hold, ask_meanwhile]) == []
    assert not event.registrations.exists()
