"""When a result is refused, in which words: functions of (facts, typed).

Sources: domain.md 2.3 (ten questions, all right, three tries a day); issue 4, section 1.
"""

from django.utils.translation import gettext as _

from fsesys.core.wording import day

from ..kinds import FIRST_YEAR, YOUNGEST


def not_ahead(facts, typed):
    if typed is not None and typed["taken_on"] > facts.today:
        yield _("The test can not have been taken after today.")


def old_enough(facts, typed):
    if typed is not None:
        yield from too_early(typed["taken_on"], facts.birth_year)


def too_early(taken_on, birth_year):
    """A day on which the person, whose year of birth may be unknown, was not of working age."""
    first = (birth_year or FIRST_YEAR) + YOUNGEST
    if taken_on.year < first:
        yield _("The person can not have done this before %(year)d, at the age of %(age)d. Look at"
                " the day once more.") % {"year": first, "age": YOUNGEST}  # fmt: skip


def training_not_ahead(facts, typed):
    if typed is not None and typed["taken_on"] > facts.today:
        yield _("The training can not have taken place after today.")


def ident_open(facts, typed):
    if facts.closed:
        yield _("The ident %(ident)s is closed. Go on with the first record of this person.") % {
            "ident": facts.closed
        }


def within(facts, typed):
    if typed is not None and not 0 <= typed["correct"] <= facts.questions:
        yield _("The test has %(most)d questions: give 0 to %(most)d right answers.") % {
            "most": facts.questions
        }


def tries_left(facts, typed):
    if typed is not None and typed["tried"] >= facts.tries:
        yield _("%(count)d tries on %(day)s are on record; more than %(most)d a day are not"
                " allowed.") % {"count": typed["tried"], "day": day(typed["taken_on"]),
                                "most": facts.tries}  # fmt: skip


def not_passed(facts, typed):
    if typed is not None and typed["passed"]:
        yield _("A pass on %(day)s is on record already.") % {"day": day(typed["taken_on"])}
