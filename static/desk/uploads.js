// Sends dumps one by one, each with the facts beside it, and shows how far it has come. Without this script the form
// sends them all at once. While the worker has files to read, the lists are fetched anew.
"use strict";
{
  const form = document.getElementById("uploads");
  const shown = document.getElementById("upload-progress");
  const stem = (file) => file.name.replace(/\.[^.]*$/, "");
  const isFacts = (file) => file.name.toLowerCase().endsWith(".toml");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const files = [...document.getElementById("dumps").files];
    const dumps = files.filter((file) => !isFacts(file));
    const bar = shown.querySelector("progress");
    const words = shown.querySelector("span");
    shown.hidden = false;
    bar.max = dumps.length;
    for (const [count, dump] of dumps.entries()) {
      words.textContent = `${count} / ${dumps.length} ${dump.name}`;
      bar.value = count;
      const data = new FormData(form);
      data.delete("dumps");
      data.append("dumps", dump);
      for (const file of files) {
        if (isFacts(file) && [stem(dump), dump.name].includes(stem(file))) data.append("dumps", file);
      }
      try {
        await fetch(window.location.href, { method: "POST", body: data, redirect: "manual" });
      } catch {
        words.textContent = `${dump.name} ✗`;
      }
    }
    window.location.reload();
  });

  const EVERY = 1500;

  async function look() {
    const lists = document.getElementById("upload-lists");
    if (!("pending" in lists.dataset)) return;
    // What is ticked would be lost under the hand.
    if (!lists.contains(document.activeElement)) {
      try {
        const answer = await fetch(window.location.href);
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("upload-lists");
        if (fresh) lists.replaceWith(fresh);
      } catch {
        // The server is away for a moment; the next look tells.
      }
    }
    setTimeout(look, EVERY);
  }

  setTimeout(look, EVERY);
}
