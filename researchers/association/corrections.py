"""What can be corrected on an association, what rests on it, and where the value is kept."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable, column, not_ahead, own
from fsesys.core.documents import LANGUAGES
from fsesys.core.forms import DayField
from fsesys.core.misspelt import of_person
from fsesys.core.people import Person
from fsesys.core.wording import day
from institutions import resigning
from institutions.changes.selectors import as_of

from ..kinds import FIRST_YEAR, YOUNGEST
from ..records import Researcher
from . import selectors
from .models import AssociationCase
from .rules import COUNTRY, unfit

GONE_OUT = ("register_approval", "activate", "import")  # what we wrote names the person
BEGUN, ENDED = ("activate", "import"), ("end", "import")


def _elsewhere(case):
    """The other associations of the human being: what is said of the person rests on all."""
    rows = AssociationCase.objects.filter(person__in=case.person.human()).exclude(pk=case.pk)
    return rows.order_by("pk")


def _answered(case, value):
    yield from not_ahead(case, value)
    if not selectors.may_answer(case, case.answered_by, value):
        yield _now("%(person)s was neither responsible nor substitute at the institution on"
                   " %(day)s.") % {"person": case.answered_by.name, "day": day(value)}  # fmt: skip


def _change_person(event, person, **right):
    for name, value in right.items():
        setattr(person, name, value)
    person._history_user = event.by.account
    person.save()


def _named(case, value):
    return {"subject_label": f"{value}, {case.institution}"[:300]}


def _of_researcher(name, label, make, **known):
    """A column of the person's record as a researcher."""

    def write(event, value):
        researcher = Researcher.objects.get(person=event.case.person_id)
        setattr(researcher, name, value)
        researcher._history_user = event.by.account
        researcher.save()

    return Correctable(name, label, lambda case: getattr(case.person.researcher, name), make,
                       rests=GONE_OUT, others=_elsewhere, write=write, **known)  # fmt: skip


def _own_mail(case, value):
    domains = as_of(case.institution, clock.now()).mail_domains
    yield from unfit(value, domains, selectors.mail_of(value, case.person.human()))


def _mail(event, value):
    """The person's own mail too, where it was taken from the case."""
    case, person = event.case, Person.objects.get(pk=event.case.person_id)
    rows = type(case).history.filter(number=case.number, revision=event.revision - 1)
    former = rows.order_by("-history_id").first()
    if former and former.mail == person.mail:
        _change_person(event, person, mail=value)


def _country(case, value):
    if not COUNTRY.fullmatch(value):
        yield _now("Write citizenship and country of residence with two capital letters, such"
                   " as DK.")  # fmt: skip


def _since(case):
    return clock.day_of(selectors.latest(case).from_at)


def _begun(case, value):
    fact = selectors.latest(case)
    yield from not_ahead(case, value)
    if fact.to_at and value > clock.last_day(fact.to_at):
        yield _now("The last day can not lie before the first.")


def _begin(event, value):
    facts.replace(selectors.latest(event.case), at=event.at, by=event.by, event=event,
                  from_at=clock.midnight(value))  # fmt: skip


def _has_ended(case):
    fact = selectors.latest(case)
    return bool(fact and fact.to_at and own(fact, case))


def _last(case):
    return clock.last_day(selectors.latest(case).to_at)


def _over(case, value):
    if value < _since(case):
        yield _now("The association began on %(day)s; it can not have ended before.") % {
            "day": day(_since(case))
        }


def _end(event, value):
    facts.replace(selectors.latest(event.case), at=event.at, by=event.by, event=event,
                  to_at=clock.after(value))  # fmt: skip


def _line(most):
    return lambda: forms.CharField(max_length=most)


CORRECTABLE = (
    column("received_on", _("Received on"), DayField, check=not_ahead),
    of_person("name", _("Name"), _line(200), rests=GONE_OUT, others=_elsewhere, also=_named),
    of_person("title", _("Title"), lambda: forms.CharField(max_length=200, required=False),
              rests=GONE_OUT, others=_elsewhere),
    _of_researcher("birth_year", _("Year of birth"),
                   lambda: forms.IntegerField(
                       min_value=FIRST_YEAR, max_value=clock.today().year - YOUNGEST)),
    _of_researcher("citizenship", _("Citizenship"), _line(2), check=_country),
    _of_researcher("country", _("Country of residence"), _line(2), check=_country),
    _of_researcher("employer", _("Employer, where it is not the institution"),
                   lambda: forms.CharField(max_length=200, required=False), says=None),
    _of_researcher("language", _("Language of letters"),
                   lambda: forms.ChoiceField(choices=LANGUAGES), says=None,
                   say=lambda value: str(dict(LANGUAGES).get(value, ""))),
    column("answered_on", _("Day of the institution's answer"), DayField, rests=("activate",),
           check=_answered, says=("approved_on",), here=lambda case: case.answered_on is not None),
    column("mail", _("Mail at the institution"), lambda: forms.EmailField(max_length=254),
           rests=GONE_OUT, check=_own_mail, write=_mail, reaches=lambda case: case.mail),
    resigning.signed_on(_("Day of the signature"), "activate", selectors.agreement),
    Correctable("began_on", _("First day"), _since, DayField, rests=BEGUN, check=_begun,
                says=("association_welcome.day",), write=_begin, here=lambda case: selectors.latest(case) is not None),
    Correctable("ended_on", _("Last day"), _last, DayField, rests=ENDED, column="ended_on",
                says=("last_on",), check=_over, write=_end, here=_has_ended),
)  # fmt: skip
