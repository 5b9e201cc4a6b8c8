"""The admin as staff read it: in their language, without columns that are for programs."""

from __future__ import annotations

import pytest
from django.contrib.admin import site

from fsesys.core.caseadmin import ReadOnlyAdmin
from fsesys.core.checklists import Checklist
from fsesys.core.parameters import ParameterValue
from projects.grant.models import GrantCase
from tests.integration.test_grant import office, requested  # noqa: F401

pytestmark = pytest.mark.django_db
OURS = [model for model, found in site._registry.items() if isinstance(found, ReadOnlyAdmin)]


@pytest.mark.parametrize("model", OURS)
def test_every_column_that_is_shown_has_a_name_in_both_languages(model, rf, staff):
    request, found = rf.get("/"), site._registry[model]
    request.user = staff["head"]
    named = {one.name: one.verbose_name for one in model._meta.fields}
    shown = [*found.list_display, *found.get_fields(request)]
    assert [name for name in shown if isinstance(named.get(name), str)] == []


def test_a_case_is_listed_with_its_state_in_words_and_leads_to_its_own_page(office, client):  # noqa: F811
    case = requested(office)
    client.force_login(office.staff["head"])
    url = "/admin/projects/grantcase/"
    page = client.get(url).content.decode()
    assert "Access requested" in page and "requested<" not in page.replace("Access requested<", "")
    answer = client.get(f"{url}{case.pk}/change/")
    assert answer.status_code == 302 and case.number in answer.url
    assert client.get(answer.url).status_code == 200
    assert GrantCase.objects.get().revision == 1
    assert client.get(f"{url}999999/change/").status_code == 302


def test_reference_data_is_read_in_danish(staff, client):
    head = staff["head"]
    head.language = "da"
    head.save()
    client.force_login(head)
    url = "/admin/core/checklist/"
    page = client.get(url).content.decode()
    assert "Projektindstillinger" in page and "Process" not in page and "Summary" not in page
    page = client.get(f"{url}{Checklist.objects.first().pk}/change/").content.decode()
    assert "Author" not in page and "Process" not in page
    assert client.get("/admin/core/parametervalue/").status_code == 200
    assert not ParameterValue.objects.exists()
