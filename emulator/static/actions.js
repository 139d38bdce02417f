// What happens when somebody taps: every action type of a message, and which addresses may be opened.

import { el } from "./dom.js";

const OPENABLE = new Set(["http:", "https:", "tel:", "line:"]);

/** The address if it may be opened (http, https, tel, line), else null. */
export function safeUri(value) {
  try {
    const address = new URL(String(value));
    return OPENABLE.has(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** The address if it is an https picture, else null. */
export function safePicture(value) {
  const address = safeUri(value);
  return address && address.startsWith("https:") ? address : null;
}

/** A tappable element for `action`: a link, a button, or a disabled button when nothing may be opened. */
export function tappable(action, phone, attributes, ...children) {
  const name = action.label ? { title: action.label } : {};
  if (action.type !== "uri") {
    return el("button", { type: "button", ...name, ...attributes, onclick: () => perform(action, phone) }, ...children);
  }
  const address = safeUri(action.uri);
  if (address) return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...name, ...attributes }, ...children);
  return el("button", { type: "button", disabled: true, ...attributes, title: "開けないリンク Link that cannot be opened" }, ...children);
}

/** Makes an existing element tappable (boxes and pictures that carry an action and may hold buttons). */
export function makeTappable(node, action, phone) {
  const address = action.type === "uri" ? safeUri(action.uri) : null;
  node.classList.add("tappable");
  node.setAttribute("role", action.type === "uri" ? "link" : "button");
  if (action.label) node.setAttribute("aria-label", action.label);
  if (action.type === "uri" && !address) {
    node.setAttribute("aria-disabled", "true");
    return;
  }
  node.tabIndex = 0;
  const go = (event) => {
    if (event.defaultPrevented || event.target.closest("a, button, [role]") !== node) return;
    event.preventDefault();
    if (address) window.open(address, "_blank", "noopener,noreferrer");
    else perform(action, phone);
  };
  node.addEventListener("click", go);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") go(event);
  });
}

function postback(action, phone) {
  if (action.fillInText) phone.fillIn(action.fillInText);
  return phone.send({ type: "postback", data: action.data, displayText: action.displayText ?? action.text });
}

const PERFORM = {
  message: (action, phone) => phone.send({ type: "text", text: action.text }),
  postback,
  datetimepicker: (action, phone) => phone.askDate(action),
  location: (_action, phone) => phone.askPlace(),
  camera: (_action, phone) => phone.send({ type: "image" }),
  cameraRoll: (_action, phone) => phone.send({ type: "image" }),
  clipboard: async (action, phone) => {
    await navigator.clipboard.writeText(action.clipboardText);
    phone.tell("コピーしました", "Copied");
  },
};

/** Does what a tap on `action` does; failures are told on the phone. */
export async function perform(action, phone) {
  const doIt = PERFORM[action.type];
  if (!doIt) return phone.tell("この操作は練習用LINEにはありません", `Not available here: ${action.type}`);
  try {
    await doIt(action, phone);
  } catch {
    phone.tell("うまくいきませんでした", "That did not work");
  }
}
