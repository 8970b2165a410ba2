"""Series and programmes in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from events.forms.series import SeriesAdminForm
from events.models import Programme, Series
from events.viewsets.dates import ModeratedEditView
from events.viewsets.extra_date import ExtraDateView
from events.viewsets.planned_dates import PlannedDatesPanel
from events.viewsets.registration import REGISTRATION_PANELS

_WHAT = [
    TitleFieldPanel("title"),
    FieldPanel("slug", widget=SlugInput),
    FieldRowPanel([FieldPanel("type"), FieldPanel("host")]),
    FieldPanel("programme"),
    FieldPanel("summary"),
    FieldPanel("description"),
    FieldPanel("image"),
]
_WHEN = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("rhythm"), FieldPanel("interval")]),
            FieldPanel("weekdays"),
            FieldRowPanel([FieldPanel("nth"), FieldPanel("month_day")]),
            FieldPanel("months"),
        ],
        heading=_("Which days"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("first_day"),
            FieldRowPanel([FieldPanel("until"), FieldPanel("count")]),
            FieldPanel("skips_holidays"),
            FieldPanel("left_out"),
        ],
        heading=_("From when to when"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
            FieldRowPanel([FieldPanel("lasts_days"), FieldPanel("all_day")]),
            FieldPanel("zone"),
        ],
        heading=_("Hours"),
    ),
    PlannedDatesPanel(heading=_("Planned dates")),
    FieldPanel("rhythm_note"),
]
_WHERE = [
    FieldPanel("is_held_at_host"),
    FieldPanel("venue"),
    MultiFieldPanel(
        [
            FieldPanel("venue_name"),
            FieldPanel("venue_street"),
            FieldRowPanel([FieldPanel("venue_postcode"), FieldPanel("venue_city")]),
            FieldRowPanel(
                [FieldPanel("venue_latitude"), FieldPanel("venue_longitude")]
            ),
        ],
        heading=_("Elsewhere"),
    ),
    FieldPanel("room"),
    FieldPanel("online_url"),
    FieldPanel("online_visibility"),
]
_WHO = [
    HelpPanel(
        _(
            "What you publish is passed on to the dates to come, but for what was "
            "changed on one of them. A date that the rule no longer gives is "
            "cancelled, and its people are told."
        )
    ),
    FieldPanel("price"),
    FieldPanel("visibility"),
    PublishingPanel(),
]


class SeriesViewSet(SnippetViewSet):
    """Series, with drafts, moderation and their planned dates."""

    model = Series
    icon = "repeat"
    menu_label = _("Series")
    edit_view_class = ModeratedEditView
    list_display = [
        "title",
        "type",
        Column("rhythm_sentence", label=_("rhythm")),
        "host",
        LiveStatusTagColumn(),
    ]
    list_filter = ["type", "host", "programme", "live"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(_WHAT, heading=_("What")),
            ObjectList(_WHEN, heading=_("When")),
            ObjectList(_WHERE, heading=_("Where")),
            ObjectList(REGISTRATION_PANELS, heading=_("Registration")),
            ObjectList(_WHO, heading=_("Who")),
        ],
        base_form_class=SeriesAdminForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return Series.objects.select_related("type", "host")

    @property
    def extra_date_view(self) -> Any:
        return self.construct_view(ExtraDateView)

    def get_urlpatterns(self) -> list[URLPattern]:
        extra = path("extra-date/<int:pk>/", self.extra_date_view, name="extra_date")
        return [*super().get_urlpatterns(), extra]


class ProgrammeViewSet(SnippetViewSet):
    """What gathers the series of one evening held in several places."""

    model = Programme
    icon = "grip"
    menu_label = _("Programmes")
    list_display = ["title", "slug"]
    panels = [
        TitleFieldPanel("title"),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("summary"),
        FieldPanel("description"),
    ]
