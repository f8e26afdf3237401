/* What the browser does by itself: report clicks, copy, drop files, remember the theme, keep the place on a page. */

/* A frame within another site may be refused its storage: what is to be kept is then kept as long as the page. */
for (const storage of ["localStorage", "sessionStorage"]) {
  try { window[storage].length; } catch {
    const kept = new Map();
    Object.defineProperty(window, storage, { value: {
      getItem: (name) => kept.has(name) ? kept.get(name) : null,
      setItem: (name, value) => { kept.set(name, String(value)); },
      removeItem: (name) => { kept.delete(name); },
    } });
  }
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
    question() {
      goTo("ask");
      document.querySelector("#fn-question textarea").focus();
    },
    drawer() { app().toggleAttribute("data-drawer"); },
    zoom(button) {
      const scroll = button.closest(".fn-reader").querySelector(".fn-reader-scroll");
      scroll.classList.toggle("fn-zoomed");
      showQuote(scroll);
    },
    upload() { fileInput().click(); },
    unpick() { picked.clear(); showPicks(); },
  };

  /* Light or dark as chosen, else as the system is, also when that changes. */
  const system = matchMedia("(prefers-color-scheme: dark)"), still = matchMedia("(prefers-reduced-motion: reduce)");

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

  /* What other windows and programs did to the library is looked up when a person comes back to this one. */
  const lastTurn = () => Array.from(document.querySelectorAll("#fn-thread .fn-turn")).pop()?.dataset.turn;
  let look = () => {}, away = false;
  addEventListener("blur", () => { away = true; });
  addEventListener("focus", () => {
    if (away) look();
    away = false;
  });

  const places = new Map();  // on a phone the whole page scrolls: each view is found again where it was left

  function showView() {
    if (!app() || !links().length) return;
    const named = links().find((link) => link.hash === location.hash) || links()[0];
    const left = app().dataset.view, name = named.hash.slice(1);
    if (left && left !== name) places.set(left, scrollY);
    app().dataset.view = name;
    app().removeAttribute("data-drawer");
    for (const view of app().querySelectorAll(".fn-view")) view.toggleAttribute("data-current", view.id === "fn-view-" + app().dataset.view);
    document.title = named === links()[0] ? "Footnote" : `${named.textContent} · Footnote`;
    for (const link of links()) {
      if (link === named) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (left && left !== name) {
      scrollTo({ top: places.get(name) || 0, behavior: "instant" });
      dismiss();
    }
    if (name === "ask" && !greeted) {
      greeted = true;
      if (document.activeElement === document.body) typeOn();
    }
  }

  /* What was said of the thing done before is taken away. */
  const dismiss = () => document.querySelector("#fn-notice [data-act=dismiss]")?.click();

  /* To the question box, except where that would bring up a keyboard over half of the screen. */
  let greeted = false;

  function typeOn() {
    if (!matchMedia("(pointer: coarse)").matches) document.querySelector("#fn-question textarea")?.focus({ preventScroll: true });
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

  const fileInput = () => document.querySelector("#fn-intake input[type=file]:not([webkitdirectory])");

  /* Report the clicks and forms of a panel to its handlers on the server. */
  function listen(element, trigger, acts) {
    if (element.closest("#fn-notice")) element.setAttribute("aria-live", "polite");
    if (acts.includes("look")) look = () => trigger("look", { last: lastTurn() });
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (event.target.closest("[data-close]")) fold(event.target.closest("details"));
      if (!button || button.tagName === "FORM") return;
      const pop = button.closest("details.fn-pop[open]");  // else it stays open over what takes the place of a thing deleted
      if (pop) fold(pop);
      const act = button.dataset.act;
      if (local[act]) { local[act](button); return; }
      if (!acts.includes(act) || button.disabled) return;
      if (["open_source", "why"].includes(act) && !button.closest(".fn-reader")) opener = button;
      if (button.getAttribute("role") === "checkbox") {
        button.setAttribute("aria-checked", String(button.getAttribute("aria-checked") !== "true"));
      }
      if (act === "rate") {
        trigger(act, { turn: button.dataset.turn, rating: rated(button) });
        return;
      }
      if (event.isTrusted && ["open_conversation", "new_conversation", "ask_documents"].includes(act)) goTo("ask");
      if (act === "cancel_all") waiting = [];
      trigger(act, { ...button.dataset, ...picks(button) });
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      if (!acts.includes(form.dataset.act)) return;
      trigger(form.dataset.act, { ...form.dataset, ...Object.fromEntries(new FormData(form)), ...picks(form) });
      for (const field of form.elements) element.drafts.delete(keyOf(field));
      for (const field of form.querySelectorAll("[type=password]")) field.value = "";
      const folded = form.closest("details.fn-pop, details.fn-reason");
      if (folded) fold(folded);
    });
    keep(element);
  }

  /* What is folded gives the focus back to what unfolded it. */
  function fold(details) {
    details.open = false;
    details.querySelector("summary").focus({ preventScroll: true });
  }

  /* The button that was pressed makes room for the other one. */
  document.addEventListener("click", (event) => { if (event.target.closest("#fn-ask, #fn-stop")) typeOn(); });

  /* A panel that is rendered anew loses the focus, words half typed and what was unfolded; so these are noted and put back. */
  function keep(element) {
    element.drafts = new Map();
    element.unfolded = new Set();
    element.addEventListener("input", (event) => {
      if (event.target.form) element.drafts.set(keyOf(event.target), event.target.value);
    });
    element.addEventListener("focusin", (event) => { if (event.target !== element) element.focused = keyOf(event.target); });
    element.addEventListener("focusout", (event) => { if (event.relatedTarget) element.focused = null; });
    element.addEventListener("toggle", (event) => {
      if (!event.target.isConnected) return;
      const key = keyOf(event.target.querySelector("summary"));
      if (event.target.open) event.target.querySelector(".fn-pop-body")?.scrollIntoView({ block: "nearest" });
      if (event.target.open) element.unfolded.add(key); else element.unfolded.delete(key);
    }, true);
  }

  const labelOf = (one) => one.getAttribute("aria-label") || (one.tagName === "SUMMARY" ? one.textContent : "");
  const keyOf = (one) => [
    one.tagName, one.name, one.dataset.key ? "" : labelOf(one),
    one.form ? JSON.stringify({ ...one.form.dataset }) : "", JSON.stringify({ ...one.dataset }),
  ].join("|");

  function rendered(element, after) {
    for (const summary of element.querySelectorAll("summary")) if (element.unfolded.has(keyOf(summary))) summary.parentElement.open = true;
    for (const field of element.querySelectorAll("form input")) {
      const key = keyOf(field);
      if (element.drafts.has(key)) field.value = element.drafts.get(key);
      else if (field.formerKey !== key) field.value = field.defaultValue;  // gradio makes one field into another
      field.formerKey = key;
    }
    const lost = element.focused && (astray() || document.activeElement === element);
    if (lost) {
      const found = Array.from(element.querySelectorAll("a, button, input, summary, select, textarea"));
      const off = document.activeElement.disabled ? document.activeElement.parentElement : null;
      focusAgain(found.find((one) => !one.disabled && keyOf(one) === element.focused) || off?.querySelector("button:enabled"));
    }
    if (after) api[after](element);
    if (!lost || !astray()) return;
    element.tabIndex = -1;  // what had the focus is gone, or off now: the next key goes on from its panel
    element.focus({ preventScroll: true });
  }

  const astray = () => document.activeElement === document.body || document.activeElement.disabled;

  /* What is seen only while its row has the focus is reached by way of the row. */
  function focusAgain(one) {
    for (const next of [one, one?.closest("li")?.querySelector("button"), one]) {
      if (document.activeElement !== one) next?.focus({ preventScroll: true });
    }
  }

  /* Documents are ticked here alone; what is done with them carries their ids along. */
  const picked = new Set();
  let tickedLast = "";

  function picks(button) {
    if (button.dataset.act === "pick_found") return { time: Date.now() };
    if (!button.closest("[data-picks]")) return {};
    const documents = [...picked];
    picked.clear();
    showPicks();
    return { documents };
  }

  function showPicks() {
    const boxes = Array.from(document.querySelectorAll("[data-pick]"));
    for (const box of boxes) box.checked = picked.has(box.dataset.pick);
    const all = document.querySelector("[data-pick-all]");
    if (all) all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
    const bar = document.querySelector("[data-picks]");
    if (!bar) return;
    const back = picked.size || !bar.contains(document.activeElement) ? null : boxes.find((box) => box.dataset.pick === tickedLast) || all;
    bar.hidden = picked.size === 0;
    back?.focus({ preventScroll: true });  // what had the focus is hidden: it goes back to where documents are ticked
    const count = bar.querySelector("[data-many]");
    count.textContent = picked.size === 1 ? count.dataset.one : count.dataset.many.replace("#", picked.size.toLocaleString());
    const rest = bar.querySelector("[data-act=pick_found]"), found = Number(all?.dataset.found || 0);
    const done = !found || !all.checked || picked.size === found;
    if (done && document.activeElement === rest) rest.nextElementSibling.focus();
    rest.hidden = done;
    rest.textContent = rest.dataset.label.replace("#", found.toLocaleString());
  }

  document.addEventListener("change", (event) => {
    const one = event.target.dataset?.pick;
    const boxes = event.target.matches("[data-pick-all]") ? Array.from(document.querySelectorAll("[data-pick]")) : [event.target];
    for (const box of boxes) {
      if (!box.dataset.pick) return;
      if (event.target.checked) picked.add(box.dataset.pick); else picked.delete(box.dataset.pick);
    }
    if (one || boxes.length) showPicks();
    tickedLast = one;
  });

  function ticked(element) {
    const all = element.querySelector("[data-picked]");
    for (const id of all?.dataset.picked.split(" ") || []) picked.add(id);
    all?.removeAttribute("data-picked");
    showPicks();
  }

  /* Files are sent in parts: the first are read while others are on their way, and the page says how far that is. */
  const MOST_FILES = 100, MOST_BYTES = 64e6, MOST_PARTS = 10;  // as many parts as the server takes over at once, whoever leaves
  let waiting = [], sending = [], sent = [], taken = 0;
  const wording = (name) => document.querySelector("[data-language]").getAttribute("data-" + name);
  const filled = (words, values) => words.replace(/#(\w+)/g, (_, name) => values[name].toLocaleString());

  document.addEventListener("change", (event) => {
    if (event.target.type !== "file" || event.part) return;
    event.stopPropagation();
    waiting = waiting.concat(Array.from(event.target.files).filter((file) => !liesHidden(file)));
    send();
  }, true);

  function send() {
    if (!sending.length && waiting.length && sent.length < MOST_PARTS) {
      let bytes = 0;
      const end = waiting.findIndex((file, n) => n === MOST_FILES || ((bytes += file.size) > MOST_BYTES && n > 0));
      sending = waiting.splice(0, end < 0 ? waiting.length : end);
      const input = fileInput();
      input.files = listOf(sending);
      input.dispatchEvent(Object.assign(new Event("change", { bubbles: true }), { part: true }));
    }
    tellSent();
  }

  function tellSent() {
    const left = [sending, waiting, ...sent].reduce((count, files) => count + files.length, 0), all = taken + left;
    if (!left) taken = 0;
    if (!left) delete root.dataset.uploading;
    else root.dataset.uploading = filled(wording(all > MOST_FILES ? "uploading-parts" : "uploading"), { n: taken, all });
    root.style.setProperty("--fn-uploading", JSON.stringify(root.dataset.uploading || ""));
  }

  function handedOver() {
    sent.push(sending);
    sending = [];
    send();
  }

  function takenOver() {
    taken += sent.shift()?.length || 0;
    send();
  }

  function sendNoMore() {
    waiting = [];
    sending = [];
    tellSent();
  }

  /* Whoever leaves while files are being sent is asked; gradio would take it for settled that the page goes. */
  addEventListener("beforeunload", (event) => {
    if (!sending.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });

  /* An upload that the server refuses is told in the page's own words; gradio alone would show the number of the error. */
  const fetched = window.fetch;
  window.fetch = async (...request) => {
    const files = request[1]?.body instanceof FormData ? request[1].body.getAll("files") : [];
    const answer = await fetched(...request).catch((error) => {
      if (files.length) sendNoMore();
      throw error;
    });
    if (sending.length && String(request[1]?.body).includes("gradio.FileData")) handedOver();
    if (answer.ok || !files.length) return answer;
    const n = sending.length + waiting.length - 1, many = n > 0 ? "many" : "one";
    sendNoMore();
    const told = wording(`upload-${answer.status}-${many}`) || wording(`upload-other-${many}`);
    return new Response(filled(told, { name: files[0].name, n }), { status: answer.status });
  };

  /* What gradio says by itself, of an upload or of a lost connection, stands in the page's own words too. */
  const toasts = document.getElementsByClassName("toast-body");
  const say = (element, words) => { if (element?.firstChild && element.textContent !== words) element.firstChild.data = words; };
  const ownWords = () => {
    for (const toast of toasts) {
      say(toast.querySelector(".toast-title.error"), wording("failed"));
      for (const message of toast.querySelectorAll(".toast-message-text")) {
        const said = message.textContent;
        say(message, said.startsWith("Connection to the server was lost") ? wording("lost") : said.replace(/^HTTP \d+: /, ""));
      }
    }
  };
  new MutationObserver(ownWords).observe(document, { childList: true, subtree: true });

  /* Press a thumb, or take it back, at once: the page stays where it is. Returns the rating, "" for none. */
  function rated(button) {
    const takenBack = button.getAttribute("aria-pressed") === "true";
    for (const thumb of button.parentElement.children) thumb.setAttribute("aria-pressed", String(thumb === button && !takenBack));
    const reason = button.closest(".fn-turn").querySelector(".fn-reason");
    for (const field of reason.querySelectorAll("select, textarea")) field.value = "";
    reason.open = button.dataset.rating === "down" && !takenBack;
    if (reason.open) reason.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
    return takenBack ? "" : button.dataset.rating;
  }

  /* What is said stands above the question, however many lines that has. */
  const composer = new ResizeObserver(([one]) => root.style.setProperty("--fn-composer", one.target.offsetHeight + "px"));

  /* The header carries the language of the page. */
  function arrived(element) {
    const header = element.querySelector("[data-language]");
    if (!header) return;
    root.lang = header.dataset.language;
    root.dataset.drop = header.dataset.drop;
    themed();
    showView();
    composer.observe(document.getElementById("fn-composer"));
  }

  /* A question that was just sent comes to the top of its column. */
  function asked(element) {
    const turn = element.querySelector(".fn-turn");
    if (!turn) { delete element.dataset.seen; return; }
    if (element.dataset.seen) return;
    element.dataset.seen = "yes";
    goTo("ask");
    turn.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
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
      if (history.state?.reader) history.back();
      return;
    }
    if (covered.matches && !history.state?.reader) history.pushState({ reader: true }, "");
    if (!reader.contains(document.activeElement)) reader.focus({ preventScroll: true });
    const image = reader.querySelector("img");
    const scroll = reader.querySelector(".fn-reader-scroll");
    if (!scroll) return;
    if (image && !image.complete) image.addEventListener("load", () => showQuote(scroll), { once: true });
    else showQuote(scroll);
  }

  /* On a phone an open page covers all others: what leads back leads from it, not away from Footnote. */
  const covered = matchMedia("(max-width: 760px)");
  addEventListener("popstate", () => {
    if (!history.state?.reader) document.querySelector(".fn-reader [data-act=close_reader]")?.click();
  });

  function showQuote(scroll) {
    const boxes = Array.from(scroll.querySelectorAll(".fn-highlight, .fn-highlight-text"), (mark) => mark.getBoundingClientRect());
    if (!boxes.length) { scroll.scrollTop = 0; return; }
    const frame = scroll.getBoundingClientRect();
    scroll.scrollTop += boxes[0].top - frame.top - frame.height / 3;
    scroll.scrollLeft += Math.min(...boxes.map((box) => box.left)) - frame.left - 8;
  }

  /* Enter that ends a word of an input method must not send the question. */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
    if (event.key !== "Escape" || document.getElementById("fn-tip")) return;
    const pop = document.querySelector("details.fn-pop[open]");
    if (pop) { pop.open = false; pop.querySelector("summary").focus(); return; }
    const close = document.querySelector(".fn-reader [data-act=close_reader]");
    if (close) close.click(); else dismiss();
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
  addEventListener("drop", async (event) => {
    depth = 0;
    delete root.dataset.dropping;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const files = listOf(await dropped(event.dataTransfer));
    if (!files.length) return;
    const input = fileInput();
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, true);

  function listOf(files) {
    const carried = new DataTransfer();
    for (const file of files) carried.items.add(file);
    return carried.files;
  }

  /* What is hidden, and what Office keeps beside a document that is open. */
  const isHidden = (name) => name.startsWith(".") || name.startsWith("~$");
  const liesHidden = (file) => file.webkitRelativePath.split("/").slice(1).some(isHidden);

  /* The files of what was dropped; of folders, all that are in them, without hidden ones. */
  async function dropped(transfer) {
    const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) return Array.from(transfer.files);
    return (await Promise.all(entries.map(filesOf))).flat();
  }

  async function filesOf(entry) {
    if (isHidden(entry.name)) return [];
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));  // at most 100 at a time
      if (!some.length) return (await Promise.all(found.map(filesOf))).flat();
      found.push(...some);
    }
  }

  const api = { listen, rendered, arrived, answered, asked, opened, ticked, takenOver, themed, local };
  return api;
})();
