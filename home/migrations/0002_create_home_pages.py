"""The three languages and their home pages: without its own, ``/en/`` is a 404."""

import uuid

from django.db import migrations

HOME_PAGES = [
    ("fr", "accueil", "Accueil"),
    ("en", "accueil-en", "Home"),
    ("br", "accueil-br", "Degemer"),
]


def create_home_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")

    Page.objects.filter(depth=2).delete()  # Wagtail's welcome page
    content_type, _created = ContentType.objects.get_or_create(
        model="homepage", app_label="home"
    )
    translation_key = uuid.uuid4()
    for position, (language, slug, title) in enumerate(HOME_PAGES, start=1):
        locale, _created = Locale.objects.get_or_create(language_code=language)
        page = HomePage.objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=content_type,
            path=f"0001{position:04d}",
            depth=2,
            numchild=0,
            url_path=f"/{slug}/",
            locale=locale,
            translation_key=translation_key,
            live=True,
        )
        if language == "fr":
            Site.objects.all().delete()
            Site.objects.create(
                hostname="localhost",
                root_page_id=page.pk,
                is_default_site=True,
                site_name="",
            )
    Page.objects.filter(depth=1).update(numchild=len(HOME_PAGES))


def remove_home_pages(apps, schema_editor):
    apps.get_model("home", "HomePage").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_home_pages, remove_home_pages)]
