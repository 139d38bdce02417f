// The rich menu at the foot of a phone: its picture with a button on each area, and the bar that opens it.

import { makeTappable } from "./actions.js";
import { el } from "./dom.js";

const percent = (part, whole) => `${(100 * part) / whole}%`;

/** The menu of one phone; hidden until there is one. */
export class Menu {
  constructor(phone) {
    this.phone = phone;
    this.shown = null;
    this.allowed = false;
    this.panel = el("div", { class: "menu-panel", role: "group" });
    this.words = el("span");
    this.bar = el("button", { type: "button", class: "menu-bar", "aria-expanded": "false", onclick: () => this.open(this.panel.hidden) },
      this.words, el("span", { class: "menu-mark", "aria-hidden": "true" }));
    this.element = el("div", { class: "menu", hidden: true }, this.bar, this.panel);
    phone.composer.text.addEventListener("focus", () => this.open(false)); // the keyboard takes its place
  }

  /** Friends see a menu, others do not. */
  allow(allowed) {
    this.allowed = allowed;
    this.element.hidden = !allowed || !this.shown;
  }

  /** Shows this menu, or none; the same one again changes nothing, and keeps open what was open. */
  show(menu) {
    if ((menu?.id ?? null) === (this.shown?.id ?? null)) return;
    const first = !this.shown;
    this.shown = menu;
    if (menu) {
      this.build(menu);
      if (first) this.open(menu.selected);
    }
    this.allow(this.allowed);
  }

  build({ id, size, areas, chatBarText }) {
    this.words.textContent = chatBarText;
    this.panel.setAttribute("aria-label", chatBarText);
    const picture = el("img", { src: `/emulator/richmenu/${encodeURIComponent(id)}/picture`, alt: "" });
    this.panel.replaceChildren(picture, ...areas.map((area) => this.area(area, size)));
    // Set by script: the page's content policy takes no style attributes.
    this.panel.style.aspectRatio = `${size.width} / ${size.height}`;
  }

  area({ bounds, action }, size) {
    const place = el("div", { class: "menu-area" });
    place.style.left = percent(bounds.x, size.width);
    place.style.top = percent(bounds.y, size.height);
    place.style.width = percent(bounds.width, size.width);
    place.style.height = percent(bounds.height, size.height);
    makeTappable(place, action, this.phone);
    return place;
  }

  /** Opens or closes the panel. */
  open(open) {
    this.panel.hidden = !open;
    this.bar.setAttribute("aria-expanded", String(open));
  }
}
