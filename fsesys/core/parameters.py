"""Numbers of the office as dated rows with author and approver, never constants in code.

`DEFAULTS` names every parameter that exists with its origin in domain.md section 11; a row in
the table replaces the default from its date on.
"""

import datetime as dt
from itertools import pairwise

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import clock, guards, roles, written
from .refusal import Refused

DEFAULTS = {
    "min_experienced_researchers": (3, _("experienced researchers an environment must have")),
    "applicant_silence_days": (90, _("days of silence after the due date before a lapse")),
    "question_due_days": (20, _("working days an applicant has to answer")),
    "silence_reminder_days": (14, _("days before the lapse on which the applicant is reminded")),
    "countersign_reminder_days": (30, _("days after dispatch before the institution is reminded")),
    "countersign_lapse_days": (90, _("days after dispatch before a person may lapse the case")),
    "institution_review_months": (12, _("months between reviews of an authorisation")),
    "review_notice_days": (30, _("days before a yearly review on which it begins")),
    "letter_wait_minutes": (5, _("minutes a letter waits before it leaves")),
    "first_authorisation_number": (1, _("the first authorisation number given")),
    "target_evaluation": (20, _("working days for the evaluation")),
    "target_draft": (3, _("working days to draft the agreement")),
    "target_submit": (2, _("working days to submit")),
    "target_decision": (5, _("working days for the decision")),
    "target_signature": (3, _("working days for our signature")),
    "target_dispatch": (2, _("working days to send the agreement")),
    "target_countersign": (30, _("working days for the counter-signature")),
    "target_register": (2, _("working days to register the institution")),
    "target_association": (5, _("working days to activate an approved association")),
    "certification_months": (12, _("months a passed test is valid")),
    "certification_questions": (10, _("questions of the test, all to be right")),
    "certification_tries": (3, _("tries at the test in one day")),
    "certification_reminder_first": (30, _("days before the test is due on which we remind")),
    "certification_reminder_last": (7, _("days before the test is due on which we remind again")),
    "association_must_be_with_owner": (
        0,
        _("1: only people of the owner or of an allowed institution reach a project"),
    ),
    "proposal_two_officers": (0, _("1: a second officer confirms the approval of a proposal")),
    "max_project_databases_per_institution": (
        1,
        _("project databases that an institution may own"),
    ),
    "proposal_silence_days": (90, _("days of silence on a proposal before a lapse is prepared")),
    "enterprise_data_years": (1, _("years before restricted enterprise data may be used")),
    "project_warning_first": (90, _("days before a project ends on which we warn")),
    "project_warning_second": (30, _("days before a project ends on which we warn again")),
    "project_warning_last": (7, _("days before a project ends on which we warn last")),
    "first_project_number": (700001, _("the first project number given")),
    "register_complete_from": (0, _("day from which the access register is complete, YYYYMMDD")),
    "target_assessment": (20, _("working days to assess a proposal")),
    "target_access": (5, _("working days to decide a request for access")),
    "target_project_signature": (30, _("working days for the signatory to sign")),
}

SWITCHES = {"association_must_be_with_owner", "proposal_two_officers"}
MAY_BE_0 = {
    *SWITCHES,
    "register_complete_from",
    "letter_wait_minutes",
    "min_experienced_researchers",
}
MOST = 9_999_999  # a project number and more
APPROVERS = frozenset({roles.HEAD, roles.CHIEF})


class ParameterValue(models.Model):
    """A value in force from a date. Rows are never changed; a new row replaces from its date."""

    name = models.CharField(
        _("name"), max_length=60, choices=[(name, row[1]) for name, row in DEFAULTS.items()]
    )
    value = models.IntegerField(_("value"))
    from_on = models.DateField(_("in force from"))
    author = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    approver = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )
    summary = models.CharField(_("why"), max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        constraints = [
            models.UniqueConstraint(fields=["name", "from_on"], name="one_value_per_day"),
            models.CheckConstraint(
                condition=~models.Q(author=models.F("approver")), name="parameter_two_people"
            ),
        ]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.name} = {self.value} ({self.from_on})"


def parameters(on: dt.date | None = None, known: dt.datetime | None = None) -> dict:
    """Every parameter's value in force on the day (default: today), in one query for all days.

    known: as the office knew them at that instant (default: now).
    """
    on = on or clock.today()
    values = {name: row[0] for name, row in DEFAULTS.items()}
    return values | {
        name: value
        for name, value, since, told in _recorded()
        if since <= on and (known is None or told <= known)
    }


def days_of(name, value, known=None) -> list:
    """The spans, from midnight to midnight, in which the parameter had the value, as the office
    knew at the instant (default: now). None for no begin or no end."""
    told = [(clock.midnight(since), put) for one, put, since, recorded in _recorded()
            if one == name and (known is None or recorded <= known)]  # fmt: skip
    told = [(None, DEFAULTS[name][0]), *told, (None, None)]
    return [(since, until) for (since, put), (until, _next) in pairwise(told) if put == value]


def _recorded():
    """Every value ever recorded, the latest day last."""
    return clock.kept(("parameters",), lambda: written.told(_values))


def _values():
    rows = ParameterValue.objects.order_by("from_on")
    return rows.values_list("name", "value", "from_on", "recorded_at")


def put(name, value, *, from_on, author, approver, summary) -> ParameterValue:
    """The parameter has this value from the day on, as two people decided it (design.md section 8).

    from_on: dt.date, today or later: past days keep what they were decided under. author and
    approver: User. Raises Refused with every sentence that applies.
    """
    wrong = [*_wrong_value(name, value), *_wrong_people(author, approver)]
    if from_on < clock.today():
        wrong.append(_("The first day is before today: past days keep what was in force."))
    if ParameterValue.objects.filter(name=name, from_on=from_on).exists():
        wrong.append(_("There is a value from that day already; it stays."))
    if not summary:
        wrong.append(_("The reason is missing."))
    if wrong:
        raise Refused([str(words) for words in wrong])
    return ParameterValue.objects.create(
        name=name, value=value, from_on=from_on, author=author.person, approver=approver.person,
        summary=summary[:300], recorded_at=clock.read(),
    )  # fmt: skip


def _wrong_value(name, value):
    least = 0 if name in MAY_BE_0 else 1
    if name not in DEFAULTS:
        yield _("There is no parameter of this name.")
    elif name in SWITCHES and value not in (0, 1):
        yield _("The value is 0 (off) or 1 (on).")
    elif name == "register_complete_from" and value:
        try:
            dt.date.fromisoformat(str(value))
        except ValueError:
            yield _("The value is a day, written as YYYYMMDD.")
    elif not least <= value <= MOST:
        yield _("The value is a whole number from %(least)d on.") % {"least": least}


def _wrong_people(author, approver):
    if author.person_id in approver.person.human():
        yield _("Two people are needed: who wants the value does not approve it.")
    if not (approver.is_active and APPROVERS & roles.held(approver.person)):
        yield _("The head of FSE or the chief statistician approves a parameter.")
