// Makes markdownx bearable: an editor starts when its field is entered, Tab leaves it, and it takes pictures.
"use strict";

const script = document.querySelector('script[src*="markdownx/js/markdownx"]').src;
const editorOf = (event) => event.target.closest?.(".markdownx-editor");

// Markdownx starts every field without the mark once, when its script runs: take the mark off this one and run it again.
document.addEventListener("focusin", (event) => {
  const editor = editorOf(event);
  if (!editor || editor.dataset.started) return;
  editor.dataset.started = "true";
  editor.removeAttribute("data-markdownx-init");
  const again = document.createElement("script");
  again.src = script;
  again.addEventListener("load", () => again.remove());
  document.head.append(again);
});

// Its hotkeys catch Tab, which is a trap for the keyboard, and the keys of the browser's own shortcuts.
document.addEventListener("keydown", (event) => editorOf(event) && event.stopImmediatePropagation(), { capture: true });

// Pictures that are dropped or pasted are sent from here: markdownx would write 'Invalid response' where one is refused.
const noteOf = (editor) => editor?.closest(".markdownx")?.querySelector(".prose-note");

// In a place of its own: a preview that is on its way would overwrite it.
function say(editor, text, role = "status") {
  let note = noteOf(editor);
  if (note?.getAttribute("role") !== role) {
    note?.remove();
    note = editor.closest(".markdownx").appendChild(document.createElement("p"));
    note.className = role === "alert" ? "prose-note errornote" : "prose-note";
    note.setAttribute("role", role);
  }
  note.textContent = text;
}

// The Markdown that shows the picture. Throws what to say where there is none.
async function send(editor, file) {
  if (file.size > Number(editor.dataset.mostBytes)) throw new Error(editor.dataset.tooLarge);
  const body = new FormData();
  body.append("image", file);
  let answer;
  try {
    const response = await fetch(editor.dataset.markdownxUploadUrlsPath, {
      method: "POST",
      body,
      headers: {
        Accept: "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
        "X-Requested-With": "XMLHttpRequest",
      },
    });
    answer = await response.json();
  } catch {
    throw new Error(editor.dataset.unsent);
  }
  if (answer.error) throw new Error(answer.error);
  return answer.image_code;
}

// The ends of lines that are missing between a text and a paragraph of its own.
const apart = (text, ends) => (text.trim() ? "\n".repeat(Math.max(0, 2 - text.match(ends)[0].length)) : "");

// One after the other. What was taken is written where the cursor is then, which waits between the first one's brackets.
async function takeIn(editor, files) {
  const codes = [];
  const refusals = [];
  say(editor, editor.dataset.sending);
  for (const file of files) {
    try {
      codes.push(await send(editor, file));
    } catch (error) {
      refusals.push(error.message);
    }
  }
  if (codes.length) {
    const before = apart(editor.value.slice(0, editor.selectionStart), /\n*$/);
    const after = apart(editor.value.slice(editor.selectionEnd), /^\n*/);
    const at = editor.selectionStart + before.length;
    editor.focus();
    editor.setRangeText(before + codes.join("\n\n") + after, editor.selectionStart, editor.selectionEnd);
    editor.setSelectionRange(at + "![".length, at + "![".length);
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (refusals.length) say(editor, refusals.join(" "), "alert");
  else say(editor, editor.dataset.sent);
}

function takeFiles(event) {
  const editor = editorOf(event);
  const carried = event.clipboardData ?? event.dataTransfer;
  if (!editor || !carried?.files.length) return;
  event.stopImmediatePropagation();
  if (event.type === "paste" && carried.getData("text/plain")) return; // an office program adds a picture of its text
  event.preventDefault();
  takeIn(editor, [...carried.files]);
}

document.addEventListener("input", (event) => noteOf(editorOf(event))?.remove());
document.addEventListener("paste", takeFiles, { capture: true });
document.addEventListener("drop", takeFiles, { capture: true });
