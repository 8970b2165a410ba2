"""Addresses where members share resources, under /espace/."""

from __future__ import annotations

from django.urls import path

from resources.contributing.actions import (
    ResourceDiscardView,
    ResourceTakeOutView,
    ResourceWithdrawView,
)
from resources.contributing.views import (
    ResourceCreateView,
    ResourceEditView,
    ResourceListView,
    ResourcePreviewView,
    ResourceView,
)

app_name = "member_resources"
urlpatterns = [
    path("ressources/", ResourceListView.as_view(), name="list"),
    path("ressources/nouvelle/", ResourceCreateView.as_view(), name="create"),
    path("ressources/<int:pk>/", ResourceView.as_view(), name="resource"),
    path("ressources/<int:pk>/modifier/", ResourceEditView.as_view(), name="edit"),
    path("ressources/<int:pk>/apercu/", ResourcePreviewView.as_view(), name="preview"),
    path(
        "ressources/<int:pk>/reprendre/",
        ResourceWithdrawView.as_view(),
        name="withdraw",
    ),
    path(
        "ressources/<int:pk>/supprimer/", ResourceDiscardView.as_view(), name="discard"
    ),
    path(
        "ressources/<int:pk>/retirer/", ResourceTakeOutView.as_view(), name="take_out"
    ),
]
