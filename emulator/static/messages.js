// One message of a conversation as an element, for every message type.

import { safeUri, tappable } from "./actions.js";
import { el, icon, two } from "./dom.js";
import { picture, renderFlex } from "./flex.js";

const LINK = /(?:https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|tel:\+?[\d-]+)/g;
const TRAILING = /[.,;:!?)\]']+$/;

/** Text with its web and telephone addresses as links. */
export function linkedText(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const written = match[0].replace(TRAILING, "");
    const address = safeUri(written);
    if (!address) continue;
    parts.push(text.slice(end, match.index), el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, written));
    end = match.index + written.length;
  }
  return [...parts, text.slice(end)];
}

const bubble = (...children) => el("div", { class: "bubble" }, ...children);
const stand = (drawing, ja, en) => () => el("div", { class: "bubble stand-in" }, icon(drawing), two(ja, en));

function location(message) {
  const map = `https://www.openstreetmap.org/?mlat=${Number(message.latitude)}&mlon=${Number(message.longitude)}#map=17`;
  return el(
    "div",
    { class: "bubble place" },
    icon("place"),
    el("div", {}, el("strong", {}, message.title ?? "位置情報"), el("p", {}, message.address ?? ""),
      el("a", { href: map, target: "_blank", rel: "noopener noreferrer" }, two("地図を開く", "Open the map"))),
  );
}

function card(column, phone, compact) {
  const actions = (column.actions ?? []).map((action) =>
    tappable(action, phone, { class: "fx-button link sm" }, el("span", { class: "fx-label" }, action.label ?? "")),
  );
  const shot = column.thumbnailImageUrl ? picture(column.thumbnailImageUrl, { class: "picture fx-image cover wide" }) : null;
  const title = column.title ? el("p", { class: "card-title" }, column.title) : null;
  return el("div", { class: "fx-bubble card" }, shot, el("div", { class: "card-text" }, title, el("p", {}, column.text ?? "")),
    el("div", { class: compact ? "card-actions side-by-side" : "card-actions" }, ...actions));
}

function imageCard(column, phone) {
  return tappable(column.action ?? {}, phone, { class: "fx-bubble image-card" }, picture(column.imageUrl, { class: "picture fx-image cover" }),
    el("span", { class: "image-card-label" }, column.action?.label ?? ""));
}

function template(message, phone) {
  const content = message.template ?? {};
  const cards = (content.columns ?? []).map((column) => (content.type === "image_carousel" ? imageCard : card)(column, phone));
  if (!content.columns) return card(content, phone, content.type === "confirm");
  return el("div", { class: "carousel", role: "group", "aria-label": `カード Cards: ${cards.length}`, tabindex: "0" }, ...cards);
}

const KINDS = {
  text: (message) => bubble(...linkedText(message.text ?? "")),
  textV2: (message) => bubble(...linkedText(message.text ?? "")),
  sticker: stand("sticker", "スタンプ", "Sticker"),
  image: (message) => (message.previewImageUrl ? picture(message.previewImageUrl, { class: "picture shot" }) : stand("image", "画像", "Image")()),
  video: stand("video", "動画", "Video"),
  audio: stand("audio", "音声", "Audio"),
  file: stand("file", "ファイル", "File"),
  location,
  template,
  imagemap: (message) => el("div", { class: "bubble stand-in" }, icon("image"), el("span", {}, message.altText ?? "")),
  flex: (message, phone) => renderFlex(message.contents, phone),
};

/** The element of `message`; a type that is not known here is named, not hidden. */
export function renderMessage(message, phone) {
  const make = KINDS[message.type];
  return make ? make(message, phone) : bubble(`? ${message.type}`);
}

/** Words of a message to guess its language from. */
export function wordsOf(message) {
  return message.text ?? message.altText ?? message.title ?? "";
}
