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

  const hide = (element, hidden) => {
    if (element.hidden !== hidden) element.hidden = hidden; // the browser styles anew what is set, also to what it was
  };

  const filter = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [element, text] of items) {
      const hit = words.every((word) => text.includes(word));
      hide(element, !hit);
      if (hit) shown += 1;
    }
    const matches = (element) => element.matches("[data-find]:not([hidden])") || element.querySelector("[data-find]:not([hidden])");
    for (const [element, open] of folds) {
      const hit = matches(element);
      hide(element, !hit);
      if (hit && element.open !== (words.length > 0 || open)) element.open = words.length > 0 || open; // unseen ones cost as much
    }
    for (const element of sections) hide(element, words.length > 0 && !matches(element));
    found.textContent = words.length ? `${shown} of ${items.length}` : "";
    none.hidden = shown > 0 || !words.length;
    document.dispatchEvent(new Event("narrowed"));
  };

  box.closest("[role=search]").hidden = false;
  box.addEventListener("input", filter);
  if (box.value) filter();
})();
