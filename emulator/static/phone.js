// One practice phone: shows its timeline and does what its owner does.

import { readTimeline, sendEvent } from "./api.js";
import { Composer } from "./composer.js";
import { askDate, askPlace } from "./dialogs.js";
import { dayOf, el, two } from "./dom.js";
import { checkFit } from "./fit.js";
import { Menu } from "./menu.js";
import { avatar, dayLine, renderItem, typingDots } from "./timeline.js";

const NEAR_END = 48;

/** A phone of `person`; `onAct` is called after its owner did something. */
export class Phone {
  constructor(person, accountName, onAct) {
    this.person = person;
    this.accountName = accountName;
    this.onAct = onAct;
    this.following = person.following;
    this.items = [];
    this.composer = new Composer(this);
    this.menu = new Menu(this);
    this.build();
    this.showFriendship();
  }

  build() {
    const id = `phone-${this.person.user_id}`;
    this.log = el("div", { class: "log", role: "log", "aria-label": `${this.person.name} の会話 Conversation`, tabindex: "0" });
    this.dots = typingDots(this.accountName);
    this.dots.hidden = true;
    this.notice = el("p", { class: "told", role: "status" });
    this.block = el("button", { type: "button", class: "button small quiet", onclick: () => this.send({ type: "unfollow" }) }, two("ブロック", "Block"));
    this.join = el("div", { class: "join" });
    this.element = el(
      "section",
      { class: "phone", "aria-labelledby": id, "data-user": this.person.user_id },
      el("h2", { class: "owner", id }, this.person.name),
      el("div", { class: "screen" },
        el("header", { class: "top" }, avatar(this.accountName),
          el("p", { class: "account" }, this.accountName, el("span", { class: "mark" }, "練習 ", el("span", { lang: "en" }, "Practice"))),
          this.block),
        el("div", { class: "middle" }, this.log, this.join),
        this.notice, this.composer.element, this.menu.element),
    );
    this.log.append(this.dots);
    this.atEnd = true;
    this.log.addEventListener("scroll", () => {
      this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
    });
    // The newest message stays in sight when the room changes (quick replies, the panel, another font).
    const room = new ResizeObserver(() => this.atEnd && this.toEnd());
    room.observe(this.log);
  }

  toEnd() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** Takes over what the practice LINE knows now of the owner. */
  update(person) {
    if (person.following !== this.following) {
      this.following = person.following;
      this.showFriendship();
    }
  }

  showFriendship() {
    const known = this.newest !== null;
    this.block.hidden = !this.following;
    this.composer.element.hidden = !this.following;
    this.menu.allow(this.following);
    this.join.hidden = this.following;
    this.join.classList.toggle("over", !known);
    const [ja, en] = known ? ["ブロックを解除", "Unblock"] : ["友だち追加", "Add as friend"];
    const words = known ? two("ブロック中です。メッセージは届きません。", "Blocked: no messages arrive.") : two("まだ友だちではありません", "Not a friend yet");
    this.join.replaceChildren(
      ...(known ? [] : [avatar(this.accountName), el("p", { class: "join-name" }, this.accountName)]),
      el("p", {}, words),
      el("button", { type: "button", class: "button strong", onclick: () => this.send({ type: "follow" }) }, two(ja, en)),
    );
  }

  /** Fetches and shows what is new; true when there was something. */
  async refresh() {
    const known = this.newest;
    // The newest known item is asked for again: when it is gone, the practice was started anew.
    let { items, loading, rich_menu: menu } = await readTimeline(this.person.user_id, Math.max(0, this.last - 1));
    this.menu.show(menu);
    if (known && (items[0]?.seq !== known.seq || items[0].at !== known.at)) {
      this.forget();
      ({ items, loading } = await readTimeline(this.person.user_id, 0));
    }
    const fresh = items.filter((item) => item.seq > this.last);
    fresh.forEach((item) => this.add(item));
    this.dots.hidden = !loading;
    if (fresh.length) this.showFriendship();
    if (fresh.length || loading) this.fit();
    return fresh.length > 0 || loading;
  }

  forget() {
    this.items = [];
    this.log.replaceChildren(this.dots);
    this.composer.offer([]);
    this.showFriendship();
  }

  add(item) {
    this.draw(item, this.newest);
    this.items.push(item);
    this.composer.offer((item.from === "bot" && item.message?.quickReply?.items) || []);
    if (item.kind === "follow" || item.kind === "unfollow") this.update({ following: item.kind === "follow" });
  }

  draw(item, before) {
    if (!before || dayOf(before.at) !== dayOf(item.at)) this.dots.before(dayLine(item));
    const node = renderItem(item, this);
    if (node) this.dots.before(node);
    if (item.kind === "unsend") this.log.querySelector(`.own[data-message-id="${CSS.escape(item.message_id)}"]`)?.classList.add("unsent");
  }

  /** Draws the whole conversation again, because a switch of the page was turned. */
  redraw() {
    this.log.replaceChildren(this.dots);
    this.items.forEach((item, index) => this.draw(item, this.items[index - 1]));
    this.fit();
  }

  /** Checks what fits, because the room or the letters changed. */
  fit() {
    checkFit(this.log);
    if (this.atEnd) this.toEnd();
  }

  get newest() {
    return this.items.at(-1) ?? null;
  }

  get last() {
    return this.newest?.seq ?? 0;
  }

  /** Sends an event of this person; false (and a word on the phone) when that failed. */
  async send(event) {
    this.tell("", "");
    this.toEnd();
    try {
      await sendEvent(this.person.user_id, event);
    } catch {
      this.tell("送れませんでした。もう一度どうぞ。", "Not sent. Please try again.");
      return false;
    }
    await this.refresh().catch(() => {});
    this.onAct();
    return true;
  }

  /** A short word to the owner, in both languages; empty takes it away. */
  tell(ja, en) {
    this.notice.replaceChildren(...(ja ? [two(ja, en)] : []));
  }

  fillIn(text) {
    this.composer.fill(text);
  }

  async askPlace() {
    const place = await askPlace();
    if (!place) return;
    await this.send({ type: "location", ...place, latitude: Number(place.latitude), longitude: Number(place.longitude) });
  }

  async askDate(action) {
    const chosen = await askDate(action);
    if (chosen) await this.send({ type: "postback", data: action.data, params: { [action.mode]: chosen.value } });
  }

  async unsendLast() {
    const own = [...this.log.querySelectorAll(".item.own[data-message-id]:not(.unsent)")].at(-1);
    if (!own) return this.tell("取り消せるメッセージがありません", "Nothing to unsend");
    await this.send({ type: "unsend", messageId: own.dataset.messageId });
  }
}
