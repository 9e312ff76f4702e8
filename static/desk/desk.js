// The desk, nicer: a caret in the dump and in the articles, keys for every button, work areas exchanged in place.
// The server does the work; without this script every button posts the form as it is.
"use strict";
{
  const form = document.getElementById("desk");
  const work = document.getElementById("work");
  let caret = null; // {line, character}: where the last click or arrow key was
  let remembered = "";
  let submitting = false;

  const field = (name) => form.elements.namedItem(name);
  const all = (selector, root = work) => [...root.querySelectorAll(selector)];
  const filled = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

  // Places. Each piece of text on the screen says its line and first character; nothing else is counted.

  const textOf = (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return element && element.closest("#work [data-start]");
  };

  function placeAt(node, offset) {
    const part = textOf(node);
    if (!part) return null;
    const inside = node.nodeType === Node.TEXT_NODE ? offset : offset ? part.textContent.length : 0;
    return { line: Number(part.dataset.line), character: Number(part.dataset.start) + inside, part };
  }

  function spansOf(range) {
    const pane = textOf(range.startContainer)?.closest(".pane") || textOf(range.endContainer)?.closest(".pane");
    if (!pane || range.collapsed) return [];
    const spans = [];
    for (const part of all("[data-start]", pane)) {
      if (!range.intersectsNode(part) || !part.firstChild) continue;
      const start = Number(part.dataset.start);
      const from = part.contains(range.startContainer) ? range.startOffset : 0;
      const to = part.contains(range.endContainer) ? range.endOffset : part.textContent.length;
      if (to > from) spans.push([Number(part.dataset.line), start + from, start + to]);
    }
    return spans;
  }

  function noticed() {
    const selection = document.getSelection();
    if (!selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!work.contains(range.startContainer)) return;
    at(spansOf(range), placeAt(range.startContainer, range.startOffset));
  }

  function at(spans, first) {
    if (spans.length) {
      caret = { line: spans[0][0], character: spans[0][1] };
      field("spans").value = spans.length === 1 && spans[0][2] - spans[0][1] <= 1 ? "" : JSON.stringify(spans);
    } else if (first) {
      caret = { line: first.line, character: first.character };
      field("spans").value = "";
    } else {
      return;
    }
    field("place").value = `${caret.line},${caret.character}`;
    point(first ? first.part.dataset.block : "", first?.part.closest(".pane"));
  }

  // Point at one side and the other shows where it belongs.

  function point(block, from, follow = true) {
    for (const element of all(".pointed")) element.classList.remove("pointed");
    const where = document.getElementById("where");
    if (!block) return;
    for (const element of all(`[data-block="${CSS.escape(block)}"]`)) element.classList.add("pointed");
    const target = document.getElementById(block);
    if (where && caret && target) {
      const letter = target.closest(".piece")?.querySelector(".letter")?.textContent ?? "";
      const role = target.querySelector(".role")?.textContent ?? "";
      where.textContent = filled(where.dataset.at, { line: caret.line, character: caret.character + 1, letter, role });
    }
    if (!follow) return;
    const other = from?.id === "dump" ? target : work.querySelector(`#dump .seg[data-block="${CSS.escape(block)}"]`);
    const pane = other?.closest(".pane");
    if (pane && pane !== from) reveal(other, pane);
  }

  function reveal(element, pane) {
    const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (top < 40 || top > pane.clientHeight - 60) pane.scrollTop += top - pane.clientHeight / 3;
  }

  function showCaret(extend = false) {
    const parts = all(`#dump .seg[data-line="${caret.line}"]`);
    const part = parts.find((each) => caret.character < Number(each.dataset.start) + each.textContent.length) || parts.at(-1);
    if (!part?.firstChild) return;
    const at = Math.min(Math.max(0, caret.character - Number(part.dataset.start)), part.textContent.length - 1);
    const selection = document.getSelection();
    if (extend && selection.rangeCount) {
      selection.extend(part.firstChild, at + 1);
    } else {
      selection.setBaseAndExtent(part.firstChild, at, part.firstChild, at + 1);
    }
    reveal(part, document.getElementById("dump"));
    noticed();
  }

  const lineLength = (number) =>
    all(`#dump .seg[data-line="${number}"]`).reduce((sum, part) => sum + part.textContent.length, 0);

  function moveCaret(key, extend) {
    const lines = all("#dump .line").filter((line) => line.dataset.block);
    const numbers = lines.map((line) => Number(line.id.slice(1)));
    if (!caret) {
      caret = { line: numbers[0], character: 0 };
      return showCaret();
    }
    const here = Math.max(0, numbers.indexOf(caret.line));
    let { line, character } = caret;
    if (extend) {
      const end = placeAt(document.getSelection().focusNode, document.getSelection().focusOffset);
      if (end) ({ line, character } = { line: end.line, character: Math.max(0, end.character - 1) });
    }
    if (key === "ArrowDown") line = numbers[Math.min(numbers.indexOf(line) + 1, numbers.length - 1)];
    if (key === "ArrowUp") line = numbers[Math.max(numbers.indexOf(line) - 1, 0)];
    if (key === "ArrowRight") character += 1;
    if (key === "ArrowLeft") character -= 1;
    if (key === "Home") character = 0;
    if (key === "End") character = lineLength(line) - 1;
    if (character < 0) {
      line = numbers[Math.max(here - 1, 0)];
      character = lineLength(line) - 1;
    } else if (key === "ArrowRight" && character >= lineLength(line)) {
      line = numbers[Math.min(here + 1, numbers.length - 1)];
      character = 0;
    }
    const anchor = caret;
    caret = { line, character: Math.min(character, Math.max(0, lineLength(line) - 1)) };
    showCaret(extend);
    if (extend) caret = anchor;
  }

  function tickLine() {
    const box = caret && document.querySelector(`#l${caret.line} input[type=checkbox]`);
    if (box) box.checked = !box.checked;
  }

  // Posting in place.

  const stays = (button) => button?.name && !["save", "preview", "withhold"].includes(button.name);

  async function post(button) {
    if (!button.closest("#form")) noticed();
    const scrolled = all(".pane").map((pane) => [pane.id, pane.scrollTop]);
    const data = new FormData(form, button);
    work.setAttribute("aria-busy", "true");
    let response;
    try {
      response = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { [form.dataset.part]: "1" } });
    } catch {
      submitting = true;
      form.requestSubmit(button);
      return;
    }
    const text = await response.text();
    if (response.redirected || !text.includes('name="based_on"')) {
      window.location.assign(response.url);
      return;
    }
    work.innerHTML = text; // the server's own template, every value in it escaped there
    work.removeAttribute("aria-busy");
    for (const [id, top] of scrolled) document.getElementById(id).scrollTop = top;
    ready(button);
  }

  function ready(button) {
    for (const element of all(".needs-script")) element.hidden = false;
    field("remembered").value = remembered;
    const keys = document.getElementById("keys");
    if (keys) keys.checked = localStorage.getItem("desk-keys") !== "off";
    const error = document.getElementById("error");
    const focus = work.querySelector("[data-focus]");
    if (error) {
      error.focus();
    } else if (focus) {
      focus.focus();
      focus.scrollIntoView({ block: "center" });
    } else if (button) {
      document.getElementById("dump").focus({ preventScroll: true });
    }
    const doubt = work.querySelector(".line.in-doubt");
    if (doubt && (!button || button.name === "go" || button.name === "action")) {
      reveal(doubt, document.getElementById("dump"));
      point(doubt.dataset.block, document.getElementById("dump"));
    } else if (caret && !focus && !error) {
      showCaret();
    }
    if (caret) field("place").value = `${caret.line},${caret.character}`;
  }

  form.addEventListener("submit", (event) => {
    if (submitting || !stays(event.submitter)) {
      noticed();
      submitting = ["save", "withhold"].includes(event.submitter?.name);
      return;
    }
    event.preventDefault();
    post(event.submitter);
  });

  window.addEventListener("beforeunload", (event) => {
    if (!submitting && field("actions").value !== "[]") event.preventDefault();
  });

  document.addEventListener("selectionchange", () => {
    if (!document.activeElement?.matches("input, textarea, select")) noticed();
  });

  work.addEventListener("mouseover", (event) => {
    const part = event.target.closest("[data-block]");
    const selected = document.getSelection();
    if (part && (selected.isCollapsed || !work.contains(selected.anchorNode)) && !caret) {
      point(part.dataset.block, part.closest(".pane"), false);
    }
  });

  // Touching a text selects nothing by itself.
  function touched(event) {
    if (!event.target.closest("[data-start]") || !document.getSelection().isCollapsed) return;
    const found = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const range = found ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const [node, offset] = found ? [found.offsetNode, found.offset] : [range?.startContainer, range?.startOffset];
    const place = node && placeAt(node, offset);
    if (place) at([], place);
  }

  work.addEventListener("click", (event) => {
    touched(event);
    const link = event.target.closest("a.letter, a.to-dump, [data-line-link]");
    if (link) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      const line = link.dataset.lineLink || (link.matches(".to-dump") && link.hash.slice(2));
      if (line) {
        caret = { line: Number(line), character: 0 };
        showCaret();
      } else {
        reveal(target, target.closest(".pane"));
        point(target.id, document.getElementById("dump"));
      }
      return;
    }
    if (event.target.closest("[data-remember]")) {
      remembered = field("place").value;
      field("remembered").value = remembered;
      const where = document.getElementById("where");
      where.textContent = filled(where.dataset.remembered, { place: where.textContent });
      return;
    }
    if (event.target.id === "keys") localStorage.setItem("desk-keys", event.target.checked ? "on" : "off");
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      work.querySelector("button[name=save]:not(:disabled)")?.click();
      return;
    }
    if (event.key === "Escape" && work.querySelector("#form")) {
      work.querySelector('#form button[name=show][value=""]').click();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const inPane = event.target.closest?.("#dump, #read") || event.target === document.body;
    if (inPane && /^(Arrow|Home|End)/.test(event.key)) {
      event.preventDefault();
      moveCaret(event.key, event.shiftKey);
      return;
    }
    if (event.key === " " && event.target.closest?.("#dump") && !event.target.matches("input, a, button")) {
      event.preventDefault();
      tickLine();
      return;
    }
    if (document.getElementById("keys")?.checked === false) return;
    const key = event.key.toLowerCase();
    const focus = work.querySelector(`[data-focus-key="${CSS.escape(key)}"]`);
    const button = work.querySelector(`button[data-key="${CSS.escape(key)}"]:not(:disabled)`);
    if (focus || button) event.preventDefault();
    if (focus) focus.focus();
    else if (button) button.click();
  });

  ready(null);
}
