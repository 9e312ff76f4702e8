"""Which app answers which address."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/desk/", include("archive.desk.urls")),
    path("admin/", admin.site.urls),
    path("report/", include("archive.desk.public")),
    path("", include("search.urls")),
    path("", include("archive.urls")),
]

handler404 = "archive.views.discovery.not_found"
handler500 = "archive.views.discovery.server_error"
