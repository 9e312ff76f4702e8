"""Articles and photos know their page's place in print, when readers were first shown them, and their script.

What is there already gets all three here; when its page was first stored is when it appeared.
"""

from django.db import migrations, models

PIECES = ("Article", "Photo")
#: Rows whose texts are read at once.
BATCH = 500


def place(apps, schema_editor):
    """A page at a time, as its pieces lie together."""
    from archive.order import page_order

    versions = apps.get_model("archive", "PageVersion").objects.filter(number=1)
    first = dict(versions.order_by().values_list("page", "created_at"))
    pages = list(apps.get_model("archive", "Page").objects.order_by("pk").values_list("pk", "number", "name"))
    for piece in PIECES:
        rows = apps.get_model("archive", piece).objects
        for page, number, name in pages:
            rows.filter(page=page).update(page_order=page_order(number, name), appeared_at=first.get(page))


def tell_language(apps, schema_editor):
    """One batch of texts is held at a time; only what is Traditional is written."""
    from archive.script import SIMPLIFIED, language_of

    for piece in PIECES:
        rows = apps.get_model("archive", piece).objects.order_by("pk")
        last = 0
        while texts := list(rows.filter(pk__gt=last).values_list("pk", "printed")[:BATCH]):
            languages = {pk: language_of(text) for pk, text in texts}
            for language in set(languages.values()) - {SIMPLIFIED}:
                rows.filter(pk__in=[pk for pk, told in languages.items() if told == language]).update(
                    language=language
                )
            last = texts[-1][0]


def doubt_chronicles(apps, schema_editor):
    """What is kept of people and places in the old order, with sections by name, is made anew by the worker."""
    apps.get_model("archive", "Chronicle").objects.update(sections={})
    for owner in ("Person", "Place"):
        apps.get_model("archive", owner).objects.update(counts_stale=True)


def _added(piece, name, field):
    """A column with its default, added in an instant: on SQLite Django would write the whole table anew for each."""
    column = f"varchar({field.max_length}) NOT NULL DEFAULT '{field.default}'"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE archive_{piece} ADD COLUMN {name} {column}",
                f"ALTER TABLE archive_{piece} DROP COLUMN {name}",
            )
        ],
        state_operations=[migrations.AddField(piece, name, field, preserve_default=name == "language")],
    )


_ORDER = ["-date", "page_order", "page", "position", "gone", "visibility"]


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0013_withheld_pieces"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="page",
            options={
                "ordering": ("issue", models.F("number").asc(nulls_last=True), "name", "id"),
                "verbose_name": "版",
                "verbose_name_plural": "版",
            },
        ),
        *(
            migrations.AlterModelOptions(
                name=piece,
                options={
                    "ordering": ("-date", "page_order", "page_id", "position"),
                    "verbose_name": name,
                    "verbose_name_plural": name,
                },
            )
            for piece, name in (("article", "文章"), ("photo", "图片"))
        ),
        migrations.RemoveIndex(model_name="article", name="archive_art_date_a0625d_idx"),
        migrations.RemoveIndex(model_name="photo", name="archive_pho_date_a29ff1_idx"),
        *(
            operation
            for piece in ("article", "photo")
            for operation in (
                migrations.AddField(
                    piece,
                    "appeared_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="收录时间"),
                ),
                _added(
                    piece,
                    "language",
                    models.CharField(default="zh-Hans", editable=False, max_length=7, verbose_name="简繁"),
                ),
                _added(
                    piece,
                    "page_order",
                    models.CharField(default="", editable=False, max_length=70, verbose_name="版序"),
                ),
            )
        ),
        migrations.RunPython(place, migrations.RunPython.noop),
        migrations.RunPython(tell_language, migrations.RunPython.noop),
        migrations.RunPython(doubt_chronicles, migrations.RunPython.noop),
        migrations.AddIndex("article", models.Index(fields=_ORDER, name="archive_art_date_de5e01_idx")),
        migrations.AddIndex(
            "article", models.Index(fields=["-appeared_at", *_ORDER], name="archive_art_appeare_ba1185_idx")
        ),
        migrations.AddIndex("photo", models.Index(fields=_ORDER, name="archive_pho_date_1d6fe6_idx")),
    ]
