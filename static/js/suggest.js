// Offers titles while one types the name of a job. Without it, the forms do the same.
const list = document.getElementById("suggested");
let waiting;

// Before there is anything to choose from, a field is one to type in, and is to be called so.
for (const input of document.querySelectorAll("[data-suggestions]")) input.setAttribute("list", list.id);

async function suggest(input) {
  const asked = input.value.trim();
  if (asked.length < 2) return list.replaceChildren();
  try {
    const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(asked)}`);
    const [, titles] = await answer.json();
    if (asked === input.value.trim()) {
      list.replaceChildren(...titles.map((title) => Object.assign(document.createElement("option"), { value: title })));
    }
  } catch {
    list.replaceChildren(); // the forms need none of this
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.dataset.suggestions) return;
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 150, target);
});
