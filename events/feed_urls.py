"""Calendar feeds, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from events.views import atom, feeds, personal_feeds, series_rule

app_name = "event_feeds"
urlpatterns = [
    path("agenda/flux.ics", feeds.send_agenda, name="network"),
    path("agenda/flux/<slug:code>.ics", feeds.send_alias, name="alias"),
    path("agenda/atom.xml", atom.send_atom, name="atom"),
    path(
        "agenda/perso/<slug:token>.ics", personal_feeds.send_personal, name="personal"
    ),
    *(
        path(
            f"agenda/{word}/<slug:value>.ics",
            feeds.send_filtered,
            {"filter_name": filter_name},
            name=name,
        )
        for word, filter_name, name in (
            ("serie", "serie", "series"),
            ("type", "type", "type"),
            ("lieu", "lieu", "space"),
            ("departement", "dep", "department"),
            ("tag", "tag", "tag"),
        )
    ),
    path(
        "agenda/serie/<slug:slug>/regle.ics", series_rule.send_rule, name="series_rule"
    ),
    path("agenda/<slug:slug>.ics", feeds.send_event, name="event"),
]
