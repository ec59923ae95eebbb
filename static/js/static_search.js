// Searches the names of guides, fields, and skills in an exported site. Without this script, the page lists all guides.
const MAX_SHOWN = 50;
const status = document.querySelector("[data-lookup]");
const input = document.getElementById("q");

// A letter without its accents, as in `guides/words.py`.
function withoutMarks(letter) {
  const [first, ...marks] = letter.normalize("NFKD");
  return marks.every((mark) => /\p{M}/u.test(mark)) ? first : letter;
}

function words(text) {
  const letters = [...text.normalize("NFC").replace(/['’]/g, "")];
  const folded = letters.map((letter) => withoutMarks(letter).toLowerCase()).join("");
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

// The number of the index file with a word, and with words of the same first two letters, as in `search_index.py`.
function fileNumber(word, count) {
  const [first, second] = [...word].map((letter) => letter.codePointAt(0));
  return (31 * first + (second ?? 0)) % count;
}

// The words of a query without stop words and plural endings.
function contentWords(query, stopWords) {
  const all = words(query);
  const content = all.filter((word) => !stopWords.includes(word));
  return (content.length ? content : all).map((word) => (word.length > 3 ? word.replace(/s$/, "") : word));
}

// Whether a name has a word that begins with this one; a single letter must match a whole word.
function has(key, word) {
  return ` ${key} `.includes([...word].length > 1 ? ` ${word}` : ` ${word} `);
}

// The rank of a row; 0 is the best, and Infinity means that a word is missing.
function rank([, name, , aliases], query, wanted) {
  const keys = [name, ...aliases].map((each) => words(each).join(" "));
  const hasAll = (key) => wanted.every((word) => has(key, word));
  const begins = (key) => hasAll(key) && key.startsWith(query);
  const rules = [
    () => keys[0] === query,
    () => keys.includes(query),
    () => begins(keys[0]),
    () => keys.some(begins),
    () => hasAll(keys[0]),
    () => keys.some(hasAll),
    () => hasAll(keys.join(" ")),
  ];
  const index = rules.findIndex((matches) => matches());
  return index < 0 ? Infinity : index;
}

function render(row, wanted) {
  const [address, name, description, aliases] = row;
  const item = document.querySelector("[data-row]").content.cloneNode(true);
  const also = item.querySelector(".reason");
  Object.assign(item.querySelector("a"), { href: address, textContent: name });
  item.querySelector("[data-gloss]").textContent = description;
  const matching = aliases.filter((alias) => wanted.some((word) => has(words(alias).join(" "), word)));
  also.append(matching.slice(0, 3).join(", "));
  if (!matching.length) also.remove();
  return item;
}

function announce(text, query, count) {
  status.textContent = text.replace("#", count).replace("%", () => query);
}

async function search(query) {
  const wanted = contentWords(query, status.dataset.small.split(" "));
  const key = words(query).join(" ");
  const longest = wanted.toSorted((one, other) => other.length - one.length)[0];
  let rows = [];
  if (longest) {
    const response = await fetch(`${status.dataset.lookup}${fileNumber(longest, Number(status.dataset.files))}.json`);
    rows = await response.json();
  }
  const ranked = rows.map((row) => [rank(row, key, wanted), row]).filter(([place]) => place < Infinity);
  ranked.sort(([one], [other]) => one - other);
  const results = document.querySelector("[data-found]");
  results.querySelector("ol").replaceChildren(...ranked.slice(0, MAX_SHOWN).map(([, row]) => render(row, wanted)));
  results.hidden = !ranked.length;
  const { none, one, some, most } = status.dataset;
  announce([none, one][ranked.length] ?? (ranked.length > MAX_SHOWN ? most : some), query, ranked.length);
}

status.textContent = "";
const query = new URLSearchParams(location.search).get("q")?.trim().slice(0, 200);
if (query) {
  input.value = query;
  document.title = `${query}: ${document.title}`;
  search(query).catch(() => announce(status.dataset.fault, query));
}
