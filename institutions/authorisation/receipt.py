"""The application while it is being typed: its form, and the case it would become, unsaved."""

from django.utils.translation import gettext as _

from fsesys.core.people import Person

from ..records import Institution, Organisation
from . import selectors
from .application import ApplicationForm
from .models import AuthorisationCase


def bound(request):
    """The form as posted, with the institutions that it may be a double of."""
    digits = "".join(c for c in request.POST.get("cvr", "")[:40] if c.isdigit())
    doubles = selectors.doubles(digits[-8:], request.POST.get("name_da", "")[:200])
    return ApplicationForm(data=request.POST, files=request.FILES, by=request.user, doubles=doubles)


def unborn(typed):
    """The case of the application, its institution and head, none of them saved."""
    parent = typed["parent_name"] and Organisation(pk=-1, name=typed["parent_name"])
    institution = typed["again"] or Institution(
        name_da=typed["name_da"], name_en=typed["name_en"], address=typed["address"],
        parent=parent or None,
    )  # fmt: skip
    return AuthorisationCase(
        number=_("PREVIEW"), institution=institution, head=Person(name=typed["head_name"]),
        received_on=typed["received_on"], language=typed["language"],
        responsible=typed["responsible"],
    )  # fmt: skip
