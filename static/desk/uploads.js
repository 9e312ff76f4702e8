// Sends dumps one by one, each with the facts beside it, and shows how far it has come. Without this script the form
// sends them all at once.
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
}
