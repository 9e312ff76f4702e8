"""An index of what is withheld, which every page that arrives is compared with."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0012_dump_traces"),
    ]

    operations = [
        migrations.AddIndex(
            model_name=piece,
            index=models.Index(fields=["page"], condition=Q(visibility="withheld"), name=f"{piece}_withheld"),
        )
        for piece in ("article", "photo")
    ]
