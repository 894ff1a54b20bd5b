"""Every address of the site, and the page for each way that a request can fail."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("watchkeep.api.routes")),
    path("", include("watchkeep.web.urls")),
]

handler400 = "watchkeep.web.errors.wrong_request"
handler403 = "watchkeep.web.errors.forbidden"
handler404 = "watchkeep.web.errors.not_found"
handler429 = "watchkeep.web.errors.too_many"  # django-allauth asks for it
handler500 = "watchkeep.web.errors.fault"
