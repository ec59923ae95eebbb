// Finds guides, fields and skills by their names where no server searches. Without it, the page lists all guides.
const MOST_SHOWN = 50;
const told = document.querySelector("[data-lookup]");
const input = document.getElementById("q");

// Letters as they are kept, in lower case and without accents: as `guides/words.py` has them.
function bare(letter) {
  const [first, ...marks] = letter.normalize("NFKD");
  return marks.every((mark) => /\p{M}/u.test(mark)) ? first : letter;
}

function words(text) {
  const folded = [...text.normalize("NFC").replace(/['’]/g, "")].map((letter) => bare(letter).toLowerCase()).join("");
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

// The number of the file that has a word, and the words that begin with its two letters.
function fileOf(word, count) {
  const [first, second] = [...word].map((letter) => letter.codePointAt(0));
  return (31 * first + (second ?? 0)) % count;
}

// What was asked for in words: small ones tell nothing, and an ending in s may be that of a plural.
function telling(query, small) {
  const all = words(query);
  const telling = all.filter((word) => !small.includes(word));
  return (telling.length ? telling : all).map((word) => (word.length > 3 ? word.replace(/s$/, "") : word));
}

// Whether a name has a word, or one that begins so; a single letter has to be a word.
function has(key, word) {
  return ` ${key} `.includes([...word].length > 1 ? ` ${word}` : ` ${word} `);
}

// How well a row fits, zero best of all; Infinity where it lacks a word.
function rank([, name, , others], query, asked) {
  const keys = [name, ...others].map((each) => words(each).join(" "));
  const hasAll = (key) => asked.every((word) => has(key, word));
  const begins = (key) => hasAll(key) && key.startsWith(query);
  const ways = [
    () => keys[0] === query,
    () => keys.includes(query),
    () => begins(keys[0]),
    () => keys.some(begins),
    () => hasAll(keys[0]),
    () => keys.some(hasAll),
    () => hasAll(keys.join(" ")),
  ];
  const way = ways.findIndex((fits) => fits());
  return way < 0 ? Infinity : way;
}

function show(row, asked) {
  const [address, name, gloss, others] = row;
  const item = document.querySelector("[data-row]").content.cloneNode(true);
  const also = item.querySelector(".reason");
  Object.assign(item.querySelector("a"), { href: address, textContent: name });
  item.querySelector("[data-gloss]").textContent = gloss;
  const named = others.filter((other) => asked.some((word) => has(words(other).join(" "), word)));
  also.append(named.slice(0, 3).join(", "));
  if (!named.length) also.remove();
  return item;
}

function say(text, query, count) {
  told.textContent = text.replace("#", count).replace("%", () => query);
}

async function find(query) {
  const asked = telling(query, told.dataset.small.split(" "));
  const key = words(query).join(" ");
  const longest = asked.toSorted((one, other) => other.length - one.length)[0];
  let rows = [];
  if (longest) {
    const answer = await fetch(`${told.dataset.lookup}${fileOf(longest, Number(told.dataset.files))}.json`);
    rows = await answer.json();
  }
  const ranked = rows.map((row) => [rank(row, key, asked), row]).filter(([place]) => place < Infinity);
  ranked.sort(([one], [other]) => one - other);
  const found = document.querySelector("[data-found]");
  found.querySelector("ol").replaceChildren(...ranked.slice(0, MOST_SHOWN).map(([, row]) => show(row, asked)));
  found.hidden = !ranked.length;
  const { none, one, some, most } = told.dataset;
  say([none, one][ranked.length] ?? (ranked.length > MOST_SHOWN ? most : some), query, ranked.length);
}

told.textContent = "";
const query = new URLSearchParams(location.search).get("q")?.trim().slice(0, 200);
if (query) {
  input.value = query;
  document.title = `${query}: ${document.title}`;
  find(query).catch(() => say(told.dataset.fault, query));
}
