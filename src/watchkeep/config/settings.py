"""Settings: wiring, nothing else. What an operator may set is an environment variable named WATCHKEEP_…"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from watchkeep.apps.history.key_file import write_once


def _secret_key(folder: Path) -> str:
    """The site's own key, made on first use; there is no default that could be left in place."""
    given = os.environ.get("WATCHKEEP_SECRET_KEY")
    if given:
        return given
    path = folder / "secret_key"
    if not path.exists():
        write_once(path, secrets.token_urlsafe(64))
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise ImproperlyConfigured(
            f"{path} is empty. Delete it, and a new key is made; everybody signs in again."
        )
    return key


def _yes(name: str, *, otherwise: bool) -> bool:
    """Read a switch; a word that is neither stops the start, since either could be the unsafe one."""
    said = os.environ.get(name, "").strip().lower()
    if not said:
        return otherwise
    if said in {"1", "yes", "true", "on"}:
        return True
    if said in {"0", "no", "false", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is “{said}”; it takes yes or no.")


@dataclass(frozen=True)
class _MailServer:
    """A server that mail is handed to. `security`: starttls, tls from the first byte, or none."""

    host: str
    port: int
    user: str
    password: str
    security: str


def _mail_server(url: str) -> _MailServer:
    """Read smtp:// (STARTTLS), smtps:// (TLS from the first byte) or smtp+plain:// (a safe line)."""
    found = urlsplit(url)
    kinds = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
    try:
        (security, usual), port = kinds[found.scheme], found.port
    except (KeyError, ValueError):
        found = urlsplit("")
    if not found.hostname:
        raise ImproperlyConfigured(
            "WATCHKEEP_SMTP_URL is not the address of a mail server; it takes smtp://user:password@host:587, "
            "smtps://… for TLS from the first byte, or smtp+plain://… where the line is safe in itself."
        )
    user, password = unquote(found.username or ""), unquote(found.password or "")
    return _MailServer(found.hostname, port or usual, user, password, security)


# --- Where things are ---------------------------------------------------------------------------------------

REPOSITORY = Path(__file__).resolve().parents[3]
HOME = Path(os.environ.get("WATCHKEEP_HOME") or REPOSITORY / "var").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
WATCHKEEP_HOME = HOME
WATCHKEEP_FILES = HOME / "files"  # every file brought in or published, under its digest

# --- Safety -------------------------------------------------------------------------------------------------

DEBUG = _yes("WATCHKEEP_DEBUG", otherwise=False)
SECRET_KEY = _secret_key(HOME)
_hosts = os.environ.get("WATCHKEEP_HOSTS") or "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = [name.strip() for name in _hosts.split(",") if name.strip()]
# The demo speaks http on loopback; anything that answers to another name is expected to stand behind https.
HTTPS = _yes("WATCHKEEP_HTTPS", otherwise=not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"})
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "watchkeep.web.errors.forgery"
# Nothing but our own files: no inline script or style, no frame, no other origin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Proof --------------------------------------------------------------------------------------------------

# Whoever can read the signing key can sign another history; a file that only another user of the machine may
# read keeps it from the site, and then only `watchkeep checkpoint`, run by that user, signs.
WATCHKEEP_SIGNING_KEY = Path(os.environ.get("WATCHKEEP_SIGNING_KEY") or HOME / "signing_key")
WATCHKEEP_SIGNING_KEY_ELSEWHERE = bool(os.environ.get("WATCHKEEP_SIGNING_KEY"))
WATCHKEEP_SIGNING_KEY_PUBLIC = HOME / "signing_key.pub"
# A file on another machine, or one that can only be added to, where checkpoints are kept as well.
WATCHKEEP_CHECKPOINTS = os.environ.get("WATCHKEEP_CHECKPOINTS", "")
WATCHKEEP_CHECKPOINT_MAIL = (os.environ.get("WATCHKEEP_CHECKPOINT_MAIL") or "").replace(",", " ").split()
WATCHKEEP_WITNESSES = (os.environ.get("WATCHKEEP_WITNESSES") or "").replace(",", " ").split()

# --- The parts ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "watchkeep.apps.history",
    "watchkeep.apps.people",
    "watchkeep.apps.discussion",
    "watchkeep.apps.register",
    "watchkeep.apps.treatment",
    "watchkeep.apps.indicators",
    "watchkeep.apps.evidence",
    "watchkeep.apps.reviews",
    "watchkeep.apps.notices",
    "watchkeep.apps.intake",
    "watchkeep.apps.publication",
    "watchkeep.apps.scrutiny",
    "watchkeep.apps.search",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "watchkeep.web.middleware.Sizes",  # before anything reads the request
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "watchkeep.web.middleware.Signs",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "watchkeep.web.looking_back.LookingBack",  # before Guard: who looks at the past may only read
    "watchkeep.web.middleware.Guard",  # default deny, by web/permissions.py
    "allauth.account.middleware.AccountMiddleware",  # last: it answers what django-allauth raises
]
ROOT_URLCONF = "watchkeep.config.urls"
WSGI_APPLICATION = "watchkeep.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parents[1] / "web"],  # each page's templates stand beside its views
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.filesystem.Loader"],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "watchkeep.web.components.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "watchkeep.web.context.page",
            ],
        },
    }
]
COTTON_DIR = "components"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The database -------------------------------------------------------------------------------------------

DATABASE_URL = os.environ.get("WATCHKEEP_DATABASE_URL") or f"sqlite:///{HOME / 'watchkeep.sqlite3'}"
_database: dict[str, Any] = dict(dj_database_url.parse(DATABASE_URL))
_database["CONN_MAX_AGE"] = None
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # else two readers that both want to write refuse each other
        "timeout": 20,
        # FULL: a commit that was acknowledged outlives a power cut. Recursive triggers: INSERT OR REPLACE
        # deletes a row, and must meet the trigger that forbids it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON;",
    }
else:
    _database.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=on"
DATABASES = {"default": _database}

# What several processes must count together; the table is made by a migration of apps/people.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_counts",
        # Django's own 300 would let whoever guesses crowd out the count of their guesses.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# --- Signing in ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["watchkeep.apps.people.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # the link in a mail, in seconds
ACCOUNT_ADAPTER = "watchkeep.web.sign_in.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; the sign-in form asks for the same
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator adds the address, and a link to it is what proves it
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "watchkeep.web.sign_in.tokens.Tokens"  # noqa: S105 (a class's name)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": "watchkeep.web.sign_in.forms.SignInForm",
    "reset_password": "watchkeep.web.sign_in.forms.ForgottenForm",
    "reset_password_from_key": "watchkeep.web.sign_in.forms.ChosenForm",
    "user_token": "watchkeep.web.sign_in.forms.TokenForm",
    "change_password": "watchkeep.web.sign_in.forms.ChangeForm",
    "reauthenticate": "watchkeep.web.sign_in.forms.AgainForm",
}
ACCOUNT_RATE_LIMITS = {
    # One person at a time, and one place at a time: see web/sign_in/adapter.py.
    "sign_in_known": "10/15m/key",
    "sign_in_pair": "5/15m/key",
    "sign_in_account": "20/15m/key",
    "sign_in_place": "100/15m/ip",
    "login": "300/m/ip",  # a whole organisation may come from one address in the morning
    "login_failed": "5/15m/key",  # codes of a second factor
    "reset_password": "20/m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Watchkeep"
MFA_ADAPTER = "watchkeep.web.sign_in.secrets.SecretKeeper"
MFA_FORMS = {
    "authenticate": "watchkeep.web.sign_in.forms.CodeForm",
    "reauthenticate": "watchkeep.web.sign_in.forms.CodeAgainForm",
    "activate_totp": "watchkeep.web.sign_in.forms.TurnOnForm",
    "deactivate_totp": "watchkeep.web.sign_in.forms.TurnOffForm",
    "generate_recovery_codes": "watchkeep.web.sign_in.forms.NewCodesForm",
}
# How many servers of ours a request has passed: the last of them says where it comes from.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("WATCHKEEP_PROXIES") or (1 if HTTPS else 0))
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# --- Mail ---------------------------------------------------------------------------------------------------

# The server, as one address; without it every mail is written to the terminal instead of being sent.
WATCHKEEP_SMTP_URL = os.environ.get("WATCHKEEP_SMTP_URL", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("WATCHKEEP_MAIL_FROM") or "watchkeep@localhost"
# Where links in a mail lead. A mail that a request asks for takes the name that the request came by, which
# WATCHKEEP_HOSTS has let in; one that a job sends has no request.
WATCHKEEP_SITE = (
    os.environ.get("WATCHKEEP_SITE") or f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
).rstrip("/")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 20
if WATCHKEEP_SMTP_URL:
    _mail = _mail_server(WATCHKEEP_SMTP_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.security == "starttls", _mail.security == "tls"

# --- Feeds --------------------------------------------------------------------------------------------------

# What readings may be pulled from: hosts by name, with a port where it is not the usual one; and the networks
# that are not for everybody (as 10.1.2.0/24) in which such a host may lie. Without them nothing is reached.
WATCHKEEP_FEED_HOSTS = (os.environ.get("WATCHKEEP_FEED_HOSTS") or "").replace(",", " ").split()
WATCHKEEP_FEED_NETWORKS = (os.environ.get("WATCHKEEP_FEED_NETWORKS") or "").replace(",", " ").split()

# --- What is told to whoever runs it ------------------------------------------------------------------------

# Django's own setup tells nobody of a fault once DEBUG is off, unless it can send mail.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},  # anybody's to send, daily
        "watchkeep": {"handlers": ["stderr"], "level": "INFO"},
    },
}

# --- Language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- Files of the site --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).resolve().parents[1] / "web" / "static"]
WHITENOISE_USE_FINDERS = True  # served from where they stand: there is no collecting step to forget
WHITENOISE_MAX_AGE = 86_400  # pages name them with the version, so a new version is fetched at once
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
WATCHKEEP_UPLOAD_LIMIT = 25 * 1024 * 1024  # bytes in one file brought in
