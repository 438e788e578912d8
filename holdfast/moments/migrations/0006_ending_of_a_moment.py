import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

POINT = """
UPDATE moments_moment SET ending_id = ending.id FROM moments_ending AS ending
WHERE ending.moment_id = moments_moment.id
"""
POINT_BACK = """
UPDATE moments_ending SET moment_id = moment.id FROM moments_moment AS moment
WHERE moment.ending_id = moments_ending.id
"""


class Migration(migrations.Migration):
    """A moment points at its ending, so that what is open can be found by an index of its own."""

    dependencies = [("moments", "0005_fewer_indexes")]
    operations = [
        migrations.RemoveIndex("moment", "moments_not_history"),
        migrations.AlterField(
            "ending",
            "moment",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.moment",
            ),
        ),
        migrations.AddField(
            "moment",
            "ending",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moment",
                to="moments.ending",
            ),
        ),
        migrations.RunSQL(POINT, POINT_BACK),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField("ending", "moment"),
        migrations.AddIndex(
            "moment",
            models.Index(
                name="moments_open",
                fields=["id"],
                include=["person", "area"],
                condition=Q(is_history=False, ending=None),
            ),
        ),
    ]
