"""The pages of an association: opened on the institution's page, then on the person's record."""

from django.utils.translation import gettext as _

from fsesys.core import clock, living
from fsesys.core.casepage import day, rows
from institutions import living as institutions

from .. import living as researchers
from .. import standing
from . import selectors
from .documents import TITLES

KIND = living.Kind(
    slug=institutions.ON, base="/institutions/", cases="/association-cases/",
    found=institutions.KIND.found, record=lambda case: case.institution,
    alerts=institutions.gap_alert,
)  # fmt: skip


def at_home(case):
    """The way back: the case is found on the record of the person."""
    return {"home": researchers.KIND.url(case), "home_label": str(case.person.researcher)}


class Page(living.CasePage):
    process = "association"

    def crumb(self, case):
        return at_home(case)

    def alerts(self, case):
        return [*super().alerts(case), *self.runs_on(case)]

    def runs_on(self, case):
        """The state says that the end is decided; until when it runs is said by the fact."""
        fact = selectors.running(case, clock.now()) if case.state == "ended" else None
        if fact and fact.to_at:
            yield _("The association runs until its last day, %(day)s. Accesses that rest on it stay"
                    " open until then.") % {"day": day(clock.last_day(fact.to_at))}  # fmt: skip

    def sections(self, case):
        refused = case.state == "refused"
        researcher, fact = case.person.researcher, selectors.latest(case)
        return [
            {"title": _("Association"), "rows": rows(
                (_("Person"), str(researcher)), (_("Title"), case.person.title),
                (_("Mail at the institution"), case.mail),
                (_("Institution"), str(case.institution)),
                (_("Type of association"), case.get_type_display()),
                (_("Answerable employee"), case.answerable.name if case.answerable else ""),
                (_("Request received on"), day(case.received_on)),
                (_("Associated"), standing.span(fact) if fact else ""),
            )},
            {"title": _("Answer and end"), "rows": rows(
                (_("Refused by") if refused else _("Approved by"),
                 case.answered_by.name if case.answered_by else ""),
                (_("Refused on") if refused else _("Approved on"), day(case.answered_on)),
                (_("Channel"), case.get_answer_channel_display()),
                (_("On whose word"), case.asked_by.name if case.asked_by else ""),
                (_("Said on"), day(case.asked_on)), (_("Why it ends"), case.end_reason),
                (_("Last day"), day(case.ended_on)),
            )},
        ]  # fmt: skip


class Verb(living.VerbPage):
    def context(self, case, move, form, refusals):
        context = super().context(case, move, form, refusals)
        context["page"] |= at_home(case)
        return context

    def letters(self, case, move):
        return researchers.letters(case.person.researcher, move, self.titles, case.mail)


urlpatterns = living.routes(KIND, "association", page=Page, verb=Verb, titles=TITLES)
