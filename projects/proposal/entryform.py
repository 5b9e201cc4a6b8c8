"""What the secretary types from a proposal; a later version begins with what the last one says."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, roles, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS
from fsesys.core.people import Person
from institutions import kinds

from .. import owning, people
from ..records import Project
from . import databases, lines, versions
from .entry import APPROVERS

APPROVAL_FILES = 4


class ProposalForm(core.VerbForm):
    """One version of a proposal. `owner` is the institution, `last` the version before."""

    received_on = core.DayField(label=_("Received on"))
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = core.text(_("Purpose"), rows=3)
    description = core.text(_("Description"))
    importance = core.text(_("Importance to society"), rows=3)
    population = core.text(_("Population"), rows=3)
    full_register = forms.BooleanField(label=_("A full register is used"), required=False)
    full_register_reason = core.text(_("Why a full register"), rows=2, required=False)
    registers = core.text(
        _("Registers"), rows=6,
        help_text=_("One register a line: BEF 2000-2023: the population under study"),
    )  # fmt: skip
    external_data = core.text(_("External data planned"), rows=3, required=False)
    approvals = core.text(
        _("External approvals"), rows=3, required=False,
        help_text=_("One approval a line: from whom; number; expires on"),
    )  # fmt: skip
    approval_files = core.UploadsField(
        label=_("Documents of the external approvals"), endings=tuple(uploads.TYPES), required=False,
        help_text=_("As many as there are new approvals, in the order of the lines"),
    )  # fmt: skip
    outputs = core.text(_("Planned outputs"), rows=3)
    publications = core.text(_("Planned publications"), rows=2, required=False)
    legal_basis = core.text(_("Legal basis"), rows=2)
    impact_assessed = forms.TypedChoiceField(
        label=_("Data-protection assessment made"), coerce=lambda word: word == "yes",
        choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect,
    )  # fmt: skip
    impact_reason = core.text(_("Why, or why not"), rows=2)
    benefit = core.text(_("Benefit to the public"), rows=3)
    funding = core.text(_("Funding"), rows=2, required=False)
    price_group = forms.ChoiceField(
        label=_("Price group"), choices=list(kinds.PRICE_GROUPS.items())
    )
    first_on = core.DayField(label=_("First day of the project"))
    last_on = core.DayField(label=_("Last day of the project"))
    members = forms.CharField(
        label=_("Other institutions planned"), required=False, max_length=500,
        help_text=_("Authorisation numbers, separated by space or comma"),
    )  # fmt: skip
    performer = forms.CharField(
        label=_("Performer, if not the owner"), required=False, max_length=10,
        help_text=_("Authorisation number"),
    )  # fmt: skip
    controller = forms.CharField(
        label=_("Data controller, if not the owner"), required=False, max_length=10,
        help_text=_("Authorisation number"),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Contact person"), max_length=200)
    contact_mail = forms.EmailField(label=_("Mail of the contact person"))
    signatories = forms.ModelMultipleChoiceField(
        label=_("Signatories"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    approved_by = forms.ModelChoiceField(
        label=_("Approved at the institution by"), queryset=Person.objects.none()
    )
    approved_on = core.DayField(label=_("Approved at the institution on"))
    approved_channel = forms.ChoiceField(
        label=_("Channel of the approval"), choices=list(CHANNELS.items())
    )
    upload = core.UploadField(
        label=_("The proposal with the institution's approval"), endings=tuple(uploads.TYPES)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner, self.last = self.known()
        self.fields["signatories"].queryset = people.holding(
            self.owner, ("signatory",), clock.now()
        )
        self.fields["approved_by"].queryset = people.ever(self.owner, APPROVERS)
        self.initial = self.before() | self.initial

    def known(self):
        """(the owner, the version before)."""
        raise NotImplementedError

    def before(self) -> dict:
        said = {"received_on": clock.today(), "first_on": clock.today()}
        if self.last is None:
            return said | {"price_group": self.owner.price_group if self.owner else ""}
        said = {name: getattr(self.last, name) for name in versions.WORDS}
        return said | {
            "title": versions.right_title(self.last),
            "received_on": clock.today(), "contact_name": self.last.contact.name,
            "impact_assessed": "yes" if self.last.impact_assessed else "no",
            "contact_mail": self.last.contact.mail, "approved_by": self.last.approved_by_id,
            "signatories": list(self.last.signatories.values_list("pk", flat=True)),
            "registers": lines.as_registers(self.last.registers.select_related("register")),
            "approvals": lines.as_approvals(self.last.approvals.all()),
            "members": " ".join(str(one.authorisation_number) for one in self.last.members.all()),
            **{name: other.authorisation_number for name in versions.OTHERS
               if (other := getattr(self.last, name))},
        }  # fmt: skip

    def clean_registers(self):
        return core.at_field(lines.registers, self.cleaned_data["registers"])

    def clean_members(self):
        return core.at_field(lines.institutions, self.cleaned_data["members"])

    def clean_performer(self):
        return core.at_field(lines.institution, self.cleaned_data["performer"])

    def clean_controller(self):
        return core.at_field(lines.institution, self.cleaned_data["controller"])

    def clean_approvals(self):
        return core.at_field(lines.approvals, self.cleaned_data["approvals"])

    def clean(self):
        data = super().clean()
        files, rows = data.get("approval_files") or [], self._fresh(data.get("approvals") or [])
        if len(files) > len(rows):
            self.add_error("approval_files", _now(
                "More files than new lines of approvals: name the approval of each file."))  # fmt: skip
        return data

    def _fresh(self, rows) -> list:
        known = set(self.last.approvals.values_list(*versions.APPROVAL)) if self.last else set()
        return [row for row in rows if tuple(row[name] for name in versions.APPROVAL) not in known]

    def stated(self) -> dict:
        """What the proposal says, as the actions take it."""
        data = self.cleaned_data
        said = {name: data[name] for name in (*versions.OWN, *versions.OTHERS)}
        return said | {
            "registers": data["registers"], "members": data["members"],
            "approvals": self._with_files(data["approvals"], data["approval_files"]),
            "signatories": list(data["signatories"]), "approved_by": data["approved_by"],
            "contact": {"name": data["contact_name"], "mail": data["contact_mail"]},
        }  # fmt: skip

    def _with_files(self, rows, files):
        """Approvals that are new get the files in their order; known ones keep their document."""
        taken = dict(zip(map(id, self._fresh(rows)), files, strict=False))
        return [row | {"upload": taken.get(id(row))} for row in rows]

    def typed(self):
        return {"stated": self.stated(), "upload": self.cleaned_data["upload"]}


class WithLetter(ProposalForm):
    letter = True

    def typed(self):
        return super().typed() | {"paragraph": self.cleaned_data["paragraph"]}


class AgainForm(WithLetter):
    """A re-proposal of a project, or a new version of a case."""

    def known(self):
        if self.case:
            return self.case.institution, self.case.proposal
        return owning.owner(self.subject, clock.now()), versions.former(self.subject)


class RedraftForm(AgainForm):
    letter = False
    reason = core.text(_("Reason"), rows=3)

    def typed(self):
        return ProposalForm.typed(self) | {"reason": self.cleaned_data["reason"]}


class FirstForm(WithLetter):
    """The first proposal: also whose project it is, under which scheme, and who keeps it here."""

    officer = forms.ModelChoiceField(label=_("FSE project owner"), queryset=Person.objects.none())
    scheme = forms.ChoiceField(label=_("Scheme"), choices=list(kinds.SCHEMES.items()))
    database = forms.ModelChoiceField(
        label=_("Subproject of the project database"), queryset=Project.objects.none(),
        required=False, empty_label=_("none"),
    )  # fmt: skip
    ABOUT = ("officer", "scheme", "database")
    field_order = ABOUT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = roles.holders(roles.OFFICER)
        found = databases.alive(self.owner, clock.now())
        self.fields["database"].queryset = Project.objects.filter(pk__in=found)

    def known(self):
        return self.subject, None

    def typed(self):
        return super().typed() | {name: self.cleaned_data[name] for name in self.ABOUT}
