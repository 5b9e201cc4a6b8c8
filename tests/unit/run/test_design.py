"""Collecting the design system: what is named is there, nothing else, and a second run is idle."""

import re

import pytest

from fsesys.run import design

CSS = """@font-face{font-family:X;src:url(../fonts/a.eot),url(../fonts/a.woff) format("woff"),
url("../fonts/a.woff2") format("woff2")}
.icon{background:url("../img/svg-icons/one.svg")}
/*# sourceMappingURL=dkfds.min.css.map*/"""


@pytest.fixture
def source(tmp_path):
    files = {
        "css/dkfds.min.css": CSS, "img/all-svg-icons.svg": "<svg/>", "fonts/a.woff2": "font",
        "fonts/a.eot": "old", "img/svg-icons/one.svg": "<svg/>", "img/svg-icons/two.svg": "<svg/>",
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / "dist" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "dist"


def test_only_what_the_style_sheet_names_is_taken(source, tmp_path):
    target = tmp_path / "to"
    assert design.collect(source, target) == 4
    found = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    assert found == {
        "css/dkfds.css", "img/all-svg-icons.svg", "fonts/a.woff2", "img/svg-icons/one.svg",
    }  # fmt: skip
    css = (target / "css/dkfds.css").read_text()
    assert "sourceMappingURL" not in css
    assert re.findall(r"url\(([^)]*)\)", css) == ["../fonts/a.woff2", '"../img/svg-icons/one.svg"']


def test_a_second_run_writes_nothing_and_leftovers_go(source, tmp_path):
    target = tmp_path / "to"
    design.collect(source, target)
    assert design.collect(source, target) == 0
    (target / "css" / "old.css").write_text("x")
    assert design.collect(source, target) == 1
    assert not (target / "css" / "old.css").exists()
