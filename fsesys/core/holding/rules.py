"""When a verb of a hold is refused, in which words: functions of (facts, typed).

`facts` is selectors.Facts; `typed` what the head typed, or None while a button is previewed.
Source: issue 3 section 2.
"""

from django.utils.translation import gettext as _

from ..wording import day


def cause_given(facts, typed):
    if typed is not None and not typed["cause"].strip():
        yield _("Write the cause of the hold in a few words.")


def one_end(facts, typed):
    """Until a date or until a condition: exactly one of them."""
    if typed is None:
        return
    if bool(typed["until_on"]) == bool(typed["condition"].strip()):
        yield _("Give either the last day of the hold or what must have happened first: one of"
                " them, not both.")  # fmt: skip


def end_ahead(facts, typed):
    if typed is not None and typed["until_on"] and typed["until_on"] < facts.today:
        yield _("The last day of the hold can not lie before today.")


def later(facts, typed):
    """A hold is shortened by lifting it."""
    if typed is None or not (typed["until_on"] and facts.last_day):
        return
    if typed["until_on"] <= facts.last_day:
        yield _("The hold runs until %(day)s already. Give a later day, or lift the hold.") % {
            "day": day(facts.last_day)
        }


def still_running(facts, typed):
    if not facts.running:
        yield _("The hold was over after %(day)s. Place a new one if it is needed.") % {
            "day": day(facts.last_day)
        }


def precautionary(facts, typed):
    if not facts.precautionary:
        yield _("The hold is not precautionary: it is final already.")


def over(facts, typed):
    if facts.running and facts.last_day:
        yield _("The hold runs until %(day)s.") % {"day": day(facts.last_day)}
    elif facts.running:
        yield _("The hold runs until it is lifted.")
