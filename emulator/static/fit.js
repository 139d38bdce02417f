// Texts that do not fit: shrink those that ask for it, and say where a reader would lose words.

import { el, icon, two } from "./dom.js";

const SMALLEST = 8;

function shrink(node) {
  node.dataset.size ??= node.style.fontSize;
  node.style.fontSize = node.dataset.size;
  if (!node.clientWidth || node.scrollWidth <= node.clientWidth) return;
  const size = parseFloat(getComputedStyle(node).fontSize);
  const wanted = Math.max(SMALLEST, Math.floor((size * node.clientWidth) / node.scrollWidth));
  node.style.fontSize = `${wanted}px`;
}

const isCut = (node) => node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 3;

/** Checks every Flex and template bubble below `root`; call it when the width or the letters changed. */
export function checkFit(root) {
  for (const node of root.querySelectorAll("[data-fit]")) shrink(node);
  for (const item of root.querySelectorAll(".item.bot")) {
    const cut = [...item.querySelectorAll(".fx-text, .fx-label")].filter(isCut);
    item.querySelector(".cut-note")?.remove();
    if (cut.length) item.append(el("p", { class: "cut-note" }, icon("warn"), two("文字が切れる所があります", `${cut.length} text(s) cut off`)));
  }
}
