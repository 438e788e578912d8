import django.db.models.deletion
from django.db import migrations, models

from holdfast.kit.migrating import without_pattern_indexes


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_what_is_said_of_children'),
    ]

    operations = [
        without_pattern_indexes("people_person", "people_record"),
        migrations.RemoveIndex(
            model_name='recordaddress',
            name='people_reco_postcod_1a6c52_idx',
        ),
        migrations.RemoveIndex(
            model_name='recordidentifier',
            name='people_reco_value_6dc639_idx',
        ),
        migrations.RemoveIndex(
            model_name='recordphone',
            name='people_reco_number_878c0b_idx',
        ),
        migrations.AlterField(
            model_name='recordaddress',
            name='record',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='people.record'),
        ),
        migrations.AlterField(
            model_name='recordbirthdate',
            name='record',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='birth_dates', to='people.record'),
        ),
        migrations.AlterField(
            model_name='recordidentifier',
            name='record',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='people.record'),
        ),
        migrations.AlterField(
            model_name='recordname',
            name='record',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='names', to='people.record'),
        ),
        migrations.AlterField(
            model_name='recordphone',
            name='record',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='people.record'),
        ),
    ]
