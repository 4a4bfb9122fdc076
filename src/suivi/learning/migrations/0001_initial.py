import django.db.models.deletion
import suivi.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '__first__'),
        ('monitoring', '0001_initial'),
        ('organisation', '0002_deputy'),
        ('plan', '0004_milestone_number'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to='plan.plan')),
            ],
            options={
                'verbose_name': 'guidance',
                'ordering': ['plan', 'number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='guidance_number_is_unique')],
            },
        ),
        migrations.CreateModel(
            name='GuidanceAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('in_hand', 'in hand'), ('done', 'done'), ('not_accepted', 'not accepted')], max_length=12)),
                ('text', suivi.core.fields.TextField(verbose_name='answer')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('reported_in_symbol', models.CharField(blank=True, max_length=80, verbose_name='symbol')),
                ('reported_in_paragraph', models.CharField(blank=True, max_length=40, verbose_name='paragraph')),
                ('guidance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='learning.guidance')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'answer to guidance',
                'ordering': ['guidance', 'recorded_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('guidance',), name='one_current_answer_per_guidance'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', True)), _connector='OR'), name='done_guidance_says_when', violation_error_message='Only guidance that is done has a day, and it needs one.')],
            },
        ),
        migrations.CreateModel(
            name='GuidanceWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('text', suivi.core.fields.TextField(verbose_name='guidance')),
                ('given_by', suivi.core.fields.TextField(verbose_name='given by')),
                ('given_on', models.DateField(verbose_name='given on')),
                ('source_symbol', models.CharField(blank=True, max_length=80, verbose_name='symbol')),
                ('source_paragraph', models.CharField(blank=True, max_length=40, verbose_name='paragraph')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('reason', models.TextField(blank=True, verbose_name='reason of the change')),
                ('is_withdrawn', models.BooleanField(default=False)),
                ('deliverables', models.ManyToManyField(blank=True, related_name='guidance_wordings', to='plan.deliverable')),
                ('guidance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='learning.guidance')),
                ('owner_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guidance_wordings', to='organisation.unit')),
                ('pillars', models.ManyToManyField(blank=True, related_name='guidance_wordings', to='plan.pillar')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wording of guidance',
                'ordering': ['guidance', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('guidance',), name='one_current_wording_per_guidance')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', suivi.core.fields.TextField(verbose_name='title')),
                ('happened', suivi.core.fields.TextField(verbose_name='what happened')),
                ('why', suivi.core.fields.TextField(verbose_name='why it happened')),
                ('audience', suivi.core.fields.TextField(verbose_name='for whom')),
                ('next_time', suivi.core.fields.TextField(verbose_name='what to do next time')),
                ('source_symbol', models.CharField(blank=True, max_length=80, verbose_name='symbol')),
                ('source_paragraph', models.CharField(blank=True, max_length=40, verbose_name='paragraph')),
                ('source_text', models.CharField(blank=True, max_length=300, verbose_name='another source')),
                ('is_public', models.BooleanField(default=False, verbose_name='may be shown in public')),
                ('reason', models.TextField(blank=True, verbose_name='reason of the change')),
                ('is_withdrawn', models.BooleanField(default=False)),
                ('deliverables', models.ManyToManyField(blank=True, related_name='lessons', to='plan.deliverable')),
                ('pillars', models.ManyToManyField(blank=True, related_name='lessons', to='plan.pillar')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='plan.plan')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('update_row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='monitoring.progressupdate')),
            ],
            options={
                'verbose_name': 'lesson learned',
                'ordering': ['plan', 'number', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('plan', 'number'), name='one_current_row_per_lesson'), models.CheckConstraint(condition=models.Q(('update_row__isnull', False), models.Q(('source_symbol', ''), _negated=True), models.Q(('source_text', ''), _negated=True), _connector='OR'), name='lesson_names_its_source', violation_error_message='A lesson names its source: a progress update, a document or something else.')],
            },
        ),
        migrations.CreateModel(
            name='ReportedElsewhere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('symbol', models.CharField(max_length=80, verbose_name='symbol')),
                ('paragraph', models.CharField(blank=True, max_length=40, verbose_name='paragraph')),
                ('title', suivi.core.fields.TextField(blank=True, verbose_name='title of the document')),
                ('reported_on', models.DateField(blank=True, null=True, verbose_name='day of the document')),
                ('deliverable', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reported_elsewhere', to='plan.deliverable')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_elsewhere', to='plan.plan')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('update_row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reported_elsewhere', to='monitoring.progressupdate')),
            ],
            options={
                'verbose_name': 'already reported in',
                'ordering': ['plan', 'reported_on', 'symbol', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deliverable__isnull', False), ('update_row__isnull', True)), models.Q(('deliverable__isnull', True), ('update_row__isnull', False)), _connector='OR'), name='reported_of_one_thing', violation_error_message='It is about one deliverable or one update, not both.'), models.UniqueConstraint(condition=models.Q(('deliverable__isnull', False), ('superseded_at__isnull', True)), fields=('deliverable', 'symbol', 'paragraph'), name='deliverable_reported_once_per_paragraph', violation_error_message='This paragraph is linked already.'), models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True), ('update_row__isnull', False)), fields=('update_row', 'symbol', 'paragraph'), name='update_reported_once_per_paragraph', violation_error_message='This paragraph is linked already.')],
            },
        ),
    ]
