"""When a step on an association is refused, in which words: functions of (facts, typed).

`facts` is selectors.Facts; `typed` what was typed, or None while a button is previewed.
Sources: issue 4, section 1; domain.md 2.2, 2.7 and 2.9.
"""

import re

from django.utils.translation import gettext as _

from fsesys.core.wording import day
from institutions.authorisation.rules import copy_fits

from ..kinds import ANSWERED_FOR, FIRST_YEAR, TYPES, YOUNGEST

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
    """A person who is new to us, or is no researcher yet, is told in full; of a researcher only what
    has changed."""
    if typed is None:
        return
    new, year, latest = typed["new"], typed["new"]["birth_year"], typed["day"].year - YOUNGEST
    if not typed["on_record"]:
        yield from _named(typed["person"], new)
    elif year and typed["born"] and year != typed["born"]:
        yield _("%(person)s was born in %(year)d, as is on record. Leave the year empty here; a wrong"
                " one is corrected on an association of the person.") % {
            "person": typed["person"].name, "year": typed["born"]}  # fmt: skip
    if year and not FIRST_YEAR <= year <= latest:
        yield _("The year of birth lies between 1900 and %(year)d.") % {"year": latest}
    told = [new[name] for name in ("citizenship", "country")]
    if not all(COUNTRY.fullmatch(one) for one in told if one or not typed["on_record"]):
        yield _("Write citizenship and country of residence with two capital letters, such as DK.")


def _named(person, new):
    if person is None and not (new["name"].strip() and new["birth_year"]):
        yield _("Write name and year of birth of the person, or choose one who is on record.")
    elif not new["birth_year"]:
        yield _("%(person)s is on record, but is no researcher yet. Write year of birth, citizenship"
                " and country of residence too.") % {"person": person.name}  # fmt: skip


def received_by_today(facts, typed):
    if typed is not None and typed["received_on"] > typed["day"]:
        yield _("The request can not have been received after today.")


def main_record(facts, typed):
    if facts.same_as:
        yield _("This is a second record of %(person)s. Use the first one.") % {
            "person": facts.same_as
        }


def own_mail(facts, typed):
    if typed is not None:
        yield from unfit(facts.mail, facts.domains, typed["mail_of"])


def unfit(mail, domains, other):
    """A mail of no domain of the institution, nor one below, or of somebody else, `other`."""
    domain = mail.rpartition("@")[2].lower()
    if not any(domain == known or domain.endswith(f".{known}") for known in domains):
        yield _("“%(mail)s” is not a mail of the institution: its domains are %(domains)s.") % {
            "mail": mail, "domains": ", ".join(domains) or "-",
        }  # fmt: skip
    if other:
        yield _("The mail %(mail)s belongs to %(person)s on record. If both are one human being, link"
                " the two records first; else write the person's own mail.") % {
            "mail": mail, "person": other.name}  # fmt: skip


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


def answered_in_role(facts, typed):
    """Who approved or refused for the institution held the role for it that day."""
    if typed is None:
        return
    if typed["answered_on"] > facts.today:
        yield _("The institution can not have answered after today.")
    elif not typed["in_role"]:
        yield _("%(person)s was neither responsible nor substitute at the institution on"
                " %(day)s.") % {"person": typed["answerer"], "day": day(typed["answered_on"])}  # fmt: skip


def never_oneself(facts, typed):
    if typed is not None and typed["answered_by"] in facts.humans:
        yield _("Nobody approves or refuses their own association; somebody else of the institution"
                " must.")  # fmt: skip


def approval_filed(facts, typed):
    if typed is not None and not typed["upload"]:
        yield _("File the document in which the institution approved.")


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
    elif facts.since and typed["asked_on"] < facts.since:
        yield _("The association began on %(day)s; its end can not have been asked for before.") % {
            "day": day(facts.since)
        }
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
