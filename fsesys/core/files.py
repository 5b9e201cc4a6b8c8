"""Stored bytes: every uploaded and rendered file once, by its SHA-256, in the database.

Bytes live in PostgreSQL so that a file and the decision that rests on it commit or vanish
together; there is no folder to sweep. What may be uploaded is said in uploads.py.
"""

import hashlib

from django.db import models

from . import guards


class File(models.Model):
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        triggers = [guards.append_only()]

    def __str__(self):
        return self.sha256[:12]


def store(content: bytes, media_type: str) -> File:
    """Keep the bytes; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    File.objects.bulk_create(
        [File(sha256=digest, size=len(content), media_type=media_type, content=content)],
        ignore_conflicts=True,
    )
    return File.objects.defer("content").get(sha256=digest)
