"""The pages of an access: what it rests on, and every condition with its answer."""

from django.utils.translation import gettext as _

from fsesys.core import clock, living
from fsesys.core.casepage import day
from fsesys.core.documents import LANGUAGES

from .. import access, explaining
from ..records import Project
from . import selectors
from .documents import TITLES, language


def letters(record, move, titles):
    """To whom the letter of a verb goes: known once there is a case."""
    person = getattr(record, "person", None)
    if person is None:
        return []
    to = f"{person.name}, {person.mail}" if person.mail else person.name
    return [{"title": titles[name], "to": to, "channel": dict(LANGUAGES)[language(person)]}
            for name in move.letters]  # fmt: skip


KIND = living.Kind(
    slug="access", base="/projects/", cases="/access-cases/",
    found=lambda pk: Project.objects.filter(pk=pk).first(), record=lambda case: case.project,
    letters=letters,
)  # fmt: skip


class Page(living.CasePage):
    process = "grant"

    def sections(self, case):
        pairs = [
            (_("Person"), str(case.person.researcher)), (_("Project"), str(case.project)),
            (_("Rests on"), case.agreement.number),
            (_("Asked by"), case.asked_by.name if case.asked_by else ""),
            (_("Asked on"), day(case.asked_on)),
        ]  # fmt: skip
        rows = [{"label": label, "value": value} for label, value in pairs if value]
        return [{"title": _("Access"), "rows": rows}, self.answer(case)]

    def answer(self, case):
        """Every condition as it stands now: of the grant, or were it granted now."""
        now = clock.now()
        if case.state in ("granted", "ended"):
            found = next(iter(access.register(now, case=case.pk)), None)
            reasons = explaining.explain(found, now) if found else []
        else:  # nothing was granted: what else the rule asks for
            trio = (case.person_id, case.project_id, case.agreement_id)
            (found,) = access.supposed([trio], now)
            reasons = [one for one in explaining.explain(found, now) if one.code != "granted"]
        told = {True: _("yes"), False: _("no")}
        rows = [{"label": told[one.holds], "value": one.words} for one in reasons]
        titles = {"granted": _("The access is open") if found and found.at(now)
                  else _("The access is closed"), "ended": _("Conditions now")}  # fmt: skip
        title = titles.get(case.state, _("Conditions beside the grant itself"))
        return {"title": title, "rows": rows}

    def url_of_person(self, case):
        return f"/researchers/{case.person.researcher.pk}/"


class Verb(living.VerbPage):
    def letters(self, case, move):
        return letters(case, move, self.titles)


urlpatterns = living.routes(KIND, "grant", page=Page, verb=Verb, titles=TITLES)
__all__ = ["KIND", "Page", "selectors", "urlpatterns"]
