"""Bringing an earlier register in: the file kept, previewed, confirmed and written in one batch.

What every register shares. A register subclasses Importer with its columns, rules and what a row
becomes; what it writes goes through `bringing.bring_in`, inside one ImportBatch.
"""

import hashlib

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock, cpr, files, roles
from .cases import ImportBatch, ImportUpload
from .importrows import Checked, Column, Importer, Row, check
from .refusal import AlreadyDone, NotYours, Refused, Stale
from .unreadable import Unreadable

__all__ = ["Checked", "Column", "Importer", "Row", "again", "bring", "check", "permit", "upload"]


def permit(importer, by):
    """Raises NotYours unless the account holds a role that imports this."""
    if not (by.is_active and set(importer.roles) & roles.held(by.person)):
        raise NotYours(_("Your roles do not include this: %(verb)s.") % {"verb": _("Import")})


@transaction.atomic
def upload(importer, kept, *, by) -> ImportUpload:
    """Keep a file for its preview. kept: (name, media type, bytes) of uploads.read."""
    permit(importer, by)
    name, media_type, content = kept
    check(importer, content, ending(name), by, clock.now())
    return ImportUpload.objects.create(
        kind=importer.slug, name=name, file=files.store(content, media_type), by=by.person,
        at=clock.now(),
    )  # fmt: skip


def ending(name) -> str:
    return name.rpartition(".")[2].lower()


def again(importer, kept, by, at) -> Checked:
    """The stored file judged anew."""
    return check(importer, bytes(kept.file.content), ending(kept.name), by, at)


@transaction.atomic
def bring(importer, key, *, by, reason, sha256, seen, valid_only=False) -> ImportBatch:
    """Import the uploaded file: all of its rows, or with `valid_only` those that are right.

    sha256, seen: of the preview that is confirmed. Raises AlreadyDone (its `event` is the batch),
    NotYours, Stale or Refused; nothing is written then.
    """
    kept = _held(importer, key)
    done = ImportBatch.objects.select_related("by").filter(upload=kept).first()
    if done:
        raise AlreadyDone(done)
    permit(importer, by)
    importer.lock()
    at = clock.read()
    checked = _sound(importer, kept, sha256, by, at)
    if checked.seen != seen:
        raise Stale([_("Other rows are right or wrong than when the page was drawn."
                       " Look through the preview again; nothing was imported.")], ())  # fmt: skip
    _refuse(checked, reason, valid_only)
    batch = ImportBatch.objects.create(
        by=by.person, reason=reason.strip()[:300], sha256=kept.file.sha256, at=at, upload=kept,
        rows=len(checked.good), left_out=len(checked.bad),
    )  # fmt: skip
    importer.make(batch, checked.good, by)
    return batch


def _held(importer, key):
    """The upload, locked; one import of a kind at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"import:{importer.slug}"])
    rows = ImportUpload.objects.select_related("file").filter(kind=importer.slug)
    return rows.select_for_update(of=("self",), no_key=True).get(key=key)


def _sound(importer, kept, sha256, by, at):
    digest = hashlib.sha256(bytes(kept.file.content)).hexdigest()
    if not sha256 == digest == kept.file.sha256:
        raise Refused([_("The page belongs to another file. Open the preview again.")])
    try:
        return again(importer, kept, by, at)
    except Unreadable as unreadable:
        raise Refused([unreadable.sentence]) from unreadable


def _refuse(checked, reason, valid_only):
    refusals = list(cpr.sentences(reason))
    if not reason.strip():
        refusals.append(_("Write where the register comes from: it is shown on every record."))
    if checked.bad and not valid_only:
        refusals.append(ngettext(
            "One row is wrong; nothing was imported. Put it right, or choose valid rows only.",
            "%(count)d rows are wrong; nothing was imported. Put them right, or choose valid rows"
            " only.", len(checked.bad)) % {"count": len(checked.bad)})  # fmt: skip
    if not checked.good:
        refusals.append(_("No row of the file can be imported."))
    if refusals:
        raise Refused(refusals)
