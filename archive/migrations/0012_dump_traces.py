"""Traces of dumps, by which the one that another replaces is found; those of the dumps that are there."""

import django.db.models.deletion
from django.db import migrations, models

#: Dumps whose traces are written at once.
BATCH = 200


def fill(apps, schema_editor):
    """One text at a time is held, however many dumps there are."""
    from archive.store.traces import traces_of

    trace = apps.get_model("archive", "DumpTrace")
    dumps = apps.get_model("archive", "Dump").objects.order_by("pk")
    last = 0
    while keys := list(dumps.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        texts = dumps.filter(pk__in=keys).values_list("pk", "name", "text").iterator(chunk_size=1)
        trace.objects.bulk_create(
            trace(dump_id=key, value=value) for key, name, text in texts for value in traces_of(name, text)
        )
        last = keys[-1]


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0011_report_networks"),
    ]

    operations = [
        migrations.CreateModel(
            name="DumpTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BigIntegerField(verbose_name="值")),
                (
                    "dump",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traces",
                        to="archive.dump",
                        verbose_name="机读原文",
                    ),
                ),
            ],
            options={
                "verbose_name": "原文特征",
                "verbose_name_plural": "原文特征",
                "indexes": [models.Index(fields=["value", "dump"], name="archive_dum_value_9924a5_idx")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
