/* What the browser does by itself on the view Ask: show the quote beside a footnote mark, and put a question back to be edited. */
(() => {
  "use strict";
  const WAIT = 140;
  let shown = null, waiting = 0;

  const tip = () => document.getElementById("fn-tip");
  const markOf = (target) => target instanceof Element ? target.closest(".fn-mark[data-tip]") : null;

  function made(role) {
    const box = document.createElement("div");
    box.id = "fn-tip";
    box.setAttribute("role", role);
    document.getElementById("fn-app").append(box);
    return box;
  }

  function line(kind, css, text) {
    const part = document.createElement(kind);
    part.className = css;
    part.textContent = text;
    return part;
  }

  function show(mark, touched) {
    clearTimeout(waiting);
    if (shown === mark) return;
    hide();
    const box = made(touched ? "group" : "tooltip"), told = mark.dataset;
    const quote = line("q", "fn-tip-quote", told.tip);
    quote.lang = told.tipLang;
    quote.dir = "auto";
    box.append(line("p", "fn-tip-where", told.tipWhere), quote, line("p", "fn-tip-verdict", told.tipVerdict));
    if (touched) {
      const open = line("button", "fn-small-button", told.tipOpen);
      open.type = "button";
      open.addEventListener("click", () => { hide(); mark.click(); });
      box.append(open);
    }
    place(box, mark);
    mark.setAttribute("aria-describedby", "fn-tip");
    shown = mark;
  }

  /* Above the mark where there is room, else below it, and never past the edges of the window. */
  function place(box, mark) {
    const at = mark.getBoundingClientRect(), size = box.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
    const above = at.top - size.height - 8;
    box.style.left = left + "px";
    box.style.top = (above >= 8 ? above : at.bottom + 8) + "px";
  }

  function hide() {
    clearTimeout(waiting);
    tip()?.remove();
    shown?.removeAttribute("aria-describedby");
    shown = null;
  }

  const later = (act) => { clearTimeout(waiting); waiting = setTimeout(act, WAIT); };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const mark = markOf(event.target);
    if (mark) later(() => show(mark, false));
    else if (shown && !event.target.closest("#fn-tip") && document.activeElement !== shown) later(hide);
    else if (shown) clearTimeout(waiting);
  });
  /* Not where the focus comes back from a page that was closed: its element is gone then, and there is nothing new to show. */
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event.target);
    if (mark && event.relatedTarget && mark.matches(":focus-visible")) show(mark, false);
    else if (shown && !event.target.closest("#fn-tip")) hide();
  });
  document.addEventListener("click", (event) => {
    const mark = markOf(event.target);
    if (mark && event.pointerType === "touch" && shown !== mark) {
      event.stopImmediatePropagation();
      show(mark, true);
    } else if (!event.target.closest("#fn-tip")) hide();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    event.stopImmediatePropagation();
    hide();
  }, true);
  addEventListener("scroll", () => { if (shown) hide(); }, true);

  /* Conversations are searched as the words are typed; the list is rendered anew then, and the field keeps the focus. */
  let typing = 0, caret = null;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#fn-history [type=search]")) return;
    clearTimeout(typing);
    typing = setTimeout(() => { caret = event.target.selectionStart; event.target.form.requestSubmit(); }, 250);
  });
  footnote.listed = (element) => {
    reopen(element);
    const field = element.querySelector("[type=search]");
    if (caret === null || !field) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(caret, caret);
    caret = null;
  };

  /* A page that is loaded again shows the conversation that this window showed before. */
  const OPEN = "footnote.conversation";
  let before = sessionStorage.getItem(OPEN);

  function reopen(element) {
    const open = element.querySelector("[aria-current]");
    const one = before && !open ? element.querySelector(`[data-act=open_conversation][data-conversation="${before}"]`) : null;
    if (!one) sessionStorage.setItem(OPEN, open?.dataset.conversation || "");
    before = "";
    if (one) one.click();
    else if (!open) reopenNewest(element.querySelector("[data-act=open_conversation]"));
  }

  /* A question that is half typed, or whose answer is on its way, outlives that the page is loaded again: it is shown in its
     conversation where it was kept, else it stands in its box. */
  const UNANSWERED = "footnote.question";
  const questionBox = () => document.querySelector("#fn-question textarea");
  const lastAsked = (element) => Array.from(element.querySelectorAll(".fn-turn .fn-question"), (one) => one.textContent).pop();
  const oneLine = (text) => text.trim().split(/\s+/).join(" ");
  let unanswered = sessionStorage.getItem(UNANSWERED) || "";

  function note(question) {
    unanswered = "";
    sessionStorage.setItem(UNANSWERED, question);
  }

  document.addEventListener("input", (event) => { if (event.target === questionBox()) note(event.target.value); });

  const asked = footnote.asked, answered = footnote.answered;
  footnote.asked = (element) => {
    asked(element);
    note(lastAsked(element) || questionBox().value);
  };
  footnote.answered = (element) => {
    answered(element);
    if (lastAsked(element)) putBack(lastAsked(element));
  };

  /* The answer to the first question of a conversation begins that: it is the newest then, and bears the question as its title. */
  function reopenNewest(newest) {
    const title = (newest?.title || "").replace(/…$/, ""), question = oneLine(unanswered);
    if (title && (question === title || newest.title !== title && question.startsWith(title))) newest.click();
    else putBack("");
  }

  function putBack(answeredLast) {
    const question = unanswered, box = questionBox();
    if (!question || box.value) return;
    unanswered = "";
    if (oneLine(question) === oneLine(answeredLast)) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* A file that was made: to the browser, as if it had been downloaded. */
  footnote.handedOver = (element) => {
    const made = element.querySelector("[data-content]");
    if (!made) return;
    const bytes = Uint8Array.from(atob(made.dataset.content), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: made.dataset.type }));
    link.download = made.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    made.remove();
  };

  /* To where it is chosen what is asked; on a phone that is in the drawer. */
  footnote.local.choose_scope = () => {
    document.getElementById("fn-app").setAttribute("data-drawer", "");
    const first = document.querySelector("#fn-chooser :is(button, input, a)");
    first?.scrollIntoView({ block: "center" });
    first?.focus();
  };

  /* A question back in its box, to be changed and sent again. */
  footnote.local.edit = (button) => {
    const box = document.querySelector("#fn-question textarea");
    box.value = button.dataset.question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  };
})();
