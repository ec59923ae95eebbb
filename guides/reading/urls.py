from django.contrib.sitemaps.views import sitemap
from django.urls import path

from . import comparing, feeds, finding, views
from .sitemap import SITEMAPS

app_name = "guides"
urlpatterns = [
    path("", views.home, name="home"),
    path("guides/", finding.browse, name="browse"),
    path("fields/<slug:slug>/", finding.field, name="field"),
    path("search/", finding.search, name="search"),
    path("search/suggestions/", finding.suggestions, name="suggestions"),
    path("opensearch.xml", finding.open_search, name="opensearch"),
    path("skills/", finding.all_skills, name="skills"),
    path("skills/<slug:slug>/", finding.skill, name="skill"),
    path("compare/", comparing.comparison, name="compare"),
    path("paths/", comparing.find_path, name="paths"),
    path("paths/<slug:first>/<slug:last>/", comparing.one_path, name="path"),
    path("guides/<slug:slug>/", views.guide, name="guide"),
    path("guides/<slug:slug>.json", views.guide_json, name="guide-json"),
    path("guides/<slug:slug>.md", views.guide_markdown, name="guide-markdown"),
    path("guides/<slug:slug>/feed/", feeds.OneGuide(), name="guide-feed"),
    path("guides/<slug:slug>/history/", views.history, name="guide-history"),
    path("about/", views.about, name="about"),
    path("about/<slug:page>/", views.about, name="about"),
    path("feed/", feeds.AllGuides(), name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.text_file, {"name": "robots.txt"}),
    path("llms.txt", views.text_file, {"name": "llms.txt"}),
]
