"use strict";
(() => {
  const box = document.getElementById("filter");
  if (!box) return;
  const found = document.getElementById("found");
  const lines = [...document.querySelectorAll("tr.line")];
  const texts = lines.map((line) => line.textContent.toLowerCase());
  box.closest("[hidden]").hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(" ").filter(Boolean);
    let shown = 0;
    lines.forEach((line, k) => {
      line.hidden = !words.every((word) => texts[k].includes(word));
      shown += line.hidden ? 0 : 1;
    });
    for (const paper of document.querySelectorAll(".paper")) {
      paper.hidden = !paper.querySelector("tr.line:not([hidden])");
    }
    found.textContent = words.length ? `${shown} of ${lines.length}` : "";
  });
})();
