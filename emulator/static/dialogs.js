// Small forms that open above the page: a place, a date, a new friend.

import { el, icon, two } from "./dom.js";

/** A dialog with these fields; resolves to their values by name, or to null when it is closed. */
function ask(ja, en, fields, confirm) {
  const form = el("form", { method: "dialog", class: "sheet" });
  const dialog = el("dialog", { "aria-label": `${ja} ${en}` }, form);
  const close = el("button", { type: "button", class: "round", "aria-label": "閉じる Close", onclick: () => dialog.close() }, icon("close"));
  form.append(el("div", { class: "sheet-head" }, el("h2", {}, two(ja, en)), close), ...fields, el("button", { class: "button strong", value: "ok" }, two(...confirm)));
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null);
      dialog.remove();
    });
    dialog.showModal();
  });
}

const field = (ja, en, attributes) => el("label", { class: "field" }, el("span", { class: "field-name" }, two(ja, en)), el("input", attributes));

/** A place to send: title, address, latitude and longitude; the sample is a point in the middle of Japan. */
export function askPlace() {
  return ask("位置情報を送る", "Send a location", [
    field("名前", "Title", { name: "title", required: true, maxlength: "100", value: "いまの場所" }),
    field("住所", "Address", { name: "address", required: true, maxlength: "100", value: "日本" }),
    field("緯度", "Latitude", { name: "latitude", type: "number", step: "any", min: "-90", max: "90", required: true, value: "34.0657" }),
    field("経度", "Longitude", { name: "longitude", type: "number", step: "any", min: "-180", max: "180", required: true, value: "134.5593" }),
  ], ["送信", "Send"]);
}

const PICKERS = { date: "date", time: "time", datetime: "datetime-local" };

/** A date, time or both, within the limits of a datetimepicker action. */
export function askDate(action) {
  const limits = { min: action.min, max: action.max, value: action.initial };
  return ask(action.label || "日時を選ぶ", "Choose", [
    field("日時", "Date and time", { name: "value", type: PICKERS[action.mode] ?? "datetime-local", required: true, ...limits }),
  ], ["決定", "OK"]);
}

const LANGUAGES = [["ja", "日本語"], ["en", "English"], ["zh-Hans", "简体中文"], ["zh-Hant", "繁體中文"], ["ko", "한국어"], ["vi", "Tiếng Việt"], ["", "知らせない Not told"]];

/** The name and language of a new person. */
export function askFriend() {
  const choices = LANGUAGES.map(([tag, name]) => el("option", { value: tag, lang: tag || null }, name));
  return ask("電話を増やす", "New friend", [
    field("名前", "Name", { name: "name", required: true, maxlength: "40" }),
    el("label", { class: "field" }, el("span", { class: "field-name" }, two("電話の言語", "Language of the phone")), el("select", { name: "language" }, ...choices)),
  ], ["増やす", "Add"]);
}
