"""Addresses of the desk, under ``/admin/desk/``."""

from django.urls import path

from archive.desk.views import evidence, history, page, proposals, queue, reports, suspicions, uploads

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("articles/", queue.articles, name="articles"),
    path("bulk/", queue.bulk, name="bulk"),
    path("pages/<slug:key>/", page.desk, name="page"),
    path("pages/<slug:key>/try.json", page.try_actions, name="try"),
    path("pages/<slug:key>/right/", queue.looks_right, name="looks-right"),
    path("pages/<slug:key>/picture/", evidence.picture, name="picture"),
    path("pages/<slug:key>/picture/attach/", evidence.attach, name="attach-picture"),
    path("pages/<slug:key>/history/", history.history, name="history"),
    path("pages/<slug:key>/history/compare/", history.compare, name="compare"),
    path("pages/<slug:key>/history/<int:number>/", history.version, name="version"),
    path("pages/<slug:key>/history/<int:number>/restore/", history.restore, name="restore"),
    path("pages/<slug:key>/history/<int:number>/similar/", history.propose_similar, name="propose-similar"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/close/", reports.close, name="close-report"),
    path("visibility/<str:what>/<slug:key>/", reports.visibility, name="visibility"),
    path("suspicions/", suspicions.suspicions, name="suspicions"),
    path("suspicions/<int:pk>/settle/", suspicions.settle, name="settle-suspicion"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/confirm/", uploads.confirm, name="confirm-uploads"),
]
