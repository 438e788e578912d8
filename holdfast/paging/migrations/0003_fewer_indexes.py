import django.db.models.deletion
from django.db import migrations, models

from holdfast.kit.migrating import without_pattern_indexes


class Migration(migrations.Migration):

    dependencies = [
        ('paging', '0002_step_count'),
    ]

    operations = [
        without_pattern_indexes("paging_page", "paging_delivery"),
        migrations.AlterField(
            model_name='pagestep',
            name='page',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='paging.page'),
        ),
    ]
