"""Every address of the product, by door."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("tanggap.web.account.urls")),
    path("pengelola/", admin.site.urls),
    path("", include("tanggap.web.workbench.urls")),
    path("", include("tanggap.web.oversight.urls")),
    path("", include("tanggap.web.public.urls")),
]

handler400 = "tanggap.web.errors.bad_request"
handler403 = "tanggap.web.errors.forbidden"
handler404 = "tanggap.web.errors.not_found"
handler500 = "tanggap.web.errors.server_error"
