"""Processes 2 and 3 in the demo office: people, their tests, projects, accesses, and what disturbs.

Each walk is a transaction of its own and is not gone twice: a load that was cut off goes on.
"""

from fsesys.core import clock

from . import accesses, certificates, disturbances, projects, researchers
from .pace import each

FIRST = {"people": 60, "proposals": 20, "grants": 200}  # soon there is something on every page
WHOLE = {"people": researchers.PEOPLE, "proposals": projects.PROJECTS, "grants": accesses.GRANTS}


def load(staff, told, shares=(FIRST, WHOLE)) -> bool:
    """Load what is missing; told(words) says what was. Returns whether anything was."""
    if disturbances.is_complete():
        return False
    told("People, projects and accesses follow; that takes some minutes.")
    today = clock.today()
    for share in shares:
        put(staff, told, today, **share)
    done = each(disturbances.walks(staff, today), told)
    told(f"  {done} round of holds and the like")
    return True


def put(staff, told, today, people, proposals, grants):
    """Load so many of each kind, less those who are there."""
    parts = (
        ("people", lambda: researchers.walks(staff, today, people)),
        ("people at a second place", lambda: researchers.elsewhere(staff, today)),
        ("files of results", lambda: certificates.files(staff, today)),
        ("projects", lambda: projects.walks(staff, today, proposals)),
        ("projects with accesses", lambda: accesses.walks(staff, today, grants)),
    )
    for words, walks in parts:
        told(f"  {each(walks(), told)} {words}")
