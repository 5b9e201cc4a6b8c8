"""An event that no change of its case belongs to is refused by the database."""

import pytest
from django.db import IntegrityError, transaction

from fsesys.core.cases import ProcessEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ahead", [0, 1, 5])
def test_forged_event_is_refused(case_in, ahead):
    case = case_in("received")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessEvent.objects.create(
            case=case, revision=case.revision + ahead, verb="note", from_state="received",
            to_state="received", at=case.opened_at, by=case.responsible, role="head",
        )  # fmt: skip
