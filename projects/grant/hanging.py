"""What would break: the accesses that an end takes away, told before it is confirmed.

Nothing is done to them: the rule closes them by itself. The list is kept with the decision.
"""

from fsesys.core import clock
from fsesys.core.cases import Case
from fsesys.core.dependants import Dependant

from .. import access, naming

# "right:1" and the like: what an institution or a project may lose while it lives on
LOSING = {"right": "institution", "full_right": "institution", "exemption": "project"}


def listed(subject_key, at) -> list:
    """The kind "access": accesses, open or paused, that rest on the record whose end is asked
    about."""
    rows = list(_resting(subject_key, at))
    return list(_told(rows, at).values())


def open_of(case) -> dict:
    """{key: Dependant} of the accesses that are open now and may rest on what the case is about."""
    about = [name for name in ("person", "project") if getattr(case, f"{name}_id", None)]
    about = about or [name for name in ("institution",) if getattr(case, "institution_id", None)]
    at = clock.now()
    scope = {name: getattr(case, f"{name}_id") for name in about}
    rows = [one for one in access.register(at, **scope) if one.at(at)] if scope else []
    return _told(rows, at)


def _told(rows, at) -> dict:
    names = naming.of(rows, at, at)
    told = [Dependant("access", f"access:{one.case_id}", names.sentence(one), names.url(one))
            for one in rows]  # fmt: skip
    return {one.key: one for one in told}


def _resting(subject_key, at):
    kind, *ids = subject_key.split(":")
    if kind in LOSING:
        return access.lost(at, kind, **{LOSING[kind]: int(ids[0])})
    scope, keep = _scope(subject_key)
    if scope is None:
        return []
    return [one for one in access.register(at, **scope) if one.alive(at) and keep(one)]


def _scope(subject_key):
    """(scope of the rule, which rows of it) for `institution:1`, `project:1`, `association:2:1`."""
    kind, *ids = subject_key.split(":")
    if kind in ("institution", "project"):
        return {kind: int(ids[0])}, lambda one: True
    if kind == "association":
        agreements = Case.objects.filter(process="association", subject_key=subject_key)
        known = set(agreements.values_list("pk", flat=True))
        return {"person": int(ids[0])}, lambda one: one.agreement_id in known
    return None, None


def on_end(ids, event, to_at):
    """The rule sees the end; no access row is touched."""
