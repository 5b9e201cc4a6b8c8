"""When a verb of a proposal is refused, in which words: functions of (facts, typed).

`facts` is selectors.Facts; `typed` what was typed, or None while a button is previewed. What a
proposal must say when it comes in stands in entry.py. Sources: issue 4 section 2; domain.md 2.6.
"""

from django.utils.translation import gettext as _

from fsesys.core.roles import HEAD
from fsesys.core.wording import day

from .entry import held_on


def owner_known(facts, typed):
    if not facts.owned:
        yield _("No institution owns this project today.")


def owner_in_force(facts, typed):
    if facts.institution and not facts.authorised:
        yield _("%(owner)s is not authorised today.") % {"owner": facts.owner}


def not_suspended(facts, typed):
    if facts.authorised and facts.suspended:
        yield _("%(owner)s is suspended today. Lift the hold first.") % {"owner": facts.owner}


def no_open_question(facts, typed):
    if facts.open_questions:
        yield _("A question to the applicant is still open.")


def members_authorised(facts, typed):
    for member in facts.members:
        if not member.authorised:
            yield _("%(institution)s, whose people are planned to work on the project, is not"
                    " authorised today.") % {"institution": member.name}  # fmt: skip


def enterprise_right(facts, typed):
    """domain.md 2.6: who may use restricted enterprise data follows from each institution's right."""
    registers = ", ".join(row.name for row in facts.restricted)
    if not registers:
        return
    for member in facts.members:
        words = {"institution": member.name, "registers": registers}
        if member.right == "exemption" and not facts.exempted:
            yield _("%(institution)s may use restricted enterprise data (%(registers)s) by exemption"
                    " only, and the project has no exemption that runs.") % words  # fmt: skip
        elif member.right not in ("full", "exemption"):
            yield _("%(institution)s may not use restricted enterprise data (%(registers)s). Take"
                    " the institution or the registers out of the proposal.") % words  # fmt: skip


def enterprise_years(facts, typed):
    """domain.md 2.6: not earlier than one year after the year that the data are about."""
    latest = facts.today.year - 1 - facts.enterprise_years
    for row in facts.restricted:
        if row.year_to is None:
            yield _("State the last year of %(register)s: restricted enterprise data may be used"
                    " up to %(year)d today.") % {"register": row.name, "year": latest}  # fmt: skip
        elif row.year_to > latest:
            yield _("%(register)s may be used up to %(year)d today, not up to %(asked)d.") % {
                "register": row.name, "year": latest, "asked": row.year_to,
            }  # fmt: skip


def external_approvals(facts, typed):
    """Present and unexpired; where none is needed, the check-list says so with a reason."""
    for row in facts.approvals:
        words = {"approval": f"{row.source} {row.number}", "day": day(row.expires_on)}
        if not row.document:
            yield _("The approval “%(approval)s” is not on file.") % words
        elif row.expires_on and row.expires_on < facts.today:
            yield _("The approval “%(approval)s” expired on %(day)s.") % words
    if typed is None or facts.approvals or not facts.external_data:
        return
    answer, note = typed["answers"].get("external_approvals", ("", ""))
    if answer != "exempted" or not note.strip():
        yield _("External data are planned, but no approval of them is on the proposal. Exempt from"
                " “external approvals” with a reason if none is needed.")  # fmt: skip


def signatory_named(facts, typed):
    if not facts.signatories:
        yield _("Nobody whom the proposal names as signatory holds that role today.")


def not_over(facts, typed):
    if facts.last_on and facts.last_on < facts.today:
        yield _(
            "The last day of the project, %(day)s, has passed. Another end is a new version."
        ) % {"day": day(facts.last_on)}


def second_person(facts, typed):
    """For `Move.two`: the head of FSE approves each project database (domain.md 0.1); elsewhere a
    second officer confirms where the parameter asks for it."""
    return (HEAD,) if facts.is_database else facts.two_officers


def signatory_that_day(facts, typed):
    if typed is None or typed["signed_on"] > facts.today:
        return
    if not held_on(facts, typed["signer"], ("signatory",), typed["signed_on"]):
        yield _("The agreement must be signed by somebody who was signatory of the institution on"
                " %(day)s.") % {"day": day(typed["signed_on"])}  # fmt: skip


def signed_in_time(facts, typed):
    if typed is None:
        return
    if typed["signed_on"] > facts.today:
        yield _("The date of signature lies in the future.")
    elif _before_ours(facts, typed["signed_on"]):
        yield _("FSE signed on %(day)s; the institution can not have signed before.") % {
            "day": day(facts.approved_on)
        }


def _before_ours(facts, on) -> bool:
    """The agreement goes to the signatories with the signature of FSE on it."""
    return bool(facts.approved_on and on < facts.approved_on)


def refused_by_signatory(facts, typed):
    if typed is None:
        return
    if typed["refused_on"] > facts.today:
        yield _("The signatory can not have refused after today.")
    elif _before_ours(facts, typed["refused_on"]):
        yield _("FSE signed on %(day)s; the institution can not have refused before.") % {
            "day": day(facts.approved_on)
        }
    elif not held_on(facts, typed["signer"], ("signatory",), typed["refused_on"]):
        yield _("Only a signatory of the institution refuses to sign; this person was none on"
                " %(day)s.") % {"day": day(typed["refused_on"])}  # fmt: skip


def lapse_due(facts, typed):
    if facts.lapse_on and facts.today < facts.lapse_on:
        yield _("The case can lapse on %(day)s at the earliest.") % {"day": day(facts.lapse_on)}


def no_other_open(facts, typed):
    if facts.other_open:
        yield _("Case %(number)s of this project is open; go on there.") % {
            "number": facts.other_open
        }


def not_overtaken(facts, typed):
    """What was decided since would be undone unseen: a later version holds now."""
    if facts.overtaken:
        yield _("Version %(number)d of the project has been signed since. Register a re-proposal"
                " instead.") % {"number": facts.overtaken}  # fmt: skip


def warning_due(facts, typed):
    if facts.warning is None:
        yield _("No warning of the end is due today.")
