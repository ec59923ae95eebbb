// Closes a guide's list of contents when an entry is chosen. Scrolls to the list when its bar is pressed far below it, and
// back when the bar is pressed again. Without this, the list is a plain disclosure at its place in the page.
const contents = document.querySelector(".contents");
const list = contents?.querySelector("details");
const bar = contents?.querySelector("summary");
let place = null; // where the reader was when the bar was pressed far below the list

bar?.addEventListener("click", (event) => {
  event.preventDefault();
  const here = scrollY;
  list.open = !list.open;
  if (!list.open) {
    if (place !== null) scrollTo(0, place);
    place = null;
  } else if (contents.getBoundingClientRect().top < 0) {
    place = here;
    bar.scrollIntoView();
  }
});

contents?.addEventListener("click", ({ target }) => {
  if (!target.closest("a")) return;
  list.open = false;
  place = null;
});
