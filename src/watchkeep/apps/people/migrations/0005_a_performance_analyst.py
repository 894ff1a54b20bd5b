from django.db import migrations, models

ROLES = [
    'administrator',
    'risk manager',
    'risk owner',
    'control and action owner',
    'board secretary',
    'board member',
    'performance analyst',
    'auditor',
    'reader',
]


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_shared_counts'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='person', name='person_role_known'),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(
                condition=models.Q(('role__in', ['', *ROLES])), name='person_role_known'
            ),
        ),
        migrations.RemoveConstraint(model_name='rolegrant', name='grant_role_known'),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(
                condition=models.Q(('role__in', ROLES)), name='grant_role_known'
            ),
        ),
    ]
