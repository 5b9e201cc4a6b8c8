"""How somebody uses a page: with the mouse, or with the keyboard alone.

Belongs here: following a link, filling in a field, pressing the button of a form. Fields are
found by their names and links by where they lead, so that the words may change.
"""

from __future__ import annotations

from playwright.sync_api import Page

BUTTON = ".asking button.go, .submit-row [type=submit], #login-form [type=submit]"
MOST = 250  # presses of a key before somebody gives up


class Hands:
    """A person before one page."""

    def __init__(self, page: Page):
        self.page = page

    def open(self, path: str):
        return self.page.goto(path)

    def sign_in(self, username: str, path="/sign-in/"):
        self.open(path)
        self.type("username", username)
        self.type("password", "demo")
        self.press()

    def follow(self, ending: str):
        """Follow the link whose address ends like this."""
        self.go(f"a[href$='{ending}']")

    def press(self):
        """Press the one button of the page's form."""
        self.go(BUTTON)

    def bytes_of(self, path: str) -> bytes:
        """What a link to a file gives, downloaded with this person's cookies."""
        answer = self.page.context.request.get(path)
        assert answer.ok, (path, answer.status)
        return answer.body()

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def at(self, ending: str):
        """Being on a page whose address ends like this, without a refusal on it."""
        alert = self.page.locator("[role=alert], .errornote, .errorlist")
        said = alert.all_inner_texts()
        assert self.page.url.endswith(ending) and not said, (self.page.url, ending, said)


class Mouse(Hands):
    def field(self, name):
        return self.page.locator(f"[name='{name}']:not([type=hidden], button)")

    def go(self, selector):
        with self.page.expect_navigation():
            self.page.locator(selector).locator("visible=true").first.click()

    def type(self, name, text):
        self.field(name).fill(str(text))

    def choose(self, name, value):
        option = self.page.locator(f"input[name='{name}'][value='{value}']")
        if option.count():
            option.check()
        else:
            self.page.locator(f"select[name='{name}']").select_option(str(value))

    def attach(self, name, *files):
        self.field(name).set_input_files([payload(file) for file in files])


class Keyboard(Hands):
    """Tab, arrows, Space, Enter and typing; never the mouse."""

    def key(self, key):
        self.page.keyboard.press(key)

    def reach(self, selector):
        """Tab until the focus is there."""
        for _press in range(MOST):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.key("Tab")
        raise AssertionError(f"{self.page.url}: the keyboard does not reach {selector}")

    def go(self, selector):
        self.reach(selector)
        with self.page.expect_navigation():
            self.key("Enter")

    def type(self, name, text):
        self.reach(f"[name='{name}']")
        self.key("Control+A")
        self.page.keyboard.type(str(text))

    def choose(self, name, value):
        self.reach(f"[name='{name}']")
        if self.focused("type") == "radio":
            self.key("Space")
        for _press in range(MOST):
            if self.focused("value") == str(value):
                return
            self.key("ArrowDown" if self.focused("type") == "radio" else self.onward(value))
        raise AssertionError(f"{self.page.url}: {name} can not become {value}")

    def onward(self, value):
        """The arrow that leads to the option of a list."""
        options = self.page.evaluate("[...document.activeElement.options].map(o => o.value)")
        here = options.index(self.focused("value"))
        return "ArrowDown" if options.index(str(value)) > here else "ArrowUp"

    def focused(self, what):
        return self.page.evaluate("what => document.activeElement[what]", what)

    def attach(self, name, *files):
        self.reach(f"[name='{name}']")
        field = self.page.locator(f"[name='{name}']")
        field.set_input_files([payload(file) for file in files])


def payload(file):
    name, media_type, content = file
    return {"name": name, "mimeType": media_type, "buffer": content}
