"""Calendar feeds, outside the language prefix.

Left for later: ``agenda/flux/<code>.ics``, ``agenda/perso/<token>.ics``,
``agenda/atom.xml`` and ``agenda/serie/<slug>/regle.ics``.
"""

from __future__ import annotations

from django.urls import path

from events.views import feeds

app_name = "event_feeds"
urlpatterns = [
    path("agenda/flux.ics", feeds.send_agenda, name="network"),
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
    path("agenda/<slug:slug>.ics", feeds.send_event, name="event"),
]
