"use strict";
(() => {
  const svg = document.getElementById("diagram");
  if (!svg) return;
  const map = svg.parentElement;
  const panel = document.getElementById("chosen");
  const find = document.getElementById("find-table");
  const found = document.getElementById("found-table");
  const boxes = [...svg.querySelectorAll("a.box")];
  const wires = [...svg.querySelectorAll(".wire")].map((path) => [path, Number(path.dataset.child), Number(path.dataset.parent)]);
  const entities = boxes.map((_, at) => document.getElementById(`entity-${at}`));
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const named = (entity) => [...entity.querySelectorAll("code.what")].map((code) => plain(code.textContent));
  const names = entities.map((entity) => named(entity)[0]);
  const texts = entities.map((entity) => named(entity).join(" "));
  const places = boxes.map((box) => box.querySelector("rect")).map((rect) => [rect.x.baseVal.value, rect.y.baseVal.value]);
  const [wide, high] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const near = 0.75;
  let scale = 1;
  let chosen = -1;

  const zoom = (to) => {
    scale = Math.min(Math.max(to, 0.15), 2);
    svg.setAttribute("width", wide * scale);
    svg.setAttribute("height", high * scale);
    svg.style.setProperty("--up", Math.min(1 / scale, 2.2));
  };
  const whole = () => Math.min(1, (map.clientWidth - 26) / wide);
  const bring = (at) => {
    const [x, y] = places[at];
    map.scrollTo({ left: (x + 92) * scale - map.clientWidth / 2, top: (y + 15) * scale - map.clientHeight / 2 });
  };
  const tabbable = (at) => boxes.forEach((box, one) => box.setAttribute("tabindex", one === at ? "0" : "-1"));

  const show = (at) => {
    const title = entities[at].querySelector("summary").cloneNode(true);
    const heading = document.createElement("h4");
    heading.append(...title.childNodes);
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", leave);
    panel.replaceChildren(close, heading, entities[at].querySelector(".entity").cloneNode(true));
    panel.scrollTop = 0;
  };

  const choose = (at) => {
    chosen = at;
    svg.classList.toggle("choosing", at >= 0);
    const beside = new Set();
    for (const [path, child, parent] of wires) {
      const lit = child === at || parent === at;
      path.classList.toggle("lit", lit);
      if (lit) beside.add(child).add(parent);
    }
    boxes.forEach((box, one) => {
      box.classList.toggle("chosen", one === at);
      box.classList.toggle("near", one !== at && beside.has(one));
      if (one === at) box.setAttribute("aria-current", "true");
      else box.removeAttribute("aria-current");
    });
    panel.hidden = at < 0; // the map is now narrower: only then is it known where its middle is
    if (at < 0) return;
    show(at);
    tabbable(at);
    if (scale < near) zoom(1);
    bring(at);
    panel.scrollIntoView({ block: "nearest" }); // on a phone it is below the map
  };
  const leave = () => {
    const back = boxes[chosen];
    choose(-1);
    back.focus({ preventScroll: true });
  };

  const narrow = () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    const hits = texts.map((text, at) => !entities[at].hidden && words.every((word) => text.includes(word)));
    boxes.forEach((box, at) => box.classList.toggle("off", !hits[at]));
    const count = hits.filter(Boolean).length;
    if (count > 0 && count < boxes.length) bring(hits.indexOf(true));
    found.textContent = words.length ? `${count} of ${boxes.length}` : "";
    return hits;
  };
  const best = () => {
    const hits = narrow();
    const word = plain(find.value).trim();
    const rank = (at) => {
      const bare = names[at].slice(names[at].indexOf(".") + 1);
      return [[bare, names[at]].includes(word), bare.startsWith(word), names[at].includes(word), true].indexOf(true);
    };
    const order = hits.flatMap((hit, at) => (hit ? [at] : [])).sort((a, b) => rank(a) - rank(b) || a - b);
    return word && order.length ? order[0] : -1;
  };

  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const next = (from, [dx, dy]) => {
    const [x, y] = places[from];
    let [nearest, least] = [from, Infinity];
    places.forEach(([toX, toY], at) => {
      const [ahead, aside] = dx ? [(toX - x) * dx, Math.abs(toY - y)] : [(toY - y) * dy, Math.abs(toX - x)];
      const far = ahead + 2 * aside;
      if (ahead > 0 && far < least) [nearest, least] = [at, far];
    });
    return nearest;
  };

  const section = map.closest("section");
  section.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#entity-']");
    if (!link) return;
    event.preventDefault();
    const inside = panel.contains(link);
    choose(Number(link.getAttribute("href").slice("#entity-".length)));
    if (inside) panel.focus({ preventScroll: true }); // the link that was followed is gone
  });
  svg.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(document.activeElement);
    if (at < 0 || !step[event.key]) return;
    event.preventDefault();
    const to = next(at, step[event.key]);
    tabbable(to);
    boxes[to].focus({ preventScroll: true });
    bring(to);
  });
  section.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen >= 0) leave();
  });
  find.addEventListener("input", narrow);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose(best());
  });
  document.addEventListener("narrowed", narrow);
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const to = { fit: whole, in: () => scale * 1.3, out: () => scale / 1.3 }[button.dataset.zoom];
    button.addEventListener("click", () => zoom(to()));
  }
  document.querySelector(".map-bar").hidden = false;
  tabbable(0);
  zoom(map.clientWidth > 640 ? whole() : Math.max(whole(), near));
})();
