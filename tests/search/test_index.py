from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import PageViewRestriction

from cms.tasks.clock import find_jobs
from resources.models import ResourceTag
from search.engines import get_engine
from search.index import index_object, read_every_text
from search.models import IndexedText
from tests.factories.resources import ProjectPageFactory

# A word that stands nowhere else: found where it must not be, it has leaked.
CANARY = "zanzibar"


@pytest.mark.parametrize(
    "hidden",
    [
        {"live": False},
        {"visibility": "members"},
    ],
)
def test_index_never_holds_hidden_event(make_event, find_titles, hidden):
    make_event(f"Secret {CANARY}", **hidden)
    make_event("Ouvert")

    assert find_titles(f"{CANARY} ouvert") == ["Ouvert"]


def test_index_forgets_event_turned_to_members(make_event, find_titles):
    event = make_event(f"Drink {CANARY}")
    assert find_titles(CANARY) == [f"Drink {CANARY}"]

    event.visibility = "members"
    event.save()

    assert find_titles(CANARY) == []


@pytest.mark.parametrize("hidden", [{"live": False}, {"status": "closed"}])
def test_index_never_holds_hidden_space(make_space, find_titles, hidden):
    make_space(f"Chez {CANARY}", **hidden)

    assert find_titles(CANARY) == []


def test_index_never_holds_draft_resource(make_resource, find_titles):
    make_resource(f"Brouillon {CANARY}", live=False)

    assert find_titles(CANARY) == []


def test_index_never_holds_draft_of_published_record(make_resource, find_titles):
    resource = make_resource("Modèle")

    resource.title = f"Modèle {CANARY}"
    revision = resource.save_revision()

    assert (find_titles(CANARY), find_titles("modele")) == ([], ["Modèle"])
    revision.publish()
    assert find_titles(CANARY) == [f"Modèle {CANARY}"]


def test_index_never_holds_draft_of_published_page(make_page, find_titles):
    page = make_page("Mentions")

    page.title = f"Mentions {CANARY}"
    revision = page.save_revision()

    assert (find_titles(CANARY), find_titles("mentions")) == ([], ["Mentions"])
    revision.publish()
    assert find_titles(CANARY) == [f"Mentions {CANARY}"]


def test_index_never_holds_draft_page(make_page, find_titles):
    make_page(f"Brouillon {CANARY}", live=False)

    assert find_titles(CANARY) == []


def test_index_forgets_unpublished_page(make_page, find_titles):
    make_page(f"Page {CANARY}").unpublish()

    assert find_titles(CANARY) == []


def test_index_forgets_expired_page(make_page, find_titles):
    page = make_page(
        f"Page {CANARY}",
        expire_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    )
    page.save_revision()

    call_command("publish_scheduled")

    assert find_titles(CANARY) == []


def test_index_forgets_branch_made_private(make_page, find_titles):
    parent = make_page(f"Parent {CANARY}")
    make_page(f"Enfant {CANARY}", parent=parent)

    restriction = PageViewRestriction.objects.create(
        page=parent, restriction_type="login"
    )

    assert find_titles(CANARY) == []
    restriction.delete()
    assert sorted(find_titles(CANARY)) == [f"Enfant {CANARY}", f"Parent {CANARY}"]


def test_index_never_holds_page_made_in_private_branch(make_page, find_titles):
    parent = make_page("Parent")
    PageViewRestriction.objects.create(page=parent, restriction_type="login")

    make_page(f"Enfant {CANARY}", parent=parent)

    assert find_titles(CANARY) == []


def test_index_follows_page_moved_into_private_branch(make_page, find_titles):
    parent = make_page("Parent")
    PageViewRestriction.objects.create(page=parent, restriction_type="login")
    page = make_page(f"Page {CANARY}")
    child = make_page(f"Enfant {CANARY}", parent=page)
    assert len(find_titles(CANARY)) == 2

    page.move(parent, pos="last-child")

    assert find_titles(CANARY) == []
    assert child.pk


def test_index_follows_address_of_branch(
    make_page, search, django_capture_on_commit_callbacks
):
    parent = make_page("Parent")
    make_page(f"Enfant {CANARY}", parent=parent)
    parent.refresh_from_db()

    parent.slug = "ailleurs"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()

    (hit,) = search(CANARY).hits
    assert hit.url == f"/ailleurs/enfant-{CANARY}/"


@pytest.mark.parametrize(
    "make", ["make_event", "make_resource", "make_space", "make_page"]
)
def test_index_forgets_deleted_record(request, find_titles, make):
    record = request.getfixturevalue(make)(f"Chez {CANARY}")
    assert find_titles(CANARY) == [f"Chez {CANARY}"]

    record.delete()

    assert find_titles(CANARY) == []


def test_index_forgets_branch_of_deleted_page(make_page, find_titles):
    parent = make_page("Parent")
    make_page(f"Enfant {CANARY}", parent=parent)
    parent.refresh_from_db()

    parent.delete()

    assert find_titles(CANARY) == []


def test_index_follows_tags(make_resource, find_titles):
    resource = make_resource("Modèle")

    resource.tags.add(CANARY)
    resource.save()
    assert find_titles(CANARY) == ["Modèle"]

    resource.tags.remove(CANARY)
    resource.save()
    assert find_titles(CANARY) == []


def test_index_follows_tags_published_with_a_draft(make_resource, find_titles):
    resource = make_resource("Modèle")

    resource.tags.add(CANARY)
    revision = resource.save_revision()
    assert find_titles(CANARY) == []
    revision.publish()

    assert find_titles(CANARY) == ["Modèle"]


def test_index_follows_tag_renamed_and_deleted(make_resource, find_titles):
    resource = make_resource("Modèle")
    resource.tags.add("ancien")
    resource.save()
    tag = ResourceTag.objects.get(name="ancien")

    tag.name = CANARY
    tag.save()
    assert find_titles(CANARY) == ["Modèle"]

    tag.delete()
    assert find_titles(CANARY) == []


def test_index_follows_renamed_partner_of_project(make_space, find_titles):
    space = make_space("Atelier")
    ProjectPageFactory(title="Ensemble", partners=[{"space": space}])
    assert "Ensemble" in find_titles("atelier")

    space.name = "Fabrique"
    space.save()

    assert "Ensemble" in find_titles("fabrique")
    assert find_titles("atelier") == []


def test_index_follows_renamed_venue(make_event, make_space, find_titles):
    space = make_space("Ancien")
    make_event("Drink", venue=space)

    space.name = CANARY
    space.save()

    assert find_titles(CANARY, kinds=("event",)) == ["Drink"]


def test_index_is_undone_with_its_transaction(make_resource, find_titles):
    with transaction.atomic():
        make_resource(f"Modèle {CANARY}")
        transaction.set_rollback(True)

    assert find_titles(CANARY) == []


def test_update_search_index_mends(make_resource, make_page, find_titles, capsys):
    make_resource(f"Perdu {CANARY}")
    IndexedText.objects.all().delete()
    stale = make_page(f"Périmé {CANARY}")
    type(stale).objects.filter(pk=stale.pk).update(live=False)

    call_command("update_search_index")

    assert find_titles(CANARY) == [f"Perdu {CANARY}"]
    # The three home pages and the resource.
    assert capsys.readouterr().out.startswith("4 ")


def test_update_search_index_twice_changes_nothing(make_resource):
    make_resource("Modèle")
    call_command("update_search_index")
    before = set(IndexedText.objects.values_list("pk", "key"))

    call_command("update_search_index")

    assert set(IndexedText.objects.values_list("pk", "key")) == before


@pytest.mark.django_db
def test_full_text_index_survives_migrations():
    """Django remakes a SQLite table to alter it, and its triggers go unsaid."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE indexname = 'search_full_text'"
            )
            expected = {"search_full_text"}
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = 'search_indexedtext'"
            )
            expected = {
                "search_fulltext_insert",
                "search_fulltext_update",
                "search_fulltext_delete",
            }
        assert {name for (name,) in cursor.fetchall()} == expected


def test_rebuild_reads_batch_after_batch(make_resource, find_titles, monkeypatch):
    monkeypatch.setattr("search.engines.sql._BATCH", 2)
    monkeypatch.setattr("search.index.READ_AT_ONCE", 2)
    for number in range(5):
        make_resource(f"Perdu {number} {CANARY}")
    IndexedText.objects.all().delete()

    call_command("update_search_index")

    assert len(find_titles(CANARY)) == 5


def test_rebuild_keeps_what_is_indexed_meanwhile(make_resource, find_titles):
    def read_while_others_write():
        yield from read_every_text()
        make_resource(f"Nouveau {CANARY}")

    get_engine().rebuild(read_while_others_write())

    assert find_titles(CANARY) == [f"Nouveau {CANARY}"]


def test_rebuild_is_due_each_day(make_resource, find_titles):
    make_resource(f"Perdu {CANARY}")
    IndexedText.objects.all().delete()
    (job,) = [job for job in find_jobs() if job.name == "search.rebuild"]

    job.run(datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC))

    assert (find_titles(CANARY), job.every) == (
        [f"Perdu {CANARY}"],
        datetime.timedelta(days=1),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_index_object_costs_the_same_beside_others(
    make_space, django_assert_num_queries, count
):
    spaces = [make_space(f"Lieu {number}") for number in range(count)]

    # Read again with kinds and services, write, forget the other languages.
    with django_assert_num_queries(5):
        index_object(spaces[0])
