// Keeps in this browser what is typed into a form until it is saved, and offers it when the editor comes back.
const A_MONTH = 30 * 24 * 60 * 60 * 1000;
const PREFIX = "typing:";

// Every typing has an entry of its own, so that a new one never takes the place of one that is still offered.
const entries = (form = "") => Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${form}`));

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, kept) {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // No room, or no storage: typing goes on as it would without this.
  }
}

// The desk says by a cookie which typing it has saved.
function forgetSaved() {
  const saved = document.cookie.match(/(?:^|; )(?:__Host-)?typing-saved=([\w-]+)/)?.[1];
  for (const name of entries()) {
    const kept = read(name);
    if (!kept || kept.typing === saved || Date.now() - kept.at > A_MONTH) localStorage.removeItem(name);
  }
}

const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

// What was kept goes to the desk, which shows it in the form again, beside whatever others have saved since.
function bringBack(form, kept) {
  const sent = document.createElement("form");
  sent.method = "post";
  sent.hidden = true;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of [...kept.fields, ["csrfmiddlewaretoken", token], ["_bring_back", "on"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}

function offer(form, name, kept) {
  const template = document.getElementById("typing-offer").content.cloneNode(true);
  const bar = template.firstElementChild;
  bar.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
  bar.querySelector("[data-typing=back]").addEventListener("click", () => bringBack(form, kept));
  bar.querySelector("[data-typing=drop]").addEventListener("click", () => {
    localStorage.removeItem(name);
    bar.remove();
  });
  form.before(bar);
}

function keep(mark) {
  const { form } = mark;
  const own = `${mark.dataset.keep}:`;
  for (const name of entries(own)) {
    const kept = read(name);
    if (kept.typing !== mark.value) offer(form, name, kept); // what the form shows needs no offer
  }
  mark.value ||= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  let waiting;
  let isTouched = false;
  const store = () => isTouched && write(PREFIX + own + mark.value, { typing: mark.value, at: Date.now(), fields: fieldsOf(form) });
  const soon = () => {
    isTouched = true;
    clearTimeout(waiting);
    waiting = setTimeout(store, 400);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("formset:added", soon);
  document.addEventListener("formset:removed", soon);
  form.addEventListener("submit", store);
  addEventListener("pagehide", store);
}

forgetSaved();
document.querySelectorAll("[data-keep]").forEach(keep);
