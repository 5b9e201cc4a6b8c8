"""What of a typed text is seen, and what is kept of it."""

import pytest

from fsesys.core.forms import seen_by_people
from fsesys.core.names import visible


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Åse", "Åse"), ("Å\u200bse\ufeff", "Åse"), ("\u202eesÅ", "esÅ"), ("kom\u00admune", "kommune"),
        ("\u200b \u2060", " "), ("\u200d\u200e", ""), ("👩\u200d🔬", "👩\u200d🔬"), ("", ""),
        ("שלום\u200f!", "שלום\u200f!"), ("two\nlines\t", "two\nlines\t"),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out_and_what_scripts_need_stays(typed, kept):
    assert visible(typed) == kept


def test_forms_get_what_is_seen_and_other_values_as_they_are():
    assert seen_by_people({"name": "\ufeffBo", "count": 3}) == {"name": "Bo", "count": 3}
    assert seen_by_people(None) is None
