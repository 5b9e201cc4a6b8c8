"""The tag that writes the rows of a table of accesses."""

from django import template

from .. import accesshtml

register = template.Library()
register.simple_tag(accesshtml.rows, name="access_rows")
