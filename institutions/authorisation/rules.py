"""When a verb of process 1 is refused, in which words: functions of (facts, typed).

`facts` is selectors.Facts; `typed` is what staff typed, or None while a button is previewed.
No queries and no model imports here. Sources: domain.md 1.2, 1.4; the issue's verb table. The
rules of an application are asked with no facts: there is no case yet.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsesys.core.rules import when
from fsesys.core.wording import day

from .. import formats, kinds


def questions_asked(facts, typed):
    if typed is not None and not typed["questions"]:
        yield _("Write at least one question.")


def due_date_ahead(facts, typed):
    if typed is not None and typed["due_on"] <= facts.today:
        yield _("The date to answer by must lie after today.")


def question_open(facts, typed):
    if typed is None or typed["question"] in facts.open_questions:
        return
    closed = facts.closed_questions.get(typed["question"])
    if closed:
        words = _("That question was closed by %(person)s on %(when)s.")
        yield words % {"person": closed[0], "when": when(closed[1])}
    else:
        yield _("That question is not open on this case. Choose one of the open questions.")


def answer_given(facts, typed):
    if typed is None:
        return
    if not typed["answer"].strip():
        yield _("Write the answer, or name the document that holds it.")
    if typed["answered_on"] > facts.today:
        yield _("The answer can not have come in after today.")
    elif typed["asked_on"] and typed["answered_on"] < typed["asked_on"]:
        yield _("The question was asked on %(day)s; the answer can not have come in before.") % {
            "day": day(typed["asked_on"])}  # fmt: skip


def reminder_due(facts, typed):
    if facts.reminded:
        name, at = facts.reminder
        words = _("The reminder has been sent already, by %(person)s on %(when)s.")
        yield words % {"person": name, "when": when(at)}
    elif facts.remind_on and facts.today < facts.remind_on:
        yield _("A reminder is due on %(day)s.") % {"day": day(facts.remind_on)}


def lapse_due(facts, typed):
    """Only after a reminder that named the date, and when that date has come."""
    if not facts.reminded:
        yield _("A reminder that names the date must be sent first.")
    elif facts.lapse_on and facts.today < facts.lapse_on:
        yield _("The case can lapse on %(day)s at the earliest.") % {"day": day(facts.lapse_on)}


def checklist_answered(facts, typed):
    if typed is None:
        return
    missing = [c for c in facts.criteria if not typed["answers"].get(c.slug, ("", ""))[0]]
    if missing:
        yield ngettext(
            "One criterion is not answered: %(names)s.",
            "%(count)d criteria are not answered: %(names)s.",
            len(missing),
        ) % {"count": len(missing), "names": "; ".join(c.title for c in missing)}
    for criterion in facts.criteria:
        answer, note = typed["answers"].get(criterion.slug, ("", ""))
        if answer == "exempted" and not note.strip():
            yield _("Give the reason for the exemption from “%(criterion)s”.") % {
                "criterion": criterion.title
            }


def criteria_met(facts, typed):
    if typed is None:
        return
    for criterion in facts.criteria:
        answer = typed["answers"].get(criterion.slug, ("", ""))[0]
        if criterion.must_be_met and answer == "not-met":
            yield _("“%(criterion)s” is not met. Exempt with a reason, or do not go on.") % {
                "criterion": criterion.title
            }


def enough_researchers(facts, typed):
    """domain.md 1.2: a head of staff and at least three experienced researchers."""
    if typed is None or facts.experienced >= facts.min_experienced:
        return
    answer, note = typed["answers"].get("experienced_researchers", ("", ""))
    if answer != "exempted" or not note.strip():
        yield _(
            "The environment has %(count)d experienced researchers; %(least)d are needed,"
            " or an exemption with a reason."
        ) % {"count": facts.experienced, "least": facts.min_experienced}


def recommendation_written(facts, typed):
    if typed is not None and not typed["text"].strip():
        yield _("Write the recommendation.")


def own_right_reasoned(facts, typed):
    """domain.md 1.2: the right follows from the kind; another one is written down with why."""
    right = typed and typed["enterprise_right"]
    if right and right != facts.kind_right and not typed["reservations"].strip():
        yield _("Write the reason for another right than the kind of institution gives.")


def responsible_named(facts, typed):
    if not facts.responsible:
        yield _("The application names no responsible person.")


def agreement_frozen(facts, typed):
    if not facts.agreement_document:
        yield _("There is no frozen agreement to approve. Return or reject the case.")


def agreement_says_so(facts, typed):
    """What was corrected since the draft is not approved, signed or sent in its old words."""
    for what, said, now in facts.parted:
        yield _(
            "%(what)s: the agreement says “%(said)s”, the case says “%(now)s”. Have the agreement"
            " drafted anew."
        ) % {"what": what, "said": said, "now": now}


def no_other_in_force(facts, typed):
    if facts.in_force_since:
        yield _("The institution already has an authorisation in force since %(day)s.") % {
            "day": day(facts.in_force_since)
        }


def no_other_open(facts, typed):
    if facts.other_open:
        yield _("Case %(number)s of this institution is open; go on there.") % {
            "number": facts.other_open
        }


def copy_fits(facts, typed):
    """The uploaded copy is our own agreement, on the road that was chosen (design.md 6)."""
    if typed is not None:
        yield from typed["misfits"]


def _signing_date(facts, typed, earliest, words):
    if typed is None:
        return
    if typed["signed_on"] > facts.today:
        yield _("The date of signature lies in the future.")
    elif earliest and typed["signed_on"] < earliest:
        yield words % {"day": day(earliest)}


def our_date(facts, typed):
    yield from _signing_date(
        facts, typed, facts.approved_on,
        _("The agreement was approved on %(day)s; it can not have been signed before."),
    )  # fmt: skip


def their_date(facts, typed):
    yield from _signing_date(
        facts, typed, facts.our_signature_on,
        _("We signed on %(day)s; the institution can not have signed before."),
    )  # fmt: skip


def their_signer(facts, typed):
    if typed is not None and typed["signer"] != facts.responsible:
        yield _("The agreement must be signed by %(person)s, who is named in it.") % {
            "person": facts.responsible_name
        }


def substitute_differs(facts, typed):
    if typed is not None and facts.responsible_mail.lower() in typed["substitutes"]:
        yield _("The responsible person can not be their own substitute.")


def reachable(mails):
    """A sentence for every mail address that is none."""
    for mail in mails:
        try:
            formats.mail(mail)
        except ValueError as wrong:
            yield str(wrong)


def people_reachable(facts, typed):
    if typed is not None:
        yield from reachable(typed["mails"])


def earlier_exists(facts, typed):
    if typed is None:
        return
    if typed["duplicate_of"] == facts.institution:
        yield _("An institution can not be a double of itself.")
    elif typed["duplicate_of"] > facts.institution:
        yield _("The later record is closed, not the earlier one. Close the other case instead.")


def private_applicant_states(facts, typed):
    """domain.md 1.2: who owns a private applicant, and what it has done for public clients."""
    if typed["kind"] not in kinds.PRIVATE:
        return
    if not typed["ownership"].strip():
        yield _("A private applicant must state its ownership.")
    if not typed["public_work"].strip():
        yield _("A private applicant must state its earlier work for public clients.")


def own_price_group_reasoned(facts, typed):
    """domain.md 1.6: a price group other than the kind gives needs its reason."""
    group = typed["price_group"]
    if group and group != kinds.price_group(typed["kind"]):
        if not typed["price_group_reason"].strip():
            yield _("Write the reason for another price group than the kind of institution gives.")


APPLICATION = (private_applicant_states, own_price_group_reasoned)
