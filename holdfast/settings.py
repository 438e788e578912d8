"""How is one installation set?  Everything that differs between installations comes from the environment."""

import os
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from holdfast.kit import embedded_postgres

PROJECT = Path(__file__).resolve().parent.parent
DATA = embedded_postgres.data_folder()
DATABASE_NAME = "holdfast"


def _on(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


# --- What it is made of ------------------------------------------------------------------------

# In the order of the house, from the ground up; a package joins the day it is born.
PACKAGES = [
    "kit",
    "audit",
    "people",
    "places",
    "access",
    "chronology",
    "linkage",
    "relationships",
    "rota",
    "paging",
    "moments",
    "identification",
    "who_is_who",
    "feeds",
    "demonstration",
    "web",
]
INSTALLED_APPS = [
    *[f"holdfast.{name}" for name in PACKAGES if (PROJECT / "holdfast" / name / "apps.py").exists()],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "axes",
    "csp",
    "django_htmx",
    # After our own packages, so that our templates/django/forms/field.html is the one found.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "holdfast.web.middleware.WhoIsAsking",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "holdfast.urls"
WSGI_APPLICATION = "holdfast.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "holdfast.web.context.shell",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Where facts are kept ----------------------------------------------------------------------


# A statement is planned by the server once for each connection, from its sixth use (ADR 17).
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}


def _database(url: str) -> dict[str, Any]:
    """Read a libpq address; what Django has no name for is passed on as it is."""
    parts = conninfo_to_dict(url)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings = {known[key]: str(value) for key, value in parts.items() if key in known}
    options = {key: value for key, value in parts.items() if key not in known}
    options |= PREPARED
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "OPTIONS": options, **settings}


def database_url() -> str:
    """Return the address for this process: the owner's while migrating, else the application's."""
    as_owner = os.environ.get("HOLDFAST_DATABASE_ROLE") == "owner"
    named = os.environ.get("DATABASE_URL")
    if named:
        return os.environ.get("DATABASE_OWNER_URL", named) if as_owner else named
    role = embedded_postgres.OWNER if as_owner else embedded_postgres.APPLICATION
    return embedded_postgres.cluster_in(DATA).url(role, DATABASE_NAME)


DATABASES = {"default": _database(database_url())}

# --- Words and times ---------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True

# --- Who may come in ---------------------------------------------------------------------------

DEBUG = _on("HOLDFAST_DEBUG")
# True only under `holdfast run --demo`, which checks the database and the address first.
DEMONSTRATION = _on("HOLDFAST_DEMONSTRATION")
if os.environ.get("HOLDFAST_DEMONSTRATION") == "being made":
    MIDDLEWARE.insert(
        MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware") + 1,
        "holdfast.demonstration.waiting.UntilMade",
    )
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("HOLDFAST_HOSTS", "").split()]
SERVED_OVER_HTTPS = _on("HOLDFAST_HTTPS")


def _secret_key() -> str:
    """Return the key that set-up wrote; before set-up, one that lasts as long as this process."""
    path = DATA / "secret-key"
    if "HOLDFAST_SECRET_KEY" in os.environ:
        return os.environ["HOLDFAST_SECRET_KEY"]
    return path.read_text().strip() if os.access(path, os.R_OK) else secrets.token_urlsafe(50)


SECRET_KEY = _secret_key()

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},  # our choice; NCSC: length before complexity
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"

AXES_FAILURE_LIMIT = 10  # wrong passwords, our choice
AXES_COOLOFF_TIME = 0.25  # hours, our choice
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "holdfast.web.views.sign_in.locked"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one long shift, our choice
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SERVED_OVER_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_OVER_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing inline and nothing from any other host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- What is served, sent and logged -----------------------------------------------------------

STATIC_URL = "/static/"
BUILT_FRONT_END = PROJECT / "build" / "static"  # made from npm packages at set-up
STATICFILES_DIRS = [BUILT_FRONT_END] if BUILT_FRONT_END.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

EMAIL_HOST = os.environ.get("HOLDFAST_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("HOLDFAST_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("HOLDFAST_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HOLDFAST_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _on("HOLDFAST_SMTP_TLS")
EMAIL_TIMEOUT = 10  # seconds, our choice: a server that hangs must not hold the alert path
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"  # with no mail server named, letters are put here to be looked at
# Where people open Holdfast: messages point there.
PUBLIC_ADDRESS = os.environ.get("HOLDFAST_ADDRESS", "http://localhost:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("HOLDFAST_MAIL_FROM", "holdfast@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
