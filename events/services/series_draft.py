"""Writing the text and the rule of a series: always a draft, no date is made here."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction

from cms.folding import fold_to_words
from events.models import Series
from events.models.registrable import RegistrableMixin
from events.models.series import make_uid
from events.models.slugs import AGENDA_WORDS
from events.services.refusals import InModeration, OutdatedVersion, SentAlready
from events.services.series_refusals import SeriesChanged, SeriesPublished
from events.services.speaking import lock_record, require_speaker

if TYPE_CHECKING:
    import datetime
    import uuid
    from collections.abc import Mapping

    from cms.models import User

# What a member writes. Everything else belongs to services and to editors.
MEMBER_SERIES_FIELDS: Final = (
    "host",
    "type",
    "title",
    "summary",
    "description",
    *Series.RULE_FIELDS,
    "start_time",
    "end_time",
    "lasts_days",
    "all_day",
    "zone",
    "is_held_at_host",
    "venue",
    "venue_name",
    "venue_street",
    "venue_postcode",
    "venue_city",
    "online_url",
    "online_visibility",
    "price",
    "visibility",
    *RegistrableMixin.REGISTRATION_FIELDS,
)
SLUG_LENGTH: Final = 70


@transaction.atomic
def create_series_draft(
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Series:
    """Store a series that the public does not see yet.

    ``values`` has every name of ``MEMBER_SERIES_FIELDS``; its address is made from the
    title. ``key`` is the form's: whoever sends it twice, even at once, makes one.

    Raises:
        NotSpeaker: ``by`` does not speak for the usual host.
        SentAlready: ``by`` made a series with this key before.
        ValidationError: the values make no series; a form has checked them before.
    """
    require_speaker(by, values["host"], now=now)
    uid = make_uid(key)
    _refuse_second_copy(uid, values)
    if Series.objects.filter(uid=uid).exists():
        # The key of a series that is not theirs: it says nothing about that series.
        uid = make_uid()
    series = Series(live=False, uid=uid, slug=find_free_series_slug(values["title"]))
    write_values(series, values)
    try:
        with transaction.atomic():
            series.full_clean(exclude={"uid"})
            CreateAction(series, user=by, clean=False).execute(
                skip_permission_checks=True
            )
    except IntegrityError:
        # Sent again while the first was being stored, which has ended by now.
        _refuse_second_copy(uid, values)
        raise
    return series


@transaction.atomic
def revise_series_draft(
    series: Series,
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
    seen_revision: int | None,
    seen_service_edit: int = 0,
) -> Series:
    """Store a new text of ``series`` as its latest revision, and return that text.

    What the public reads, and the dates, stay as they are. The address follows the
    title until the first publication. ``seen_revision`` was the latest when the person
    opened the text, ``seen_service_edit`` the row's ``last_service_edit``.

    Raises:
        NotSpeaker: ``by`` does not speak for the usual host, the former or the new one.
        InModeration: a moderator is reading it.
        OutdatedVersion: somebody saved another text since ``seen_revision``.
        SeriesChanged: it was ended, for example, since ``seen_service_edit``.
        ValidationError: the values make no series; a form has checked them before.
    """
    row = lock_record(series)
    require_speaker(by, row.host, values["host"], now=now)
    if row.workflow_in_progress:
        raise InModeration
    if row.latest_revision_id != seen_revision:
        raise OutdatedVersion(row.latest_revision)
    if row.last_service_edit != seen_service_edit:
        raise SeriesChanged(row.latest_revision)
    draft = row.get_latest_revision_as_object()
    if not row.was_published and draft.title != values["title"]:
        draft.slug = find_free_series_slug(values["title"], row)
    if draft.rhythm_note and _changes_rule(draft, values):
        # An editor's words about a rule that is another one now.
        draft.rhythm_note = ""
    write_values(draft, values)
    EditAction(draft, user=by, clean=True).execute(skip_permission_checks=True)
    return draft


@transaction.atomic
def discard_series(series: Series, *, by: User, now: datetime.datetime) -> None:
    """Erase a series that was never published.

    Raises:
        NotSpeaker: ``by`` does not speak for the usual host.
        SeriesPublished: people follow it.
        InModeration: a moderator is reading it.
    """
    row = lock_record(series)
    require_speaker(by, row.host, now=now)
    if row.was_published:
        raise SeriesPublished
    if row.workflow_in_progress:
        raise InModeration
    row.delete()


def list_changed_values(series: Series, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of ``values`` that ``series`` does not say already."""
    return {
        name: value
        for name, value in values.items()
        if name in MEMBER_SERIES_FIELDS and getattr(series, name) != value
    }


def find_free_series_slug(title: str, series: Series | None = None) -> str:
    """Return the words of ``title``, numbered where another series has them; one query.

    The agenda's own words are never free.
    """
    words = slugify(fold_to_words(title))[:SLUG_LENGTH].strip("-") or "serie"
    others = Series.objects.exclude(pk=series.pk) if series else Series.objects.all()
    taken = set(others.filter(slug__startswith=words).values_list("slug", flat=True))
    taken |= AGENDA_WORDS
    numbered = (f"{words}-{number}" for number in count(2))
    return words if words not in taken else next(s for s in numbered if s not in taken)


def _refuse_second_copy(uid: str, values: Mapping[str, Any]) -> None:
    twin = Series.objects.filter(uid=uid, host=values["host"]).first()
    if twin is None:
        return
    draft = twin.get_latest_revision_as_object()
    raise SentAlready(twin, says_the_same=not list_changed_values(draft, values))


def _changes_rule(draft: Series, values: Mapping[str, Any]) -> bool:
    names = (*Series.RULE_FIELDS, "start_time", "all_day")
    return any(getattr(draft, name) != values[name] for name in names)


def write_values(draft: Series, values: Mapping[str, Any]) -> None:
    """Write ``values`` on a draft, in memory."""
    address = _address_of(draft)
    for name in MEMBER_SERIES_FIELDS:
        setattr(draft, name, values[name])
    if _address_of(draft) != address:
        # A position belongs to an address: a new address has none yet.
        draft.venue_latitude = draft.venue_longitude = None


def _address_of(draft: Series) -> tuple[str, ...]:
    return draft.venue_name, draft.venue_street, draft.venue_postcode, draft.venue_city
