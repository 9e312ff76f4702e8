"""Addresses of the archive. All of them are permanent.

Editions and names are staff's and the print's words, which may hold a slash (早/晚): hence ``path``.
"""

from django.urls import path

from archive import feeds
from archive.views import (
    articles,
    discovery,
    front,
    issues,
    lists,
    pages,
    people,
    photos,
    places,
    sitemaps,
    staff,
)

app_name = "archive"
urlpatterns = [
    path("", front.home, name="home"),
    path("about/", front.about, name="about"),
    path("issues/", issues.calendar, name="issues"),
    path("issues/<int:year>/", issues.calendar, name="year"),
    path("issues/<slug:newspaper>/", issues.newspaper, name="newspaper"),
    path("issues/<slug:newspaper>/<path:slug>/", issues.issue, name="issue"),
    path("on-this-day/", issues.on_this_day, name="on-this-day"),
    path("pages/<slug:key>/", pages.page, name="page"),
    path("articles/", lists.articles, name="articles"),
    path("articles/<slug:key>/", articles.article, name="article"),
    path("articles/<slug:key>/print", articles.machine_text, name="machine-text"),
    path("articles/<slug:key>.txt", articles.plain, name="article-text"),
    path("articles/<slug:key>.json", articles.as_json, name="article-json"),
    path("articles/<slug:key>.bib", articles.bibtex, name="article-bibtex"),
    path("articles/<slug:key>.ris", articles.ris, name="article-ris"),
    path("photos/", photos.wall, name="photos"),
    path("photos/<slug:key>/", photos.photo, name="photo"),
    path("photos/<slug:key>/image", photos.image, name="photo-image"),
    path("sections/", lists.sections, name="sections"),
    path("sections/<slug:slug>/", lists.section, name="section"),
    path("columns/<int:pk>/", lists.column, name="column"),
    path("people/", people.index, name="people"),
    path("people/<path:slug>/", people.person, name="person"),
    path("places/", places.index, name="places"),
    path("places/<path:slug>/", places.place, name="place"),
    path("language/", discovery.language, name="language"),
    path("feeds/articles.xml", feeds.Everything(), name="feed"),
    path("feeds/sections/<slug:slug>.xml", feeds.InSection(), name="section-feed"),
    path("feeds/people/<path:slug>.xml", feeds.OfPerson(), name="person-feed"),
    path("feeds/places/<path:slug>.xml", feeds.OfPlace(), name="place-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<section>.xml", sitemaps.part, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
    path("style-guide/", staff.style_guide, name="style-guide"),
]
