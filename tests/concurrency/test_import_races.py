"""Imports in one second: one confirmation wins, a number is given once, nothing is half there."""

from __future__ import annotations

from functools import partial

import pytest
from stdnum.dk import cvr

from fsesys.core import importing
from fsesys.core.cases import ImportBatch
from fsesys.core.people import User
from fsesys.core.refusal import AlreadyDone, Refused
from institutions.authorisation import signing
from institutions.importing import INSTITUTIONS
from institutions.records import Institution
from tests.integration.test_import import as_csv, register, uploaded
from tests.office import Call, stated

ROUNDS = 20
pytestmark = pytest.mark.django_db(transaction=True)


def confirming(kept, confirm, name):
    def act():
        by = User.objects.select_related("person").get(username=name)
        return importing.bring(INSTITUTIONS, kept.key, by=by, **confirm)

    return act


def outcomes(results):
    won = [r for r in results if isinstance(r, ImportBatch)]
    return won, [r for r in results if not isinstance(r, ImportBatch)]


def test_two_confirmations_of_one_preview_make_one_import(staff, together):
    for n in range(ROUNDS):
        kept, confirm = uploaded(as_csv(register()[n : n + 1]), staff)
        acts = [confirming(kept, confirm, who) for who in ("responsible", "head") * 2]
        won, others = outcomes(together(acts))
        assert len(won) == 1
        assert all(isinstance(other, AlreadyDone) for other in others), others
        assert Institution.objects.count() == n + 1


def test_two_uploads_of_one_register_make_one_import(staff, together):
    for n in range(ROUNDS):
        content = as_csv(register()[n : n + 1])
        acts = [confirming(*uploaded(content, staff), who) for who in ("responsible", "head")]
        won, others = outcomes(together(acts))
        assert len(won) == 1
        assert all(isinstance(other, Refused) for other in others), others
        assert Institution.objects.count() == n + 1


def test_an_import_and_a_registration_never_give_one_number_twice(staff, walk_to, together):
    for n in range(5):
        call = Call(walk_to("signed_by_both"), "register_institution")
        rows = register()[20 + n : 21 + n]
        rows[0]["authorisation_number"] = ""
        kept, confirm = uploaded(as_csv(rows), staff)
        results = together([confirming(kept, confirm, "head"), partial(call.event)])
        assert not [r for r in results if isinstance(r, Exception)], results
    numbers = list(Institution.objects.exclude(authorisation_number=None)
                   .values_list("authorisation_number", flat=True))  # fmt: skip
    assert len(set(numbers)) == len(numbers) == 10


def test_an_import_and_an_application_put_one_institution_on_record_once(staff, together):
    numbers = [str(n) for n in range(40_000_000, 40_000_900) if cvr.is_valid(str(n))]
    for n in range(ROUNDS):
        row = register()[n] | {"name_da": f"Center {n}", "cvr": numbers[n]}
        applied = stated(n) | {"double_reason": ""}
        applied["institution"] |= {"name_da": row["name_da"], "cvr": row["cvr"]}
        applying = partial(signing.register_application, by=staff["secretary"], **applied)
        results = together([confirming(*uploaded(as_csv([row]), staff), "head"), applying])
        assert Institution.objects.filter(cvr=row["cvr"]).count() == 1, results
        assert sum(isinstance(r, Refused) for r in results) == 1, results
