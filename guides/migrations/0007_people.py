"""The groups of people who use the admin came from here. `guides.models.groups` creates them after each migrate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0006_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations: list = []
