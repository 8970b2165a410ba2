"""A member's series: the list, one of them, and how the public will see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.shortcuts import render

from events.models import Event, Series
from events.plan_wording import explain_rhythm, make_plan
from events.publication import Publication
from events.views.series_speaker import make_series_trail
from events.views.speaker import SpeakerView

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from events.plan_wording import Plan
    from events.querysets import SeriesQuerySet

UPCOMING = 24
PAST = 6


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One line of the list: the series, where it stands, its next date."""

    series: Series
    publication: Publication
    next_date: Event | None


class SeriesListView(SpeakerView):
    """Every series that one of my spaces keeps."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = Series.objects.filter(host__in=self.spaces).with_template()
        return render(
            request,
            "events/member/series_list.html",
            {
                "rows": make_series_rows(kept, now=self.now),
                "has_several_spaces": len(self.spaces) > 1,
                "trail": make_series_trail(),
            },
        )


class SeriesView(SpeakerView):
    """One series: its text, its dates, where it stands, what can be done."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = self.get_series(pk)
        draft = series.get_latest_revision_as_object()
        dates = series.events.with_row_relations().with_publication()
        return render(
            request,
            "events/member/series.html",
            {
                "series": series,
                "draft": draft,
                "publication": Publication.of(series),
                "plan": self.make_plan_of_draft(series, draft),
                "explanation": explain_rhythm(draft),
                "upcoming": self.describe(dates.upcoming(self.now)[:UPCOMING]),
                "upcoming_total": series.events.upcoming(self.now).count(),
                "past": self.describe(dates.past(self.now)[:PAST]),
                "continued_by": Series.objects.filter(continues=series).first(),
                "moderation_days": settings.MODERATION_DAYS,
                "trail": make_series_trail((draft.title, "")),
            },
        )

    def describe(
        self, events: Iterable[Event]
    ) -> list[tuple[Event, Publication, bool]]:
        """Return each date, where it stands, and whether it opens here."""
        mine = {space.pk for space in self.spaces}
        return [
            (event, Publication.of(event), event.host_id in mine) for event in events
        ]

    def make_plan_of_draft(self, series: Series, draft: Series) -> Plan | None:
        """Return the dates of a text that is not public yet; None of one that is."""
        if series.live and not series.has_unpublished_changes:
            return None
        return make_plan(draft, now=self.now)


class SeriesPreviewView(SpeakerView):
    """The latest text as the public will see it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.get_series(pk).get_latest_revision_as_object()
        response = draft.serve_preview(request, draft.default_preview_mode)
        response["X-Robots-Tag"] = "noindex"
        return response


def make_series_rows(
    kept: SeriesQuerySet, *, now: datetime.datetime
) -> list[SeriesRow]:
    """Return the lines of ``kept`` with their publication; three queries."""
    coming = Event.objects.filter(series=OuterRef("pk"), live=True).taking_place()
    series = list(
        kept.with_publication().annotate(
            next_pk=Subquery(coming.upcoming(now).values("pk")[:1])
        )
    )
    events = Event.objects.with_row_relations().in_bulk(
        {one.next_pk for one in series if one.next_pk}
    )
    return [
        SeriesRow(one, Publication.of(one), events.get(one.next_pk)) for one in series
    ]
