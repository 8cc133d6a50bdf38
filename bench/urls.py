"""Every address of the product, and two empty pages; never part of the product itself."""

from django.urls import include, path

from bench import floors

urlpatterns = [
    path("bench/desk", floors.empty_desk),
    path("bench/page", floors.empty_page),
    path("", include("config.urls")),
]

handler400 = "tanggap.web.errors.bad_request"
handler403 = "tanggap.web.errors.forbidden"
handler404 = "tanggap.web.errors.not_found"
handler500 = "tanggap.web.errors.server_error"
