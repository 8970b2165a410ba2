"""Addresses where members keep their dates, under /espace/."""

from __future__ import annotations

from django.urls import path

from events.date_actions import ACTIONS
from events.views.member_actions import (
    DateActionView,
    EventDiscardView,
    EventWithdrawView,
)
from events.views.member_form import (
    EventCreateView,
    EventDuplicateView,
    EventEditView,
)
from events.views.member_list import EventListView, EventPreviewView, EventView

app_name = "member_events"
urlpatterns = [
    path("rendez-vous/", EventListView.as_view(), name="list"),
    path("rendez-vous/nouveau/", EventCreateView.as_view(), name="create"),
    path("rendez-vous/<int:pk>/", EventView.as_view(), name="event"),
    path("rendez-vous/<int:pk>/modifier/", EventEditView.as_view(), name="edit"),
    path("rendez-vous/<int:pk>/apercu/", EventPreviewView.as_view(), name="preview"),
    path(
        "rendez-vous/<int:pk>/dupliquer/",
        EventDuplicateView.as_view(),
        name="duplicate",
    ),
    path("rendez-vous/<int:pk>/retirer/", EventWithdrawView.as_view(), name="withdraw"),
    path("rendez-vous/<int:pk>/supprimer/", EventDiscardView.as_view(), name="discard"),
    *(
        path(
            f"rendez-vous/<int:pk>/{action.path}",
            DateActionView.as_view(action=action),
            name=action.name,
        )
        for action in ACTIONS
    ),
]
