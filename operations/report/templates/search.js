"use strict";
(() => {
  const box = document.getElementById("find");
  if (!box) return;
  const found = document.getElementById("found");
  const none = document.getElementById("none");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll("[data-find]")].map((element) => [element, plain(element.textContent)]);
  const folds = [...document.querySelectorAll("[data-fold]")].map((element) => [element, element.open]);
  const sections = [...document.querySelectorAll("main > section")];

  const filter = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [element, text] of items) {
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) shown += 1;
    }
    const matches = (element) => element.matches("[data-find]:not([hidden])") || element.querySelector("[data-find]:not([hidden])");
    for (const [element, open] of folds) {
      element.open = words.length ? true : open;
      element.hidden = !matches(element);
    }
    for (const element of sections) element.hidden = words.length > 0 && !matches(element);
    found.textContent = words.length ? `${shown} of ${items.length}` : "";
    none.hidden = shown > 0 || !words.length;
    document.dispatchEvent(new Event("narrowed"));
  };

  box.closest("[role=search]").hidden = false;
  box.addEventListener("input", filter);
  if (box.value) filter();
})();
