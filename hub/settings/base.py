"""Settings that every installation shares; docs/settings.md explains each variable."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.urls import reverse_lazy

from cms.players import PLAYER_ORIGINS
from hub import env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

# -- The house ------------------------------------------------------------------

INSTALLED_APPS = [
    "hub",
    "home",
    "search",
    "resources",
    "events",
    "network",
    "cms",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "modelsearch",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.LocaleMiddleware",
    # After the language: its pages speak the one of the address.
    "cms.middleware.RefuseHostileAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site_frame",
            ],
        },
    }
]

# -- What stores ------------------------------------------------------------------

DATABASES = {"default": env.read_database(default=f"sqlite:///{VAR_DIR}/hub.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.read_cache(default="locmem://")}
STORAGES = {
    "default": env.read_storage(default=f"file://{VAR_DIR}/media"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = STORAGES["default"]["OPTIONS"].get("location", "")
# A proxy serves image renditions; without one (a laptop) the site does it itself.
SERVES_RENDITIONS = False
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# -- Tasks ------------------------------------------------------------------------
# “immediate” runs stored tasks in this process after the commit; “database” leaves
# them to `manage.py db_worker`.

TASKS_MODE = env.read_choice("TASKS", ("immediate", "database"), default="immediate")
TASKS = {
    "default": {
        "BACKEND": "cms.tasks.backend.StoredTaskBackend",
        "QUEUES": [],
        "OPTIONS": {"drain_after_commit": TASKS_MODE == "immediate"},
    }
}

# -- Accounts ---------------------------------------------------------------------

AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("member_dashboard")
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cms.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# What one network address, and one e-mail, may ask of the public forms. A whole
# coworking space shares an address: one evening's people must all get through it.
ACCOUNT_RATE_LIMITS = {
    "event_registration": "60/10m/ip,6/h/key",
    "event_digest": "30/10m/ip,6/h/key",
    "resource_enquiry": "30/10m/ip,6/h/key",
    "resource_enquiries_of_one": "10/10m/key",
    "short_address": "30/10m/ip",
}
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# -- Languages and time -------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English"), ("br", "Brezhoneg")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# A page translated into nothing yet must not go live in French under /en/.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["hub.formats"]
USE_TZ = True
TIME_ZONE = env.read_zone("TIME_ZONE", default="Europe/Paris")

# -- Addresses and mail -------------------------------------------------------------

SITE_URL = env.read_site_url(default="http://127.0.0.1:8000")
ICAL_UID_DOMAIN = env.read_text("ICAL_UID_DOMAIN", default="hub.invalid")
SEARCH_URL = env.read_url(
    "SEARCH_URL",
    schemes=("http", "https"),
    default="",
    example="http://localhost:9200",
).geturl()
globals().update(env.read_email(default="console://"))
DEFAULT_FROM_EMAIL = env.read_text(
    "MAIL_FROM", default="Hub <ne-pas-repondre@hub.invalid>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- Wagtail --------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Hub"
# “Démarches” stands at /demarches/: addresses that survive a mail or a poster.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# Both would call a third party from the editor's browser.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx",
]  # fmt: skip
# The default redirects to the object store, past privacy and headers.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "cms.admin_search"}}
WAGTAILSEARCH_BACKENDS = MODELSEARCH_BACKENDS
TAGGIT_CASE_INSENSITIVE = True

# -- What the browser may load ----------------------------------------------------------
# Strict everywhere but under /admin/, whose widgets write inline scripts and styles.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        # Video players, which a page loads on a click only.
        "frame-src": PLAYER_ORIGINS,
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
}
# Wagtail loosens it itself for the previews it shows in a frame.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# -- The network's promises ---------------------------------------------------------------

# Working days within which a submitted date is answered.
MODERATION_DAYS = env.read_positive_int("MODERATION_DAYS", default=3)
# Days before a date on which the host whose turn it is hears of it, one mail each.
HOST_REMINDER_DAYS = env.read_positive_ints("HOST_REMINDER_DAYS", default=[21, 7])
# Days before a month whose host has not fixed the day yet.
TURN_REMINDER_DAYS = env.read_positive_int("TURN_REMINDER_DAYS", default=45)
# Months after a date when the names of those who registered are erased.
REGISTRATION_MONTHS = env.read_positive_int("REGISTRATION_MONTHS", default=3)
# Months during which the proof of an ended subscription by mail is kept.
DIGEST_PROOF_MONTHS = env.read_positive_int("DIGEST_PROOF_MONTHS", default=36)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # An address that carries a secret is one: whoever reads it may use it.
    "filters": {
        "secrets": {
            "()": "cms.log_redaction.HideSecrets",
            "patterns": [
                r"(/agenda/inscription/)[^/\s?\"']+",
                r"(/agenda/abonnement/courriel/)(?!envoye/)[^/\s?\"']+",
                r"(/agenda/perso/)[^/\s?\"']+",
            ],
        }
    },
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Two lines for each task would hide the rest.
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        # The development server writes every path it answers.
        "django.server": {"level": "INFO", "propagate": True},
    },
}
