"""Django's settings, all read from the environment (see ``config/environment.py``); safe in production as they are."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from config.environment import read
from config.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read()

DATA_DIR = (BASE_DIR / ENVIRONMENT["BAOZANG_DATA"]).resolve()
INDEX_DIR = Path(ENVIRONMENT["BAOZANG_INDEX"] or DATA_DIR / "index")
SEED_DIR = BASE_DIR / "seeds"

SECRET_KEY = ENVIRONMENT["BAOZANG_SECRET_KEY"] or secret_key(DATA_DIR)
DEBUG = ENVIRONMENT["BAOZANG_DEBUG"]
ALLOWED_HOSTS = ENVIRONMENT["BAOZANG_HOSTS"]
CSRF_TRUSTED_ORIGINS = ENVIRONMENT["BAOZANG_ORIGINS"]

INSTALLED_APPS = [
    "config",
    "archive",
    "search",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.ChosenLanguageMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
]

# IMMEDIATE takes the write lock when a transaction begins: a deferred one that reads and then writes fails at once when
# another process wrote in between, whatever the timeout.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT["BAOZANG_DATABASE"] or DATA_DIR / "baozang.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=67108864;"
                "PRAGMA cache_size=-20000;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = ENVIRONMENT["BAOZANG_LANGUAGE"]
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = ENVIRONMENT["BAOZANG_TIME_ZONE"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

HTTPS = ENVIRONMENT["BAOZANG_HTTPS"]
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = ENVIRONMENT["BAOZANG_HSTS_SECONDS"] if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and ENVIRONMENT["BAOZANG_HSTS_SUBDOMAINS"]
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS and ENVIRONMENT["BAOZANG_HSTS_PRELOAD"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = ENVIRONMENT["BAOZANG_PROXY"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
    }
}

PORT = ENVIRONMENT["BAOZANG_PORT"]
SITE_NAME = ENVIRONMENT["BAOZANG_SITE_NAME"]
DEFAULT_NEWSPAPER = ENVIRONMENT["BAOZANG_NEWSPAPER"]
MAX_DUMP_BYTES = ENVIRONMENT["BAOZANG_MAX_DUMP_MB"] * 1024 * 1024
SEARCH_ENGINE = ENVIRONMENT["BAOZANG_SEARCH_ENGINE"]
SEARCH_RATE = ENVIRONMENT["BAOZANG_SEARCH_RATE"]
FOOTER = {name: ENVIRONMENT[f"BAOZANG_{name.upper()}"] for name in ("copyright", "contact", "icp", "police")}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"jieba": {"level": "WARNING"}},
}
