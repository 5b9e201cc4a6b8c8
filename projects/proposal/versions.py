"""The versions of a proposal: written down as registered, told in words, one beside the other."""

from django.db.models import Max
from django.utils.translation import gettext as _

from fsesys.core import issuing
from fsesys.core.people import Person
from fsesys.core.wording import day
from institutions.authorisation.registering import on_record

from ..records import ProjectPeriod
from .models import VERSION, ExternalApproval, PlannedRegister, ProposalCase, ProposalVersion

OWN = ("received_on", "title", "purpose", "description", "importance", "population",
       "full_register", "full_register_reason", "external_data", "outputs", "publications",
       "legal_basis", "impact_assessed", "impact_reason", "benefit", "funding", "price_group",
       "first_on", "last_on", "approved_on", "approved_channel")  # fmt: skip
APPROVAL = ("source", "number", "expires_on")  # what makes it the same one: renewed is new
QUIET = ("received_on", "approved_on", "approved_channel")  # new on every version
OTHERS = ("performer", "controller")  # institutions, where they are not the owner
WORDS = [name for name in OWN if name not in QUIET]


def next_number(project) -> int:
    """Versions are numbered through the project; a number that was undone is not used again."""
    told = ProposalVersion.objects.filter(project=project).aggregate(highest=Max("number"))
    ran = ProjectPeriod.objects.filter(project=project).aggregate(highest=Max("version"))
    return max(told["highest"] or 0, ran["highest"] or 0) + 1


def former(project, number=None):
    """The version against which a new one is decided: what both sides signed last, else the last
    one registered, or None. number: for that version, as it was when it came in."""
    rows = ProposalVersion.objects.filter(project=project).select_related(*VERSION)
    rows = (rows.filter(number__lt=number) if number else rows).order_by("number")
    return rows.filter(number__in=signed(project)).last() or rows.last()


def signed(project):
    """The numbers of the versions that both sides signed."""
    return ProjectPeriod.objects.known().filter(project=project).values("version")


def right_title(version) -> str:
    """The title as registered, or as it was corrected on the case."""
    case = ProposalCase.objects.filter(pk=version.case_id, version=version.number)
    return case.values_list("right_title", flat=True).first() or version.title


def typed(stated, filed, before=None) -> dict:
    """What the rules test of a proposal: ids, not records. before: the version it follows."""
    ids = stated | {
        "approved_by": stated["approved_by"].pk,
        "signatories": [person.pk for person in stated["signatories"]],
        "members": [institution.pk for institution in stated["members"]],
        **{name: stated[name] and stated[name].pk for name in OTHERS},
    }  # fmt: skip
    names = {person.pk: person.name for person in stated["signatories"]}
    changed = before is None or bool(differences(told(before), foretold(stated, before)))
    return {"stated": ids, "names": names, "filed": bool(filed), "changed": changed,
            "former": before and before.number}  # fmt: skip


def put(event, number, stated, before=None):
    """Write the version down, with its registers, approvals and the documents that show them."""
    case = event.case
    version = ProposalVersion.objects.create(
        project=case.project, case=case, event=event, number=number,
        contact=on_record(stated["contact"]), approved_by=stated["approved_by"],
        **{name: stated[name] for name in (*OWN, *OTHERS)},
    )  # fmt: skip
    version.signatories.set(stated["signatories"])
    version.members.set(stated["members"])
    PlannedRegister.objects.bulk_create(
        PlannedRegister(version=version, **row) for row in stated["registers"]
    )
    for row in stated["approvals"]:
        document = _document(event, row) or _kept(before, row)
        fields = {name: row[name] for name in APPROVAL}
        ExternalApproval.objects.create(version=version, document=document, **fields)
    case.__dict__.pop("proposal", None)
    return version


def _document(event, row):
    if not row.get("upload"):
        return None
    title = _("Approval of %(source)s, %(number)s") % row
    return issuing.file_in(event, row["upload"], kind="annex", title=title, sender=row["source"])


def _kept(before, row):
    """The document that the former version had for the same approval."""
    same = {name: row[name] for name in APPROVAL}
    rows = before.approvals.filter(**same) if before else ()
    return next((one.document for one in rows), None)


def told(version) -> dict:
    """{label: what the version says}, in the order of the page."""
    rows = [(_label(name), _said(version, name)) for name in WORDS]
    people = version.signatories.order_by("name").values_list("name", flat=True)
    return dict(rows) | {
        _("Registers"): _lines(
            (row.register.name, row.year_from, row.year_to, row.justification)
            for row in version.registers.select_related("register")
        ),
        _("Other institutions planned"): "\n".join(sorted(map(str, version.members.all()))),
        **{_label(name): str(getattr(version, name) or "") for name in OTHERS},
        _("External approvals"): "\n".join(_approvals(version.approvals.all())),
        _("Contact person"): f"{version.contact.name}, {version.contact.mail}",
        _("Signatories"): "\n".join(people),
    }  # fmt: skip


def foretold(stated, before) -> dict:
    """What a version would say that is not written down yet."""
    contact = stated["contact"]
    unsaved = ProposalVersion(contact=Person(**contact), **{name: stated[name] for name in OWN})
    rows = dict((_label(name), _said(unsaved, name)) for name in WORDS)
    years = (
        (row["register"].name, row["year_from"], row["year_to"], row["justification"])
        for row in sorted(stated["registers"], key=lambda row: row["register"].name)
    )
    approvals = [ExternalApproval(**{k: v for k, v in row.items() if k != "upload"})
                 for row in stated["approvals"]]  # fmt: skip
    fresh = "\n".join(_("new document") for row in stated["approvals"] if row.get("upload"))
    return rows | {
        _("Registers"): _lines(years),
        _("Other institutions planned"): "\n".join(sorted(map(str, stated["members"]))),
        **{_label(name): str(stated[name] or "") for name in OTHERS},
        _("External approvals"): "\n".join([*_approvals(approvals), *filter(None, [fresh])]),
        _("Contact person"): f"{contact['name']}, {contact['mail']}",
        _("Signatories"): "\n".join(sorted(person.name for person in stated["signatories"])),
    }  # fmt: skip


def differences(old, new) -> list:
    """{label, old, new} of what is not the same."""
    return [{"label": label, "old": old.get(label, ""), "new": text}
            for label, text in new.items() if old.get(label, "") != text]  # fmt: skip


def beside(version) -> list:
    """What the version changes: against what both sides signed last, and against the version before
    it in its own case, which the same officer has read."""
    decided = former(version.project_id, version.number)
    rows = ProposalVersion.objects.filter(case=version.case_id, number__lt=version.number)
    read = rows.select_related(*VERSION).order_by("number").last()
    found = {one.number: one for one in (decided, read) if one}
    new, both = told(version), set(signed(version.project_id).values_list("version", flat=True))
    return [{"number": number, "signed": number in both, "rows": differences(told(one), new)}
            for number, one in found.items()]  # fmt: skip


def _label(name):
    label = str(ProposalVersion._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _said(version, name) -> str:
    value = getattr(version, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name.endswith("_on"):
        return day(value)
    if name == "price_group":
        return str(version.get_price_group_display())
    return value


def _lines(rows) -> str:
    return "\n".join(
        f"{name} {first or ''}–{last or ''}: {why}" if first or last else f"{name}: {why}"
        for name, first, last, why in rows
    )


def _approvals(rows) -> list:
    return [
        f"{row.source} {row.number}" + (f" ({day(row.expires_on)})" if row.expires_on else "")
        for row in rows
    ]
