// Which language a text is in, as far as its letters tell; the person's own language decides the rest.

/** A language tag for `text`; `preferred` is the person's language or null. */
export function languageOf(text, preferred) {
  const own = preferred || "ja";
  if (/[\u3040-\u30ff]/.test(text)) return "ja";
  if (/[\uac00-\ud7af]/.test(text)) return "ko";
  if (/[\u3400-\u9fff]/.test(text)) return /^(zh|ja)/.test(own) ? own : "ja";
  if (/[A-Za-z]/.test(text)) return /^(zh|ja|ko)/.test(own) ? "en" : own;
  return own;
}
