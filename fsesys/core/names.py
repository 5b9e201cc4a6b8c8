"""How names are compared: one normalised form for search and for finding doubles."""

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models

DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ð": "d", "þ": "th", "ß": "ss"})
LOOK_ALIKES = str.maketrans(
    "аеорсухіѕԁӏАВЕКМНОРСТУХІЅЈΑΒΕΗΙΚΜΝΟΡΤΧΥΖαεικονρτυχ",
    "aeopcyxisdlabekmhopctyxisjabehikmnoptxyzaeikovptux",
)


INVISIBLE = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
JOINERS = re.compile("[\u200c-\u200f]")  # not seen either, but some scripts and signs need them


def visible(text: str) -> str:
    """Without what nobody sees: characters without width, and those that turn a text round.

    A text of nothing else is empty.
    """
    text = INVISIBLE.sub("", text)
    return text if JOINERS.sub("", text).strip() else JOINERS.sub("", text)


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


def prefix_words(words: str) -> str:
    """All words as prefixes, as to_tsquery reads them; empty when nothing is left of them."""
    return " & ".join(f"{part}:*" for part in normalise(words).split()[:8])


def prefix_query(words: str):
    """A text-search query of all words as prefixes, or None when nothing is left of them."""
    raw = prefix_words(words)
    return SearchQuery(raw, config="simple", search_type="raw") if raw else None
