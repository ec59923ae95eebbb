// Saves answers of skills checks in this browser on request, and offers them on other pages that ask about skills.
const KEY = "skills";
const SENT = "skills-sent"; // marks the answers of the next page as this visitor's, not those of a shared link
const ANSWERS = ["have", "some", "not-yet"];
const panel = document.querySelector("[data-remember]");

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function write(answers) {
  try {
    if (answers) localStorage.setItem(KEY, JSON.stringify(answers));
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage, the URL still holds the answers.
  }
}

function answersInUrl() {
  const params = new URLSearchParams(location.search);
  const answers = {};
  for (const answer of ANSWERS) {
    for (const slug of (params.get(answer) ?? "").split(",").filter(Boolean)) answers[slug] = answer;
  }
  return answers;
}

function query(answers) {
  const slugsOf = (answer) => Object.keys(answers).filter((slug) => answers[slug] === answer).sort();
  const lists = ANSWERS.map((answer) => [answer, slugsOf(answer)]).filter(([, slugs]) => slugs.length);
  return lists.map(([answer, slugs]) => `${answer}=${slugs.join(",")}`).join("&");
}

if (panel) {
  const [checkbox, offer, link] = ["keep", "offer", "fill"].map((name) => panel.querySelector(`[data-${name}]`));
  const current = answersInUrl();
  const saved = read();
  const hasAnswers = Object.keys(current).length > 0;
  checkbox.checked = saved !== null;
  // A form may never have arrived: its answers count only on a page that was reached from a page of this site.
  const sent = document.referrer.startsWith(`${location.origin}/`) && sessionStorage.getItem(SENT);
  if (saved && sent) write(sent === "removed" ? current : { ...saved, ...current });
  sessionStorage.removeItem(SENT);
  const count = Object.keys(read() ?? {}).length;
  if (count && !hasAnswers) {
    const message = offer.querySelector("[data-told]");
    message.textContent = count === 1 ? message.dataset.toldOne : message.dataset.told.replace("#", count);
    const roles = new URLSearchParams(location.search).get("role");
    link.href = `${location.pathname}?${query(saved)}${roles ? `&role=${encodeURIComponent(roles)}` : ""}`;
    offer.hidden = false;
  }
  checkbox.addEventListener("change", () => {
    write(checkbox.checked ? { ...read(), ...current } : null);
    if (!checkbox.checked) offer.hidden = true;
  });
  document.addEventListener("submit", () => checkbox.checked && sessionStorage.setItem(SENT, "added"));
  document.addEventListener("click", ({ target }) => {
    if (checkbox.checked && target.closest?.(".chips a")) sessionStorage.setItem(SENT, "removed");
  });
  panel.hidden = false;
}
