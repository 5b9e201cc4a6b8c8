"""Row history that cannot be edited: who changed which column of a record, for the timeline."""

from simple_history.models import HistoricalRecords

from . import guards


class History(HistoricalRecords):
    """Row history whose table is append-only. Triggers given through `bases=` are ignored."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("related_name", "row_history")
        super().__init__(*args, **kwargs)

    def get_meta_options(self, model):
        return super().get_meta_options(model) | {"triggers": [guards.append_only()]}
