// Offers titles while one types a search. Without it, the form searches all the same.
const input = document.querySelector("[data-suggestions]");
const list = document.getElementById("suggested");
let waiting;

async function suggest() {
  const asked = input.value.trim();
  if (asked.length < 2) return list.replaceChildren();
  try {
    const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(asked)}`);
    const [, titles] = await answer.json();
    if (asked === input.value.trim()) {
      list.replaceChildren(...titles.map((title) => Object.assign(document.createElement("option"), { value: title })));
    }
  } catch {
    list.replaceChildren(); // the search itself needs none of this
  }
}

input?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 150);
});
