"""One Chromium for a file of tests; a window of its own for each person who is signed in."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from .hands import Hands, Keyboard, Mouse
from .walk import elsewhere
from .watch import Watch

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's own loop runs in this thread
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium():
    """Closed with its file: the driver keeps an event loop running that other tests cannot have."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch():
    """What the browser complained about; a test that ends with complaints fails."""
    watch = Watch()
    yield watch
    assert watch.complaints == []


@pytest.fixture
def window(chromium, live_server, watch):
    """window(hands, **options): a new browser window with its own cookies."""
    opened = []

    def open_window(hands: type[Hands] = Mouse, **options) -> Hands:
        options = {"viewport": {"width": 1280, "height": 900}} | options
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(20_000)
        opened.append(context)
        watch.over(context)
        return hands(context.new_page())

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture
def as_user(window, staff):
    """as_user(name): a window in which that person is signed in, without the sign-in page."""

    def sign_in(username, **options) -> Hands:
        hands, client = window(**options), Client()
        client.force_login(staff[username])
        name = settings.SESSION_COOKIE_NAME
        hands.page.context.add_cookies([
            {"name": name, "value": client.cookies[name].value, "domain": "localhost",
             "path": "/"}
        ])  # fmt: skip
        return hands

    return sign_in


@pytest.fixture
def keyboards(window, staff):
    """Windows without JavaScript that are used with the keyboard only."""
    return lambda: window(Keyboard, java_script_enabled=False)


@pytest.fixture
def work(staff):
    """Let the job worker do what is queued, in a thread: this one has playwright's loop."""
    from procrastinate.contrib.django import app

    def run():
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    return lambda: elsewhere(run)
