"""When a change of facts is refused: functions of (facts, typed), no queries."""

from django.utils.translation import gettext as _

from fsesys.core.wording import day

IN_AGREEMENT = {"name_da", "name_en", "schemes", "parent"}
AT_SIGNATURE = {"schemes"}  # begin when the supplement is signed, where one is needed


def authorised(facts, typed):
    if not facts.authorised_since:
        yield _("The institution is not authorised today.")


def as_shown(facts, typed):
    """Two people who change the same facts: the second looks at what the first wrote."""
    if typed is not None and typed["shown"] not in (None, facts.latest):
        yield _("%(person)s changed the facts on %(when)s, after you opened the page. Open it anew"
                " and look at them.") % {"person": facts.latest_by, "when": facts.latest_at}  # fmt: skip


def no_more_than_agreed(facts, typed):
    """A further scheme is decided by the chief statistician, as an extension."""
    old, new = typed["changes"].get("schemes", ((), ())) if typed else ((), ())
    if set(new) - set(old):
        yield _("A further scheme is decided as an extension. Register an extension.")


def something_differs(facts, typed):
    if typed is not None and not typed["changes"]:
        yield _("Nothing differs from what holds on that day.")
    if typed is not None and "schemes" in typed["changes"] and not typed["changes"]["schemes"][1]:
        yield _("Choose at least one scheme.")
    if typed is not None and "name_da" in typed["changes"] and not typed["changes"]["name_da"][1]:
        yield _("Write the name in Danish.")


def from_when(facts, typed):
    if typed is None or not facts.authorised_since:
        return
    if typed["from_on"] < facts.authorised_since:
        yield _("The institution is authorised since %(day)s; facts can not change before.") % {
            "day": day(facts.authorised_since)
        }


def supplement_told(facts, typed):
    """What the signed agreement says is changed by a supplement, or not, with a reason."""
    if typed is None or not IN_AGREEMENT & set(typed["changes"]):
        return
    if typed["supplement"] not in ("yes", "no"):
        yield _("The signed agreement says this. Answer whether a supplementary agreement is"
                " needed.")  # fmt: skip
    elif typed["supplement"] == "no" and not typed["supplement_reason"].strip():
        yield _("Give the reason why no supplementary agreement is needed.")
    elif typed["supplement"] == "yes" and not facts.responsible:
        yield _("The institution has no responsible person. Register the new one first.")


def copy_fits(facts, typed):
    if typed is not None:
        yield from typed["misfits"]


def signed_by_responsible(facts, typed):
    if typed is not None and typed["signer"] != facts.responsible:
        yield _("The supplement must be signed by the responsible person.")


def signed_in_time(facts, typed):
    if typed is None:
        return
    if typed["signed_on"] > facts.today:
        yield _("The date of signature lies in the future.")
    elif facts.opened_on and typed["signed_on"] < facts.opened_on:
        yield _("The supplement was sent on %(day)s; it can not have been signed before.") % {
            "day": day(facts.opened_on)
        }
