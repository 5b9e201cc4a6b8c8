"""When a proposal is not registered, in which words: functions of (facts, typed).

Asked of every version that comes in: the first, a resubmission, a re-proposal, one drafted anew.
`typed["stated"]` is what the proposal says. Sources: issue 4 section 2; domain.md 0.2, 0.3, 3.2.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core.wording import day
from institutions import kinds

from ..records import DATABASE

TEXTS = {
    "title": gettext_lazy("title"), "purpose": gettext_lazy("purpose"), "description": gettext_lazy("description"),
    "importance": gettext_lazy("importance to society"), "population": gettext_lazy("population"),
    "outputs": gettext_lazy("planned outputs"), "legal_basis": gettext_lazy("legal basis"),
    "impact_reason": gettext_lazy("reason about the data-protection assessment"),
    "benefit": gettext_lazy("benefit to the public"),
}  # fmt: skip
FIRST_YEAR = 1850  # the office of statistics was founded; no register has data from before
APPROVERS = ("administrator", "contact_with_powers")


def held_on(facts, person, roles, on) -> bool:
    """Whether the person held one of the roles at the owner on the day."""
    return any(
        row.person == person and row.role in roles and row.since <= on
        and (row.until is None or on <= row.until) for row in facts.holdings
    )  # fmt: skip


def scheme_held(facts, typed):
    if typed is not None and typed["scheme"] not in facts.schemes:
        yield _("The institution is not authorised to the scheme “%(scheme)s”.") % {
            "scheme": kinds.SCHEMES.get(typed["scheme"], typed["scheme"])
        }


def one_database(facts, typed):
    """domain.md 0.2 and 11: so many project databases of an institution, usually one."""
    if facts.is_database and len(facts.databases) >= facts.most_databases:
        yield _("The institution has a project database already: %(number)s.") % {
            "number": ", ".join(map(str, facts.databases.values()))
        }


def database_fits(facts, typed):
    """domain.md 0.2: the institution owns database and subprojects, under the one scheme."""
    if typed is None or not typed["database"]:
        return
    if typed["database"] not in facts.databases:
        yield _("A subproject belongs to a project database of the same institution.")
    if typed["scheme"] != DATABASE:
        yield _("A subproject is proposed under the scheme “%(scheme)s”.") % {
            "scheme": kinds.SCHEMES[DATABASE]
        }


def database_lasts(facts, typed):
    """A subproject uses the data of its database, which has to be signed itself."""
    if facts.idle_database:
        yield _("The project database %(number)s neither runs nor is to begin. Its own proposal must"
                " be signed first.") % {"number": facts.idle_database}  # fmt: skip


def officer_on_duty(facts, typed):
    if typed is not None and typed["officer"] not in facts.officers:
        yield _("The FSE project owner must hold the role FSE officer today.")


def texts_written(facts, typed):
    if typed is None:
        return
    stated = typed["stated"]
    missing = [str(words) for name, words in TEXTS.items() if not stated[name].strip()]
    if missing:
        yield _("The proposal does not say: %(fields)s.") % {"fields": ", ".join(missing)}
    if stated["full_register"] and not stated["full_register_reason"].strip():
        yield _("Write why a full register is needed.")


def days_sound(facts, typed):
    if typed is None:
        return
    stated = typed["stated"]
    if stated["last_on"] < stated["first_on"]:
        yield _("The last day of the project can not lie before its first.")
    elif stated["last_on"] < facts.today:
        yield _("The last day of the project can not lie before today.")
    if stated["received_on"] > facts.today:
        yield _("The proposal can not have been received after today.")


def registers_sound(facts, typed):
    if typed is None:
        return
    rows = typed["stated"]["registers"]
    if not rows:
        yield _("Name at least one register that the project is to use.")
    names = [row["register"].name for row in rows]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _("%(register)s is named twice. Write it once, with all its years.") % {
            "register": name
        }
    for row in rows:
        yield from _of_register(facts, row)


def _of_register(facts, row):
    words = {"register": row["register"].name}
    if not row["justification"].strip():
        yield _("Write why %(register)s is needed.") % words
    years = [year for year in (row["year_from"], row["year_to"]) if year is not None]
    if years != sorted(years):
        yield _("The years of %(register)s run backwards.") % words
    if any(year > facts.today.year for year in years):
        yield _("The years of %(register)s lie in the future.") % words
    if any(year < FIRST_YEAR for year in years):
        yield _("The years of %(register)s lie before %(year)d. Write the years of the data.") % (
            words | {"year": FIRST_YEAR}
        )


def approved_inside(facts, typed):
    """The portal's internal review is not built: that it took place is a fact (issue 4)."""
    if typed is None:
        return
    stated = typed["stated"]
    if stated["approved_on"] > facts.today:
        yield _("The institution can not have approved the proposal after today.")
    elif not held_on(facts, stated["approved_by"], APPROVERS, stated["approved_on"]):
        yield _("The proposal must be approved by somebody who was administrator or contact person"
                " with powers of the institution on %(day)s.") % {
            "day": day(stated["approved_on"])
        }  # fmt: skip
    if not typed["filed"]:
        yield _("File the document that shows the institution's approval.")


def people_named(facts, typed):
    if typed is None:
        return
    stated = typed["stated"]
    if not (stated["contact"]["name"].strip() and "@" in stated["contact"]["mail"]):
        yield _("Name the contact person, with mail.")
    if not stated["signatories"]:
        yield _("Name at least one signatory.")
    for person in stated["signatories"]:
        if not held_on(facts, person, ("signatory",), facts.today):
            yield _("%(person)s is not a signatory of the institution today.") % {
                "person": typed["names"].get(person, "")
            }


def members_other(facts, typed):
    if typed is not None and facts.institution in typed["stated"]["members"]:
        yield _("The owner is not named among the other institutions.")


def others_differ(facts, typed):
    """Issue 4: performer and data controller are told where they differ from the owner."""
    if typed is None:
        return
    stated = typed["stated"]
    if facts.institution in (stated["performer"], stated["controller"]):
        yield _("Name performer and data controller only where they are not the owner.")


def something_new(facts, typed):
    if typed is not None and not typed["changed"]:
        yield _(
            "This says the same as version %(number)d. Only what is changed is decided anew."
        ) % {"number": typed["former"]}


COMPLETE = (texts_written, days_sound, registers_sound, approved_inside, people_named,
            members_other, others_differ)  # fmt: skip
