"""Does an uploaded copy fit the agreement we issued, on the road that was chosen (design.md 6)?"""

from django.utils.translation import gettext as _

from .letters import signed


def misfits(content: bytes, *, road: str, original: bytes, number: str, typed_number: str = ""):
    """(sentences, findings): every reason why the copy is not this agreement, and what was read.

    content: the uploaded PDF. original: our issued PDF. number: its document number.
    """
    try:
        found = signed.read_digital(content, original) if road == "digital" else None
        if road == "scan":
            found = signed.read_scan(content)
        if road == "elsewhere" and original:
            found = signed.read_elsewhere(content, original)
        if found is None:
            found = signed.read_pdf(content)
    except signed.Unreadable as unreadable:
        return [str(unreadable)], {}
    check = {"digital": _digital, "scan": _scan}.get(road, _elsewhere)
    return list(check(found, original, number, typed_number)), found.as_json()


def _digital(found, original, number, typed):
    yield from found.sentences
    if not found.intact and not found.sentences:
        yield _(
            "The digital signature is not intact, or the file is not our agreement %(number)s."
        ) % {"number": number}


def _scan(found, original, number, typed):
    numbers = set(found.numbers)
    if not numbers:
        yield _("No QR code could be read. Scan the agreement again, or choose “signed elsewhere”.")
    elif numbers != {number}:
        yield _("The copy is of %(found)s, but the agreement sent is %(number)s.") % {
            "found": ", ".join(sorted(numbers)),
            "number": number,
        }
    elif original and found.pages < signed.read_pdf(original).pages:
        yield _("The copy has fewer pages than the agreement. Scan every page.")


def _elsewhere(found, original, number, typed):
    """What the words of the pages say is shown to the second person, who compares them."""
    if typed.strip() != number:
        yield _("Type the document number printed on the copy; it must be the agreement sent.")
    if found.numbers and set(found.numbers) != {number}:
        yield _("The copy is of %(found)s, but the agreement sent is %(number)s.") % {
            "found": ", ".join(found.numbers),
            "number": number,
        }
    if found.pages < len(found.alike):
        yield _("The copy has fewer pages than the agreement. Ask for every page.")
