"""A person's name, title or mail misspelt: put right on their own record (Process.correctable)."""

from .correcting import Correctable
from .people import Person


def of_person(column, label, field, who="person", here=lambda case: True, **kwargs) -> Correctable:
    """who: the case's column with the person. What else a Correctable says: rests, others, also."""

    def write(event, value):
        rows = Person.objects.select_for_update(no_key=True)  # another case may put right the rest
        person = rows.get(pk=getattr(event.case, f"{who}_id"))
        setattr(person, column, value)
        setattr(event.case, who, person)
        person._history_user = getattr(event.by, "account", None)
        person.save()

    def read(case):
        return getattr(getattr(case, who), column)

    if column == "mail":
        kwargs["reaches"] = read
    return Correctable(
        f"{who}_{column}", label, read, field, write=write,
        here=lambda case: getattr(case, f"{who}_id") is not None and here(case), **kwargs,
    )  # fmt: skip
