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

// Saving while one types: one save after the other, each about the version that the one before has made, and
// none beside the button that saves by itself. What could not be saved is said, and tried again with the next key.
const editor = document.getElementById("editor");
if (editor?.hasAttribute("hx-post")) {
  const saving = new Set();
  let wanted = null;
  let leaving = false;
  editor.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    if (leaving) return event.preventDefault();
    saving.add(ctx);
    ctx.request.body.set("version", document.getElementById("version").value);
  });
  editor.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = event.detail;
    saving.delete(ctx);
    if (!leaving && !ctx.text?.includes('id="saved"')) {
      const saved = document.getElementById("saved");
      saved.textContent = editor.dataset.unsaved;
      saved.className = "problem";
    }
    if (wanted && !leaving && !saving.size) editor.requestSubmit(wanted);
  });
  editor.addEventListener("submit", (event) => {
    if (saving.size) {
      event.preventDefault();
      wanted = event.submitter;
    } else {
      leaving = true;
    }
  });
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
