"""Load ``fixtures/`` once: newspapers, sections with their vocabulary, readings of surnames.

From then on the rows are the staff's: what they edit stays edited, what they delete stays deleted.
"""

import json
from pathlib import Path

from django.conf import settings
from django.db import migrations

# Each fixture with the field that tells its rows apart.
FIXTURES = (
    ("newspapers.json", "Newspaper", "slug"),
    ("sections.json", "Section", "slug"),
    ("surnames.json", "SurnameReading", "surname"),
)


def load(apps, schema_editor):
    for file, model_name, natural_key in FIXTURES:
        path = Path(settings.BASE_DIR) / "fixtures" / file
        model = apps.get_model("archive", model_name)
        rows = [row["fields"] for row in json.loads(path.read_text(encoding="utf-8"))]
        there = set(model.objects.values_list(natural_key, flat=True))
        model.objects.bulk_create(model(**fields) for fields in rows if fields[natural_key] not in there)


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_desk")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
