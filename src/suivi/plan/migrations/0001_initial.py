import django.db.models.deletion
import suivi.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('core', '__first__'),
        ('frameworks', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('body', models.CharField(blank=True, max_length=200, verbose_name='governing body')),
                ('session', models.CharField(blank=True, max_length=80, verbose_name='session')),
                ('symbol', models.CharField(blank=True, max_length=80, verbose_name='symbol')),
                ('paragraph', models.CharField(blank=True, max_length=40, verbose_name='paragraph')),
                ('text', suivi.core.fields.TextField(blank=True, verbose_name='what was decided')),
            ],
            options={
                'verbose_name': 'decision',
                'ordering': ['decided_on'],
            },
        ),
        migrations.CreateModel(
            name='Deliverable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, verbose_name='key')),
            ],
            options={
                'verbose_name': 'deliverable',
            },
        ),
        migrations.CreateModel(
            name='Pillar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, verbose_name='key')),
            ],
            options={
                'verbose_name': 'pillar',
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, verbose_name='key')),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='plan.action')),
            ],
            options={
                'verbose_name': 'action',
            },
        ),
        migrations.CreateModel(
            name='ActionEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('number_is_internal', models.BooleanField(default=False)),
                ('place', models.JSONField(blank=True, default=dict)),
                ('footnotes', models.JSONField(blank=True, default=list)),
                ('title', suivi.core.fields.TextField(blank=True, verbose_name='short title')),
                ('text', suivi.core.fields.TextField(blank=True, verbose_name='text')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_editions', to='plan.action')),
            ],
            options={
                'ordering': ['edition', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('in_force_on', models.DateField(verbose_name='in force from')),
                ('title', suivi.core.fields.TextField(blank=True, verbose_name='title')),
                ('header', models.JSONField(blank=True, default=dict)),
                ('labels', models.JSONField(blank=True, default=dict)),
                ('paragraphs', models.PositiveIntegerField(default=0)),
                ('decision_paragraph', models.PositiveIntegerField(blank=True, null=True)),
                ('footnotes', models.JSONField(blank=True, default=list)),
                ('cited', models.JSONField(blank=True, default=list)),
                ('digest', models.CharField(max_length=64)),
                ('source_name', models.CharField(blank=True, max_length=255)),
                ('recorded_at', models.DateTimeField()),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='edition', to='plan.decision')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'verbose_name': 'edition',
                'ordering': ['plan', 'number'],
            },
        ),
        migrations.CreateModel(
            name='DeliverableEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('number_is_internal', models.BooleanField(default=False)),
                ('place', models.JSONField(blank=True, default=dict)),
                ('footnotes', models.JSONField(blank=True, default=list)),
                ('title', suivi.core.fields.TextField(blank=True, verbose_name='short title')),
                ('text', suivi.core.fields.TextField(verbose_name='text')),
                ('window', models.CharField(blank=True, max_length=80, verbose_name='time frame')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('target', suivi.core.fields.ScaledDecimalField(blank=True, null=True, verbose_name='target')),
                ('target_unit', suivi.core.fields.TextField(blank=True, verbose_name='what is counted')),
                ('lead_as_stated', models.CharField(blank=True, max_length=300)),
                ('indicator_as_stated', models.TextField(blank=True)),
                ('folded', models.TextField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliverables', to='plan.actionedition')),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_editions', to='plan.deliverable')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='plan.edition')),
            ],
            options={
                'ordering': ['edition', 'position'],
                'indexes': [models.Index(fields=['edition', 'ends_on'], name='deliverable_by_end')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'deliverable'), name='deliverable_once_per_edition'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='window_ends_after_start', violation_error_message='The time frame ends before it starts.')],
            },
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('postponement', 'postponement'), ('rewording', 'rewording'), ('merger', 'merger'), ('cancellation', 'cancellation'), ('accountable_unit', 'another accountable unit')], max_length=20)),
                ('reason', models.TextField(verbose_name='reason')),
                ('proposed_end_on', models.DateField(blank=True, null=True, verbose_name='proposed last day')),
                ('proposed_text', suivi.core.fields.TextField(blank=True, null=True, verbose_name='proposed wording')),
                ('state', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn')], default='open', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to='organisation.unit')),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to='plan.deliverable')),
                ('merge_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.deliverable')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled_requests', to='plan.edition')),
            ],
            options={
                'verbose_name': 'change request',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'withdrawn']), ('answered_at__isnull', False), _connector='OR'), name='answered_request_has_an_answer'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'postponement'), ('proposed_end_on__isnull', True), _negated=True), models.Q(('kind', 'rewording'), ('proposed_text__isnull', True), _negated=True), models.Q(('kind', 'merger'), ('merge_into__isnull', True), _negated=True), models.Q(('kind', 'accountable_unit'), ('proposed_unit__isnull', True), _negated=True)), name='request_says_what_it_proposes', violation_error_message='The request does not say what it proposes.')],
            },
        ),
        migrations.AddField(
            model_name='actionedition',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='plan.edition'),
        ),
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('text', suivi.core.fields.TextField(verbose_name='what is expected')),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expectations', to='plan.deliverable')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expectations', to='organisation.stakeholder')),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'expectation',
                'ordering': ['deliverable', 'stakeholder'],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('output', 'output, outcome or indicator of a framework'), ('scope', 'a whole scope of a framework'), ('document', 'a strategy or another document'), ('text', 'in words')], max_length=10)),
                ('code', models.CharField(max_length=300)),
                ('title', suivi.core.fields.TextField(blank=True)),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='plan.actionedition')),
                ('deliverable', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='plan.deliverableedition')),
                ('framework', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frameworks.frameworkedition')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cited_by', to='frameworks.frameworkitem')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('deliverable__isnull', True)), models.Q(('action__isnull', True), ('deliverable__isnull', False)), _connector='OR'), name='link_stands_on_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'output'), _negated=True), models.Q(('framework__isnull', False), ('item__isnull', False)), _connector='OR'), name='link_to_output_names_its_edition')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80)),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='plan.deliverable')),
            ],
            options={
                'verbose_name': 'milestone',
                'ordering': ['deliverable', 'key'],
                'constraints': [models.UniqueConstraint(fields=('deliverable', 'key'), name='milestone_key_is_unique')],
            },
        ),
        migrations.CreateModel(
            name='MilestoneState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('title', suivi.core.fields.TextField(verbose_name='title')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('is_dropped', models.BooleanField(default=False)),
                ('depends_on', models.ManyToManyField(blank=True, related_name='needed_by', to='plan.milestone')),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='plan.milestone')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to=settings.AUTH_USER_MODEL)),
                ('owner_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='organisation.unit')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'state of a milestone',
                'ordering': ['due_on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('milestone',), name='one_current_state_per_milestone')],
            },
        ),
        migrations.CreateModel(
            name='PillarEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('number_is_internal', models.BooleanField(default=False)),
                ('place', models.JSONField(blank=True, default=dict)),
                ('footnotes', models.JSONField(blank=True, default=list)),
                ('title', suivi.core.fields.TextField(blank=True, verbose_name='title')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='plan.edition')),
                ('pillar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_editions', to='plan.pillar')),
            ],
            options={
                'ordering': ['edition', 'position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'pillar'), name='pillar_once_per_edition')],
            },
        ),
        migrations.AddField(
            model_name='actionedition',
            name='pillar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='plan.pillaredition'),
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='slug')),
                ('language', models.CharField(max_length=10, verbose_name='language of the adopted text')),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('created_at', models.DateTimeField()),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='plan.plan')),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='organisation.scope')),
            ],
            options={
                'verbose_name': 'plan',
                'ordering': ['slug'],
            },
        ),
        migrations.AddField(
            model_name='pillar',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='edition',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='deliverable',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='decision',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='plan.plan'),
        ),
        migrations.AddField(
            model_name='action',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plan.plan'),
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('staff', 'staff time in person-months'), ('money', 'money')], max_length=10)),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('planned', suivi.core.fields.ScaledDecimalField(blank=True, null=True, verbose_name='planned')),
                ('secured', suivi.core.fields.ScaledDecimalField(blank=True, null=True, verbose_name='secured')),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='plan.deliverable')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'staff time or money',
                'ordering': ['deliverable', 'kind', 'currency'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('deliverable', 'kind', 'currency'), name='one_current_resource_per_kind'), models.CheckConstraint(condition=models.Q(models.Q(('currency', ''), ('kind', 'staff')), models.Q(('kind', 'money'), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='money_has_a_currency', violation_error_message='Money needs its currency, staff time has none.'), models.CheckConstraint(condition=models.Q(models.Q(('planned__isnull', True), ('planned__gte', 0), _connector='OR'), models.Q(('secured__isnull', True), ('secured__gte', 0), _connector='OR')), name='resource_is_not_negative', violation_error_message='An amount below zero is not taken.')],
            },
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('role', models.CharField(choices=[('accountable', 'accountable'), ('responsible', 'responsible'), ('supports', 'supports'), ('consulted', 'consulted'), ('informed', 'informed')], max_length=20, verbose_name='responsibility')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to=settings.AUTH_USER_MODEL)),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='plan.deliverable')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'responsibility',
                'ordering': ['deliverable', 'role', 'starts_on'],
                'indexes': [models.Index(fields=['unit', 'role'], name='responsibility_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='responsibility_ends_after_start', violation_error_message='The last day is before the first day.')],
            },
        ),
        migrations.CreateModel(
            name='Strand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('name', suivi.core.fields.TextField(verbose_name='name')),
                ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strands', to='plan.deliverableedition')),
            ],
            options={
                'ordering': ['deliverable', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions', to='plan.edition')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='plan.deliverable')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='plan.deliverable')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'predecessor', 'successor'), name='succession_once_per_edition')],
            },
        ),
        migrations.AddConstraint(
            model_name='actionedition',
            constraint=models.UniqueConstraint(fields=('edition', 'action'), name='action_once_per_edition'),
        ),
        migrations.AddConstraint(
            model_name='pillar',
            constraint=models.UniqueConstraint(fields=('plan', 'key'), name='pillar_key_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='edition_number_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='deliverable',
            constraint=models.UniqueConstraint(fields=('plan', 'key'), name='deliverable_key_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.UniqueConstraint(fields=('plan', 'key'), name='action_key_is_unique'),
        ),
    ]
