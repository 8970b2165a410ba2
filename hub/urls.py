"""Every address of the site. Feeds and API stand outside the language prefix."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from home.views import enter_admin
from hub import health

urlpatterns = [
    path("health/", include(health.urlpatterns)),
    # One door: the admin's own login would let a second way in.
    path("admin/login/", enter_admin),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("events.feed_urls")),
    path("", include("network.open_data_urls")),
    path("", include("home.site_urls")),
]

if settings.SERVES_RENDITIONS:
    # Renditions only: documents and originals have privacy to keep.
    urlpatterns += [
        path(
            "media/images/<path:path>",
            serve_file,
            {"document_root": f"{settings.MEDIA_ROOT}/images"},
        )
    ]

urlpatterns += i18n_patterns(
    path("espace/", include("cms.account_urls")),
    path("espace/", include("events.member_urls")),
    path("espace/", include("events.member_rota_urls")),
    path("espace/", include("events.member_series_urls")),
    path("espace/", include("resources.amendments.member_urls")),
    path("espace/", include("resources.charters.member_urls")),
    path("espace/", include("resources.tools.member_urls")),
    path("espace/", include("resources.lending.member_urls")),
    path("espace/", include("resources.contributing.urls")),
    path("espace/", include("home.member_urls")),
    path("agenda/", include("events.urls")),
    path("decisions/", include("events.decision_urls")),
    path("lieux/", include("network.urls")),
    path("ressources/", include("resources.shared.urls")),
    path("glossaire/", include("resources.glossary.urls")),
    path("simulateur/", include("resources.simulator.urls")),
    path("recherche/", include("search.urls")),
    # Wagtail's own pattern serves no address with a dot.
    re_path(r"^((?:[\w\-]+/)+[\w\-]+\.(?:pdf|csv|json))$", serve),
    # Wagtail's own login for private pages would be a second door.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
