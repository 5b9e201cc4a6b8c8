"""Which facts a change of responsible person shows."""

from django.utils.translation import gettext as _

from fsesys.core import clock
from fsesys.core.casepage import day, rows
from fsesys.core.documents import LANGUAGES

from .. import living, selectors
from .documents import TITLES


class Page(living.CasePage):
    process = "change_of_responsible"

    def alerts(self, case):
        coming = "" if case.closed_at else selectors.coming_head(case.institution_id, clock.now())
        return super().alerts(case) + [coming] * bool(coming)

    def sections(self, case):
        return [{"title": _("The change"), "rows": rows(
            (_("New responsible person"), f"{case.person.name} {case.person.mail}"),
            (_("Former responsible person"), case.former.name if case.former else ""),
            (_("Asked for by"), f"{case.asked_by} ({case.get_asked_as_display()})"),
            (_("Asked on"), day(case.asked_on)),
            (_("Channel"), case.get_channel_display()),
            (_("Last day of the former person"), day(case.left_on)),
            (_("Not before"), day(case.from_on)),
        )}]  # fmt: skip


def letters(institution, move, person=None):
    """All letters go to the new person; of the change itself the former person is told too."""
    to = f"{person.name}, {person.mail}" if person else _("the new responsible person")
    language = dict(LANGUAGES)[institution.language]
    return [{"title": TITLES[name], "to": to, "channel": language} for name in move.letters]


class Opening(living.Opening):
    def letters(self, record, move):
        return letters(record, move)


class Verb(living.VerbPage):
    def letters(self, case, move):
        return letters(case.institution, move, case.person)


urlpatterns = living.routes("change_of_responsible", Opening, Page, Verb)
