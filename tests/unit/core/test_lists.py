"""The list component on a table that Django brings: pages, filters, order, fuzzed addresses."""

from base64 import urlsafe_b64decode
from urllib.parse import parse_qs

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.db.models import F, Q, Value
from django.db.models.functions import NullIf, Substr
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fsesys.core import keyset
from fsesys.core.lists import Column, Filter, Option, Register, Words

pytestmark = pytest.mark.django_db
EXAMPLES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FIRST = NullIf(Substr("name", 1, 1), Value("x"))
SECOND = NullIf(Substr("name", 2, 1), Value("x"))


class Groups(Register):
    name = "groups"
    size = 3
    order = ("name",)
    columns = (
        Column("name", "Name", sort="name", link=lambda row: f"/{row.pk}/"),
        Column("first", "First", value=lambda row: row.name[0], sort=FIRST),
        Column("both", "Both", value=lambda row: row.name[:2], sort=(FIRST, SECOND.desc())),
        Column("never", "Never", value="pk"),
    )
    filters = (
        Filter("first", "First letter", (Option("a", "Begins with a", Q(name__startswith="a")),)),
        Words("words", "Words", lambda text: Q(name__icontains=text)),
    )


class Unordered(Groups):
    order = ()


def read(query="", cls=Groups):
    return cls(QueryDict(query), Group.objects.all())


def names(page):
    return [row[0].text for row in page.rows]


def walk(url, direction, cls=Groups):
    """All pages from an address on, following `direction`."""
    pages = []
    while url is not None:
        page = read(url.removeprefix("?"), cls).page()
        pages.append(page)
        url = getattr(page, direction) or None
        assert len(pages) < 100
    return pages


def fill(*given_names):
    Group.objects.all().delete()
    Group.objects.bulk_create(Group(name=name) for name in given_names)


@EXAMPLES
@given(
    st.lists(st.text("abx", min_size=2, max_size=4), unique=True, max_size=14),
    st.sampled_from(["", "name", "-name", "first", "-first", "both", "-both"]),
    st.sampled_from([Groups, Unordered]),
)
def test_walking_visits_each_row_once_and_back_again(found, sort, cls):
    fill(*found)
    forth = walk(f"?sort={sort}" if sort else "?", "next_url", cls)
    seen = [name for page in forth for name in names(page)]
    everything = [row.name for row in read(f"sort={sort}", cls).walk.everything()]
    assert sorted(seen) == sorted(found)
    assert seen == everything
    if forth[-1].previous_url:
        back = walk(forth[-1].previous_url, "previous_url", cls)
        again = [name for page in reversed(back) for name in names(page)]
        assert again + names(forth[-1]) == seen
    assert forth[0].previous_url == "" and forth[-1].next_url == ""


def test_empty_values_come_last_both_ways():
    fill("xa", "ba", "aa")
    assert names(read("sort=first").page()) == ["aa", "ba", "xa"]
    assert names(read("sort=-first").page()) == ["ba", "aa", "xa"]


def test_a_page_costs_the_same_number_of_queries_at_any_size(django_assert_max_num_queries):
    fill(*(f"{letter}{n:03}" for letter in "axb" for n in range(40)))
    for page in walk("?sort=-first", "next_url")[::5]:
        with django_assert_max_num_queries(3):
            read((page.next_url or "?").removeprefix("?")).page()


def test_filters_are_chips_that_can_be_taken_away():
    fill("aa", "ab", "bb")
    register = read("first=a&words=b&sort=-name")
    assert names(register.page()) == ["ab"]
    chips = list(register.chips)
    assert [(chip["label"], chip["text"]) for chip in chips] == [
        ("First letter", "Begins with a"), ("Words", "b"),
    ]  # fmt: skip
    assert chips[0]["remove_url"] == "?words=b&sort=-name"
    assert register.clear_url == "?sort=-name"
    assert register.export_urls[0]["url"] == "?first=a&words=b&sort=-name&export=csv"


def test_headings_tell_the_order_and_turn_it_round():
    headings = {heading["label"]: heading for heading in read("sort=name").headings}
    assert headings["Name"]["aria"] == "ascending"
    assert headings["Name"]["url"] == "?sort=-name"
    assert headings["First"]["url"] == "?sort=first"
    assert headings["Never"]["url"] == ""


@pytest.mark.parametrize(
    "query",
    ["state=open", "first=z", "first=a&first=b", "sort=password", "sort=never", "sort=--name",
     "sort=name__length", "words=" + "w" * 101, "words=%00", "user__password=x", "page=2"],
)  # fmt: skip
def test_what_the_list_does_not_know_is_said_and_no_row_is_shown(query):
    fill("aa", "bb")
    register = read(query)
    assert len(register.problems) == 1 and register.problems[0].endswith(".")
    assert register.page().rows == []
    assert list(register.walk.everything()) == []


@pytest.mark.parametrize("key", ["after", "before"])
@pytest.mark.parametrize("value", ["x", "1", "a:b:c", "%FF%FE", "ø" * 500, "eyJhIjoxfQ:1a:2b"])
def test_an_unknown_place_begins_the_list_anew_and_says_so(key, value):
    fill("aa", "bb")
    register = read(f"{key}={value}")
    assert names(register.page()) == ["aa", "bb"]
    assert len(register.remarks) == 1


def test_a_cursor_holds_for_its_own_order_and_its_own_rows_only():
    fill("aa", "bb", "cc", "dd")
    url = read().page().next_url
    register = read(f"{url.removeprefix('?')}&sort=-name")
    assert names(register.page())[0] == "dd" and register.remarks
    Group.objects.filter(name="cc").delete()
    register = read(url.removeprefix("?"))
    assert names(register.page())[0] == "aa" and register.remarks
    said = parse_qs(url.removeprefix("?"))["after"][0].split(":")[0]
    assert b"cc" not in urlsafe_b64decode(said + "==")  # no value of a row stands in an address


@EXAMPLES
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["first", "words", "sort", "after", "before", "export", "pk__in", ""])
            | st.text(max_size=5),
            st.text(max_size=60) | st.sampled_from(["a", "name", "-first", "csv", "\x00", "%s"]),
        ),
        max_size=5,
    )
)
def test_no_address_breaks_the_list(pairs):
    query = QueryDict(mutable=True)
    for key, value in pairs:
        query.appendlist(key, value)
    register = Groups(query, Group.objects.all())
    register.page()
    assert list(register.headings) and list(register.chips) is not None and register.clear_url


def test_which_keys_may_be_empty():
    assert not keyset.nullable(Permission, "content_type__app_label")
    assert not keyset.nullable(Permission, "pk")
    assert keyset.nullable(LogEntry, "content_type__app_label")
    assert keyset.nullable(Permission, "group__name")
    assert keyset.nullable(Group, "no_such_annotation")
    order = [
        (k.descending, k.nullable) for k in keyset.keys(Permission, ["-name", FIRST, F("name")])
    ]
    assert order == [(True, False), (False, True), (False, False), (True, False)]
    unique = keyset.keys(Group, ["-name", FIRST])  # nothing after it could change the order
    assert [(k.name, k.descending) for k in unique] == [("sort_0", True)]


def test_the_first_key_bounds_the_search_so_that_an_index_can_begin_there():
    fill("aa", "ab", "ac", "ad")
    walk_ = keyset.Walk(Group.objects.all(), ["name"])
    row = walk_.rows.get(name="ab")
    sql = str(walk_.part(False, row, False).query)
    assert '"auth_group"."name" >= ab' in sql and "OFFSET" not in sql and "COUNT" not in sql
