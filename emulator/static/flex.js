// Flex messages as elements: bubble, carousel and every component, with LINE's defaults.

import { makeTappable, safePicture, tappable } from "./actions.js";
import { el, icon, two } from "./dom.js";
import { boxStyle, colour, fontSize, iconHeight, lettering, lineHeight, pictureWidth, place, ratio, side, style } from "./flex-style.js";

const BUBBLE_SIZES = new Set(["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"]);

/** A picture in a frame of the right shape; a neutral drawing stands in when it may not or cannot load. */
export function picture(address, attributes = {}) {
  const frame = el("span", { class: "picture", ...attributes });
  const instead = () => frame.replaceChildren(el("span", { class: "picture-none" }, icon("image"), two("画像", "Image")));
  const source = safePicture(address);
  if (!source) instead();
  else frame.append(el("img", { src: source, alt: "", referrerpolicy: "no-referrer", loading: "lazy", onerror: instead }));
  return frame;
}

function text(component) {
  const node = el("p", { class: component.wrap ? "fx-text wrap" : "fx-text" });
  const spans = component.contents?.length ? component.contents : [{ type: "span", text: component.text ?? "" }];
  for (const span of spans) {
    const part = el("span", {}, span.text ?? "");
    style(part, { "font-size": span.size ? fontSize(span.size, component.scaling) : null, ...lettering(span) });
    node.append(part);
  }
  style(node, {
    "font-size": fontSize(component.size, component.scaling),
    "text-align": { start: "start", end: "end", center: "center" }[component.align],
    "line-height": lineHeight(component),
    ...lettering(component),
  });
  if (component.adjustMode === "shrink-to-fit") node.dataset.fit = "";
  if (component.wrap && component.maxLines > 0) {
    node.classList.add("lines");
    style(node, { "-webkit-line-clamp": String(component.maxLines) });
  }
  return node;
}

function button(component, phone) {
  const look = ["primary", "secondary"].includes(component.style) ? component.style : "link";
  const label = el("span", { class: "fx-label" }, component.action?.label ?? "");
  if (component.adjustMode === "shrink-to-fit") label.dataset.fit = "";
  const classes = `fx-button ${look}${component.height === "sm" ? " sm" : ""}`;
  const node = tappable(component.action ?? {}, phone, { class: classes }, label);
  style(node, {
    [look === "link" ? "color" : "background-color"]: colour(component.color),
    "font-size": fontSize("md", component.scaling),
  });
  return node;
}

function image(component) {
  const node = picture(component.url, { class: component.aspectMode === "cover" ? "picture fx-image cover" : "picture fx-image" });
  style(node, {
    width: pictureWidth(component.size),
    "aspect-ratio": ratio(component.aspectRatio),
    "background-color": colour(component.backgroundColor),
  });
  return el("div", { class: `fx-image-place ${side(component.align) ?? "center"}` }, node);
}

function smallIcon(component) {
  const node = picture(component.url, { class: "picture fx-icon" });
  style(node, { height: iconHeight(component), "aspect-ratio": ratio(component.aspectRatio) });
  return node;
}

function video(component, phone) {
  if (component.altContent) return build(component.altContent, phone);
  const node = el("div", { class: "fx-video" }, icon("video"), two("動画", "Video"));
  style(node, { "aspect-ratio": ratio(component.aspectRatio) });
  return node;
}

function separator(component) {
  const node = el("div", { class: "fx-separator" });
  style(node, { "background-color": colour(component.color) });
  return node;
}

function box(component, phone) {
  const layout = ["vertical", "horizontal", "baseline"].includes(component.layout) ? component.layout : "vertical";
  const node = el("div", { class: `fx-box ${layout}` });
  (component.contents ?? []).forEach((child, index) => {
    const part = build(child, phone);
    place(part, child, { layout, spacing: component.spacing }, index === 0);
    node.append(part);
  });
  boxStyle(node, component);
  return node;
}

const COMPONENTS = {
  box,
  text,
  button,
  image,
  icon: smallIcon,
  video,
  separator,
  filler: () => el("div", { class: "fx-filler" }),
  spacer: () => el("div", { class: "fx-filler" }),
};

function build(component, phone) {
  const make = COMPONENTS[component.type];
  if (!make) return el("p", { class: "fx-unknown" }, `? ${component.type}`);
  const node = make(component, phone);
  if (component.action && component.type !== "button") makeTappable(node, component.action, phone);
  return node;
}

function block(name, bubble, phone) {
  const looks = bubble.styles?.[name] ?? {};
  const node = el("div", { class: `fx-block fx-${name}` }, build(bubble[name], phone));
  if (looks.separator) node.classList.add("ruled");
  style(node, { "background-color": colour(looks.backgroundColor), "border-top-color": colour(looks.separatorColor) });
  return node;
}

function bubble(contents, phone) {
  const size = BUBBLE_SIZES.has(contents.size) ? contents.size : "mega";
  const blocks = ["header", "hero", "body", "footer"].filter((name) => contents[name]);
  const node = el("div", { class: `fx-bubble ${size}`, dir: contents.direction === "rtl" ? "rtl" : "ltr" });
  node.append(...blocks.map((name) => block(name, contents, phone)));
  if (contents.action) makeTappable(node, contents.action, phone);
  return node;
}

/** The element of a Flex container (`bubble` or `carousel`). */
export function renderFlex(contents, phone) {
  if (contents?.type !== "carousel") return bubble(contents ?? {}, phone);
  const cards = (contents.contents ?? []).map((card) => bubble(card, phone));
  return el("div", { class: "carousel", role: "group", "aria-label": `カード Cards: ${cards.length}`, tabindex: "0" }, ...cards);
}
