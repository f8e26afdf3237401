/* What the browser does by itself: report clicks, copy, drop files, remember the theme, keep the place on a page. */

/* A frame within another site may be refused its storage: what is to be kept is then kept as long as the page. */
try { localStorage.length; } catch {
  const kept = new Map();
  Object.defineProperty(window, "localStorage", { value: {
    getItem: (name) => kept.has(name) ? kept.get(name) : null,
    setItem: (name, value) => { kept.set(name, String(value)); },
    removeItem: (name) => { kept.delete(name); },
  } });
}

/* gradio names its session by Math.random, which can be predicted; whoever knows the name could listen to the session. */
Math.random = () => {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
};

window.footnote = (() => {
  "use strict";
  const root = document.documentElement;
  const THEME = "footnote.theme";
  let opener = null;

  const local = {
    async copy(button) {
      await copyText(button.dataset.copy);
      const label = button.querySelector("span");
      const before = label.textContent;
      label.textContent = button.dataset.copied;
      setTimeout(() => { label.textContent = before; }, 1600);
    },
    theme() { setTheme(document.body.classList.contains("dark") ? "light" : "dark"); },
    theme_of(button) { setTheme(button.dataset.theme); },
    drawer() { app().toggleAttribute("data-drawer"); },
    zoom(button) {
      const scroll = button.closest(".fn-reader").querySelector(".fn-reader-scroll");
      scroll.classList.toggle("fn-zoomed");
      showQuote(scroll);
    },
    upload() { fileInput().click(); },
  };

  /* Light or dark as chosen, else as the system is, also when that changes. */
  const system = matchMedia("(prefers-color-scheme: dark)");

  function setTheme(name) {
    if (name === "system") localStorage.removeItem(THEME);
    else localStorage.setItem(THEME, name);
    themed();
  }

  function themed() {
    const theme = localStorage.getItem(THEME) || "system";
    document.body.classList.toggle("dark", theme === "dark" || (theme === "system" && system.matches));
    for (const choice of document.querySelectorAll("[data-act=theme_of]")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.theme === theme));
    }
  }

  system.addEventListener("change", themed);

  /* One view is shown at a time: the one that the address names after its #, else the first. */
  const app = () => document.getElementById("fn-app");
  const links = () => Array.from(document.querySelectorAll(".fn-tab"));

  function showView() {
    if (!app() || !links().length) return;
    const named = links().find((link) => link.hash === location.hash) || links()[0];
    app().dataset.view = named.hash.slice(1);
    app().removeAttribute("data-drawer");
    for (const view of app().querySelectorAll(".fn-view")) view.toggleAttribute("data-current", view.id === "fn-view-" + app().dataset.view);
    for (const link of links()) {
      if (link === named) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  function goTo(name) {
    if (location.hash !== "#" + name) location.hash = name;
    showView();
  }

  addEventListener("hashchange", showView);

  async function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  const fileInput = () => document.querySelector("#fn-upload input[type=file]") || document.querySelector("input[type=file]");

  /* Report the clicks and forms of a panel to its handlers on the server. */
  function listen(element, trigger, acts) {
    if (element.closest("#fn-notice")) element.setAttribute("aria-live", "polite");
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (event.target.closest("[data-close]")) event.target.closest("details").open = false;
      if (!button || button.tagName === "FORM") return;
      const act = button.dataset.act;
      if (local[act]) { local[act](button); return; }
      if (!acts.includes(act)) return;
      if (act === "open_source" && !button.closest(".fn-reader")) opener = button;
      if (button.getAttribute("role") === "checkbox") {
        button.setAttribute("aria-checked", String(button.getAttribute("aria-checked") !== "true"));
      }
      if (act === "rate") {
        trigger(act, { turn: button.dataset.turn, rating: rated(button) });
        return;
      }
      if (act === "open_conversation" || act === "new_conversation") goTo("ask");
      trigger(act, { ...button.dataset });
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      trigger(form.dataset.act, { ...form.dataset, ...Object.fromEntries(new FormData(form)) });
      const folded = form.closest("details.fn-pop, details.fn-reason");
      if (folded) folded.open = false;
    });
  }

  /* Press a thumb, or take it back, at once: the page stays where it is. Returns the rating, "" for none. */
  function rated(button) {
    const takenBack = button.getAttribute("aria-pressed") === "true";
    for (const thumb of button.parentElement.children) thumb.setAttribute("aria-pressed", String(thumb === button && !takenBack));
    const reason = button.closest(".fn-turn").querySelector(".fn-reason");
    for (const field of reason.querySelectorAll("select, textarea")) field.value = "";
    reason.open = button.dataset.rating === "down" && !takenBack;
    return takenBack ? "" : button.dataset.rating;
  }

  /* The header carries the language of the page. */
  function arrived(element) {
    const header = element.querySelector("[data-language]");
    if (!header) return;
    root.lang = header.dataset.language;
    root.dataset.drop = header.dataset.drop;
    themed();
    showView();
  }

  /* A question that was just sent comes to the top of its column. */
  function asked(element) {
    const turn = element.querySelector(".fn-turn");
    if (!turn) { delete element.dataset.seen; return; }
    if (element.dataset.seen) return;
    element.dataset.seen = "yes";
    goTo("ask");
    turn.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  /* A conversation shows its newest answer: the sources beside it are those of that answer. */
  function answered(element) {
    const turns = element.querySelectorAll(".fn-turn");
    if (turns.length > 1) turns[turns.length - 1].scrollIntoView({ block: "start" });
  }

  /* A page that was opened takes the focus and shows its quote; one that was closed gives the focus back. */
  function opened(element) {
    const reader = element.querySelector(".fn-reader");
    if (!reader) {
      if (opener && opener.isConnected) opener.focus({ preventScroll: true });
      opener = null;
      return;
    }
    if (!reader.contains(document.activeElement)) reader.focus({ preventScroll: true });
    const image = reader.querySelector("img");
    const scroll = reader.querySelector(".fn-reader-scroll");
    if (!scroll) return;
    if (image && !image.complete) image.addEventListener("load", () => showQuote(scroll), { once: true });
    else showQuote(scroll);
  }

  function showQuote(scroll) {
    const quote = scroll.querySelector(".fn-highlight, .fn-highlight-text");
    if (!quote) { scroll.scrollTop = 0; return; }
    const box = quote.getBoundingClientRect(), frame = scroll.getBoundingClientRect();
    scroll.scrollTop += box.top - frame.top - frame.height / 3;
    scroll.scrollLeft += box.left - frame.left - 24;
  }

  /* Enter that ends a word of an input method must not send the question. */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
    if (event.key !== "Escape" || document.getElementById("fn-tip")) return;
    const pop = document.querySelector("details.fn-pop[open]");
    if (pop) { pop.open = false; pop.querySelector("summary").focus(); return; }
    document.querySelector(".fn-reader [data-act=close_reader]")?.click();
  }, true);

  document.addEventListener("click", (event) => {
    for (const pop of document.querySelectorAll("details.fn-pop[open]")) if (!pop.contains(event.target)) pop.open = false;
  });

  /* Files may be dropped anywhere. */
  const carriesFiles = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  let depth = 0;
  addEventListener("dragenter", (event) => {
    if (carriesFiles(event) && ++depth === 1) root.dataset.dropping = "yes";
  });
  addEventListener("dragleave", (event) => {
    if (carriesFiles(event) && --depth <= 0) { depth = 0; delete root.dataset.dropping; }
  });
  addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    depth = 0;
    delete root.dataset.dropping;
    if (!carriesFiles(event) || !event.dataTransfer.files.length) return;
    event.preventDefault();
    const input = fileInput();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  return { listen, arrived, answered, asked, opened, themed, local };
})();
