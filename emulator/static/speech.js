// The linear text that a screen reader would speak for a message, line by line.

const WORDS = {
  ja: { button: "ボタン：", link: "リンク：", card: "カード", sticker: "スタンプ", image: "画像", video: "動画", audio: "音声", file: "ファイル", location: "位置情報", cannot: "（開けません）" },
  zh: { button: "按钮：", link: "链接：", card: "卡片", sticker: "贴图", image: "图片", video: "视频", audio: "语音", file: "文件", location: "位置", cannot: "（无法打开）" },
  "zh-Hant": { button: "按鈕：", link: "連結：", card: "卡片", sticker: "貼圖", image: "圖片", video: "影片", audio: "語音", file: "檔案", location: "位置", cannot: "（無法開啟）" },
  en: { button: "button: ", link: "link: ", card: "card", sticker: "sticker", image: "image", video: "video", audio: "audio", file: "file", location: "location", cannot: " (cannot be opened)" },
};

/** The words of a language tag; others hear English. */
const wordsFor = (language) => WORDS[language] ?? WORDS[language.split("-")[0]] ?? WORDS.en;

const label = (action, words) => `${words[action?.type === "uri" ? "link" : "button"]}${action?.label ?? action?.text ?? ""}`;

function componentLines(component, words) {
  const own = {
    text: () => [component.contents?.length ? component.contents.map((span) => span.text ?? "").join("") : component.text],
    button: () => [words.button + (component.action?.label ?? "")],
    image: () => [words.image],
    video: () => [words.video],
    box: () => (component.contents ?? []).flatMap((child) => componentLines(child, words)),
  }[component.type]?.() ?? [];
  return component.action?.label && component.type !== "button" ? [...own, label(component.action, words)] : own;
}

const bubbleLines = (bubble, words) =>
  ["header", "hero", "body", "footer"].flatMap((name) => (bubble[name] ? componentLines(bubble[name], words) : []));

function flexLines(message, words) {
  const contents = message.contents ?? {};
  if (contents.type !== "carousel") return [message.altText, ...bubbleLines(contents, words)];
  const cards = contents.contents ?? [];
  return [message.altText, ...cards.flatMap((card, index) => [`${words.card} ${index + 1}/${cards.length}`, ...bubbleLines(card, words)])];
}

function templateLines(message, words) {
  const template = message.template ?? {};
  const cards = template.columns ?? [template];
  const lines = cards.flatMap((card) => [card.title, card.text, ...(card.actions ?? [card.action]).map((action) => action && label(action, words))]);
  return [message.altText, ...lines];
}

/** The spoken lines of a message in the words of `language`; empty lines are left out. */
export function spokenLines(message, language) {
  const words = wordsFor(language);
  const lines = {
    text: () => [message.text],
    textV2: () => [message.text],
    flex: () => flexLines(message, words),
    template: () => templateLines(message, words),
    location: () => [words.location, message.title, message.address],
    imagemap: () => [message.altText],
  }[message.type]?.() ?? [words[message.type] ?? message.type];
  const taps = (message.quickReply?.items ?? []).map((item) => label(item.action, words));
  return [...lines, ...taps].filter((line) => line?.trim());
}
