// The whole page: fetches the state, keeps the phones fresh, and runs the bar of controls.

import { addPerson, readState, setClock } from "./api.js";
import { askFriend } from "./dialogs.js";
import { two } from "./dom.js";
import { Phone } from "./phone.js";

// Short polls rather than long ones: a browser opens six connections to a server, and each waiting phone of
// each open window would hold one, so that with two windows nothing could be sent any more.
const BUSY_MS = 350;
const CALM_MS = 1500;
const BUSY_FOR_MS = 20_000;

const phones = new Map();
const only = document.body.dataset.only;
const row = document.getElementById("phones");
const notice = document.getElementById("notice");
let busyUntil = 0;
let clockAhead = 0;

const stir = () => {
  busyUntil = performance.now() + BUSY_FOR_MS;
};

function say(ja, en) {
  notice.hidden = !ja;
  notice.replaceChildren(...(ja ? [two(ja, en)] : []));
}

function showPeople({ people, account }) {
  const shown = only ? people.filter((person) => person.user_id === only) : people;
  for (const [userId, phone] of phones) {
    if (phone.accountName === account.name && shown.some((person) => person.user_id === userId)) continue;
    phone.element.remove();
    phones.delete(userId);
  }
  for (const person of shown) {
    if (phones.has(person.user_id)) phones.get(person.user_id).update(person);
    else {
      const phone = new Phone(person, account.name, stir);
      phones.set(person.user_id, phone);
      row.append(phone.element);
    }
  }
  say(...(only && !shown.length ? ["この電話はありません", "There is no such phone"] : ["", ""]));
}

async function refresh() {
  const state = await readState();
  clockAhead = new Date(state.clock.now).getTime() - Date.now();
  showClock();
  showPeople(state);
  const news = await Promise.all([...phones.values()].map((phone) => phone.refresh()));
  if (news.includes(true)) stir();
}

async function keepFresh() {
  try {
    await refresh();
  } catch {
    say("練習用LINEにつながりません。つながり直すまで待っています。", "The practice LINE does not answer. Waiting for it.");
    phones.forEach((phone) => phone.element.remove());
    phones.clear();
  }
  setTimeout(keepFresh, !document.hidden && performance.now() < busyUntil ? BUSY_MS : CALM_MS);
}

const fitAll = () => phones.forEach((phone) => phone.fit());

function startSwitches() {
  const address = new URL(location.href);
  for (const name of ["font", "read", "json"]) document.documentElement.dataset[name] = address.searchParams.get(name) ?? "";
  for (const button of document.querySelectorAll("[data-switch]")) {
    const { switch: name, on } = button.dataset;
    const show = () => button.setAttribute("aria-pressed", String(document.documentElement.dataset[name] === on));
    show();
    button.addEventListener("click", () => {
      const turnedOn = document.documentElement.dataset[name] !== on;
      document.documentElement.dataset[name] = turnedOn ? on : "";
      if (turnedOn) address.searchParams.set(name, on);
      else address.searchParams.delete(name);
      history.replaceState(null, "", address);
      show();
      phones.forEach((phone) => phone.redraw());
    });
  }
}

const practiceTime = new Intl.DateTimeFormat("ja-JP", {
  year: "numeric", month: "numeric", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit", second: "2-digit", timeZone: "Asia/Tokyo",
});

function showClock() {
  if (!only) document.getElementById("clock-now").textContent = practiceTime.format(new Date(Date.now() + clockAhead));
}

function startClock() {
  const turn = async (body) => {
    await setClock(body).catch(() => say("時刻を変えられませんでした", "The time could not be set"));
    await refresh().catch(() => {});
  };
  setInterval(showClock, 1000);
  document.getElementById("clock").addEventListener("submit", (event) => {
    event.preventDefault();
    turn({ now: `${document.getElementById("clock-set").value.slice(0, 16)}:00+09:00` });
  });
  document.getElementById("clock-reset").addEventListener("click", () => turn({ reset: true }));
}

function startFriends() {
  document.getElementById("new-friend").addEventListener("click", async () => {
    const friend = await askFriend();
    if (!friend) return;
    await addPerson(friend.name, friend.language || null).catch(() => say("増やせませんでした", "Could not be added"));
    await refresh().catch(() => {});
  });
}

startSwitches();
if (!only) {
  document.querySelector(".tools").open = matchMedia("(min-width: 721px)").matches;
  startClock();
  startFriends();
}
document.fonts.ready.then(fitAll);
window.addEventListener("resize", fitAll);
keepFresh();
