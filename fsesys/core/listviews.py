"""The page of a list and its exports. Subclasses name the list and its queryset; no decisions."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from .listexport import FORMATS
from .lists import Register
from .views import Reader


class RegisterView(Reader):
    """GET shows a page; ?export=csv or xlsx hands out the same rows as a file."""

    register: type[Register]
    title = ""
    intro = ""
    actions: tuple = ()  # ((label, url name), ...) beside the heading
    template = "lists/register.html"

    def queryset(self):
        raise NotImplementedError

    def extra(self):
        """More context for a template of one's own."""
        return {}

    def get(self, request):
        register = self.register(request.GET, self.queryset())
        asked = register.one("export")
        if asked and asked not in FORMATS:
            register.problems.append(_("A list can be exported as CSV or XLSX only."))
        if asked and not register.problems:
            return register.export(asked)
        page = None if register.problems else register.page()
        context = {"register": register, "page": page, "title": self.title, "intro": self.intro,
                   "actions": self.actions, **self.extra()}  # fmt: skip
        return render(request, self.template, context, status=400 if register.problems else 200)
