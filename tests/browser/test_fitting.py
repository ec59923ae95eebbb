"""Am I ready, which roles fit, what does my résumé tell: walked with scripts and without, and by keyboard alone."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Keyboard, Site, Watched, axe_violations, press, watched_page

pytestmark = pytest.mark.browser

RESUME = """Rosa Delgado
Front desk, Lakeside Family Practice, 2019 – 2024
- Scheduled patients in Epic; verified insurance
- No experience with Cerner yet
Medical Receptionist, Pine Street Clinic, 2016 – 2019
Skills: active listening, organization
"""


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A visitor's page, with scripts and without."""
    with watched_page(chromium, java_script_enabled=request.param, viewport=PHONE) as (page, _):
        yield page
        assert page.context.cookies() == []


def answer(page: Page, **answers: str) -> None:
    for skill, label in answers.items():
        page.get_by_role("radiogroup", name=skill.replace("_", " ")).get_by_label(label, exact=True).check()


def test_somebody_checks_their_skills_and_takes_the_answers_along(page: Page, site: Site) -> None:
    page.goto(site.guide)
    page.get_by_role("link", name="Check my skills").click()
    page.get_by_label("Highest education").select_option("High school diploma or GED")
    page.get_by_text("other skills").click()
    answer(page, Epic="Have it", Organization="Some", Medical_terminology="Not yet", Microsoft_Excel="Have it")
    page.get_by_label("Years in this or a similar job").fill("3")
    page.get_by_role("button", name="Show my results").click()
    check = f"{site.address}/guides/patient-care-coordinator/skills-check/"
    page.wait_for_url(
        f"{check}?have=epic,microsoft-excel&some=organization&not-yet=medical-terminology&years=3&education=high-school"
    )
    expect(page.get_by_text(re.compile(r"4 of \d+ answered")).first).to_be_visible()
    terminology = page.locator(".plan > li", has_text="Medical terminology")
    expect(terminology).to_contain_text("A short course is enough. You don’t need a degree for it.")
    expect(terminology).to_contain_text("up to about $2,000")
    expect(terminology).not_to_contain_text("$20,000")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the plan").click()
    assert download.value.suggested_filename == "patient-care-coordinator-plan.md"
    expect(page.get_by_role("radiogroup", name="Organization").get_by_label("Some")).to_be_checked()

    # They change an answer, and carry them to another guide's check.
    answer(page, Organization="Have it")
    page.get_by_role("button", name="Show my results").click()
    page.wait_for_url("**have=epic,microsoft-excel,organization&not-yet=**")
    page.get_by_role("link", name="All jobs, ranked by your answers").click()
    page.get_by_role("link", name="Check your skills for Medical Receptionist").click()
    expect(page.get_by_role("radiogroup", name="Epic").get_by_label("Have it")).to_be_checked()
    expect(page.get_by_role("radiogroup", name="Organization").get_by_label("Have it")).to_be_checked()


def test_the_check_counts_answers_as_they_are_chosen(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(f"{site.address}/guides/patient-care-coordinator/skills-check/")
    answer(page, Epic="Have it", Medical_terminology="Not yet")
    expect(page.get_by_text(re.compile(r"^2 of \d+ answered$"))).to_be_visible()
    assert watched.complaints == []


def test_strengths_go_into_the_outlines_and_their_files(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/guides/patient-care-coordinator/skills-check/?have=epic,organization&not-yet=cerner")
    page.get_by_role("link", name="Add these to a résumé and cover letter").click()
    page.get_by_role("link", name="Résumé outline", exact=True).click()
    expect(page.get_by_text("Strengths: Epic, Organization.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (.docx)").click()
    assert download.value.suggested_filename == "patient-care-coordinator-resume.docx"
    text = "\n".join(p.text for p in docx.Document(BytesIO(download.value.path().read_bytes())).paragraphs)
    assert "Strengths: Epic, Organization." in text
    assert "Cerner" not in text


def test_roles_are_found_by_skills_and_past_roles(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/match/")
    page.get_by_text("The most common skills").click()
    page.get_by_label("Epic").check()
    page.get_by_label("Medical terminology").check()
    page.get_by_label("A skill").fill("active listening")  # what is ticked goes along with what is typed
    page.get_by_role("button", name="Find").click()
    page.wait_for_url(f"{site.address}/match/?have=active-listening,epic,medical-terminology")
    roles = page.locator(".cards > li")
    expect(roles.get_by_role("link", name="Medical Receptionist", exact=True)).to_be_visible()
    page.get_by_role("link", name="Tell us your education", exact=True).click()
    expect(page.get_by_text(re.compile("^Needs .*; tell us your education.$")).first).to_be_visible()
    change = page.get_by_text("Add or change answers")  # below the answers, the roles come first
    change.click()
    page.get_by_label("A past job").fill("medical receptionist")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(roles.filter(has_text="You have done this job.")).to_contain_text("Medical Receptionist")
    change.click()
    page.get_by_label("A skill").fill("microsoft")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Microsoft Teams").first.check()
    page.get_by_role("button", name="Show my matches").click()
    page.get_by_role("link", name="Remove Medical terminology").click()
    page.wait_for_url(f"{site.address}/match/?have=active-listening,epic,microsoft-teams&role=medical-receptionist")
    change.click()
    page.get_by_label("A skill").fill("juggling")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("alert")).to_contain_text("No guide lists a skill called “juggling.”")


def test_a_resume_is_read_confirmed_and_struck_out(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/match/resume/?guide=patient-care-coordinator")
    page.get_by_label("Paste your résumé").fill(RESUME)
    page.get_by_role("button", name="Read my résumé").click()
    expect(page.get_by_role("status")).to_contain_text("We found 5 skills.")
    expect(page.locator("mark", has_text="Scheduled patients")).to_be_visible()
    answer(page, Epic="Not mine", Organization="Some")
    page.get_by_role("button", name="Continue to the skills check").click()
    had, rest = "have=active-listening,insurance-verification,patient-scheduling", "some=organization&not-yet=epic"
    page.wait_for_url(f"**/skills-check/?{had}&{rest}&experience=work-in-health-care:3")
    assert "Delgado" not in page.content() + page.url

    # Nothing was kept, so the other way begins anew.
    page.goto(f"{site.address}/match/resume/")
    page.get_by_label("Paste your résumé").fill(RESUME)
    page.get_by_role("button", name="Read my résumé").click()
    page.get_by_label(re.compile("Medical Receptionist")).check()
    page.get_by_role("button", name="Show jobs that fit").click()
    expect(page.get_by_text("People move here from your past job, Medical Receptionist.").first).to_be_visible()


def test_a_file_is_read_and_a_bad_one_answered(page: Page, site: Site, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(RESUME)
    document.save(str(tmp_path / "resume.docx"))
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    page.goto(f"{site.address}/match/resume/")
    page.get_by_role("button", name="Read my résumé").click()
    expect(page.get_by_role("alert")).to_contain_text("Paste your résumé, or upload a file.")
    page.get_by_label("Or upload a file").set_input_files(tmp_path / "scan.png")
    page.get_by_role("button", name="Read my résumé").click()
    expect(page.get_by_role("alert")).to_contain_text("This is a picture")
    page.get_by_label("Or upload a file").set_input_files(tmp_path / "resume.docx")
    page.get_by_role("button", name="Read my résumé").click()
    expect(page.get_by_role("status")).to_contain_text("We found 5 skills.")


def test_a_check_needs_no_mouse(watched: Watched, site: Site) -> None:
    page, keyboard = watched.page, Keyboard(watched.page)
    page.goto(site.guide)
    keyboard.follow("Check my skills")
    keyboard.type("Years in this or a similar job", "2")
    keyboard.to("Have it")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")  # to the next alternative: a group of choices is one stop
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/skills-check/?have=electronic-health-records&some=epic&years=2")
    keyboard.follow("Add these to")
    keyboard.follow("Cover letter outline")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cover letter outline")
    assert watched.complaints == []


def test_the_browser_remembers_only_what_it_is_asked_to(watched: Watched, site: Site) -> None:
    page, base = watched.page, f"{site.address}/guides"
    page.goto(f"{base}/patient-care-coordinator/skills-check/?have=epic&not-yet=cerner&years=3")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("Remember my skills in this browser").check()
    page.goto(f"{base}/medical-assistant/skills-check/")
    expect(page.get_by_text("This browser has saved your answers on 2 skills.")).to_be_visible()
    page.get_by_role("link", name="Use my saved answers").click()
    page.wait_for_url(f"{base}/medical-assistant/skills-check/?have=epic&not-yet=cerner")
    expect(page.get_by_role("radiogroup", name="Epic").get_by_label("Have it")).to_be_checked()
    page.locator(".others > summary").click()
    answer(page, Medical_terminology="Some")
    page.route("**/skills-check/?*", lambda route: route.abort("aborted"))
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Show my results").click()
    page.unroute("**/skills-check/?*")
    # What somebody else's link says is not one's own, even where one's own answers never arrived.
    page.goto(f"{base}/medical-assistant/skills-check/?not-yet=epic,meditech")
    page.goto(f"{base}/medical-assistant/skills-check/?have=epic&not-yet=cerner")
    page.locator(".others > summary").click()
    answer(page, Medical_terminology="Some")
    page.get_by_role("button", name="Show my results").click()
    expect(page.get_by_role("radiogroup", name="Medical terminology").get_by_label("Some")).to_be_checked()
    page.wait_for_url("**some=medical-terminology**")
    # What is taken away is taken away here, too.
    page.goto(f"{base}/medical-assistant/skills-check/?not-yet=epic,meditech")
    page.goto(f"{site.address}/match/")
    expect(page.get_by_text("This browser has saved your answers on 3 skills.")).to_be_visible()
    page.get_by_role("link", name="Use my saved answers").click()
    page.get_by_role("link", name="Remove Epic").click()
    page.wait_for_url(lambda url: "epic" not in url)  # the page that saves the answers has loaded
    page.goto(f"{site.address}/match/")
    expect(page.get_by_text("This browser has saved your answers on 2 skills.")).to_be_visible()
    page.get_by_label("Remember my skills in this browser").uncheck()
    expect(page.get_by_text("This browser has saved your answers on 2 skills.")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0
    assert watched.complaints == []


def test_skills_are_offered_while_one_types(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(f"{site.address}/match/")
    page.get_by_label("A skill").press_sequentially("ehr")
    expect(page.locator("#suggested option").first).to_have_attribute("value", "Electronic health record systems")
    assert watched.complaints == []


def test_a_result_prints_without_its_form(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(f"{site.address}/guides/patient-care-coordinator/skills-check/?have=epic&not-yet=cerner")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Your plan")).to_be_visible()
    expect(page.get_by_role("button", name="Show my results")).to_be_hidden()
    expect(page.get_by_label("Remember my skills")).to_be_hidden()


def test_axe_finds_nothing_in_what_a_resume_tells(chromium: Browser, site: Site) -> None:
    with watched_page(chromium, viewport=PHONE) as (page, _):
        page.goto(f"{site.address}/match/resume/?guide=patient-care-coordinator")
        page.get_by_label("Paste your résumé").fill(RESUME)
        press(page, "Read my résumé")
        expect(page.get_by_role("status")).to_contain_text("We found 5 skills.")
        assert axe_violations(page) == []
