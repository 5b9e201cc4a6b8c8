"""Decisions that need two people: proposed by one, confirmed or declined by another.

The proposal keeps what was typed and uploaded; nothing moves until another person confirms, and
then every rule is asked anew. Nothing else in FSESYS implements a second person.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.db.models import F, Q
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from . import files, guards, processes, roles
from .door import hold, perform
from .refusal import AlreadyDone, NeedsSecond, NotYours, Refused
from .uploads import clean_name, media_type

UNSAID = {"key", "seen", "csrfmiddlewaretoken"}


class PendingDecision(models.Model):
    """One verb on one case as one person proposed it. `data` is emptied once it is settled."""

    OUTCOMES = {"": _("waits"), "confirmed": _("confirmed"), "declined": _("declined")}

    case = models.ForeignKey("core.Case", models.PROTECT, related_name="proposals")
    verb = models.CharField(max_length=40)
    event = models.OneToOneField("core.ProcessEvent", models.PROTECT, related_name="proposal")
    by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    account = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    roles = ArrayField(
        models.CharField(max_length=20), default=list
    )  # who confirms this one; else the verb says
    revision = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, blank=True, default="")
    settled_by = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    settled_event = models.ForeignKey(
        "core.ProcessEvent", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "verb"], condition=Q(outcome=""), name="one_open_proposal"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | ~Q(settled_by=F("by")),
                name="confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_by=None, settled_event=None)
                | Q(outcome__in=["confirmed", "declined"], settled_by__isnull=False,
                    settled_event__isnull=False),
                name="settled_by_somebody",
            ),
        ]  # fmt: skip
        triggers = [guards.settled_once, guards.no_delete()]

    def __str__(self):
        return f"{self.case}: {self.verb}"

    @property
    def is_open(self):
        return not self.outcome

    def confirmers(self, move, state) -> set:
        """The roles of the second person."""
        return set(self.roles or move.confirmers or move.roles_in.get(state, move.roles))


class ProposedFile(models.Model):
    """A file of a proposal, kept until it is settled and after."""

    proposal = models.ForeignKey(PendingDecision, models.PROTECT, related_name="files")
    field = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    file = models.ForeignKey("core.File", models.PROTECT, related_name="+")

    class Meta:
        triggers = [guards.append_only()]

    def __str__(self):
        return self.name


@transaction.atomic
def attempt(case, verb, *, by, key, seen, data, uploads=None):
    """Do the verb, or propose it where it needs a second person; returns the event.

    data: QueryDict of the verb's form. uploads: MultiValueDict of files. Raises what the door
    raises, and Refused with the form's sentences.
    """
    case, uploads = hold(case), uploads or MultiValueDict()
    for _field, uploaded in uploads.lists():
        for one in uploaded:
            one.seek(0)  # the page has read it already
    typed = _typed(form_of(case, verb, by, data, uploads))
    action = processes.get(case.process).actions[verb]
    try:
        with transaction.atomic():  # what the attempt wrote goes when a second person is needed
            done = action(case, by=by, key=key, seen=seen, **typed)
        return done[0] if isinstance(done, tuple) else done
    except NeedsSecond as second:
        return _propose(case, verb, by, key, data, uploads, second.roles)


def form_of(case, verb, by, data, uploads):
    """The verb's form, bound to what was typed."""
    return processes.get(case.process).forms[verb](
        case=case, by=by, data=_with_door(data, case), files=uploads
    )


def _with_door(data, case):
    data = data.copy()
    data["key"], data["seen"] = "00000000-0000-4000-8000-000000000000", case.revision
    return data


def _typed(form):
    if not form.is_valid():
        raise Refused([str(error) for errors in form.errors.values() for error in errors])
    return form.typed()


def _propose(case, verb, by, key, data, uploads, roles):
    waiting = case.proposals.filter(verb=verb, outcome="").select_related("by").first()
    if waiting:
        raise Refused([_("%(person)s has proposed this already; it waits for a second person.")
                       % {"person": waiting.by.name}])  # fmt: skip
    event = perform(case, "propose", by=by, key=key, facts={"verb": verb})
    proposal = PendingDecision.objects.create(
        case=event.case, verb=verb, event=event, by=by.person, account=by,
        revision=event.revision, roles=list(roles),
        data={name: values for name, values in data.lists() if name not in UNSAID},
    )  # fmt: skip
    for field, uploaded in uploads.lists():
        for one in uploaded:
            one.seek(0)
            ProposedFile.objects.create(
                proposal=proposal, field=field, name=clean_name(one.name),
                file=files.store(one.read(), media_type(one.name)),
            )  # fmt: skip
    return event


@transaction.atomic
def confirm(proposal, *, by, key=None):
    """Another person confirmed: the verb is done now, under all its rules."""
    proposal, case = _held(proposal)
    typed = _typed(bound(proposal, case))
    action = processes.get(case.process).actions[proposal.verb]
    done = action(case, by=by, key=key, seen=proposal.revision, proposal=proposal, **typed)
    event = done[0] if isinstance(done, tuple) else done
    return _settle(proposal, "confirmed", event)


@transaction.atomic
def decline(proposal, *, by, reason, key=None):
    """Another person declined, or who proposed it took it back; nothing moved."""
    proposal, case = _held(proposal)
    if by.person_id != proposal.by_id and not may_settle(proposal, case, by.person):
        raise NotYours(_("Your roles do not include this decision."))
    event = perform(case, "decline", by=by, key=key, reason=reason,
                    facts={"verb": proposal.verb})  # fmt: skip
    return _settle(proposal, "declined", event)


def _held(proposal):
    case = hold(processes.get(proposal.case.process).model.objects.get(pk=proposal.case_id))
    rows = PendingDecision.objects.select_for_update(of=("self",))
    proposal = rows.select_related("event", "by", "account__person").get(pk=proposal.pk)
    if not proposal.is_open:
        raise AlreadyDone(proposal.settled_event)
    return proposal, case


def _settle(proposal, outcome, event):
    proposal.outcome, proposal.data = outcome, {}
    proposal.settled_by, proposal.settled_event = event.by, event
    proposal.save()
    return event


def bound(proposal, case):
    """The form as it was proposed, with its files."""
    data = QueryDict(mutable=True)
    for name, values in proposal.data.items():
        data.setlist(name, values)
    uploads = MultiValueDict()
    for kept in proposal.files.select_related("file"):
        content = bytes(kept.file.content)
        uploads.appendlist(kept.field, SimpleUploadedFile(kept.name, content, kept.file.media_type))
    return form_of(case, proposal.verb, proposal.account, data, uploads)


def may_settle(proposal, case, person, at=None) -> bool:
    """May the person confirm it, as far as roles go and not being the one who proposed it."""
    move = case.machine.move(proposal.verb)
    allowed = proposal.confirmers(move, case.state)
    return person.pk != proposal.by_id and bool(allowed & roles.held(person, at))


def confirmable(person, held):
    """The open proposals, oldest first, that a person with these roles may confirm."""
    verbs = Q(roles__overlap=list(held))
    for process in processes.everything():
        mine = [move.verb for move in process.machine.moves
                if move.two and set(move.confirmers or move.roles) & held]  # fmt: skip
        if mine:  # each adds to a statement that every page asks
            verbs |= Q(case__process=process.slug, verb__in=mine, roles=[])
    return PendingDecision.objects.filter(verbs, outcome="").exclude(by=person).order_by("pk")


def waiting_for(person, held):
    """The first of the proposals that this person may confirm."""
    return list(confirmable(person, held).select_related("case")[:200])
