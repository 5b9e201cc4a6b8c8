"""What every template may use: the office's names, the navigation, the count of my work."""

from functools import lru_cache, partial
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from . import roles

NAVIGATION = []  # (group, label, url name, roles): filled by the apps in ready()
COUNTS = {}  # url name -> function(person, roles held) of the words beside it, "" for none


def office(request):
    """The `office` variable of base.html."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    held = roles.held(user.person) if signed_in else frozenset()
    return {
        "office": {
            "unit": settings.UNIT_NAME, "system": settings.SYSTEM_NAME,
            "agency": settings.AGENCY_NAME, "demo": settings.FSESYS_DEMO,
            "search_url": "/search/", "person": user.person.name if signed_in else "",
            "roles": ", ".join(str(roles.LABELS[r]) for r in sorted(held)),
            "languages": _other_languages(get_language()),
            "signed_in": signed_in, "acts_for": _acts_for(user.person) if signed_in else "",
        },
        "nav": SimpleLazyObject(partial(_menu, request, held)) if signed_in else "",
    }  # fmt: skip


def _menu(request, held):
    """The menu as HTML; a page shows it beside the content and in its head, written once."""
    counts = {name: count(request.user.person, held) for name, count in COUNTS.items()
              if name in _names(held)}  # fmt: skip
    here = tuple(url for url in _names(held).values() if _is_at(request.path, url))
    told = frozenset(name for name, words in counts.items() if words)
    html = _written(held, here, told, get_language())
    for name in told:
        html = html.replace(_slot(name), escape(counts[name]))
    return SafeString(html)


@lru_cache(maxsize=1000)
def _written(held, here, told, _language):
    """The menu for these roles at these of its addresses, with a slot for each number."""
    return render_to_string("components/navigation.html", {"groups": _groups(held, here, told)})


def _slot(name):
    return f"[{name}]"


def _is_at(path, url):
    return path == url or (url != "/" and path.startswith(url))


@lru_cache(maxsize=1000)
def _names(held) -> dict:
    """{url name: address} of everything that the roles may open from the menu."""
    return {name: reverse(name) for _group, _label, name, allowed in NAVIGATION
            if held & set(allowed)}  # fmt: skip


@lru_cache
def _other_languages(language) -> list:
    """(code, name in that language) of the languages one may change to."""
    return [(code, capfirst(get_language_info(code)["name_local"]))
            for code, _name in settings.LANGUAGES if code != language]  # fmt: skip


def _acts_for(person):
    """Names of the people in whose seats the person acts today; asked only when there are any."""
    others = [pk for pk in roles.seats(person) if pk != person.pk]
    people = type(person).objects.filter(pk__in=others) if others else []
    return ", ".join(sorted(one.name for one in people))


def _order(entry) -> int:
    """Apps speak from the highest layer down; the seven processes are read from the first on."""
    layered = entry[0] in ("processes", "registers")
    return -NAVIGATION.index(entry) if layered else NAVIGATION.index(entry)


def _groups(held, here, told) -> list:
    groups = {}
    for group, label, name, _allowed in sorted(NAVIGATION, key=_order):
        if name in _names(held):
            url = _names(held)[name]
            groups.setdefault(group, []).append({
                "label": label, "url": url, "current": url in here,
                "count": _slot(name) if name in told else "",
            })  # fmt: skip
    titles = {"desk": _("Desk"), "processes": _("Processes"), "registers": _("Registers"),
              "office": _("Office")}  # fmt: skip
    return [{"label": title, "items": groups[group], "key": group}
            for group, title in titles.items() if group in groups]  # fmt: skip
