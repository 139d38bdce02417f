// The conversation of one phone: bubbles left and right, day lines, what a screen reader would speak.

import { dayOf, el, timeOfDay, two } from "./dom.js";
import { languageOf } from "./language.js";
import { renderMessage, wordsOf } from "./messages.js";
import { spokenLines } from "./speech.js";

const EVENTS = {
  follow: ["友だちになりました", "Added as a friend"],
  unfollow: ["ブロックしました", "Blocked"],
  unsend: ["送信を取り消しました", "Message unsent"],
};

function rawJson(message) {
  return el("details", { class: "raw" }, el("summary", {}, two("送信データ", "Raw JSON")), el("pre", { tabindex: "0" }, JSON.stringify(message, null, 2)));
}

function avatar(name) {
  return el("span", { class: "avatar", "aria-hidden": "true" }, [...(name || "市")][0]);
}

const switchedTo = (name) => document.documentElement.dataset[name];

function spoken(message, language) {
  return el("div", { class: "spoken" }, ...spokenLines(message, language).map((line) => el("p", {}, line)));
}

function botItem(item, phone) {
  const { message } = item;
  const language = languageOf(wordsOf(message), phone.person.language);
  const wide = message.type === "flex" || message.type === "template";
  return el(
    "div",
    { class: wide ? "item bot wide" : "item bot", "data-seq": item.seq },
    avatar(message.sender?.name ?? phone.accountName),
    el("div", { class: "said", lang: language },
      message.sender?.name ? el("p", { class: "sender" }, message.sender.name) : null,
      switchedTo("read") === "aloud" ? spoken(message, language) : renderMessage(message, phone)),
    el("time", { class: "at", datetime: item.at }, timeOfDay(item.at)),
    switchedTo("json") === "on" ? rawJson(message) : null,
  );
}

function ownItem(item, phone) {
  const message = item.message ?? { type: "text", text: item.text };
  const shown = message.type === "text" || !message.type ? { type: "text", text: item.text || message.text || "" } : message;
  return el(
    "div",
    { class: "item own", "data-seq": item.seq, "data-message-id": item.message_id },
    el("time", { class: "at", datetime: item.at }, timeOfDay(item.at)),
    el("div", { class: "said", lang: languageOf(wordsOf(shown), phone.person.language) }, renderMessage(shown, phone)),
  );
}

/** The element of a timeline item, or null when a person would see nothing (a silent postback). */
export function renderItem(item, phone) {
  if (item.from === "bot") return item.message ? botItem(item, phone) : null;
  if (item.kind in EVENTS) return el("p", { class: "event" }, two(...EVENTS[item.kind]));
  if (item.kind === "postback" && !item.text) return null;
  return ownItem(item, phone);
}

/** A line with the day, wherever the day changes. */
export function dayLine(item) {
  return el("p", { class: "day" }, el("time", { datetime: item.at }, dayOf(item.at)));
}

/** Three dots while the account is writing. */
export function typingDots(name) {
  return el("div", { class: "item bot typing" }, avatar(name), el("div", { class: "bubble dots" }, el("span"), el("span"), el("span"), el("span", { class: "unseen" }, "入力中 Writing")));
}

export { avatar };
