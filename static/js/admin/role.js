// Optional help on a role's page: moves parts by dragging or with buttons, and marks the current group in the navigation.
const labels = document.getElementById("order-labels")?.dataset ?? {};
const announcement = document.createElement("p");
announcement.className = "visually-hidden";
announcement.setAttribute("role", "status");

const rowsOf = (list) => [...list.querySelectorAll(":scope .part:not(.empty-form)")];
const nameOf = (row) => row.querySelector(".inline_label").textContent.trim();

function renumber(list) {
  for (const [index, row] of rowsOf(list).entries()) {
    const input = row.querySelector('input[name$="-position"]');
    if (input && input.value !== String(index + 1)) {
      input.value = index + 1;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function place(row, before) {
  const list = row.closest(".parts");
  const rows = rowsOf(list);
  row.parentNode.insertBefore(row, before ?? rows.at(-1).nextSibling);
  renumber(list);
  announcement.textContent = labels.moved
    .replace("%(name)s", nameOf(row))
    .replace("%(position)s", rowsOf(list).indexOf(row) + 1)
    .replace("%(count)s", rows.length);
}

function move(row, step, button) {
  const rows = rowsOf(row.closest(".parts"));
  const to = rows.indexOf(row) + step;
  if (to < 0 || to >= rows.length) return;
  place(row, step < 0 ? rows[to] : rows[to].nextSibling);
  button.focus(); // a moved element loses the focus
}

function button(className, text, name) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = className;
  element.textContent = text;
  element.setAttribute("aria-label", name);
  return element;
}

function drag(row) {
  const list = row.closest(".parts");
  const onMove = (event) => {
    const below = rowsOf(list).find((other) => {
      const box = other.getBoundingClientRect();
      return other !== row && event.clientY < box.top + box.height / 2;
    });
    const last = rowsOf(list).at(-1);
    const before = below ?? last.nextSibling;
    if (before !== row && before !== row.nextSibling) row.parentNode.insertBefore(row, before);
  };
  const onEnd = () => {
    row.classList.remove("dragged");
    document.removeEventListener("pointermove", onMove);
    document.removeEventListener("pointerup", onEnd);
    document.removeEventListener("pointercancel", onEnd);
    renumber(list);
  };
  row.classList.add("dragged");
  // On the document, because a moved row loses pointer capture.
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onEnd);
  document.addEventListener("pointercancel", onEnd);
}

function addButtons(row) {
  const tools = row.querySelector(".part-tools");
  if (!row.querySelector('input[name$="-position"]') || tools.querySelector(".part-up")) return;
  const withName = (text) => text.replace("%(name)s", nameOf(row));
  const up = button("part-up", "↑", withName(labels.up));
  const down = button("part-down", "↓", withName(labels.down));
  const handle = document.createElement("span");
  handle.className = "part-handle";
  handle.setAttribute("aria-hidden", "true"); // the buttons next to it do the same
  handle.textContent = "⠿";
  up.addEventListener("click", () => move(row, -1, up));
  down.addEventListener("click", () => move(row, 1, down));
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    drag(row);
  });
  tools.prepend(handle, up, down);
}

// The admin's autocomplete has no accessible name while it is empty.
function nameAutocompletes(within) {
  for (const select of within.querySelectorAll("select.admin-autocomplete")) {
    const name = select.labels?.[0]?.textContent.trim() ?? "";
    const box = select.nextElementSibling;
    for (const part of box?.querySelectorAll("[role=combobox], [role=textbox]") ?? []) part.setAttribute("aria-label", name);
  }
}

document.body.append(announcement);
django.jQuery(() => nameAutocompletes(document)); // after the admin's script, which creates them
document.addEventListener("formset:added", ({ target }) => setTimeout(nameAutocompletes, 0, target));
document.querySelectorAll(".parts .part:not(.empty-form)").forEach(addButtons);
document.addEventListener("formset:added", ({ target }) => {
  if (!target.matches?.(".part")) return;
  addButtons(target);
  target.querySelector("details :is(input, select, textarea):not([type=hidden])")?.focus();
});

// A submitted form keeps the fragment of its group, and the browser would scroll past messages and errors.
addEventListener("load", () => {
  const message = document.querySelector(".conflicts, .restored, .errornote, ul.messagelist");
  if (!message) return;
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  setTimeout(() => scrollTo(0, 0));
});

// CSS shows the group that the fragment names. This marks it for assistive technology.
function markCurrentGroup() {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const group = target?.closest(".group, .groups") ?? document.querySelector(".group");
  for (const link of document.querySelectorAll(".role-nav a")) {
    if (link.hash === `#${group?.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const part = target?.closest("details") ?? target?.querySelector(":scope > details");
  if (part) part.open = true;
  if (target?.matches("input, select, textarea")) target.focus();
}
addEventListener("hashchange", markCurrentGroup);
markCurrentGroup();
