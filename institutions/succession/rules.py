"""When a succession is refused: functions of (facts, typed), no queries."""

from django.utils.translation import gettext as _

from fsesys.core import wording


def ever_authorised(facts, typed):
    if not facts.ever_authorised:
        yield _("The institution was never authorised: there is nothing to succeed to.")


def another(facts, typed):
    if typed is not None and typed["successor"] == facts.institution:
        yield _("An institution can not succeed itself.")


def successor_authorised(facts, typed):
    if typed is not None and not typed["authorised"]:
        yield _("The successor is not authorised on %(day)s.") % {
            "day": wording.day(typed["from_on"])
        }


def no_circle(facts, typed):
    if typed is not None and facts.institution in typed["line"]:
        yield _("The successor is itself succeeded by this institution: that would be a circle.")


def only_one(facts, typed):
    if facts.successor:
        yield _("The institution is succeeded by %(name)s already.") % {"name": facts.successor}


def begun(facts, typed):
    if typed is not None and typed["from_on"] > facts.today:
        yield _("The day of the succession can not lie after today.")
