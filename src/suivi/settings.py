"""Django's settings, all from the environment: `suivi.environment.variables` says what each means."""

import os
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO

from suivi.environment.databases import database_at, sqlite_file
from suivi.environment.folders import countries_file, folders, kept_secret_key, make_folder
from suivi.environment.mail import mail_settings
from suivi.environment.reading import fixed_now, is_switched_on, listed, time_zone, whole_number
from suivi.environment.typography import typography_forms
from suivi.places import countries
from suivi.render.typography import set_house_forms

_INVENTED_COUNTRIES = Path(__file__).parent / "demonstration" / "data" / "countries.toml"
_DAY_OF_DEMONSTRATION = "2023-02-15"
_YEAR_IN_SECONDS = 365 * 24 * 60 * 60
_environment = os.environ
_folders = folders(_environment)
make_folder(_folders.data)

# What an installation is
SUIVI_DATA_DIR = _folders.data
SUIVI_FILES_DIR = _folders.files
CHARTS_DIR = _folders.charts
SUIVI_DEMONSTRATION = _folders.is_demonstration
SUIVI_COUNTRIES = countries_file(_environment) or (
    _INVENTED_COUNTRIES if SUIVI_DEMONSTRATION else countries.DEFAULT
)
SUIVI_NOW = fixed_now(
    _environment.get("SUIVI_NOW") or (_DAY_OF_DEMONSTRATION if SUIVI_DEMONSTRATION else ""),
    time_zone(_environment),
)
DEBUG = is_switched_on(_environment, "SUIVI_DEBUG")
SECRET_KEY = _environment.get("SUIVI_SECRET_KEY") or kept_secret_key(_folders.secret_key)
_address = _environment.get("SUIVI_DATABASE_URL")
DATABASES = {"default": database_at(_address) if _address else sqlite_file(_folders.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What it is made of
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "suivi.core",
    "suivi.organisation",
    "suivi.frameworks",
    "suivi.plan",
    "suivi.monitoring",
    "suivi.learning",
    "suivi.exchange",
    "suivi.reporting",
    "suivi.web",
]
MIDDLEWARE = [
    "suivi.web.middleware.security_headers",
    "suivi.web.guards.refuse_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "suivi.web.guards.keep_private",
    "suivi.web.middleware.day_and_authority",
    "suivi.web.middleware.NamedErrors",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "suivi.web.urls"
WSGI_APPLICATION = "suivi.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "suivi.web.context.site",
            ],
        },
    },
]

# Accounts
AUTH_USER_MODEL = "core.Account"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
]

# Languages, days and moments
_languages = listed(_environment, "SUIVI_LANGUAGES", "en,fr,es")
LANGUAGE_CODE = _languages[0]
LANGUAGES = [(code, LANG_INFO.get(code, {}).get("name_local", code).capitalize()) for code in _languages]
FORMAT_MODULE_PATH = ["suivi.web.formats"]
LOCALE_PATHS = [Path(__file__).parent / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = time_zone(_environment).key

# How documents and pages set numbers, quotes and signs
set_house_forms(typography_forms(_environment))

# Mails, sent by `suivi work` alone
SUIVI_ADDRESS = (_environment.get("SUIVI_ADDRESS") or "http://127.0.0.1:8000").rstrip("/")
_mail = mail_settings(_environment)
SENDS_MAIL: bool = _mail.pop("SENDS_MAIL")
globals().update(_mail)

# Files: what visitors send, and what we give out. Names in the address carry a digest of the content, so
# browsers keep them for ever; `suivi serve` collects and compresses them when it starts.
STATIC_URL = "/static/"
STATIC_ROOT = _folders.static
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SUIVI_FILES_DIR},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A plan of 2,000 deliverables is corrected in one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
SUIVI_EVIDENCE_MEGABYTES = whole_number(_environment, "SUIVI_EVIDENCE_MEGABYTES", 25)

# What browsers are told
ALLOWED_HOSTS = listed(_environment, "SUIVI_HOSTS", "localhost,127.0.0.1,[::1]")
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if is_switched_on(_environment, "SUIVI_SECURE"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = _YEAR_IN_SECONDS
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Short lines on stderr; an error of a page comes with its traceback.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"short": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "short"}},
    "root": {"handlers": ["stderr"], "level": "INFO" if DEBUG else "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # a page not found is the visitor's affair
    },
}
