"""Addresses where members keep their dates, under /espace/."""

from __future__ import annotations

from django.urls import path

from events.date_actions import ACTIONS
from events.views.attendance import (
    AddView,
    AttendanceView,
    CancelRegistrationView,
    ExportView,
    RegistrationListView,
)
from events.views.member_actions import (
    DateActionView,
    EventDiscardView,
    EventWithdrawView,
)
from events.views.member_decisions import (
    DecisionView,
    EventFromDecisionView,
    FollowUpView,
    TaskView,
)
from events.views.member_feeds import (
    FeedCreateView,
    FeedListView,
    FeedPauseView,
    FeedReadView,
    FeedRemoveView,
)
from events.views.member_form import (
    EventCreateView,
    EventDuplicateView,
    EventEditView,
)
from events.views.member_list import EventListView, EventPreviewView, EventView
from events.views.minutes import (
    MinutesPreviewView,
    MinutesView,
    MinutesWithdrawView,
)
from events.views.my_calendars import CalendarsView, RevokeView
from events.views.my_registrations import show_my_registrations

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
    path(
        "rendez-vous/<int:pk>/inscriptions/",
        RegistrationListView.as_view(),
        name="registrations",
    ),
    path(
        "rendez-vous/<int:pk>/inscriptions.csv",
        ExportView.as_view(),
        name="registrations_csv",
    ),
    path(
        "rendez-vous/<int:pk>/inscriptions/ajouter/",
        AddView.as_view(),
        name="add_registration",
    ),
    path(
        "rendez-vous/<int:pk>/inscriptions/presences/",
        AttendanceView.as_view(),
        name="attendance",
    ),
    path(
        "rendez-vous/<int:pk>/inscriptions/<int:number>/annuler/",
        CancelRegistrationView.as_view(),
        name="cancel_registration",
    ),
    path("calendriers/", CalendarsView.as_view(), name="calendars"),
    path(
        "calendriers/<int:pk>/revoquer/",
        RevokeView.as_view(),
        name="revoke_calendar",
    ),
    path("inscriptions/", show_my_registrations, name="my_registrations"),
    path("rendez-vous/<int:pk>/compte-rendu/", MinutesView.as_view(), name="minutes"),
    path(
        "rendez-vous/<int:pk>/compte-rendu/apercu/",
        MinutesPreviewView.as_view(),
        name="minutes_preview",
    ),
    path(
        "rendez-vous/<int:pk>/compte-rendu/retirer/",
        MinutesWithdrawView.as_view(),
        name="minutes_withdraw",
    ),
    path("decisions/", FollowUpView.as_view(), name="follow_up"),
    path("decisions/<int:number>/", DecisionView.as_view(), name="decision"),
    path(
        "decisions/<int:number>/rendez-vous/",
        EventFromDecisionView.as_view(),
        name="event_from_decision",
    ),
    path("taches/<int:pk>/", TaskView.as_view(), name="task"),
    path("calendriers-externes/", FeedListView.as_view(), name="feeds"),
    path("calendriers-externes/ajouter/", FeedCreateView.as_view(), name="feed_add"),
    path(
        "calendriers-externes/<int:pk>/lire/", FeedReadView.as_view(), name="feed_read"
    ),
    path(
        "calendriers-externes/<int:pk>/suspendre/",
        FeedPauseView.as_view(),
        name="feed_pause",
    ),
    path(
        "calendriers-externes/<int:pk>/retirer/",
        FeedRemoveView.as_view(),
        name="feed_remove",
    ),
]
