import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import holdfast.kit.refs

# What was unsure before there was anybody to ask.
ASK = """
INSERT INTO linkage_question (ref, low_id, high_id, asked_at)
SELECT substr(md5(random()::text || edge.id), 1, 12), edge.low_id, edge.high_id, greatest(low.made_at, high.made_at)
FROM linkage_edge AS edge
JOIN people_record AS low ON low.id = edge.low_id JOIN people_record AS high ON high.id = edge.high_id
WHERE edge.verdict IN ('ask', 'same') AND low.person_id <> high.person_id
"""


def record(*, db_index: bool = True, keeps: bool = False) -> models.ForeignKey:
    on_delete = django.db.models.deletion.PROTECT if keeps else django.db.models.deletion.CASCADE
    return models.ForeignKey(db_index=db_index, on_delete=on_delete, related_name="+", to="people.record")


class Migration(migrations.Migration):
    dependencies = [("linkage", "0003_fewer_indexes"), ("people", "0006_fewer_indexes")]
    operations = [
        migrations.CreateModel(
            "Question",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=holdfast.kit.refs.new_ref, max_length=12, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("low", record(db_index=False)),
                ("high", record()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(F("low"), F("high"), name="linkage_question_once"),
                    models.CheckConstraint(condition=Q(low__lt=F("high")), name="linkage_question_low_before_high"),
                ]
            },
        ),
        migrations.CreateModel(
            "Judgement",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=holdfast.kit.refs.new_ref, max_length=12, unique=True)),
                ("opinion", models.CharField(choices=[("same", "Same"), ("different", "Different"), ("not_sure", "Not sure")], max_length=10)),
                ("at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=300)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.practitioner")),
                ("taken_back_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.practitioner")),
            ],
        ),
        migrations.CreateModel(
            "JudgedPair",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("judgement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="pairs", to="linkage.judgement")),
                ("low", record(keeps=True)),
                ("high", record(keeps=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(F("judgement"), F("low"), F("high"), name="linkage_judged_pair_once"),
                    models.CheckConstraint(condition=Q(low__lt=F("high")), name="linkage_judged_low_before_high"),
                ]
            },
        ),
        migrations.RunSQL(ASK, migrations.RunSQL.noop),
    ]
