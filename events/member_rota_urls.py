"""Addresses of a series' rota in the member area, under /espace/.

A slot is named by its key: ``20270114`` a date, ``202701`` a month without its day.
"""

from __future__ import annotations

from django.urls import path

from events.views.rota import RotaKeepView, RotaView
from events.views.rota_actions import (
    RotaJoinView,
    RotaLeaveView,
    SlotHandOverView,
    SlotSkipView,
    SlotSwapView,
    SlotTakeView,
)
from events.views.rota_turn import TurnFixView

app_name = "member_rota"
urlpatterns = [
    path("series/<int:pk>/tour/", RotaView.as_view(), name="rota"),
    path("series/<int:pk>/tour/ordre/", RotaKeepView.as_view(), name="keep"),
    path("series/<int:pk>/tour/rejoindre/", RotaJoinView.as_view(), name="join"),
    path("series/<int:pk>/tour/quitter/", RotaLeaveView.as_view(), name="leave"),
    path(
        "series/<int:pk>/tour/<int:key>/prendre/", SlotTakeView.as_view(), name="take"
    ),
    path("series/<int:pk>/tour/<int:key>/passer/", SlotSkipView.as_view(), name="skip"),
    path(
        "series/<int:pk>/tour/<int:key>/echanger/", SlotSwapView.as_view(), name="swap"
    ),
    path(
        "series/<int:pk>/tour/<int:key>/confier/",
        SlotHandOverView.as_view(),
        name="hand_over",
    ),
    path("series/<int:pk>/tour/<int:key>/fixer/", TurnFixView.as_view(), name="fix"),
]
