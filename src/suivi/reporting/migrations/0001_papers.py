import django.db.models.deletion
import suivi.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_storedfile_withdrawn_at'),
        ('core', '__first__'),
        ('monitoring', '0001_initial'),
        ('plan', '0004_milestone_number'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80)),
                ('kind', models.SlugField(max_length=40)),
                ('title', suivi.core.fields.TextField(blank=True, verbose_name='title')),
                ('purpose', models.CharField(choices=[('decision', 'for decision'), ('discussion', 'for discussion'), ('information', 'for information')], max_length=12, verbose_name='purpose')),
                ('body', suivi.core.fields.TextField(blank=True, verbose_name='governing body')),
                ('session', models.CharField(blank=True, max_length=80, verbose_name='session')),
                ('section', models.CharField(blank=True, max_length=80, verbose_name='section of the agenda')),
                ('session_opens_on', models.DateField(blank=True, null=True, verbose_name='the session opens on')),
                ('symbol', models.CharField(blank=True, max_length=60, verbose_name='symbol')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='date of the paper')),
                ('original_language', models.CharField(max_length=10)),
                ('since', models.DateField(blank=True, null=True, verbose_name='reports since')),
                ('up_to', models.DateField(blank=True, null=True, verbose_name='speaks of the time up to')),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='as the record knew it on')),
                ('days', models.JSONField(blank=True, default=dict)),
                ('revision', models.CharField(blank=True, choices=[('rev', 'revised version'), ('add', 'addendum'), ('corr', 'corrigendum')], max_length=4)),
                ('revision_number', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('release_at', models.DateTimeField(blank=True, null=True, verbose_name='public from')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='plan.plan')),
                ('revises', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='reporting.paper')),
            ],
            options={
                'verbose_name': 'paper',
                'ordering': ['plan', 'created_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'key'), name='paper_key_once_per_plan'), models.CheckConstraint(condition=models.Q(models.Q(('as_of__isnull', True), ('frozen_at__isnull', True), ('up_to__isnull', True)), models.Q(('as_of__isnull', False), ('frozen_at__isnull', False), ('up_to__isnull', False)), _connector='OR'), name='frozen_paper_has_its_days'), models.CheckConstraint(condition=models.Q(('issued_at__isnull', True), models.Q(('frozen_at__isnull', False), models.Q(('symbol', ''), _negated=True)), _connector='OR'), name='issued_paper_was_frozen_and_has_a_symbol', violation_error_message='A paper is frozen and has a symbol before it is issued.'), models.CheckConstraint(condition=models.Q(models.Q(('revises__isnull', True), ('revision', '')), models.Q(('revises__isnull', False), ('revision_number__gte', 1), models.Q(('revision', ''), _negated=True)), _connector='OR'), name='revision_names_what_it_revises')],
            },
        ),
        migrations.CreateModel(
            name='IssuedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('suffix', models.CharField(max_length=5)),
                ('digest', models.CharField(max_length=64)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reporting.paper')),
            ],
            options={
                'verbose_name': 'issued file',
                'ordering': ['paper', 'language', 'suffix'],
                'constraints': [models.UniqueConstraint(fields=('paper', 'language', 'suffix'), name='issued_file_once')],
            },
        ),
        migrations.CreateModel(
            name='PaperSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('write_by', models.DateField(blank=True, null=True, verbose_name='to be written by')),
                ('clear_by', models.DateField(blank=True, null=True, verbose_name='to be cleared by')),
                ('clearer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sections_cleared', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reporting.paper')),
                ('writer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sections_written', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'section of a paper',
                'ordering': ['paper', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('paper', 'key'), name='section_once_per_paper')],
            },
        ),
        migrations.CreateModel(
            name='Example',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('chosen_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('chosen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('update_row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.progressupdate')),
                ('voice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.voice')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examples', to='reporting.papersection')),
            ],
            options={
                'verbose_name': 'example in a paper',
                'ordering': ['section', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('update_row__isnull', False), ('voice__isnull', True)), models.Q(('update_row__isnull', True), ('voice__isnull', False)), _connector='OR'), name='example_is_an_update_or_a_statement')],
            },
        ),
        migrations.CreateModel(
            name='SectionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('text', models.TextField(blank=True)),
                ('source_digest', models.CharField(blank=True, max_length=16)),
                ('origin', models.CharField(choices=[('page', 'written on the page'), ('docx', 'taken from a Word file'), ('xliff', 'taken from a translation file'), ('demonstration', 'demonstration')], default='page', max_length=14)),
                ('written_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('figures', models.JSONField(blank=True, default=dict)),
                ('cleared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='reporting.papersection')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'version of a section',
                'ordering': ['section', 'language', 'written_at', 'pk'],
                'indexes': [models.Index(fields=['section', 'language', '-written_at'], name='latest_of_section')],
                'constraints': [models.CheckConstraint(condition=models.Q(('cleared_by__isnull', True), ('written_by__isnull', True), models.Q(('cleared_by', models.F('written_by')), _negated=True), _connector='OR'), name='nobody_clears_their_own_section', violation_error_message='Nobody clears what they wrote.')],
            },
        ),
    ]
