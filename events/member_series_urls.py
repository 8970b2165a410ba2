"""Addresses where members keep their series, under /espace/."""

from __future__ import annotations

from django.urls import path

from events.views.series_actions import (
    ExtraDateView,
    SeriesDiscardView,
    SeriesEndView,
    SeriesWithdrawView,
)
from events.views.series_edit import SeriesEditView
from events.views.series_form import SeriesCreateView, SeriesDuplicateView
from events.views.series_list import SeriesListView, SeriesPreviewView, SeriesView

app_name = "member_series"
urlpatterns = [
    path("series/", SeriesListView.as_view(), name="list"),
    path("series/nouvelle/", SeriesCreateView.as_view(), name="create"),
    path("series/<int:pk>/", SeriesView.as_view(), name="series"),
    path("series/<int:pk>/modifier/", SeriesEditView.as_view(), name="edit"),
    path("series/<int:pk>/apercu/", SeriesPreviewView.as_view(), name="preview"),
    path("series/<int:pk>/dupliquer/", SeriesDuplicateView.as_view(), name="duplicate"),
    path("series/<int:pk>/ajouter/", ExtraDateView.as_view(), name="add_date"),
    path("series/<int:pk>/retirer/", SeriesWithdrawView.as_view(), name="withdraw"),
    path("series/<int:pk>/terminer/", SeriesEndView.as_view(), name="end"),
    path("series/<int:pk>/supprimer/", SeriesDiscardView.as_view(), name="discard"),
]
