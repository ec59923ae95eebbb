// Stores unsaved input of a form in this browser, and offers to restore it when the editor comes back.
const MAX_AGE = 30 * 24 * 60 * 60 * 1000;
const PREFIX = "typing:";

// Each visit to a form has a separate entry, so new input never replaces an entry that is still offered.
const entries = (form = "") => Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${form}`));

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, draft) {
  try {
    localStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // Without storage, or when it is full, the form works as before.
  }
}

// A cookie from the server has the ID of the entry that was saved.
function deleteSaved() {
  const saved = document.cookie.match(/(?:^|; )(?:__Host-)?typing-saved=([\w-]+)/)?.[1];
  for (const name of entries()) {
    const draft = read(name);
    if (!draft || draft.typing === saved || Date.now() - draft.at > MAX_AGE) localStorage.removeItem(name);
  }
}

const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

// Posts the stored input to the server, which shows it in the form and merges it with what others have saved.
function restore(form, draft) {
  const post = document.createElement("form");
  post.method = "post";
  post.hidden = true;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of [...draft.fields, ["csrfmiddlewaretoken", token], ["_restore", "on"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    post.append(field);
  }
  document.body.append(post);
  post.submit();
}

function offer(form, name, draft) {
  const template = document.getElementById("unsaved-offer").content.cloneNode(true);
  const bar = template.firstElementChild;
  bar.querySelector("time").textContent = new Date(draft.at).toLocaleString(document.documentElement.lang);
  bar.querySelector("[data-unsaved=restore]").addEventListener("click", () => restore(form, draft));
  bar.querySelector("[data-unsaved=discard]").addEventListener("click", () => {
    localStorage.removeItem(name);
    bar.remove();
  });
  form.before(bar);
}

function autosave(field) {
  const { form } = field;
  const prefix = `${field.dataset.autosave}:`;
  for (const name of entries(prefix)) {
    const draft = read(name);
    if (draft.typing !== field.value) offer(form, name, draft); // the form may show this entry already
  }
  field.value ||= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  let timer;
  let isChanged = false;
  const store = () => isChanged && write(PREFIX + prefix + field.value, { typing: field.value, at: Date.now(), fields: fieldsOf(form) });
  const storeSoon = () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(store, 400);
  };
  form.addEventListener("input", storeSoon);
  form.addEventListener("change", storeSoon);
  document.addEventListener("formset:added", storeSoon);
  document.addEventListener("formset:removed", storeSoon);
  form.addEventListener("submit", store);
  addEventListener("pagehide", store);
}

deleteSaved();
document.querySelectorAll("[data-autosave]").forEach(autosave);
