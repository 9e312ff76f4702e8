"""The network that a report came from, hashed, to limit the rate."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0010_withholding_and_uploads'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='network',
            field=models.CharField(blank=True, max_length=64, verbose_name='来源网段（散列）'),
        ),
    ]
