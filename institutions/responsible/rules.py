"""When a change of responsible person is refused: functions of (facts, typed), no queries."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def _day(day):
    return date_format(day, "j. F Y")


def authorised(facts, typed):
    if not facts.authorised:
        yield _("The institution is not authorised today.")


def somebody_else(facts, typed):
    if typed is None:
        return
    if typed["mail"].lower() == facts.responsible_mail.lower() and facts.responsible:
        yield _("%(person)s is the responsible person already.") % {"person": facts.responsible}
    if typed["mail"].lower() in facts.substitutes and not typed["ends_substitute"]:
        yield _("The new person is a substitute today. Tick that this role ends with the change.")


def asked_before(facts, typed):
    if typed is not None and typed["asked_on"] > facts.today:
        yield _("It can not have been asked for after today.")


def left_before(facts, typed):
    if typed is None or not typed["left_on"]:
        return
    if typed["left_on"] > facts.today:
        yield _("Write a day on which the former person has left already, or leave it empty.")
    elif facts.responsible_since and typed["left_on"] < facts.responsible_since:
        yield _("%(person)s became responsible on %(day)s and can not have left before.") % {
            "person": facts.responsible, "day": _day(facts.responsible_since),
        }  # fmt: skip
    elif not facts.responsible:
        yield _("Nobody is responsible today, so nobody can have left.")


def reachable(facts, typed):
    if typed is not None and "@" not in typed["mail"]:
        yield _("Write the mail of the new person.")


def copy_fits(facts, typed):
    if typed is not None:
        yield from typed["misfits"]


def signed_by_new(facts, typed):
    if typed is not None and typed["signer"] != facts.person:
        yield _("The declaration must be signed by %(person)s, who is named in it.") % {
            "person": facts.person_name
        }


def signed_in_time(facts, typed):
    if typed is None:
        return
    if typed["signed_on"] > facts.today:
        yield _("The date of signature lies in the future.")
    elif facts.opened_on and typed["signed_on"] < facts.opened_on:
        yield _("The declaration was sent on %(day)s; it can not have been signed before.") % {
            "day": _day(facts.opened_on)
        }
