// The lower edge of a phone: quick replies, text field, and the panel behind the plus.

import { perform, safePicture } from "./actions.js";
import { el, icon, two } from "./dom.js";

const EXTRAS = [
  ["sticker", "スタンプ", "Sticker", (phone) => phone.send({ type: "sticker" })],
  ["image", "画像", "Image", (phone) => phone.send({ type: "image" })],
  ["audio", "音声", "Audio", (phone) => phone.send({ type: "audio" })],
  ["place", "位置情報", "Location", (phone) => phone.askPlace()],
  ["undo", "送信取消", "Unsend", (phone) => phone.unsendLast()],
];

/** The composer of one phone. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.chips = el("div", { class: "chips", role: "group", "aria-label": "クイックリプライ Quick replies", hidden: true });
    this.text = el("textarea", { class: "text", rows: "1", maxlength: "5000", "aria-label": "メッセージ Message", placeholder: "メッセージ Message", onkeydown: (event) => this.key(event), oninput: () => this.grow() });
    this.plus = el("button", { type: "button", class: "round", "aria-label": "ほかを送る Send something else", "aria-expanded": "false", onclick: () => this.toggle() }, icon("plus"));
    this.panel = el("div", { class: "extras", hidden: true }, ...EXTRAS.map((extra) => this.extra(extra)));
    this.element = el(
      "form",
      { class: "composer", onsubmit: (event) => this.submit(event), onkeydown: (event) => event.key === "Escape" && this.toggle(false) },
      this.chips,
      el("div", { class: "row" }, this.plus, this.text, el("button", { class: "round strong", "aria-label": "送信 Send" }, icon("send"))),
      this.panel,
    );
  }

  extra([drawing, ja, en, doIt]) {
    const tap = async () => {
      this.toggle(false);
      await doIt(this.phone);
    };
    return el("button", { type: "button", class: "extra", onclick: tap }, icon(drawing), two(ja, en));
  }

  /** Opens or closes the panel behind the plus. */
  toggle(open = this.panel.hidden) {
    this.panel.hidden = !open;
    this.plus.setAttribute("aria-expanded", String(open));
  }

  /** Puts text into the field and the cursor behind it. */
  fill(text) {
    this.text.value = text;
    this.grow();
    this.text.focus();
  }

  /** Shows these quick replies; none hides the row. They are gone after one use. */
  offer(items) {
    this.chips.replaceChildren(...items.map(({ action, imageUrl }) => this.chip(action, imageUrl)));
    this.chips.hidden = items.length === 0;
    this.chips.scrollLeft = 0;
  }

  chip(action, imageUrl) {
    const address = safePicture(imageUrl);
    const picture = address ? el("img", { src: address, alt: "", referrerpolicy: "no-referrer" }) : null;
    const use = () => {
      this.offer([]);
      this.text.focus();
      perform(action, this.phone);
    };
    return el("button", { type: "button", class: "chip", onclick: use }, picture, action.label ?? action.text ?? "");
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  async submit(event) {
    event.preventDefault();
    const text = this.text.value;
    if (!text.trim()) return;
    this.fill("");
    const sent = await this.phone.send({ type: "text", text });
    if (!sent && !this.text.value) this.fill(text);
  }
}
