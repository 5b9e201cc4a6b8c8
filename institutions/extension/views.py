"""Which facts an extension shows."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import day, rows
from fsesys.core.documents import LANGUAGES

from .. import kinds, living
from ..authorisation.documents import TITLES, reminder_of
from ..authorisation.views import AuthorisationPage, agreement

INSIDE = ("recommendation", "extension_agreement")


class Page(living.CasePage):
    process = "extension"
    checklist = AuthorisationPage.checklist
    superseded = AuthorisationPage.superseded

    def alerts(self, case):
        return living.gap_alert(case) + AuthorisationPage.alerts(self, case)

    def people(self, case):
        return rows(
            (_("FSE responsible"), case.responsible.name),
            (_("Responsible manager"), f"{case.head.name} {case.head.mail}"),
        )

    def sections(self, case):
        right = case.get_enterprise_right_display() if case.enterprise_right else ""
        return [
            {"title": _("Application"), "rows": rows(
                (_("Received on"), day(case.received_on)),
                (_("Further schemes"), ", ".join(str(kinds.SCHEMES[s]) for s in case.schemes)),
                (_("Enterprise data"), right), (_("Purpose"), case.purpose),
            )},
            {"title": _("Recommendation"), "rows": rows(
                (_("Recommendation"), case.recommendation),
                (_("Reservations"), case.reservations), (_("Agreement"), agreement(case)),
            )},
        ]  # fmt: skip


class Verb(living.VerbPage):
    process = "extension"

    def letters(self, case, move):
        names = [reminder_of(case) if name == "reminder" else name for name in move.letters]
        to, language = case.addressee, dict(LANGUAGES)[case.language]
        outside = f"{to.name}, {to.mail}" if to else case.institution.name
        return [{"title": TITLES[name], "channel": language, "to": _("stays on the case")
                 if name in INSIDE else outside} for name in names]  # fmt: skip


urlpatterns = living.routes("extension", page=Page, verb=Verb, titles=TITLES)
