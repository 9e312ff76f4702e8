"""Addresses of search."""

from django.urls import path

from search import exports, trends, views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/suggest", views.suggest, name="suggest"),
    path("search/help/", views.help_page, name="help"),
    path("search/feed.xml", exports.SearchFeed(), name="feed"),
    path("search/export.csv", exports.as_csv, name="csv"),
    path("search/export.ris", exports.as_ris, name="ris"),
    path("trends/", trends.trends, name="trends"),
    path("trends.csv", trends.trends_csv, name="trends-csv"),
]
