"""Papers that are the same for everybody (a blank form): printed once per content, then kept.

A paper has no case, no number of its own and no event, so it is no Document. Its version is the
hash of its template and of everything that stands in it; another content is another row.
"""

import hashlib
import json
import threading

from django.db import models

from . import clock, files, guards
from .documents import LANGUAGES
from .letters.compose import compose, template_version
from .letters.render import render

SECONDS = 20  # a blank form takes one; whoever waits longer than this waits for nothing
_press = threading.Lock()


class Busy(Exception):
    """The paper is being printed just now, for somebody else."""


class Printed(models.Model):
    """The PDF of one content of a paper."""

    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    version = models.CharField(max_length=64, unique=True)
    file = models.ForeignKey("core.File", models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.template} {self.language} {self.version[:8]}"


def version(template: str, context: dict, language: str) -> str:
    """SHA-256 (hex) of all that the paper shows."""
    told = json.dumps([language, template_version(template), context], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def printed(template: str, context: dict, language: str, number: str) -> files.File:
    """The paper's bytes, printed now if nobody needed this content before.

    `number` is a prefix: the paper shows it with the beginning of its version. A web process
    prints one paper at a time; raises Busy for whoever comes meanwhile, RenderFailed.
    """
    mark = version(template, context, language)
    if kept := _kept(mark):
        return kept
    if not _press.acquire(blocking=False):
        raise Busy
    try:
        document = context["document"] | {"number": f"{number}-{mark[:8].upper()}"}
        html = compose(template, context | {"document": document}, language)
        return _keep(template, language, mark, render(html, timeout=SECONDS))
    finally:
        _press.release()


def _kept(mark):
    row = Printed.objects.select_related("file").filter(version=mark).first()
    return row and row.file


def _keep(template, language, mark, pdf):
    file = files.store(pdf, "application/pdf")
    row = Printed(
        template=template, language=language, version=mark, file=file, printed_at=clock.read()
    )
    Printed.objects.bulk_create([row], ignore_conflicts=True)
    return _kept(mark)
