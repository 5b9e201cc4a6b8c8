"""How names are compared: one normalised form for search and for finding doubles."""

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models

DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ð": "d", "þ": "th", "ß": "ss"})
LOOK_ALIKES = str.maketrans("аеорсухіѕԁӏΑΒΕΗΙΚΜΝΟΡΤΧ", "aeopcyxisdlabehikmnoptx")


def normalise(text: str) -> str:
    """Lower case, without accents, look-alike letters and punctuation; single spaces."""
    text = unicodedata.normalize("NFKC", text).translate(LOOK_ALIKES).lower().translate(DANISH)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def searchable(column="search"):
    """A stored text-search vector over a normalised column, for prefix search by word."""
    return models.GeneratedField(
        expression=SearchVector(column, config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def prefix_query(words: str):
    """A text-search query of all words as prefixes, or None when nothing is left of them."""
    parts = normalise(words).split()[:8]
    if not parts:
        return None
    raw = " & ".join(f"{part}:*" for part in parts)
    return SearchQuery(raw, config="simple", search_type="raw")
