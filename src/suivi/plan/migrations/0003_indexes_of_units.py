"""Indexes that count what units owe and hold without reading the rows, and keep the order of an edition."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0001_initial'),
        ('plan', '0002_one_accountable'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='responsibility',
            name='responsibility_by_unit',
        ),
        migrations.AlterField(
            model_name='milestonestate',
            name='owner_unit',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='organisation.unit'),
        ),
        migrations.AddIndex(
            model_name='milestonestate',
            index=models.Index(fields=['owner_unit', 'due_on', 'done_on', 'is_dropped', 'superseded_at', 'recorded_at', 'milestone'], name='milestones_of_unit'),
        ),
        migrations.AddIndex(
            model_name='milestonestate',
            index=models.Index(fields=['due_on'], name='milestones_by_due_day'),
        ),
        migrations.AddIndex(
            model_name='deliverableedition',
            index=models.Index(fields=['edition', 'position'], name='deliverable_by_position'),
        ),
        migrations.AddIndex(
            model_name='responsibility',
            index=models.Index(fields=['unit', 'role', 'deliverable', 'starts_on', 'ends_on', 'superseded_at', 'recorded_at'], name='responsibilities_of_unit'),
        ),
    ]
