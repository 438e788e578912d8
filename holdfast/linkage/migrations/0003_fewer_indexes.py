import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0002_tokens_one_side_seeks'),
        ('people', '0006_fewer_indexes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='token',
            name='linkage_tok_record__2d4c82_idx',
        ),
        migrations.AlterField(
            model_name='edge',
            name='low',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='edges_up', to='people.record'),
        ),
    ]
