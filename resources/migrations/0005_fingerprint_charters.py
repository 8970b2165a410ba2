"""Give criteria the key they keep from version to version, and versions their digest."""

import uuid

from django.db import migrations, models
from django.utils import timezone

from resources.domain.charter_text import (
    ArticleText,
    CharterText,
    CriterionText,
    compute_digest,
    write_canonical_form,
)


def name_criteria(apps, schema_editor):
    """The same words in the same article are the same criterion."""
    Criterion = apps.get_model("resources", "Criterion")
    criteria = Criterion.objects.select_related("article__version").order_by(
        "article__version__charter_id", "article__version__number", "pk"
    )
    known, taken = {}, set()
    for criterion in criteria:
        version = criterion.article.version
        words = (version.charter_id, criterion.article.slug, criterion.text)
        key = known.setdefault(words, uuid.uuid4())
        if (version.pk, key) in taken:
            key = uuid.uuid4()
        taken.add((version.pk, key))
        Criterion.objects.filter(pk=criterion.pk).update(key=key)


def fingerprint_versions(apps, schema_editor):
    """Only the highest version of a charter stays open to signatures."""
    CharterVersion = apps.get_model("resources", "CharterVersion")
    published = CharterVersion.objects.filter(state="published")
    seen = set()
    for version in published.order_by("charter_id", "-number"):
        values = {"digest": compute_digest(write_canonical_form(read_text(apps, version)))}
        if version.charter_id in seen:
            values["signing_closed_at"] = timezone.now()
        seen.add(version.charter_id)
        published.filter(pk=version.pk).update(**values)


def read_text(apps, version):
    Article = apps.get_model("resources", "Article")
    Criterion = apps.get_model("resources", "Criterion")
    return CharterText(
        version=version.number,
        language="fr",
        adopted_on=version.adopted_on,
        preamble=version.preamble,
        articles=[
            ArticleText(
                number=article.number,
                anchor=article.slug,
                title=article.title,
                question=article.question,
                text=article.text,
                criteria=[
                    CriterionText(one.number, one.kind, one.text)
                    for one in Criterion.objects.filter(article=article).order_by(
                        "sort_order"
                    )
                ],
            )
            for article in Article.objects.filter(version=version).order_by("sort_order")
        ],
    )


class Migration(migrations.Migration):

    dependencies = [
        ("resources", "0004_charters_as_data"),
    ]

    operations = [
        migrations.RunPython(name_criteria, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(
            fingerprint_versions, migrations.RunPython.noop, elidable=True
        ),
        migrations.AddConstraint(
            model_name='charterversion',
            constraint=models.UniqueConstraint(condition=models.Q(('signing_closed_at__isnull', True), ('state', 'published')), fields=('charter',), name='charter_one_version_to_sign'),
        ),
    ]
