"""Risks above are found by the words that their pages show. No table changes: after a migration of the search
the index is made again.
"""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("search", "0002_the_review_of_a_comment"),)

    operations = ()
