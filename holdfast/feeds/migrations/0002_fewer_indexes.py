import django.db.models.deletion
from django.db import migrations, models

from holdfast.kit.migrating import without_pattern_indexes


class Migration(migrations.Migration):

    dependencies = [
        ('feeds', '0001_initial'),
    ]

    operations = [
        without_pattern_indexes("feeds_message", "feeds_delivery"),
        migrations.AlterField(
            model_name='mention',
            name='message',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='feeds.message'),
        ),
        migrations.AlterField(
            model_name='message',
            name='delivery',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='feeds.delivery'),
        ),
    ]
