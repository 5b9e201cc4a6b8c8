"""What a second person has before them for a copy signed elsewhere: page by page beside ours."""

from django.utils.translation import gettext as _

from fsesys.core.letters import signed

from .signing import _base

SIDES = {"register_our_signature": "us", "register_counter_signature": "them"}


def beside(case, proposal) -> list:
    """One row per page of the agreement: how much of its text stands on that page of the copy."""
    side, upload = SIDES.get(proposal.verb), proposal.files.select_related("file").first()
    if side is None or upload is None or not case.agreement_id:
        return []
    original = _base(case.agreement.document, side)
    try:
        found = signed.read_elsewhere(bytes(upload.file.content), original)
    except signed.Unreadable as unreadable:
        return [{"label": _("Pages"), "value": str(unreadable)}]
    rows = [{"label": _("Pages"), "value": _("%(copy)d in the copy, %(ours)d in the agreement") % {
        "copy": found.pages, "ours": len(found.alike)}}]  # fmt: skip
    return rows + [
        {"label": _("Page %(n)d") % {"n": n}, "value": _alike(percent)}
        for n, percent in enumerate(found.alike, start=1)
    ]


def _alike(percent):
    if not percent:
        return _("no text to compare: look at the page")
    return _("%(percent)d per cent of our words stand on this page") % {"percent": percent}
