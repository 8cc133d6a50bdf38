"""Addresses that anyone may open."""

from django.conf import settings
from django.urls import path

from tanggap.web.public import views_pages

app_name = "public"

urlpatterns = [
    path("", views_pages.home, name="home"),
    path("tentang", views_pages.about_page, name="about"),
    path("privasi", views_pages.privacy, name="privacy"),
    path("aksesibilitas", views_pages.accessibility, name="accessibility"),
    path("bahasa", views_pages.set_language, name="language"),
    path("sehat", views_pages.health, name="health"),
    path("robots.txt", views_pages.robots, name="robots"),
]

if settings.DEBUG:
    from tanggap.web.public import views_style

    urlpatterns += [path("gaya", views_style.style, name="style")]
