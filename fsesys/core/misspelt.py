"""A person's name, title or mail misspelt: put right on their own record (Process.correctable)."""

from .correcting import Correctable


def of_person(column, label, field, who="person", here=lambda case: True, **kwargs) -> Correctable:
    """who: the case's column with the person. What else a Correctable says: rests, others, also."""

    def write(event, value):
        person = getattr(event.case, who)
        setattr(person, column, value)
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
