// Shows how far an upload has come. Without this script the form works as any other.
"use strict";
{
  const form = document.getElementById("uploads");
  const shown = document.getElementById("upload-progress");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const bar = shown.querySelector("progress");
    const words = shown.querySelector("span");
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) {
        bar.value = sent.loaded / sent.total;
        words.textContent = `${Math.round((100 * sent.loaded) / sent.total)} %`;
      }
    });
    request.addEventListener("load", () => window.location.reload());
    request.addEventListener("error", () => form.submit());
    shown.hidden = false;
    request.open("POST", window.location.href);
    request.send(new FormData(form));
    bar.removeAttribute("value");
  });
}
