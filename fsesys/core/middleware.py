"""One instant and one language per request; headers on every answer; sign-in everywhere."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from . import clock

PUBLIC = "/apply/"  # for anybody, the same for everybody: no account is looked up
OPEN_PATHS = (PUBLIC, "/sign-in/", "/static/", "/favicon.ico", "/admin/login/", "/healthy/",
              "/admin/jsi18n/", "/language/")  # fmt: skip

FILES_AT_ONCE = 3  # an application with its annexes


class Headers:
    """What django's own middleware and the CSP do not set."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = _too_large(request) or self.get_response(request)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=()")
        if not request.path.startswith("/static/") and not _says_itself(request, response):
            add_never_cache_headers(response)
            response.headers["Cache-Control"] += ", no-store"
        return response


class Office:
    """Signed in on every page but the open ones; the account's language; one instant."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        _refuse_nul(request)
        try:
            return self.answer(request)
        except OperationalError:
            return unavailable()

    def answer(self, request):
        with clock.request_time(reads=request.method in ("GET", "HEAD")):
            if request.path.startswith(PUBLIC):
                return self.get_response(request)
            if request.user.is_authenticated:
                if not request.user.is_active:
                    request.session.flush()
                    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = request.user.language
            elif not f"{request.path.rstrip('/')}/".startswith(OPEN_PATHS):
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            return self.get_response(request)

    def process_exception(self, request, exception):
        """A database that is restarting or a lock that waits too long: say so (503)."""
        if isinstance(exception, OperationalError):
            return unavailable()
        return None


def _says_itself(request, response) -> bool:
    """A public page may say itself how long it is kept; no other page may be kept at all."""
    return request.path.startswith(PUBLIC) and response.has_header("Cache-Control")


def unavailable():
    """The page for a database that does not answer; itself it asks the database nothing."""
    return HttpResponse(render_to_string("503.html"), status=503)


def _too_large(request):
    """Refuse a body over the limit before a byte of it is read (413)."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = settings.FSESYS_MAX_UPLOAD_MB * FILES_AT_ONCE * 1024 * 1024
    if length.isdecimal() and int(length) <= limit:
        return None
    return render(request, "413.html", {"limit": settings.FSESYS_MAX_UPLOAD_MB}, status=413)


def _refuse_nul(request):
    """PostgreSQL cannot hold NUL; refuse it as a bad request before anything is read."""
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest("NUL")
