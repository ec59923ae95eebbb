// Helps with a role's page, which works without: parts are put in order by drag or by buttons, and the group that the
// address names is said to be the current one.
const words = document.getElementById("order-words")?.dataset ?? {};
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");

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
  said.textContent = words.moved
    .replace("%(name)s", nameOf(row))
    .replace("%(position)s", rowsOf(list).indexOf(row) + 1)
    .replace("%(count)s", rows.length);
}

function move(row, step, button) {
  const rows = rowsOf(row.closest(".parts"));
  const to = rows.indexOf(row) + step;
  if (to < 0 || to >= rows.length) return;
  place(row, step < 0 ? rows[to] : rows[to].nextSibling);
  button.focus(); // moving an element takes the focus from it
}

function button(className, text, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.setAttribute("aria-label", name);
  return made;
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
  // On the document, as a row that is moved loses hold of the pointer.
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onEnd);
  document.addEventListener("pointercancel", onEnd);
}

function equip(row) {
  const tools = row.querySelector(".part-tools");
  if (!row.querySelector('input[name$="-position"]') || tools.querySelector(".part-up")) return;
  const named = (text) => text.replace("%(name)s", nameOf(row));
  const up = button("part-up", "↑", named(words.up));
  const down = button("part-down", "↓", named(words.down));
  const handle = document.createElement("span");
  handle.className = "part-handle";
  handle.setAttribute("aria-hidden", "true"); // the buttons beside it do the same
  handle.textContent = "⠿";
  up.addEventListener("click", () => move(row, -1, up));
  down.addEventListener("click", () => move(row, 1, down));
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    drag(row);
  });
  tools.prepend(handle, up, down);
}

// The admin's autocomplete has no name while nothing is chosen.
function nameChoices(within) {
  for (const select of within.querySelectorAll("select.admin-autocomplete")) {
    const name = select.labels?.[0]?.textContent.trim() ?? "";
    const box = select.nextElementSibling;
    for (const part of box?.querySelectorAll("[role=combobox], [role=textbox]") ?? []) part.setAttribute("aria-label", name);
  }
}

document.body.append(said);
django.jQuery(() => nameChoices(document)); // after the admin's own, which makes them
document.addEventListener("formset:added", ({ target }) => setTimeout(nameChoices, 0, target));
document.querySelectorAll(".parts .part:not(.empty-form)").forEach(equip);
document.addEventListener("formset:added", ({ target }) => {
  if (!target.matches?.(".part")) return;
  equip(target);
  target.querySelector("details :is(input, select, textarea):not([type=hidden])")?.focus();
});

// A form that was sent keeps the address of its group, and the browser would go there, past what the desk has to say.
addEventListener("load", () => {
  const told = document.querySelector(".meeting, .brought-back, .errornote, ul.messagelist");
  if (!told) return;
  told.tabIndex = -1;
  told.focus({ preventScroll: true });
  setTimeout(() => scrollTo(0, 0));
});

// Which group is shown follows from the address alone; this says it to those who do not see it.
function sayWhere() {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const shown = target?.closest(".group, .groups") ?? document.querySelector(".group");
  for (const link of document.querySelectorAll(".desk-nav a")) {
    if (link.hash === `#${shown?.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const part = target?.closest("details") ?? target?.querySelector(":scope > details");
  if (part) part.open = true;
  if (target?.matches("input, select, textarea")) target.focus();
}
addEventListener("hashchange", sayWhere);
sayWhere();
