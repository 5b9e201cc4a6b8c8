"""What an association case says of the person's own record: put on record, taken over, put back."""

from fsesys.core.people import Person

from ..records import Researcher

NEW = {"name": "", "title": "", "birth_year": None, "citizenship": "", "country": "",
       "language": "", "employer": ""}  # fmt: skip
OF_RESEARCHER = ("birth_year", "citizenship", "country", "language", "employer")


def known(person):
    """The person's record as a researcher, or None."""
    return Researcher.objects.filter(person=person).first() if person else None


def on_record(person, new, by):
    """The person's record as a researcher; the ident comes with the first activation."""
    told = {name: new[name] for name in OF_RESEARCHER}
    researcher = Researcher(person=person, **told | {"language": told["language"] or "da"})
    researcher._history_user = by
    researcher.save()


def take_over(event, by, new):
    """What was told of somebody on record is so from now on; what was not told stays."""
    person = Person.objects.get(pk=event.case.person_id)
    told = {name: new[name] for name in OF_RESEARCHER if new[name]}
    _change(Researcher.objects.get(person=person), event, by, told)
    _change(person, event, by, {"title": new["title"]} if new["title"] else {})


def take_over_mail(event, by):
    """The mail of the association is the person's from its first moment on."""
    person = Person.objects.get(pk=event.case.person_id)
    _change(person, event, by, {"mail": event.case.mail})


def _change(row, event, by, told):
    changed = {name: value for name, value in told.items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row._history_user, row._change_reason = by, _mark(event)
    row.save()


def _mark(event) -> str:
    return f"{event.case.number}/{event.revision}"


def put_back(last, event):
    """The step was undone: what it changed of the person is as before, if nobody changed it since."""
    person = Person.objects.get(pk=event.case.person_id)
    for row, names in ((person, ("title", "mail")), (known(person), OF_RESEARCHER)):
        mark = row.history.filter(history_change_reason=_mark(last)).first() if row else None
        former = mark and mark.prev_record
        if former:
            told = {name: getattr(former, name) for name in names
                    if getattr(row, name) == getattr(mark, name)}  # fmt: skip
            _change(row, event, event.by.account, told)
