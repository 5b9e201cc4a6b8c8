"""The institution answers: who refused stands in the same columns as who approved."""

import django.db.models.deletion
from django.db import migrations, models

NAMES = {"approved_by": "answered_by", "approved_on": "answered_on",
         "approval_channel": "answer_channel"}  # fmt: skip
CHANNELS = [("mail", "mail"), ("digital-post", "Digital Post"), ("post", "post"),
            ("phone", "phone"), ("portal", "portal"), ("internal", "internal")]  # fmt: skip
PERSON = {"related_name": "+", "to": "core.person", "verbose_name": "answered by", "null": True}
KEYS = {
    "associationcase": models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, **PERSON),
    "historicalassociationcase": models.ForeignKey(
        blank=True, db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, **PERSON
    ),
}  # fmt: skip


def renamed(model):
    """The three columns under their new names, with their new labels."""
    channel = models.CharField(
        blank=True, choices=CHANNELS, max_length=20, verbose_name="channel of the answer"
    )
    yield from (migrations.RenameField(model, old, new) for old, new in NAMES.items())
    yield migrations.AlterField(model, "answered_by", KEYS[model])
    yield migrations.AlterField(
        model, "answered_on", models.DateField(null=True, verbose_name="answered on")
    )
    yield migrations.AlterField(model, "answer_channel", channel)


class Migration(migrations.Migration):
    dependencies = [("researchers", "0021_final_hold")]
    operations = [
        migrations.RemoveConstraint("associationcase", "approval_has_its_day"),
        *(one for model in KEYS for one in renamed(model)),
        migrations.AddConstraint(
            "associationcase",
            models.CheckConstraint(
                condition=models.Q(answered_by=None, answered_on=None)
                | models.Q(answered_by__isnull=False, answered_on__isnull=False),
                name="answer_has_its_day",
            ),
        ),
    ]
