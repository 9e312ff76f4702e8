"""What is suspected of holding withheld text; uploads that the worker reads."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0009_counted_ahead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="试了几次"),
        ),
        migrations.AlterField(
            model_name="change",
            name="what",
            field=models.CharField(
                choices=[
                    ("article", "文章"),
                    ("photo", "图片"),
                    ("mentions", "人物提及"),
                    ("person", "人物"),
                    ("upload", "上传"),
                ],
                max_length=10,
                verbose_name="种类",
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "等着试读"),
                    ("waiting", "待确认"),
                    ("confirmed", "等着入库"),
                    ("done", "已入库"),
                    ("failed", "不能入库"),
                    ("discarded", "已放弃"),
                ],
                default="received",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.CreateModel(
            name="Suspicion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20, verbose_name="编号")),
                ("secret", models.CharField(max_length=20, verbose_name="撤下的一篇")),
                ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="发现时间")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("open", "待核对"), ("confirmed", "确认撤下"), ("released", "放行")],
                        default="open",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="处理人",
                    ),
                ),
            ],
            options={
                "verbose_name": "疑似撤下的文字",
                "verbose_name_plural": "疑似撤下的文字",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "secret"), name="one_suspicion_a_pair")
                ],
            },
        ),
    ]
