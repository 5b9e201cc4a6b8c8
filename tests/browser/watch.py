"""What a browser says about our pages: errors on the console, refused content, dialogs."""

from __future__ import annotations


class Watch:
    """Collects complaints of every window. `expected(status)` lets one kind of answer pass."""

    def __init__(self):
        self.complaints, self.passing = [], set()

    def over(self, context):
        context.on("console", self.console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("dialog", self.dialog)
        context.on("response", self.response)

    def expected(self, *statuses):
        self.passing |= set(statuses)

    def console(self, message):
        # Chromium tells of a refused answer here as well; `response` knows more about it.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console on {message.page.url}: {message.text}")

    def dialog(self, dialog):
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def response(self, response):
        if response.status >= 400 and response.status not in self.passing:
            self.complaints.append(f"{response.status} {response.url}")
