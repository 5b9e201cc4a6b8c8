"""What every template may use: the office's names, the navigation, the count of my work."""

from functools import partial

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
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
            "signed_in": signed_in, "acts_for": _acts_for(user.person) if signed_in else "",
        },
        "nav": SimpleLazyObject(partial(_menu, request, held)) if signed_in else "",
    }  # fmt: skip


def _menu(request, held):
    """The menu as HTML; a page shows it beside the content and in its head, written once."""
    groups = list(_navigation(request, held))
    return render_to_string("components/navigation.html", {"groups": groups})


def _acts_for(person):
    """Names of the people in whose seats the person acts today; asked only when there are any."""
    others = [pk for pk in roles.seats(person) if pk != person.pk]
    people = type(person).objects.filter(pk__in=others) if others else []
    return ", ".join(sorted(one.name for one in people))


def _order(entry) -> int:
    """Apps speak from the highest layer down; the seven processes are read from the first on."""
    layered = entry[0] in ("processes", "registers")
    return -NAVIGATION.index(entry) if layered else NAVIGATION.index(entry)


def _navigation(request, held):
    groups = {}
    for group, label, name, allowed in sorted(NAVIGATION, key=_order):
        if held & set(allowed):
            url = reverse(name)
            current = request.path == url or (url != "/" and request.path.startswith(url))
            item = {"label": label, "url": url, "current": current}
            if name in COUNTS:  # asked once, and only by a page that shows it
                count = partial(COUNTS[name], request.user.person, held)
                item["count"] = SimpleLazyObject(count)
            groups.setdefault(group, []).append(item)
    titles = {"desk": _("Desk"), "processes": _("Processes"), "registers": _("Registers"),
              "office": _("Office")}  # fmt: skip
    for group, title in titles.items():
        if group in groups:
            yield {"label": title, "items": groups[group], "key": group}
