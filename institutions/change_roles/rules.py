"""When a change of roles is refused: functions of (facts, typed), no queries.

Who asked, when and in what form is tested by the rules of the change of responsible person.
"""

from django.utils.translation import gettext as _

from fsesys.core import clock
from fsesys.core.wording import day


def begins_within(facts, typed):
    if typed is not None and facts.authorised_on and typed["from_on"] < facts.authorised_on:
        yield _("The institution is authorised since %(day)s; no role begins before.") % {
            "day": day(facts.authorised_on)
        }


def not_responsible(facts, typed):
    """domain.md 16: the responsible person is not their own substitute, on any day."""
    if typed is None or typed["role"] != "substitute":
        return
    if any(one.role == "responsible" for one in _of(facts, typed)):
        yield _(
            "%(person)s is responsible on that day or later; nobody is their own substitute."
        ) % {"person": typed["name"]}


def not_twice(facts, typed):
    if typed is None:
        return
    twin = next((one for one in _of(facts, typed) if one.role == typed["role"]), None)
    if twin:
        yield _("%(person)s has that role since %(day)s already.") % {
            "person": twin.name, "day": day(clock.day_of(twin.from_at)),
        }  # fmt: skip


def _of(facts, typed):
    """What the person of that mail holds after the role is to begin."""
    return [one for one in facts.held
            if one.mail == typed["mail"].lower() and one.reaches(typed["from_at"])]  # fmt: skip


def some_role_held(facts, typed):
    ending = [one for one in facts.held if one.role != "responsible" and one.reaches(facts.at)]
    if not ending:
        yield _("Nobody but the responsible person holds a role here today.")
    elif typed is not None and typed["holding"] not in [one.pk for one in ending]:
        yield _("That role is not held any more. Open the page again.")


def ends_sooner(facts, typed):
    one = typed and next((one for one in facts.held if one.pk == typed["holding"]), None)
    if not one:
        return
    begun = clock.day_of(one.from_at)
    if typed["last_on"] < begun:
        yield _("The role began on %(day)s and can not have ended before.") % {"day": day(begun)}
    elif one.to_at and typed["last_on"] >= clock.last_day(one.to_at):
        yield _("The role ends on %(day)s already.") % {"day": day(clock.last_day(one.to_at))}
