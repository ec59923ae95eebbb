from django.db import migrations, models

VERBS = [
    ("saved", "saved the draft"),
    ("imported", "imported the draft"),
    ("submitted", "submitted the draft"),
    ("sent-back", "sent the draft back"),
    ("explained", "explained a finding"),
    ("unexplained", "took an explanation back"),
    ("shared", "shared a preview"),
    ("revoked", "revoked a shared preview"),
    ("published", "published"),
    ("scheduled", "scheduled"),
    ("cancelled", "cancelled"),
    ("withdrew", "withdrew the guide"),
    ("restored", "restored the draft"),
    ("merged", "merged skills"),
    ("deleted", "deleted the role"),
    ("second-factor", "set up a second factor"),
    ("second-factor-off", "removed the second factor"),
    ("recovery-codes", "made new recovery codes"),
]


class Migration(migrations.Migration):
    dependencies = [("guides", "0011_article")]
    operations = [
        migrations.RemoveConstraint("act", "guides_act_verb"),
        migrations.AlterField("act", "verb", models.CharField(choices=VERBS, max_length=20, verbose_name="what")),
        migrations.AddConstraint(
            "act",
            models.CheckConstraint(
                condition=models.Q(("verb__in", [verb for verb, _label in VERBS])), name="guides_act_verb"
            ),
        ),
    ]
