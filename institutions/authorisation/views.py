"""The pages of process 1: which facts are shown. What may be done is the door's to say."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from fsesys.core import casepage, roles, views
from fsesys.core.diagram import draw
from fsesys.core.documents import LANGUAGES
from fsesys.core.refusal import AlreadyDone, NotYours, Refused

from .. import kinds
from . import documents, receipt, selectors, signing
from .application import ApplicationForm
from .machine import MACHINE

PREVIEWED = {"agreement", "cover", "lapse", "withdrawal"}  # without anything typed


class Pages:
    process = "authorisation"
    load = staticmethod(selectors.load)
    home = "/authorisations/"


class AuthorisationPage(Pages, views.CasePage):
    def subject_url(self, case):
        return f"/institutions/{case.institution_id}/"

    def sections(self, case):
        institution, stated = case.institution, case
        right = case.enterprise_right or kinds.enterprise_right(institution.type)
        return [
            {"title": _("Institution"), "rows": casepage.rows(
                (_("Name"), institution.name), (_("CVR number"), institution.cvr),
                (_("EAN number"), institution.ean),
                (_("Kind"), institution.get_type_display()),
                (_("Price group"), institution.get_price_group_display()),
                (_("Enterprise data"), kinds.RIGHTS[right]),
                (_("Authorisation number"), institution.authorisation_number),
                (_("Mail domains"), ", ".join(institution.mail_domains)),
                (_("Address"), institution.address), (_("Web page"), institution.web),
            )},
            {"title": _("Application"), "rows": casepage.rows(
                (_("Received on"), casepage.day(stated.received_on)),
                (_("Schemes applied for"), ", ".join(str(kinds.SCHEMES[s]) for s in
                                                     stated.schemes)),
                (_("Researchers and analysts"), stated.staff_count),
                (_("Experienced with register data"), stated.experienced_count),
                (_("Environment"), stated.environment), (_("Security"), stated.security),
                (_("Purpose"), stated.purpose), (_("Ownership"), stated.ownership),
                (_("Earlier public work"), stated.public_work),
                (_("Not a double because"), stated.double_reason),
            )},
            {"title": _("Recommendation"), "rows": casepage.rows(
                (_("Recommendation"), stated.recommendation),
                (_("Reservations"), stated.reservations),
                (_("Agreement"), agreement(case)),
            )},
        ]  # fmt: skip

    def checklist(self, case):
        advised = [e for e in case.story if e.verb in ("recommend", "advise_against")]
        event = advised[-1] if advised else None
        return casepage.checklist(case, event, selectors.criteria)

    def superseded(self, case):
        versions = case.agreement_versions.exclude(pk=case.agreement_id)
        return set(versions.values_list("document_id", flat=True))

    def people(self, case):
        return casepage.rows(
            (_("FSE responsible"), case.responsible.name),
            (_("Responsible manager"), f"{case.head.name} {case.head.mail}"),
        )

    def alerts(self, case):
        return casepage.lapse(case)


def agreement(case):
    if not case.agreement_id:
        return ""
    number = case.agreement.document.number if case.agreement.document_id else _("draft")
    return _("version %(version)d, %(number)s") % {
        "version": case.agreement.version, "number": number,
    }  # fmt: skip


class AuthorisationVerb(Pages, views.VerbPage):
    def letters(self, case, move):
        language = dict(LANGUAGES)[case.language]
        return [self.letter(case, letter, language) for letter in move.letters]

    def letter(self, case, letter, language):
        url = f"{self.home}{case.number}/preview/{letter}/"
        title = documents.TITLES[documents.reminder_of(case) if letter == "reminder" else letter]
        inside = letter in ("recommendation", "agreement")
        return {
            "title": title, "channel": language,
            "to": _("stays on the case") if inside else f"{case.head.name}, {case.head.mail}",
            "preview_url": url if letter == "agreement" else "",
            "preview_typed_url": "" if inside else url,
        }  # fmt: skip


class Diagram(Pages, views.OfCase):
    def get(self, request, number):
        case = self.found(number)
        return HttpResponse(draw(MACHINE, case.state), content_type="image/svg+xml")


class RegisterApplication(Pages, views.Reader):
    """Seed steps 1-2: one page from application to case, doubles shown before saving."""

    may_read = frozenset({roles.SECRETARY})

    def get(self, request):
        return self.show(request, ApplicationForm(by=request.user), (), 200)

    def post(self, request):
        form = receipt.bound(request)
        if not form.is_valid():
            return self.show(request, form, (), 422)
        try:
            event = signing.register_application(
                by=request.user, key=form.cleaned_data["key"], **form.typed()
            )
        except AlreadyDone as done:
            event = done.event
            views.say_again(request, event)
        except NotYours as no:
            raise views.PermissionDenied(str(no)) from no
        except Refused as refused:
            return self.show(request, form, refused.refusals, 409)
        return HttpResponseRedirect(f"{self.home}{event.case.number}/", status=303)

    def show(self, request, form, refusals, status):
        move = MACHINE.move("register_application")
        page = {
            "home": self.home, "home_label": MACHINE.label, "url": self.home,
            "label": move.label, "verb": move.verb, "effects": move.effects,
            "letters": [{"title": documents.TITLES["receipt"], "to": _("the responsible manager"),
                         "channel": "", "preview_typed_url": f"{self.home}register/preview/"}],
            "refusals": list(refusals),
        }  # fmt: skip
        context = {"page": page, "form": form}
        return render(request, "cases/verb.html", context, status=status)
