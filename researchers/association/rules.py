"""When a step on an association is refused, in which words: functions of (facts, typed).

`facts` is selectors.Facts; `typed` what was typed, or None while a button is previewed.
Sources: issue 4, section 1; domain.md 2.2, 2.7 and 2.9.
"""

import re

from django.utils.translation import gettext as _

from fsesys.core.wording import day
from institutions.authorisation.rules import copy_fits

from ..kinds import ANSWERED_FOR, TYPES

__all__ = ["copy_fits"]
IDENT, COUNTRY = re.compile(r"[A-Z]{3,4}"), re.compile(r"[A-Z]{2}")


def authorised(facts, typed):
    if not facts.authorised:
        yield _("The institution is not authorised today.")


def in_full_force(facts, typed):
    yield from authorised(facts, typed)
    if facts.on_hold:
        yield _("The institution is suspended; nobody new is associated until the hold is lifted.")


def told_who(facts, typed):
    """A person who is new to us, or is no researcher yet, is told in full."""
    if typed is None or typed["on_record"]:
        return
    new = typed["new"]
    named = typed["person"] is not None or new["name"].strip()
    if not named or not new["birth_year"]:
        yield _("Write name and year of birth of the person, or choose one who is on record.")
    elif not 1900 <= new["birth_year"] <= typed["day"].year - 15:
        yield _("The year of birth lies between 1900 and %(year)d.") % {
            "year": typed["day"].year - 15
        }
    if not all(COUNTRY.fullmatch(new[name]) for name in ("citizenship", "country")):
        yield _("Write citizenship and country of residence with two capital letters, such as DK.")


def received_by_today(facts, typed):
    if typed is not None and typed["received_on"] > typed["day"]:
        yield _("The request can not have been received after today.")


def main_record(facts, typed):
    if facts.same_as:
        yield _("This is a second record of %(person)s. Use the first one.") % {
            "person": facts.same_as
        }


def mail_of_the_house(facts, typed):
    """The person's mail belongs to the institution: its domain, or one below it."""
    if typed is None:
        return
    domain = facts.mail.rpartition("@")[2].lower()
    if not any(domain == known or domain.endswith(f".{known}") for known in facts.domains):
        yield _("“%(mail)s” is not a mail of the institution: its domains are %(domains)s.") % {
            "mail": facts.mail, "domains": ", ".join(facts.domains) or "-",
        }  # fmt: skip


def both_papers(facts, typed):
    if typed is not None and not (typed["agreement"] and typed["declaration"]):
        yield _("File the agreement and the confidentiality declaration, both as PDF.")


def answered_for(facts, typed):
    """An employee of the institution answers for guests and students, and for nobody else."""
    if typed is None or not facts.type:
        return
    if facts.type not in ANSWERED_FOR:
        if facts.answerable:
            yield _("Only a guest or a student has an answerable employee. Leave it empty.")
    elif not facts.answerable:
        yield _("Name the employee of the institution who answers for the %(type)s.") % {
            "type": TYPES[facts.type]
        }
    elif facts.answerable_id in facts.humans:
        yield _("Nobody answers for themselves; name another employee of the institution.")
    elif not facts.answers:
        yield _("%(person)s is not associated with the institution as an employee today and can"
                " not answer for anybody.") % {"person": facts.answerable}  # fmt: skip


def needs_answerable(facts, typed):
    if facts.type not in ANSWERED_FOR:
        yield _("Only a guest or a student has an answerable employee.")


def fit_to_answer(facts, typed):
    """The employee who is to answer from now on."""
    if typed is None:
        return
    if typed["answerable"] in facts.humans:
        yield _("Nobody answers for themselves; name another employee of the institution.")
    elif not typed["answers"]:
        yield _("%(person)s is not associated with the institution as an employee today and can"
                " not answer for anybody.") % {"person": typed["name"]}  # fmt: skip


def doubles_confirmed(facts, typed):
    """Each likely double is named in a tick before a new person is put on record."""
    if typed is None:
        return
    for pk, words in typed["doubles"]:
        if pk not in typed["apart"]:
            yield _("%(person)s is on record and may be the same person. Choose that record, or"
                    " confirm by a tick that this is somebody else.") % {"person": words}  # fmt: skip


def approver_in_role(facts, typed):
    if typed is None:
        return
    if typed["approved_on"] > facts.today:
        yield _("The approval can not have been given after today.")
    elif not typed["in_role"]:
        yield _("%(person)s was neither responsible nor substitute at the institution on"
                " %(day)s.") % {"person": typed["approver"], "day": day(typed["approved_on"])}  # fmt: skip


def never_oneself(facts, typed):
    if typed is not None and typed["approved_by"] in facts.humans:
        yield _("Nobody approves their own association; somebody else of the institution must.")


def signed_by_person(facts, typed):
    if typed is not None and typed["signer"] not in facts.humans:
        yield _("The agreement must be signed by %(person)s, who is named in it.") % {
            "person": facts.person
        }


def signed_in_time(facts, typed):
    if typed is None:
        return
    if typed["signed_on"] > facts.today:
        yield _("The date of signature lies in the future.")
    elif facts.agreement_on and typed["signed_on"] < facts.agreement_on:
        yield _("The agreement was sent on %(day)s; it can not have been signed before.") % {
            "day": day(facts.agreement_on)
        }


def proof_seen(facts, typed):
    """Who of the staff saw which proof of identity on which day."""
    if typed is None:
        return
    if not typed["proof"]:
        yield _("Say which proof of identity was seen.")
    if typed["proof_on"] > facts.today:
        yield _("The proof of identity can not have been seen after today.")
    elif not typed["on_staff"]:
        yield _("%(person)s was not on our staff on %(day)s and can not have seen the proof.") % {
            "person": typed["witness"], "day": day(typed["proof_on"])
        }  # fmt: skip


def ident_fits(facts, typed):
    """Three or four capital letters that were never given to anybody else."""
    if typed is None:
        return
    if facts.ident and typed["ident"] != facts.ident:
        yield _("%(person)s has the ident %(ident)s, for ever.") % {
            "person": facts.person, "ident": facts.ident
        }  # fmt: skip
    elif not IDENT.fullmatch(typed["ident"]):
        yield _("An ident is three or four capital letters from A to Z.")
    elif typed["taken"]:
        yield _("The ident %(ident)s is taken for ever. Free is %(free)s.") % {
            "ident": typed["ident"], "free": typed["free"]
        }  # fmt: skip


def still_runs(facts, typed):
    if not facts.runs:
        yield _("The association has ended already.")


def spoken_for(facts, typed):
    """On the word of the person, or of who spoke for the institution that day."""
    if typed is None:
        return
    if typed["asked_on"] > facts.today:
        yield _("It can not have been said after today.")
    elif not typed["speaks"]:
        yield _("%(person)s was neither administrator, responsible nor substitute at the"
                " institution on %(day)s.") % {
            "person": typed["asker"], "day": day(typed["asked_on"])}  # fmt: skip
    if not typed["end_reason"].strip():
        yield _("Write why the association ends.")


def within(facts, typed):
    """The stated last day lies in the association: an end never makes it longer, and one that was
    told late is true from its own day on. Without a day it ends at this moment, before any other."""
    if typed is None or not facts.runs:
        return
    if (typed["last_on"] or facts.today) < facts.since:
        yield _("The association began on %(day)s; it can not have ended before.") % {
            "day": day(facts.since)
        }
    if facts.ends_on and typed["last_on"] and typed["last_on"] >= facts.ends_on:
        yield _("The association ends after %(day)s already; only an earlier end can be set.") % {
            "day": day(facts.ends_on)
        }
