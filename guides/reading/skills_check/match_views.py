"""The views that find roles for a visitor: by skills and past roles, and by a résumé that is read and not kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from careerguide.client_address import client_address
from guides.choices import Answer
from guides.models.edition import Edition
from guides.reading import clock
from guides.reading.http import ANY, page_number, pagination, query_params
from guides.reading.limits import Busy, Slots
from guides.reading.resume import skill_lookup, upload
from guides.reading.resume.recognition import MAX_LETTERS, recognize
from guides.reading.search import skills
from guides.reading.search.engine import MOST_LETTERS as MOST_IN_QUERY
from guides.reading.search.engine import named, named_exactly

from . import ranking
from .answers import FIELD, MOST_ROLES, Answers
from .views import arrived, with_answers

CHOICES = (
    (Answer.HAVE, Answer.HAVE.label),
    (Answer.SOME, Answer.SOME.label),
    (Answer.NOT_YET, gettext_lazy("Strike out")),
)


class Chosen(NamedTuple):
    """A skill or a role that was chosen, what is said of it, and the address without it."""

    name: str
    answer: str
    without: str


@query_params(ANY)
def match(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    given = arrived(request, at=now).of_skills()
    query, name = (request.GET.get(key, "").replace("\0", "")[:MOST_IN_QUERY].strip() for key in ("q", "add"))
    past = ranking.past(given.role, at=now)
    found = skill_lookup.find_skills(query, at=now) if query else ()
    role = named_exactly(name, at=now) if name else None
    answers = _known(given, past, at=now)
    if found and found[0].is_exact:
        answers, query = answers.without((found[0].slug,)).also((found[0].slug,)), ""
    if role and len(answers.role) < MOST_ROLES:
        answers, name = _with_role(answers, role.slug), ""
    if answers != given or any(key.startswith(FIELD) for key in request.GET):
        return redirect(_address(answers, q=query, add=name))
    full = answers.also(ranking.lent_by(past))
    matches = ranking.match(full, at=now, page=page_number(request)) if full.have or full.some else None
    if matches is None and "page" in request.GET:
        raise Http404
    meant = named(name, at=now) if name else ()
    context = {
        "answers": answers,
        "sought": query,
        "name": name,
        "found": tuple(each for each in found if each.slug not in answers.by_slug),
        "offered": tuple(skill for skill in skills.most_asked(at=now) if skill[0] not in answers.by_slug),
        "meant": tuple((card.title, _address(_with_role(answers, card.slug))) for card in meant),
        "is_full": len(answers.role) >= MOST_ROLES,
        "chosen": _chosen(answers, past, at=now),
        "matches": matches,
        "carried": full.query(),
    }
    pages = pagination(request, matches.page, matches.pages) if matches else {}
    return render(request, "guides/skills_check/match.html", context | pages)


@query_params("q")
def suggestions(request: HttpRequest) -> JsonResponse:
    """Names of skills for what is being typed, as the browser's list of suggestions takes them."""
    query = request.GET.get("q", "").replace("\0", "")[:MOST_IN_QUERY]
    return JsonResponse([query, [skill.name for skill in skill_lookup.find_skills(query, at=clock.now())]], safe=False)


class ResumeForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Paste the text of your résumé"),
        required=False,
        max_length=MAX_LETTERS,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("The text is longer than a résumé. Paste only what is yours.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Or give it as a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(".txt, .md, .docx or .pdf, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.docx,.pdf"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check that there is a text or a file. The file itself is not read here: that needs a slot."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text"):
            self.add_error(None, _("Paste the text of your résumé, or choose its file."))
        return cleaned


PARSING, RECOGNIZING = Slots(2), Slots(2)
"""Files that this process parses at once, and texts in which it looks for skills."""

BUSY = gettext_lazy("Many résumés are being read right now. Try again in a minute.")


@query_params(ANY)
@csrf_exempt  # there is no session to abuse, nothing is stored, and the token would need a cookie
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def read_resume(request: HttpRequest) -> HttpResponse:
    """Show what a résumé says, to be confirmed or struck out. Its text is in the memory of this request only."""
    request.upload_handlers = [upload.InMemoryUploadHandler(request)]
    now = clock.now()
    slug = request.GET.get("guide", "").replace("\0", "")
    edition = Edition.objects.live(at=now).filter(slug=slug).listed().first() if slug else None
    form = ResumeForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"edition": edition, "form": form, "answers": arrived(request, at=now)}
    if not form.is_bound:
        return render(request, "guides/resume/upload.html", context)
    status = 422
    if form.is_valid():
        address = client_address(request)
        try:
            text = _text_of(form.cleaned_data, address)
            with RECOGNIZING.hold(address):
                told = recognize(text, at=now)
            return render(request, "guides/resume/result.html", context | {"told": told, "choices": CHOICES})
        except upload.UnreadableFile as error:
            form.add_error("file", str(error))
        except Busy:
            status = 503
            form.add_error(None, str(BUSY))
    return render(request, "guides/resume/upload.html", context, status=status)


@sensitive_variables()
def _text_of(cleaned: dict[str, Any], address: str) -> str:
    """Return the text of a valid form, pasted and from its file. Raises Busy or files.Unreadable."""
    text: str = cleaned["text"]
    if file := cleaned["file"]:
        with PARSING.hold(address):
            text = f"{text}\n{upload.extract_text(file.read())}".strip()
    if len(text) > MAX_LETTERS:
        raise upload.UnreadableFile("long")
    return text


def _address(answers: Answers, **sought: str) -> str:
    address = with_answers(reverse("guides:match"), answers)
    left = urlencode({name: text for name, text in sought.items() if text})
    return f"{address}{'&' if '?' in address else '?'}{left}" if left else address


def _with_role(answers: Answers, slug: str) -> Answers:
    return replace(answers, role=tuple(dict.fromkeys((*answers.role, slug))))


def _without_role(answers: Answers, slug: str) -> Answers:
    return replace(answers, role=tuple(role for role in answers.role if role != slug))


def _known(answers: Answers, past: ranking.Past, *, at: datetime) -> Answers:
    """Without what no live guide knows: an address could put any words there."""
    known = skills.names_of(answers.by_slug, at=at)
    roles = {card.slug for card, _summary in past}
    kept = answers.without(slug for slug in answers.by_slug if slug not in known)
    return replace(kept, role=tuple(slug for slug in answers.role if slug in roles))


def _chosen(answers: Answers, past: ranking.Past, *, at: datetime) -> tuple[Chosen, ...]:
    """What was chosen, roles first."""
    called = skills.names_of(answers.by_slug, at=at)
    roles = (Chosen(card.title, "role", _address(_without_role(answers, card.slug))) for card, _summary in past)
    of_skills = sorted(
        Chosen(called[slug], answer, _address(answers.without((slug,))))
        for slug, answer in answers.by_slug.items()
        if answer != Answer.NOT_YET
    )
    return (*roles, *of_skills)
