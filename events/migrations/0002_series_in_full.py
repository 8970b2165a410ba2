"""Series with rules, drafts and a rota; dates with registration."""

import cms.record_text
import django.core.validators
import django.db.models.deletion
import network.models.space
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0003_add_job_run'),
        ('events', '0001_initial'),
        ('network', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The words of before stay; the new column names a rule.
        migrations.RenameField(
            model_name='series',
            old_name='rhythm',
            new_name='rhythm_note',
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='Example: neighbourhood lunches', max_length=120, verbose_name='title')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                ('description', models.TextField(blank=True, max_length=5000, verbose_name='description')),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['title'],
            },
            bases=(cms.record_text.RecordTextMixin, models.Model),
        ),
        migrations.AddField(
            model_name='event',
            name='capacity',
            field=models.PositiveIntegerField(blank=True, help_text='Empty: as many as come.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='places'),
        ),
        migrations.AddField(
            model_name='event',
            name='closes_hours_before',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='closes how many hours before'),
        ),
        migrations.AddField(
            model_name='event',
            name='companions_allowed',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='companions that one person may bring'),
        ),
        migrations.AddField(
            model_name='event',
            name='host_is_chosen',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='event',
            name='host_reminded_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='opens_days_before',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: at once.', null=True, validators=[django.core.validators.MaxValueValidator(400)], verbose_name='opens how many days before'),
        ),
        migrations.AddField(
            model_name='event',
            name='overridden_fields',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='event',
            name='question',
            field=models.CharField(blank=True, help_text='Example: what will you bring?', max_length=150, verbose_name='question'),
        ),
        migrations.AddField(
            model_name='event',
            name='registration_mode',
            field=models.CharField(choices=[('none', 'nobody needs to register'), ('elsewhere', 'on another site'), ('here', 'here')], default='none', max_length=9, verbose_name='registration'),
        ),
        migrations.AddField(
            model_name='event',
            name='registration_url',
            field=models.URLField(blank=True, verbose_name='address of the other site'),
        ),
        migrations.AddField(
            model_name='event',
            name='rota_host',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.space'),
        ),
        migrations.AddField(
            model_name='event',
            name='second_question',
            field=models.CharField(blank=True, max_length=150, verbose_name='second question'),
        ),
        migrations.AddField(
            model_name='event',
            name='service_edits',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='series',
            name='all_day',
            field=models.BooleanField(default=False, verbose_name='all day'),
        ),
        migrations.AddField(
            model_name='series',
            name='capacity',
            field=models.PositiveIntegerField(blank=True, help_text='Empty: as many as come.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='places'),
        ),
        migrations.AddField(
            model_name='series',
            name='closes_hours_before',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='closes how many hours before'),
        ),
        migrations.AddField(
            model_name='series',
            name='companions_allowed',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='companions that one person may bring'),
        ),
        migrations.AddField(
            model_name='series',
            name='continues',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='continued_by', to='events.series'),
        ),
        migrations.AddField(
            model_name='series',
            name='count',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of dates'),
        ),
        migrations.AddField(
            model_name='series',
            name='end_time',
            field=models.TimeField(blank=True, null=True, verbose_name='ends at'),
        ),
        migrations.AddField(
            model_name='series',
            name='expire_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time'),
        ),
        migrations.AddField(
            model_name='series',
            name='expired',
            field=models.BooleanField(default=False, editable=False, verbose_name='expired'),
        ),
        migrations.AddField(
            model_name='series',
            name='first_day',
            field=models.DateField(blank=True, null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='series',
            name='first_published_at',
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at'),
        ),
        migrations.AddField(
            model_name='series',
            name='go_live_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='go live date/time'),
        ),
        migrations.AddField(
            model_name='series',
            name='has_unpublished_changes',
            field=models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes'),
        ),
        migrations.AddField(
            model_name='series',
            name='image',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cms.siteimage', verbose_name='image'),
        ),
        migrations.AddField(
            model_name='series',
            name='interval',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)], verbose_name='every how many'),
        ),
        migrations.AddField(
            model_name='series',
            name='is_held_at_host',
            field=models.BooleanField(default=True, help_text='Otherwise at the place given here.', verbose_name='held in the space that organises it'),
        ),
        migrations.AddField(
            model_name='series',
            name='last_published_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last published at'),
        ),
        migrations.AddField(
            model_name='series',
            name='lasts_days',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(30)], verbose_name='nights'),
        ),
        migrations.AddField(
            model_name='series',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='series',
            name='left_out',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='series',
            name='live',
            field=models.BooleanField(default=True, editable=False, verbose_name='live'),
        ),
        migrations.AddField(
            model_name='series',
            name='live_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision'),
        ),
        migrations.AddField(
            model_name='series',
            name='locked',
            field=models.BooleanField(default=False, editable=False, verbose_name='locked'),
        ),
        migrations.AddField(
            model_name='series',
            name='locked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='locked at'),
        ),
        migrations.AddField(
            model_name='series',
            name='locked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by'),
        ),
        migrations.AddField(
            model_name='series',
            name='materialised_until',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='series',
            name='month_day',
            field=models.SmallIntegerField(blank=True, null=True, verbose_name='day of the month'),
        ),
        migrations.AddField(
            model_name='series',
            name='months',
            field=models.JSONField(blank=True, default=list, verbose_name='only in'),
        ),
        migrations.AddField(
            model_name='series',
            name='nth',
            field=models.SmallIntegerField(blank=True, choices=[(1, 'first'), (2, 'second'), (3, 'third'), (4, 'fourth'), (5, 'fifth'), (-1, 'last')], null=True, verbose_name='which one of the month'),
        ),
        migrations.AddField(
            model_name='series',
            name='online_url',
            field=models.URLField(blank=True, verbose_name='video link'),
        ),
        migrations.AddField(
            model_name='series',
            name='online_visibility',
            field=models.CharField(choices=[('public', 'everybody'), ('members', 'members of the network')], default='public', max_length=8, verbose_name='who sees the video link'),
        ),
        migrations.AddField(
            model_name='series',
            name='opens_days_before',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: at once.', null=True, validators=[django.core.validators.MaxValueValidator(400)], verbose_name='opens how many days before'),
        ),
        migrations.AddField(
            model_name='series',
            name='price',
            field=models.CharField(blank=True, max_length=80, verbose_name='price'),
        ),
        migrations.AddField(
            model_name='series',
            name='question',
            field=models.CharField(blank=True, help_text='Example: what will you bring?', max_length=150, verbose_name='question'),
        ),
        migrations.AddField(
            model_name='series',
            name='registration_mode',
            field=models.CharField(choices=[('none', 'nobody needs to register'), ('elsewhere', 'on another site'), ('here', 'here')], default='none', max_length=9, verbose_name='registration'),
        ),
        migrations.AddField(
            model_name='series',
            name='registration_url',
            field=models.URLField(blank=True, verbose_name='address of the other site'),
        ),
        migrations.AddField(
            model_name='series',
            name='room',
            field=models.CharField(blank=True, max_length=80, verbose_name='room'),
        ),
        migrations.AddField(
            model_name='series',
            name='second_question',
            field=models.CharField(blank=True, max_length=150, verbose_name='second question'),
        ),
        migrations.AddField(
            model_name='series',
            name='service_edits',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='series',
            name='skips_holidays',
            field=models.BooleanField(default=False, help_text='Those of the place where it is held.', verbose_name='not on public holidays'),
        ),
        migrations.AddField(
            model_name='series',
            name='start_time',
            field=models.TimeField(blank=True, null=True, verbose_name='begins at'),
        ),
        migrations.AddField(
            model_name='series',
            name='until',
            field=models.DateField(blank=True, help_text='The last day, included.', null=True, verbose_name='until'),
        ),
        migrations.AddField(
            model_name='series',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.space', verbose_name='takes place at'),
        ),
        migrations.AddField(
            model_name='series',
            name='venue_city',
            field=models.CharField(blank=True, max_length=80, verbose_name='town'),
        ),
        migrations.AddField(
            model_name='series',
            name='venue_latitude',
            field=models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-90.0), django.core.validators.MaxValueValidator(90.0)]),
        ),
        migrations.AddField(
            model_name='series',
            name='venue_longitude',
            field=models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-180.0), django.core.validators.MaxValueValidator(180.0)]),
        ),
        migrations.AddField(
            model_name='series',
            name='venue_name',
            field=models.CharField(blank=True, max_length=120, verbose_name='or elsewhere: name'),
        ),
        migrations.AddField(
            model_name='series',
            name='venue_postcode',
            field=models.CharField(blank=True, max_length=5, validators=[django.core.validators.RegexValidator('^\\d{5}$', 'Five digits. Example: 22110')], verbose_name='post code'),
        ),
        migrations.AddField(
            model_name='series',
            name='venue_street',
            field=models.CharField(blank=True, max_length=150, verbose_name='street'),
        ),
        migrations.AddField(
            model_name='series',
            name='weekdays',
            field=models.JSONField(blank=True, default=list, verbose_name='days of the week'),
        ),
        migrations.AddField(
            model_name='series',
            name='zone',
            field=models.CharField(default='Europe/Paris', max_length=40, validators=[network.models.space.validate_zone], verbose_name='time zone'),
        ),
        migrations.AlterField(
            model_name='event',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.space', verbose_name='takes place at'),
        ),
        migrations.AlterField(
            model_name='series',
            name='rhythm_note',
            field=models.CharField(blank=True, help_text='Empty: the sentence made from the rule.', max_length=120, verbose_name='rhythm in words'),
        ),
        migrations.AddField(
            model_name='series',
            name='rhythm',
            field=models.CharField(blank=True, choices=[('', 'dates added one by one'), ('daily', 'every day'), ('weekly', 'every week'), ('monthly', 'every month'), ('yearly', 'every year'), ('turns', 'one a month, its day fixed by the host')], max_length=8, verbose_name='rhythm'),
        ),
        migrations.AlterField(
            model_name='series',
            name='slug',
            field=models.SlugField(help_text="The end of the page's address. Calendars keep it: do not change it.", max_length=80, unique=True, verbose_name='address'),
        ),
        migrations.AddField(
            model_name='series',
            name='programme',
            field=models.ForeignKey(blank=True, help_text='When the same evening is held in several places.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='series', to='events.programme', verbose_name='programme'),
        ),
        migrations.CreateModel(
            name='RotaHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='place in the order')),
                ('joined_on', models.DateField(blank=True, null=True, verbose_name='since')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='left on')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rota_hosts', to='events.series')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rota_places', to='network.space')),
            ],
            options={
                'verbose_name': 'host in the rota',
                'verbose_name_plural': 'hosts in the rota',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('series', 'space'), name='rota_host_once_in_a_series')],
            },
        ),
        migrations.CreateModel(
            name='SeriesExclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recurrence_key', models.CharField(max_length=16)),
                ('kind', models.CharField(choices=[('skipped', 'left out'), ('holiday', 'public holiday')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='events.series')),
            ],
            options={
                'verbose_name': 'day left out',
                'verbose_name_plural': 'days left out',
                'ordering': ['recurrence_key'],
                'constraints': [models.UniqueConstraint(fields=('series', 'recurrence_key'), name='exclusion_series_key')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('host_is_chosen', models.BooleanField(default=False, editable=False)),
                ('host_reminded_at', models.DateTimeField(editable=False, null=True)),
                ('note', models.CharField(blank=True, help_text='Example: place to be confirmed', max_length=200, verbose_name='note')),
                ('event', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='turn', to='events.event')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='network.space', verbose_name='host')),
                ('rota_host', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.space')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='events.series')),
            ],
            options={
                'verbose_name': 'turn',
                'verbose_name_plural': 'turns',
                'ordering': ['month'],
                'constraints': [models.UniqueConstraint(fields=('series', 'month'), name='turn_once_a_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='turn_is_a_month')],
            },
        ),
    ]
