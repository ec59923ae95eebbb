// Remembers answers of skills checks in this browser, if asked to, and offers them on other pages that ask for skills.
const KEY = "skills";
const SENT = "skills-sent"; // tells a page that its answers are this visitor's own, and not those of a shared link
const ANSWERS = ["have", "some", "not-yet"];
const bar = document.querySelector("[data-remember]");

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
    // No storage: the address of the page still holds the answers.
  }
}

function inAddress() {
  const given = new URLSearchParams(location.search);
  const answers = {};
  for (const answer of ANSWERS) {
    for (const slug of (given.get(answer) ?? "").split(",").filter(Boolean)) answers[slug] = answer;
  }
  return answers;
}

function query(answers) {
  const told = ANSWERS.map((answer) => [answer, Object.keys(answers).filter((slug) => answers[slug] === answer).sort()]);
  return told.filter(([, slugs]) => slugs.length).map(([answer, slugs]) => `${answer}=${slugs.join(",")}`).join("&");
}

if (bar) {
  const [keep, offer, fill] = ["keep", "offer", "fill"].map((name) => bar.querySelector(`[data-${name}]`));
  const here = inAddress();
  const kept = read();
  const isAnswered = Object.keys(here).length > 0;
  keep.checked = kept !== null;
  // What was sent may never have arrived: the page after it counts only where it was reached from a page of this site.
  const sent = document.referrer.startsWith(`${location.origin}/`) && sessionStorage.getItem(SENT);
  if (kept && sent) write(sent === "removed" ? here : { ...kept, ...here });
  sessionStorage.removeItem(SENT);
  const count = Object.keys(read() ?? {}).length;
  if (count && !isAnswered) {
    const told = offer.querySelector("[data-told]");
    told.textContent = count === 1 ? told.dataset.toldOne : told.dataset.told.replace("#", count);
    const roles = new URLSearchParams(location.search).get("role");
    fill.href = `${location.pathname}?${query(kept)}${roles ? `&role=${encodeURIComponent(roles)}` : ""}`;
    offer.hidden = false;
  }
  keep.addEventListener("change", () => {
    write(keep.checked ? { ...read(), ...here } : null);
    if (!keep.checked) offer.hidden = true;
  });
  document.addEventListener("submit", () => keep.checked && sessionStorage.setItem(SENT, "added"));
  document.addEventListener("click", ({ target }) => {
    if (keep.checked && target.closest?.(".chips a")) sessionStorage.setItem(SENT, "removed");
  });
  bar.hidden = false;
}
