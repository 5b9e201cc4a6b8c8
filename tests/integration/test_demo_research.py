"""The demo office of processes 2 and 3: through the actions, in many states, and only once."""

import pytest

from fsesys.core import clock
from fsesys.core.cases import Case
from fsesys.desk.demo import research
from projects import access
from projects.grant.models import GrantCase
from projects.proposal.models import ProposalCase
from projects.records import Grant
from researchers.association.models import AssociationCase
from researchers.records import CertificationPass

pytestmark = pytest.mark.django_db
FEW = {"people": 14, "proposals": 16, "grants": 20}


def states(model):
    return set(model.objects.values_list("state", flat=True))


def test_a_small_share_is_loaded_once_with_nothing_left_out(walk_to, staff):
    walk_to("authorised")
    walk_to("authorised")
    told = []
    assert research.load(staff, told.append, [FEW])
    assert not [words for words in told if "left out" in words], told
    assert {"active", "requested", "refused"} <= states(AssociationCase)
    assert states(ProposalCase) == {
        "submitted", "in_assessment", "awaiting_applicant", "returned", "approved", "in_force",
        "rejected", "withdrawn", "lapsed",
    }  # fmt: skip
    assert CertificationPass.objects.count() > FEW["people"] // 2
    assert {"granted"} <= states(GrantCase) and Grant.objects.exists()
    rows = list(access.register(clock.now()))
    open_now = [row for row in rows if row.at(clock.now())]
    assert rows and open_now and len(open_now) < len(rows)
    count = Case.objects.count()
    assert not research.load(staff, told.append, [FEW])
    assert Case.objects.count() == count
