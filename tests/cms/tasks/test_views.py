from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django_tasks_db.models import DBTaskResult

from cms.models import JobRun, User
from cms.tasks.mail import deliver_mail
from tests.cms.tasks.sample_tasks import fail, note

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db

ERROR = "ValueError: <b>the server</b> is down"


def give_up(title: str = "down") -> DBTaskResult:
    """Store a task as its last failure leaves it."""
    task = fail.enqueue(title).db_result
    DBTaskResult.objects.filter(pk=task.pk).update(
        status="FAILED",
        finished_at=timezone.now(),
        worker_ids=["worker"] * 7,
        traceback=f"Traceback (most recent call last):\n  …\n{ERROR}\n",
    )
    return task


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@hub.test"))
    return client


@pytest.fixture
def editor(client: Client) -> Client:
    """Someone in the Wagtail admin whom failed tasks do not concern."""
    user = User.objects.create_user("editrice@hub.test")
    group = Group.objects.create(name="Rédaction")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    return client


def test_report_shows_what_failed_and_why(administrator: Client) -> None:
    give_up()
    note.enqueue("secret-of-a-waiting-task")
    message = {
        "subject": "Drink & co",
        "to": ["hote@lieu.test"],
        "text": "corps-du-mail",
    }
    mail = deliver_mail.enqueue(message=message).db_result
    DBTaskResult.objects.filter(pk=mail.pk).update(
        status="FAILED", finished_at=timezone.now()
    )
    html = administrator.get(reverse("cms_tasks:failed")).content.decode()
    assert escape(ERROR) in html
    assert "Drink &amp; co" in html
    assert "hote@lieu.test" in html
    assert html.count("/abandon/") == 2
    assert "corps-du-mail" not in html
    assert "secret-of-a-waiting-task" not in html


@pytest.mark.parametrize("failed", [1, 3])
def test_report_costs_the_same_queries_however_many(
    administrator: Client, failed: int, django_assert_num_queries: Any
) -> None:
    for _ in range(failed):
        give_up()
    url = reverse("cms_tasks:failed_results")
    administrator.get(url)
    with django_assert_num_queries(5):
        administrator.get(url)


def test_report_of_nothing_says_so(administrator: Client) -> None:
    response = administrator.get(reverse("cms_tasks:failed"))
    assert "/abandon/" not in response.content.decode()


def test_relaunch_gives_the_task_its_attempts_anew(administrator: Client) -> None:
    task = give_up()
    response = administrator.post(reverse("cms_tasks:relaunch", args=[task.pk]))
    task.refresh_from_db()
    assert (response.status_code, response.url) == (302, reverse("cms_tasks:failed"))
    assert (task.status, task.worker_ids) == ("READY", [])


def test_abandon_deletes_the_task(administrator: Client) -> None:
    task = give_up()
    administrator.post(reverse("cms_tasks:abandon", args=[task.pk]))
    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize("action", ["relaunch", "abandon"])
def test_action_on_a_task_that_is_gone_answers(
    administrator: Client, action: str
) -> None:
    response = administrator.post(reverse(f"cms_tasks:{action}", args=[uuid4()]))
    assert (response.status_code, response.url) == (302, reverse("cms_tasks:failed"))


@pytest.mark.parametrize("action", ["relaunch", "abandon"])
def test_action_changes_nothing_by_get(administrator: Client, action: str) -> None:
    task = give_up()
    response = administrator.get(reverse(f"cms_tasks:{action}", args=[task.pk]))
    task.refresh_from_db()
    assert (response.status_code, task.status) == (405, "FAILED")


def test_editor_neither_sees_nor_touches_failed_tasks(editor: Client) -> None:
    task = give_up("secret")
    home = reverse("wagtailadmin_home")
    report = reverse("cms_tasks:failed")
    assert editor.get(report).url == home
    for action in ("relaunch", "abandon"):
        assert editor.post(reverse(f"cms_tasks:{action}", args=[task.pk])).url == home
    task.refresh_from_db()
    assert task.status == "FAILED"
    html = editor.get(home).content.decode()
    assert report not in html
    assert 'id="failed-tasks-section"' not in html


def test_permission_opens_the_report_to_a_group(editor: Client) -> None:
    give_up()
    group = Group.objects.get(name="Rédaction")
    group.permissions.add(Permission.objects.get(codename="view_dbtaskresult"))
    assert editor.get(reverse("cms_tasks:failed")).status_code == 200


@pytest.mark.parametrize(
    ("arrange", "shown"),
    [
        (lambda: None, False),
        (lambda: note.enqueue("waiting"), False),
        (give_up, True),
        (lambda: JobRun.objects.create(name="cms.prune", last_error=ERROR), True),
    ],
)
def test_home_warns_the_administrator_of_failures_only(
    administrator: Client, arrange: Callable[[], Any], shown: bool
) -> None:
    arrange()
    html = administrator.get(reverse("wagtailadmin_home")).content.decode()
    assert ('id="failed-tasks-section"' in html) == shown
