// Makes markdownx bearable: an editor starts when its field is entered, Tab leaves it, and files are not dropped into it.
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

// A refused upload would be written into the text as 'Invalid response'.
const refusalOf = (field) => field?.querySelector(".prose-refusal");
const refuseFiles = (event) => {
  const editor = editorOf(event);
  const files = (event.clipboardData ?? event.dataTransfer)?.files;
  if (!editor || !files?.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // In a place of its own: a preview that is on its way would overwrite it.
  const field = editor.closest(".markdownx");
  const refusal = refusalOf(field) ?? field.appendChild(document.createElement("p"));
  refusal.className = "prose-refusal errornote";
  refusal.setAttribute("role", "alert");
  refusal.textContent = editor.dataset.noFiles;
};
document.addEventListener("input", (event) => refusalOf(editorOf(event)?.closest(".markdownx"))?.remove());
document.addEventListener("paste", refuseFiles, { capture: true });
document.addEventListener("drop", refuseFiles, { capture: true });
