"""The “Rendez-vous” menu of the admin: dates, series, minutes, decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from events.viewsets.dates import EventViewSet
from events.viewsets.decisions import DecisionViewSet, TaskViewSet, TopicViewSet
from events.viewsets.feeds import FeedViewSet
from events.viewsets.minutes import MinutesViewSet
from events.viewsets.series import ProgrammeViewSet, SeriesViewSet
from events.viewsets.types import EventTypeViewSet


class EventsViewSetGroup(SnippetViewSetGroup):
    """Everything of the agenda under one word of the menu."""

    items = (
        EventViewSet,
        SeriesViewSet,
        ProgrammeViewSet,
        EventTypeViewSet,
        MinutesViewSet,
        DecisionViewSet,
        TaskViewSet,
        TopicViewSet,
        FeedViewSet,
    )
    menu_icon = "date"
    menu_label = _("Dates")
    menu_name = "agenda"
    menu_order = 250
