"""When a change of responsible person is refused: functions of (facts, typed), no queries."""

from django.utils.translation import gettext as _

from fsesys.core.wording import day


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


def asker_fits(facts, typed):
    """Who speaks for the institution: its responsible person, a substitute, or its management."""
    if typed is None or typed["asked_as"] == "management":
        return
    names = (
        [facts.responsible] if typed["asked_as"] == "responsible" else facts.substitutes.values()
    )
    names = sorted(filter(None, names))
    if typed["asked_by"].strip().casefold() not in [name.casefold() for name in names]:
        yield _("“%(name)s” does not hold that role today: %(people)s.") % {
            "name": typed["asked_by"], "people": ", ".join(names) or _("nobody does"),
        }  # fmt: skip


def in_writing(facts, typed):
    if typed is not None and typed["channel"] != "phone" and not typed["filed"]:
        yield _("File the letter or mail that asked for it; only what was said by phone has none.")


def begins_under(facts, typed):
    """A role that begins under an authorisation ends with it, and none begins after."""
    begins = (typed or {}).get("from_on") or facts.from_on
    if begins and facts.authorised_until and begins > facts.authorised_until:
        yield _("The authorisation ends on %(day)s; no role begins after that.") % {
            "day": day(facts.authorised_until)
        }


def begins_ahead(facts, typed):
    if typed is not None and typed["from_on"] and typed["from_on"] < facts.today:
        yield _("The role begins with the signature. Write a day ahead, or leave it empty.")


def still_no_substitute(facts, typed):
    """Somebody may have made the new person a substitute since the change was asked for."""
    if facts.person_mail.lower() in facts.substitutes and not facts.ends_substitute:
        yield _("%(person)s is a substitute by now. End that role first.") % {
            "person": facts.person_name
        }


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
            "person": facts.responsible, "day": day(facts.responsible_since),
        }  # fmt: skip
    elif not facts.responsible:
        yield _("Nobody is responsible today, so nobody can have left.")


def reachable(facts, typed):
    if typed is not None and "@" not in typed["mail"]:
        yield _("Write the mail of the new person.")


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
            "day": day(facts.opened_on)
        }
