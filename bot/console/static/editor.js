// The writing desk of a notice: one tab a language, and how long each text is for LINE. Without this script
// the languages stand below each other and everything works by its buttons.

const tabs = document.querySelector("[data-tabs]");
if (tabs) {
  const links = [...tabs.querySelectorAll("a")];
  const panel = (link) => document.getElementById(link.hash.slice(1));

  function show(chosen, focus) {
    for (const link of links) {
      const here = link === chosen;
      link.setAttribute("aria-selected", here);
      link.tabIndex = here ? 0 : -1;
      panel(link).hidden = !here;
    }
    if (focus) chosen.focus();
  }

  tabs.setAttribute("role", "tablist");
  for (const item of tabs.querySelectorAll("li")) item.setAttribute("role", "presentation");
  for (const link of links) {
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", link.hash.slice(1));
    panel(link).setAttribute("role", "tabpanel");
    panel(link).setAttribute("aria-labelledby", link.id);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link, true);
    });
    link.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      show(links[(links.indexOf(link) + step + links.length) % links.length], true);
    });
  }
  const reach = () => links.find((link) => location.hash && panel(link)?.matches(`${location.hash}, :has(${location.hash})`));
  addEventListener("hashchange", () => {
    const link = reach();
    if (link) show(link, false);
  });
  show(reach() ?? links[0], false);
}

// LINE counts UTF-16 code units, and so does a script.
for (const text of document.querySelectorAll("[data-counted]")) {
  const count = document.getElementById(text.dataset.counted);
  const say = () => { count.textContent = text.value.length; };
  text.addEventListener("input", say);
  say();
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    button.textContent = button.dataset.copied;
  });
}
