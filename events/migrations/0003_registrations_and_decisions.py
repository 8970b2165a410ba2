"""Registrations; minutes with drafts; decisions as records of their own."""

import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Coalesce
from django.utils import timezone


def keep_publication(apps, schema_editor):
    """Minutes published until now stay published; what waited becomes a draft."""
    Minutes = apps.get_model("events", "Minutes")
    now = timezone.now()
    published = Minutes.objects.filter(published_at__lte=now)
    published.update(
        first_published_at=models.F("published_at"),
        last_published_at=models.F("published_at"),
    )
    Minutes.objects.exclude(pk__in=published.values("pk")).update(
        live=False, go_live_at=models.F("published_at")
    )


def bring_publication_back(apps, schema_editor):
    Minutes = apps.get_model("events", "Minutes")
    Minutes.objects.update(
        published_at=Coalesce("first_published_at", "go_live_at")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_series_in_full'),
        ('network', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['name'],
            },
        ),
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ['number'], 'verbose_name': 'decision', 'verbose_name_plural': 'decisions'},
        ),
        migrations.RemoveField(
            model_name='decision',
            name='sort_order',
        ),
        migrations.AddField(
            model_name='decision',
            name='next_event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decided_by', to='events.event', verbose_name='date it led to'),
        ),
        migrations.AddField(
            model_name='decision',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='events.minutestheme', verbose_name='question'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='expire_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='expired',
            field=models.BooleanField(default=False, editable=False, verbose_name='expired'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='first_published_at',
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='go_live_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='go live date/time'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='has_unpublished_changes',
            field=models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='last_published_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last published at'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='live',
            field=models.BooleanField(default=True, editable=False, verbose_name='live'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='live_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='locked',
            field=models.BooleanField(default=False, editable=False, verbose_name='locked'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='locked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='locked at'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='locked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by'),
        ),
        migrations.RunPython(keep_publication, bring_publication_back, elidable=True),
        migrations.RemoveField(
            model_name='minutes',
            name='published_at',
        ),
        migrations.AddField(
            model_name='minutestheme',
            name='links',
            field=models.TextField(blank=True, help_text='One a line: its words, then its address.', max_length=2000, verbose_name='links'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='minutes',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='events.minutes'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='number',
            field=models.PositiveIntegerField(editable=False, unique=True, verbose_name='number'),
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='events.minutes')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.space', verbose_name='space')),
            ],
            options={
                'verbose_name': 'attendee',
                'verbose_name_plural': 'attendees',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DecisionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('acted', 'decided'), ('considered', 'considered'), ('to_explore', 'to explore'), ('to_follow', 'to follow'), ('done', 'done')], max_length=12)),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='what happened')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='events.decision')),
                ('space', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.space')),
            ],
            options={
                'verbose_name': 'step of a decision',
                'verbose_name_plural': 'steps of a decision',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='task')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('created_at', models.DateTimeField(editable=False)),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='events.decision')),
                ('done_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='network.space', verbose_name='for')),
            ],
            options={
                'verbose_name': 'task',
                'verbose_name_plural': 'tasks',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='events.topic', verbose_name='topic'),
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('companions', models.PositiveSmallIntegerField(default=0, verbose_name='companions')),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('second_answer', models.CharField(blank=True, max_length=300)),
                ('language', models.CharField(default='fr', max_length=8)),
                ('status', models.CharField(choices=[('pending', 'to be confirmed by e-mail'), ('confirmed', 'confirmed'), ('waitlisted', 'on the waiting list'), ('cancelled', 'cancelled')], max_length=10, verbose_name='status')),
                ('attended', models.BooleanField(blank=True, null=True, verbose_name='came')),
                ('created_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('waiting_since', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.event')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(fields=['event', 'status'], name='events_regi_event_i_c98244_idx')],
                'constraints': [models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('email'), name='registration_once_a_date')],
            },
        ),
    ]
