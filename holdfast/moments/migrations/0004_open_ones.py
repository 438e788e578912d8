from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("moments", "0003_kinds"), ("people", "0001_initial")]
    operations = [
        migrations.AddIndex(
            model_name="moment",
            index=models.Index(
                name="moments_not_history",
                fields=["id"],
                include=["person", "area"],
                condition=Q(is_history=False),
            ),
        ),
    ]
