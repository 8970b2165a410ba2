"""The fingerprint of a published version, and what guards its text."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from wagtail.models import Locale

from resources.domain.charters import TextIsPublished, TextWasAltered
from resources.models import Article, ChangeReason, CharterVersion, Criterion
from resources.services.charters import (
    close_signing,
    publish_version,
    verify_versions,
    write_reasons,
)
from tests.factories.resources import (
    CharterFactory,
    CharterPageFactory,
    CharterVersionFactory,
)

pytestmark = pytest.mark.django_db
ADOPTED = datetime.date(2026, 3, 12)
NOW = datetime.datetime(2026, 3, 12, 18, 0, tzinfo=datetime.UTC)


@pytest.fixture
def published():
    version = CharterVersionFactory(published=ADOPTED)
    CharterPageFactory(charter=version.charter)
    return version


def test_file_of_the_text_has_the_digest_that_the_page_shows(client, published):
    page = client.get("/charte/").content.decode()
    response = client.get("/charte/v/1/texte.json")
    assert response["Content-Type"] == "application/json"
    assert hashlib.sha256(response.content).hexdigest() == published.digest
    assert f'<code class="fingerprint">{published.digest}</code>' in page
    assert 'href="/charte/v/1/texte.json"' in page


def test_file_is_sent_once(client, published):
    etag = client.get("/charte/v/1/texte.json")["ETag"]
    again = client.get("/charte/v/1/texte.json", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_file_of_a_draft_is_not_found(client, published):
    CharterVersionFactory(charter=published.charter, texts=["Canari"])
    assert client.get("/charte/v/2/texte.json").status_code == 404


def test_other_languages_say_which_text_is_signed(client, published):
    page = published.charter.pages.get()
    english = page.copy_for_translation(_english(), copy_parents=True)
    english.save_revision().publish()
    words = "Spaces sign the French text. In another language it only informs."
    assert words in client.get("/en/charte/").content.decode()
    assert words not in client.get("/charte/").content.decode()


def _english():
    return Locale.objects.get(language_code="en")


def test_digest_covers_text_order_and_kind():
    digests = set()
    for change in (
        lambda v: None,
        lambda v: Criterion.objects.filter(article__version=v, number="1.1").update(
            kind="admission"
        ),
        lambda v: Article.objects.filter(version=v, number=1).update(text="Autre"),
        lambda v: CharterVersion.objects.filter(pk=v.pk).update(preamble="Autre"),
        lambda v: Article.objects.filter(version=v, number=1).update(sort_order=9),
    ):
        draft = CharterVersionFactory(charter=CharterFactory())
        change(draft)
        digests.add(publish_version(draft, adopted_on=ADOPTED, now=NOW).digest)
    assert len(digests) == 5


def test_what_a_hand_in_the_database_alters_is_found(published):
    verify_versions()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE resources_criterion SET text = 'Autre'")
    with pytest.raises(TextWasAltered, match=str(published)):
        verify_versions()
    with pytest.raises(CommandError, match=str(published)):
        call_command("verify_charters")


def test_bulk_writes_are_refused_too(published):
    criterion = Criterion.objects.filter(article__version=published).first()
    criterion.text = "Autre"
    with pytest.raises(TextIsPublished), transaction.atomic():
        Criterion.objects.bulk_update([criterion], ["text"])
    with pytest.raises(TextIsPublished):
        published.articles.all().delete()
    with pytest.raises(TextIsPublished):
        CharterVersion.objects.filter(pk=published.pk).update(
            signing_closed_at=NOW, preamble="Autre"
        )
    verify_versions()


def test_reasons_freeze_with_their_version(published):
    key = Criterion.objects.filter(article__version=published).first().key
    draft = CharterVersionFactory(charter=published.charter)
    write_reasons(draft, {key: "Parce que."})
    write_reasons(draft, {key: "Parce que nous sommes petits."})
    publish_version(draft, adopted_on=ADOPTED, now=NOW)
    with pytest.raises(TextIsPublished):
        write_reasons(draft, {key: "Autre"})
    with pytest.raises(TextIsPublished):
        ChangeReason.objects.get().delete()
    assert ChangeReason.objects.get().reason == "Parce que nous sommes petits."


def test_next_version_closes_the_one_before_to_signatures(published):
    assert published.is_open_to_signatures
    second = CharterVersionFactory(charter=published.charter, published=ADOPTED)
    published.refresh_from_db()
    assert published.signing_closed_at is not None
    assert list(CharterVersion.objects.open_to_signatures()) == [second]


def test_version_published_late_is_not_open(published):
    second = CharterVersionFactory(charter=published.charter)
    third = CharterVersionFactory(charter=published.charter, published=ADOPTED)
    late = publish_version(second, adopted_on=ADOPTED, now=NOW)
    assert late.signing_closed_at == NOW
    assert list(CharterVersion.objects.open_to_signatures()) == [third]


def test_charter_of_others_is_never_open():
    charter = CharterFactory(issuer="Coworking Grand Lyon")
    version = CharterVersionFactory(charter=charter, published=ADOPTED)
    assert not version.is_open_to_signatures


def test_closing_leaves_the_text_as_it_is(published):
    closed = close_signing(published, now=NOW)
    assert (closed.signing_closed_at, closed.digest) == (NOW, published.digest)
    later = NOW + datetime.timedelta(days=1)
    assert close_signing(published, now=later).signing_closed_at == NOW
