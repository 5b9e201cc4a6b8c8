"""Tags that every page may use: icons, and words that HTML needs from a value. No queries here."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from .. import listhtml

register = template.Library()
register.simple_tag(listhtml.rows, name="table_rows")
register.simple_tag(listhtml.options)


@register.simple_tag
def icon(name):
    """One icon of the design system's sprite; decoration only, the words stand beside it."""
    return format_html(
        '<svg class="icon-svg" focusable="false" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("dkfds/img/all-svg-icons.svg"), name,
    )  # fmt: skip


@register.filter
def first_control(field):
    """The id of the first control of a field: where the error summary leads."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def is_tick(field):
    """Is it a single tick box, drawn before its label?"""
    widget = field.field.widget
    return getattr(widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.filter
def blocked(choices):
    """The verbs that cannot be done now, without the primary one, which stays in sight."""
    return [c for c in choices if not c["allowed"] and not c["primary"]]
