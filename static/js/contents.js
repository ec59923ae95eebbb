// Closes a guide's list of contents when an entry is chosen. Scrolls to the list when its bar is pressed far below it, and
// back when the bar is pressed again. Marks the chapter in view. Without this, the list is a plain disclosure at its place
// in the page.
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

// The chapter in view is the last one whose heading is above the middle of the window.
const entries = [...document.querySelectorAll('.contents a[href^="#"]')];
const headings = entries.map((entry) => document.getElementById(entry.hash.slice(1)));
const mark = () => {
  const current = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
  entries.forEach((entry, index) =>
    index === current ? entry.setAttribute("aria-current", "true") : entry.removeAttribute("aria-current"),
  );
};
const seen = new IntersectionObserver(mark, { rootMargin: "0px 0px -50% 0px" });
headings.forEach((heading) => seen.observe(heading));
