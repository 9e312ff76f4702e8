// What the pages do beyond HTML. Everything here is an addition: without it each form and link works by itself.
"use strict";
(function () {
  const root = document.documentElement;
  root.dataset.script = "";
  const kept = {
    get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* no storage: the choice lasts for the page */ } },
  };
  for (const name of ["theme", "size"]) if (kept.get(name)) root.dataset[name] = kept.get(name);

  function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }

  function confirmOn(button) {
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 1600);
  }

  function suggest(input) {
    const list = document.createElement("ul");
    const said = document.createElement("span");
    list.className = "suggestions";
    list.id = input.id + "-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent : "");
    list.hidden = true;
    said.className = "quiet";
    said.setAttribute("role", "status");
    input.form.append(list, said);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    let items = [], at = -1, asked = 0, timer;

    function close() { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
    function choose(place) {
      at = place;
      list.childNodes.forEach((node, n) => node.setAttribute("aria-selected", n === at));
      if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", list.childNodes[at].id);
      list.childNodes[at].scrollIntoView({ block: "nearest" });
    }
    function show(found) {
      items = found;
      list.replaceChildren(...found.map((item, n) => {
        const row = document.createElement("li"), text = document.createElement("span"), more = document.createElement("small");
        row.id = list.id + n;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        text.textContent = item.text;
        text.lang = "zh-Hans";
        more.textContent = item.label + (item.count > 1 ? " " + item.count : "");
        row.append(text, more);
        row.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = item.url; });
        return row;
      }));
      list.hidden = !found.length;
      at = -1;
      input.setAttribute("aria-expanded", String(found.length > 0));
      said.textContent = found.length ? found.length + " " + input.dataset.say : "";
    }
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const q = input.value.trim(), mine = ++asked;
      if (!q) { close(); return; }
      timer = setTimeout(() => fetch(input.dataset.suggest + "?q=" + encodeURIComponent(q))
        .then((answer) => answer.json())
        .then((answer) => { if (mine === asked && document.activeElement === input) show(answer.suggestions); })
        .catch(close), 120);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) { close(); event.preventDefault(); }
      else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        const step = event.key === "ArrowDown" ? 1 : -1, n = items.length + 1;
        choose((at + 1 + step + n) % n - 1);
        event.preventDefault();
      } else if (event.key === "Enter" && at >= 0) { location.href = items[at].url; event.preventDefault(); }
    });
    input.addEventListener("blur", close);
  }

  function live(form) {
    const target = document.getElementById(form.dataset.live);
    let timer, asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      const mine = ++asked;
      timer = setTimeout(() => {
        const address = "?" + new URLSearchParams(new FormData(form));
        fetch(address).then((answer) => answer.text()).then((html) => {
          if (mine !== asked) return;
          const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(target.id);
          target.replaceChildren(...fresh.childNodes);
          history.replaceState(null, "", address);
        });
      }, 150);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("input[data-suggest]").forEach(suggest);
    document.querySelectorAll("form[data-live]").forEach(live);
    document.querySelectorAll("[data-theme-switch]").forEach((button) => {
      const label = () => { button.textContent = button.dataset.name + " · " + button.dataset[root.dataset.theme || "auto"]; };
      const next = { auto: "light", light: "dark", dark: "" };
      button.addEventListener("click", () => {
        const theme = next[root.dataset.theme || "auto"];
        if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
        kept.set("theme", theme);
        label();
      });
      label();
    });
    if (navigator.share) document.querySelectorAll("[data-share]").forEach((button) => { button.textContent = button.dataset.name; });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.size) {
        const size = String(Math.min(4, Math.max(1, Number(root.dataset.size || 2) + Number(button.dataset.size))));
        root.dataset.size = size;
        kept.set("size", size);
      } else if (button.dataset.copy) copy(document.getElementById(button.dataset.copy).textContent).then(() => confirmOn(button));
      else if (button.dataset.share) {
        if (navigator.share) navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {});
        else copy(button.dataset.share).then(() => confirmOn(button));
      }
    });
  });
})();
