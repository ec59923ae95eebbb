"""What the delivered guides find in the résumé of a cashier who looks for work in health care, and in single lines."""

import pytest
from django.utils import timezone

from guides.reading.resume.recognition import recognize
from tests.helpers.delivered import publish_delivered

pytestmark = pytest.mark.django_db

RESUME = """Maria Lopez
Houston, TX | (713) 555-0100 | maria@example.com

SUMMARY
Friendly cashier and shift lead with 5 years in retail. Bilingual English/Spanish. Looking to move into healthcare.

EXPERIENCE
Shift Lead / Cashier, a grocery store, Houston, TX    2021 - present
- Ring up 150+ customers a day and balance a cash drawer with no shortages in 18 months
- Resolve customer complaints and refunds at the service desk
- Train new cashiers and make the weekly schedule for 12 people
- Answer multi-line phones

Front Desk Volunteer, a hospital   2023 - 2024
- Greeted visitors and checked patients in using Epic
- Completed HIPAA training

Barista, a coffee shop 2019 - 2021

EDUCATION
High school diploma, 2019
Medical Terminology course (Coursera), 2024
CMAA (in progress)

SKILLS
MS Word, Excel, Outlook; Spanish; typing 55 wpm; time management; team player; de-escalation; CPR/BLS
"""


def test_the_resume_of_a_cashier_is_read() -> None:
    publish_delivered()
    found = recognize(RESUME, at=timezone.now())
    assert {skill.slug for skill in found.skills} - {"another-language"} == {
        "cash-handling", "complaint-resolution", "cpr-bls", "customer-service", "epic", "hipaa-compliance",
        "medical-terminology", "microsoft-excel", "microsoft-outlook", "microsoft-word", "multi-line-phone-systems",
        "spanish", "staff-scheduling", "training-and-coaching", "typing",
    }  # fmt: skip
    assert [skill.broader for skill in found.skills if skill.broader] == [
        "Electronic health record systems", "Microsoft Office",
    ]  # fmt: skip
    assert [title.slug for title in found.titles] == []
    assert [job.slug for job in found.jobs] == ["food-service-supervisor", "cashier", "barista"]
    assert found.facts.education is not None
    assert (found.facts.education.level, found.facts.health_years) == ("high-school", None)


LINES = {
    "Skills: security, email, phones": "",
    "Health, DNA, Educator": "",
    "meetings, Excel, Microsoft Office": "microsoft-excel microsoft-office",
    "Staff development\nSchedule management": "",
    "Organized store shelves": "",
    "Polite": "",
    "Flexible schedule": "",
    "Looked up parts in the database": "",
    "Volunteer, Valley Food Pantry": "",
    "Microsoft Exchange": "",
    "Medical Billing and Coding": "billing-and-bookkeeping medical-coding-basics",
    "Charts in Medical Manager, then IDX": "practice-management-software",
    "Medical Manager, Mercy Clinic, 2015 - 2019": "",
    "IDX websites for real estate agents": "",
    "Charted in AHLTA and CHCS": "electronic-health-records",
    "Paged physicians overhead": "secure-messaging",
    "Conflict resolution": "complaint-resolution",
    "De-escalated customers at the counter": "complaint-resolution",
    "EQ and audio mixing boards": "",
    "Budget Furniture Outlet, sales": "",
    "Supervised by two nurses": "",
    "HIPAA trained": "hipaa-compliance",
    "Trained 7 colleagues": "training-and-coaching",
    "Shift lead": "",
    "Lead Technician": "",
    "In charge of seven technicians": "staff-supervision",
    "| Epic | Y |\n| Tableau | N |": "epic",
    "OBJECTIVE\nA job where I can use Cerner and budgeting": "",
    "Helen, who handled the prior auths": "",
    "The owner does the budget": "",
    "Organised and meticulous": "attention-to-detail organization",
    "Spanish (some)": "",
    "Vietnamese (native)": "another-language",
}


def test_lines_are_read_as_people_mean_them() -> None:
    publish_delivered()
    at = timezone.now()
    found = {line: {skill.slug for skill in recognize(f"Jane Doe\n{line}", at=at).skills} for line in LINES}
    assert found == {line: set(slugs.split()) for line, slugs in LINES.items()}


TITLES = {
    "Patient Service Representative, 2019 - 2021": ("patient-services-coordinator", ""),
    "Front desk receptionist, Bell Clinic, 2019 - 2021": ("medical-receptionist", ""),
    "Medical Secretary, 1999 - 2004": ("medical-receptionist", ""),
    "Patient Access Representative, 2019 - 2020": ("patient-services-coordinator", ""),
    "Clinical Supervisor, Mercy Clinic, 2011 - 2015": ("", ""),
    "Medical assistant bridge class starts in May": ("", ""),
    "Goal: Medical Assistant": ("", ""),
    "Senior Bank Teller, First Bank": ("", "bank-teller"),
    "Worked as a barista": ("", "barista"),
    "Trained new cashiers": ("", ""),
    "Cashier Volunteer, thrift shop": ("", ""),
    "cashier’s checks": ("", ""),
}


def test_titles_of_guides_and_starting_jobs_are_found_where_they_were_held() -> None:
    publish_delivered()
    at = timezone.now()
    read = {line: recognize(f"Jane Doe\n{line}", at=at) for line in TITLES}
    found = {
        line: (" ".join(title.slug for title in of.titles), " ".join(job.slug for job in of.jobs))
        for line, of in read.items()
    }
    assert found == TITLES
