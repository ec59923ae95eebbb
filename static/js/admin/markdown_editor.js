// Improves Markdownx: an editor starts on focus, Tab leaves it, and it accepts images with error messages.
"use strict";

const script = document.querySelector('script[src*="markdownx/js/markdownx"]').src;
const editorOf = (event) => event.target.closest?.(".markdownx-editor");

// Markdownx starts all fields without the mark when its script runs. Remove the mark from this field and run it again.
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

// Its shortcuts capture Tab, which traps the keyboard, and override those of the browser.
document.addEventListener("keydown", (event) => editorOf(event) && event.stopImmediatePropagation(), { capture: true });

// Uploads dropped or pasted images here, because Markdownx would show 'Invalid response' for an error.
const noteOf = (editor) => editor?.closest(".markdownx")?.querySelector(".prose-note");

// In a separate element, because a pending preview would overwrite it.
function showNote(editor, text, role = "status") {
  let note = noteOf(editor);
  if (note?.getAttribute("role") !== role) {
    note?.remove();
    note = editor.closest(".markdownx").appendChild(document.createElement("p"));
    note.className = role === "alert" ? "prose-note errornote" : "prose-note";
    note.setAttribute("role", role);
  }
  note.textContent = text;
}

// Returns the Markdown of the image. Throws an error with a message for the editor.
async function upload(editor, file) {
  if (file.size > Number(editor.dataset.maxBytes)) throw new Error(editor.dataset.tooLarge);
  const body = new FormData();
  body.append("image", file);
  let result;
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
    result = await response.json();
  } catch {
    throw new Error(editor.dataset.unsent);
  }
  if (result.error) throw new Error(result.error);
  return result.image_code;
}

// Returns the line breaks that are missing between a text and a new paragraph.
const paragraphBreak = (text, ends) => (text.trim() ? "\n".repeat(Math.max(0, 2 - text.match(ends)[0].length)) : "");

// Uploads files in sequence, inserts their Markdown at the cursor, and selects the first description.
async function insertImages(editor, files) {
  const codes = [];
  const errors = [];
  showNote(editor, editor.dataset.sending);
  for (const file of files) {
    try {
      codes.push(await upload(editor, file));
    } catch (error) {
      errors.push(error.message);
    }
  }
  if (codes.length) {
    const before = paragraphBreak(editor.value.slice(0, editor.selectionStart), /\n*$/);
    const after = paragraphBreak(editor.value.slice(editor.selectionEnd), /^\n*/);
    const at = editor.selectionStart + before.length;
    editor.focus();
    editor.setRangeText(before + codes.join("\n\n") + after, editor.selectionStart, editor.selectionEnd);
    editor.setSelectionRange(at + "![".length, at + "![".length);
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (errors.length) showNote(editor, errors.join(" "), "alert");
  else showNote(editor, editor.dataset.sent);
}

function handleFiles(event) {
  const editor = editorOf(event);
  const transfer = event.clipboardData ?? event.dataTransfer;
  if (!editor || !transfer?.files.length) return;
  event.stopImmediatePropagation();
  if (event.type === "paste" && transfer.getData("text/plain")) return; // office programs add an image of the text
  event.preventDefault();
  insertImages(editor, [...transfer.files]);
}

document.addEventListener("input", (event) => noteOf(editorOf(event))?.remove());
document.addEventListener("paste", handleFiles, { capture: true });
document.addEventListener("drop", handleFiles, { capture: true });
