// Flex measures as CSS: keywords in pixels, checked units and colours, spacing, placing in the parent box.
// Pixel values are those of LINE's own Flex simulator at a phone's usual width.

const TEXT = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const PICTURE = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220 };
const SIDE = { start: "flex-start", end: "flex-end", center: "center", top: "flex-start", bottom: "flex-end" };
const JUSTIFY = new Set(["center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"]);

/** A length: a keyword of `words`, or a number with px or %; anything else is null (LINE refuses it). */
function length(value, words = {}) {
  if (value in words) return `${words[value]}px`;
  return /^\d+(\.\d+)?(px|%)$/.test(value ?? "") ? value : null;
}

/** A colour `#RRGGBB` or `#RRGGBBAA`, else null. */
export const colour = (value) => (/^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(value ?? "") ? value : null);

/** Sets the properties that have a value. */
export function style(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined) node.style.setProperty(name, value);
  }
}

/** A font size; with `scaling` it grows with the reader's own setting. */
export function fontSize(size, scaling) {
  const px = length(size ?? "md", TEXT) ?? "16px";
  return scaling ? `calc(${px} * var(--text-scale))` : px;
}

/** Colour, weight, slant and line of a text or span. */
export function lettering(component) {
  return {
    color: colour(component.color),
    "font-weight": { bold: "700", regular: "400" }[component.weight],
    "font-style": { italic: "italic", normal: "normal" }[component.style],
    "text-decoration": { underline: "underline", "line-through": "line-through", none: "none" }[component.decoration],
  };
}

/** The ratio `W:H` as CSS. */
export function ratio(value) {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value ?? "1:1");
  return match ? `${match[1]} / ${match[2]}` : "1 / 1";
}

/** The width of a picture: keyword, `full`, px or %. */
export const pictureWidth = (size) => (size === "full" ? "100%" : (length(size ?? "md", PICTURE) ?? "100px"));

/** The height of an icon: text sizes. */
export const iconHeight = (icon) => fontSize(icon.size, icon.scaling);

function growth(component, sideways) {
  const fixed = new Set(["separator", "icon"]).has(component.type) || (sideways && component.width);
  if (component.type === "filler") return `${component.flex ?? 1} 1 0`;
  const share = component.flex ?? (sideways && !fixed ? 1 : 0);
  if (!share) return "0 0 auto";
  return sideways ? `${share} 1 0` : `${share} 0 auto`;
}

/** Places a component in its parent box: share of the room, distance to the one before, gravity, offsets. */
export function place(node, component, parent, first) {
  const sideways = parent.layout !== "vertical";
  const distance = first || component.type === "filler" ? null : length(component.margin ?? parent.spacing, SPACE);
  style(node, {
    flex: growth(component, sideways),
    [sideways ? "margin-inline-start" : "margin-block-start"]: distance,
    [sideways ? "align-self" : "align-content"]: parent.layout === "baseline" ? null : SIDE[component.gravity],
    position: component.position === "absolute" ? "absolute" : null,
    top: length(component.offsetTop, SPACE),
    bottom: length(component.offsetBottom, SPACE),
    "inset-inline-start": length(component.offsetStart, SPACE),
    "inset-inline-end": length(component.offsetEnd, SPACE),
  });
}

function background(box) {
  const fill = box.background;
  if (fill?.type !== "linearGradient") return null;
  const stops = [colour(fill.startColor), colour(fill.centerColor), colour(fill.endColor)];
  const middle = /^\d+%$/.test(fill.centerPosition ?? "") ? fill.centerPosition : "50%";
  const angle = /^\d+(\.\d+)?deg$/.test(fill.angle ?? "") ? fill.angle : "0deg";
  if (!stops[0] || !stops[2]) return null;
  return `linear-gradient(${[angle, stops[0], stops[1] ? `${stops[1]} ${middle}` : null, stops[2]].filter(Boolean).join(", ")})`;
}

/** Size, padding, border, colours and alignment of a box itself. */
export function boxStyle(node, box) {
  const border = length(box.borderWidth, BORDER);
  style(node, {
    "justify-content": JUSTIFY.has(box.justifyContent) ? box.justifyContent : null,
    "align-items": JUSTIFY.has(box.alignItems) ? box.alignItems : null,
    padding: length(box.paddingAll, SPACE),
    "padding-block-start": length(box.paddingTop, SPACE),
    "padding-block-end": length(box.paddingBottom, SPACE),
    "padding-inline-start": length(box.paddingStart, SPACE),
    "padding-inline-end": length(box.paddingEnd, SPACE),
    "background-color": colour(box.backgroundColor),
    "background-image": background(box),
    border: border ? `${border} solid ${colour(box.borderColor) ?? "transparent"}` : null,
    "border-radius": length(box.cornerRadius, SPACE),
    overflow: box.cornerRadius ? "hidden" : null,
    width: length(box.width),
    "max-width": length(box.maxWidth),
    height: length(box.height),
    "max-height": length(box.maxHeight),
  });
}

/** Extra room between the lines of a text, in px. */
export const lineHeight = (text) => (length(text.lineSpacing) ? `calc(1.4em + ${length(text.lineSpacing)})` : null);
/** `start`, `center`, `end`, `top`, `bottom` in the words of CSS boxes. */
export const side = (value) => SIDE[value] ?? null;
