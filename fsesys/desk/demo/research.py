"""Processes 2 and 3 in the demo office: people, their tests, projects, accesses, and what disturbs.

Each walk is a transaction of its own and is not gone twice: a load that was cut off goes on.
"""

from fsesys.core import clock

from . import accesses, certificates, disturbances, projects, researchers
from .pace import each


def load(staff, told, people=researchers.PEOPLE, proposals=projects.PROJECTS,
         grants=accesses.GRANTS):  # fmt: skip
    """Load what is missing; told(words) says what was. Returns whether anything was."""
    if disturbances.is_complete():
        return False
    today = clock.today()
    parts = (
        ("people", lambda: researchers.walks(staff, today, people)),
        ("at a second place", lambda: researchers.elsewhere(staff, today)),
        ("files of results", lambda: certificates.files(staff, today)),
        ("projects", lambda: projects.walks(staff, today, proposals)),
        ("projects with accesses", lambda: accesses.walks(staff, today, grants)),
        ("rounds of holds and the like", lambda: disturbances.walks(staff, today)),
    )
    done = [(words, each(walks(), told)) for words, walks in parts]
    told("Loaded: " + ", ".join(f"{count} {words}" for words, count in done) + ".")
    return True
