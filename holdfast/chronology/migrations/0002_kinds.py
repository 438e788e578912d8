from django.db import migrations

# code, label, group of the timeline filter
KINDS = [
    ("arrest", "Arrest", "Police"),
    ("missing", "Missing", "Missing"),
    ("intelligence", "Shared by police", "Police"),
    ("threat_to_life", "Threat to life", "Police"),
    ("exclusion", "Exclusion", "School"),
    ("learning_week", "Week of learning", "School"),
    ("hospital", "Hospital", "Health"),
    ("youth_justice", "Youth justice", "Court and youth justice"),
    ("first_court", "First court", "Court and youth justice"),
    ("hearing", "Hearing", "Court and youth justice"),
    ("court_condition", "Court condition", "Court and youth justice"),
    ("nrm_decision", "NRM decision", "NRM"),
    ("housing_request", "Request to move", "Home"),
    ("tenancy", "Tenancy", "Home"),
    ("outreach", "Contact", "Contact"),
    ("parent_worry", "Worry from home", "Family"),
    ("social_care", "Children's services", "Children's services"),
    ("assessment", "Assessment", "Children's services"),
    ("involvement", "Worker", "Children's services"),
    ("told_here", "Told here", "Contact"),
]


def add_kinds(apps, schema_editor):
    kind = apps.get_model("chronology", "Kind")
    kind.objects.bulk_create(
        [kind(code=code, label=label, group=group) for code, label, group in KINDS], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial")]
    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
