"""URLs of the public site."""

from django.contrib.sitemaps.views import sitemap as section
from django.urls import path, re_path

from guides.media.names import FILE
from guides.rendering.social_card import DRAWING

from .compare import path_views
from .compare import views as compare_views
from .http import query_params, read_only
from .pages import feeds, images, reports
from .pages import views as page_views
from .pages.moved import lowercase_path, redirect_moved
from .pages.sitemap import SITEMAPS, sitemap
from .pay import role_pay_views
from .pay import views as pay_views
from .resume import views as resume_views
from .search import sources
from .search import views as search_views
from .skills_check import match_views, toolkit_views
from .skills_check import views as skills_check_views

FORMS = {"report", "resume"}
"""URL names of the views that accept POST. All others are read-only."""

app_name = "guides"
urlpatterns = [
    path("", page_views.home, name="home"),
    path("guides/", search_views.browse, name="browse"),
    path("fields/<slug:slug>/", lowercase_path(search_views.field), name="field"),
    path("search/", search_views.search, name="search"),
    path("search/suggestions/", search_views.suggestions, name="suggestions"),
    path("skills/", search_views.all_skills, name="skills"),
    path("skills/<slug:slug>/", lowercase_path(search_views.skill), name="skill"),
    path("compare/", compare_views.comparison, name="compare"),
    path("match/", match_views.match, name="match"),
    path("match/resume/", resume_views.read_resume, name="resume"),
    path("match/suggestions/", match_views.suggestions, name="skill-suggestions"),
    path("pay/", pay_views.choose_place, name="pay"),
    path("pay/suggestions/", pay_views.suggestions, name="place-suggestions"),
    path("pay/<slug:area>/", lowercase_path(pay_views.place), name="pay-place"),
    path("paths/", path_views.find_path, name="paths"),
    path("paths/<slug:first>/<slug:last>/", redirect_moved(path_views.role_path), name="path"),
    path("guides/<slug:slug>/", redirect_moved(page_views.guide), name="guide"),
    path("guides/<slug:slug>.json", redirect_moved(page_views.guide_json), name="guide-json"),
    path("guides/<slug:slug>.md", redirect_moved(page_views.guide_markdown), name="guide-markdown"),
    path(
        f"guides/<slug:slug>/card-<int:number>-{DRAWING}.png", redirect_moved(page_views.guide_card), name="guide-card"
    ),
    path(
        f"guides/<slug:slug>/card-<int:number>-{DRAWING}-<slug:digest>.png",
        redirect_moved(page_views.guide_card),
        name="guide-card",
    ),
    path("guides/<slug:slug>/card-<int:number>-v2.png", page_views.former_card, name="former-card"),
    path("guides/<slug:slug>/card-<int:number>-v3.png", page_views.former_card, name="former-card"),
    path("guides/<slug:slug>/card-<int:number>.png", page_views.former_card, name="former-card"),
    path("guides/<slug:slug>/feed/", redirect_moved(feeds.OneGuide()), name="guide-feed"),
    path("guides/<slug:slug>/history/", redirect_moved(page_views.history), name="guide-history"),
    path("guides/<slug:slug>/skills-check/", redirect_moved(skills_check_views.skills_check), name="skills-check"),
    path("guides/<slug:slug>/skills-check.md", redirect_moved(skills_check_views.plan_file), name="skills-check-file"),
    path("guides/<slug:slug>/toolkit/", redirect_moved(toolkit_views.toolkit), name="toolkit"),
    path("guides/<slug:slug>/toolkit/<slug:kind>/", redirect_moved(toolkit_views.document), name="toolkit-document"),
    re_path(
        rf"^guides/(?P<slug>[-\w]+)/toolkit/(?P<kind>[-\w]+)\.(?P<suffix>{'|'.join(toolkit_views.FILES)})$",
        redirect_moved(toolkit_views.document_file),
        name="toolkit-file",
    ),
    path("guides/<slug:slug>/pay/", redirect_moved(role_pay_views.role_pay), name="role-pay"),
    path("guides/<slug:slug>/pay.csv", redirect_moved(role_pay_views.role_pay_csv), name="role-pay-csv"),
    path("guides/<slug:slug>/pay/<slug:area>/", redirect_moved(role_pay_views.role_pay_place), name="role-pay-place"),
    path("guides/<slug:slug>/report/", redirect_moved(reports.report), name="report"),
    path("guides/<slug:slug>/report/sent/", redirect_moved(reports.reported), name="reported"),
    path("about/", page_views.about, name="about"),
    path("about/sources/", sources.all_sources, name="sources"),
    path("about/<slug:page>/", page_views.about, name="about"),
    re_path(rf"^images/(?P<file>{FILE})$", images.image, name="image"),
    path("feed/", feeds.AllGuides(), name="feed"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", query_params("p")(section), {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("robots.txt", page_views.text_file, {"name": "robots.txt"}),
    path("llms.txt", page_views.text_file, {"name": "llms.txt"}),
    path("opensearch.xml", search_views.open_search, name="opensearch"),
    path(".well-known/security.txt", page_views.security_txt, name="security-txt"),
]
for pattern in urlpatterns:
    if pattern.name not in FORMS:
        pattern.callback = read_only(pattern.callback)
