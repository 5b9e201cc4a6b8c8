"""What disturbs the demo office: holds, other institutions on a project, exemptions, an early end."""

import datetime as dt

from fsesys.core import clock, dependants, workdays
from institutions.hold import actions as institution_holds
from projects.allowing import actions as allowing
from projects.ending import actions as ending
from projects.exempting import actions as exempting
from projects.hold import actions as project_holds
from projects.records import Grant, Project, ProjectPeriod
from researchers.hold import actions as person_holds
from researchers.records import PersonHold, Researcher

from .applications import pdf
from .pace import Pace
from .researchers import holder, places

LAST = "Mikrodata i en hjemtaget fil"  # of the hold that is placed at the end of a load
HOLDS = (  # cause, reason, working days or condition, precautionary, lifted
    ("Mistanke om delt adgang", "To logins fra to lande inden for en time.", 45, True, False),
    ("Manglende svar", "To breve er ikke besvaret.", "Svaret er modtaget", False, False),
    ("Login fra ukendt netværk", "Adgangen blev brugt fra udlandet.", 40, True, True),
    ("Manglende erklæring", "Erklæringen er ikke underskrevet på ny.", 60, False, True),
)  # fmt: skip
ENDED = "Bevillingen er brugt, og analyserne er afsluttet."


def is_complete() -> bool:
    """Whether a load came to its end: what was done to the office later is its people's own."""
    return PersonHold.objects.filter(cause=LAST).exists()


def walks(staff, today):
    """One walk, so that all of it is done or nothing."""
    yield lambda: Disturbing(staff, today)()


class Disturbing:
    def __init__(self, staff, today):
        self.staff, self.pace = staff, Pace(staff, today - dt.timedelta(days=40), today, 90)
        with self.pace.now():
            at = clock.now()
            found = [home for home, _since in places(at)]
            self.homes = sorted(found, key=lambda home: home.owned.count())
            running = ProjectPeriod.objects.at(at).values("project")
        still = ProjectPeriod.objects.at(clock.now()).values("project")
        rows = Project.objects.filter(pk__in=running).filter(pk__in=still)
        self.projects = list(rows.select_related("contact").order_by("number"))
        granted = Grant.objects.filter(to_at=None).values("person")
        people = Researcher.objects.filter(person__in=granted, person__same_as=None)
        self.people = list(people.select_related("person").order_by("pk"))

    def __call__(self):
        for number, hold in enumerate(HOLDS):
            self.hold(person_holds, self.people[3 + number * 5 :], hold)
            self.hold(project_holds, self.projects[1 + number * 4 :], hold)
            if number % 2 == 0:
                self.hold(institution_holds, self.homes[2 + number :], hold)
        for project in self.projects[2::4][:6]:
            self.allow(project)
        for project in self.firms()[:2]:
            self.exempt(project)
        for project in self.projects[-1:]:
            self.end(project)
        self.hold(person_holds, self.people, (LAST, "Rækker om enkeltpersoner.", 45, False, False))

    def hold(self, actions, records, hold):
        """Place a hold on the first of the records; where it was lifted, lift it."""
        cause, reason, end, precautionary, lifted = hold
        for record in records[:1]:
            with self.pace.on(1):
                until = end if isinstance(end, str) else workdays.after(clock.today(), end)
                case = actions.place_hold(
                    record, by=self.staff["head"], reason=reason, cause=cause,
                    precautionary=precautionary,
                    **({"condition": until} if until is end else {"until_on": until}),
                ).case  # fmt: skip
            if lifted:
                with self.pace.on(2):
                    actions.lift_hold(case, by=self.staff["head"], reason="Forholdet er opklaret.")

    def word(self, project, words) -> dict:
        """The owner's word, given by its administrator that day."""
        said_by = holder(self.owner(project), "administrator")
        paper = pdf(f"{words}, projekt {project.number}", "brev.pdf")
        return {"said_by": said_by, "said_on": clock.today(), "upload": paper, "reason": words}

    def owner(self, project):
        return project.projectowners.at(clock.now()).select_related("institution").get().institution

    def allow(self, project):
        with self.pace.now():
            other = next(home for home in self.homes[::-1] if home != self.owner(project))
            allowing.allow_institution(project, by=self.staff["officer"], member=other,
                                       **self.word(project, "Forskerne samarbejder om projektet."))  # fmt: skip

    def firms(self) -> list:
        flagged = {"databasiss__register__flags__restricted_enterprise": True}
        used = set(Project.objects.filter(**flagged).values_list("pk", flat=True))
        return [project for project in self.projects if project.pk in used]

    def exempt(self, project):
        granted = project == self.firms()[0]
        verb = exempting.exempt if granted else exempting.refuse_exemption
        with self.pace.now():
            verb(project, by=self.staff["chief"], reason="Et konsulenthus bistår med analyserne."
                 if granted else "Behovet for virksomhedsdata er ikke godtgjort.")  # fmt: skip

    def end(self, project):
        with self.pace.now():
            keys = [row.key for row in dependants.of(project.subject_key, clock.now())]
            ending.end_project(project, by=self.staff["officer"], listed=keys, confirmed=True,
                               **self.word(project, ENDED))  # fmt: skip
