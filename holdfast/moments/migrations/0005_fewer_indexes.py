import django.db.models.deletion
from django.db import migrations, models

from holdfast.kit.migrating import without_pattern_indexes


class Migration(migrations.Migration):

    dependencies = [
        ('moments', '0004_open_ones'),
        ('people', '0006_fewer_indexes'),
    ]

    operations = [
        without_pattern_indexes("moments_moment"),
        migrations.AlterField(
            model_name='moment',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='moments', to='people.person'),
        ),
    ]
