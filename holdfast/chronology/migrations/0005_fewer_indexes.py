import django.db.models.deletion
from django.db import migrations, models

from holdfast.kit.migrating import without_pattern_indexes


class Migration(migrations.Migration):

    dependencies = [
        ('chronology', '0004_first_court_undated'),
    ]

    operations = [
        without_pattern_indexes("chronology_event"),
        migrations.AlterField(
            model_name='participant',
            name='event',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='chronology.event'),
        ),
    ]
