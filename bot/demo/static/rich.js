// Telegram text and entities as elements. Offsets are UTF-16, which is how JavaScript counts as well.

import { copyText, h } from "./dom.js";

const PLAIN = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", spoiler: "span", blockquote: "blockquote",
  expandable_blockquote: "blockquote", code: "code", pre: "pre",
};

// `act` carries out what a tapped link, command or copied text asks for.
export function rich(text, entities, act) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, [...(entities ?? [])], act);
  return fragment;
}

function fill(parent, text, start, end, entities, act) {
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    if (from > at) parent.append(text.slice(at, from));
    const inner = [];
    while (entities.length && entities[0].offset < to) inner.push(entities.shift());
    const { outer, body } = element(entity, text.slice(from, to), act);
    fill(body, text, from, to, inner, act);
    parent.append(outer);
    at = to;
    // The line break that ends a block is drawn by the block itself.
    if (["PRE", "BLOCKQUOTE"].includes(outer.tagName) && text[at] === "\n" && at < end) at += 1;
  }
  if (at < end) parent.append(text.slice(at, end));
}

function element(entity, text, act) {
  const tag = PLAIN[entity.type];
  switch (entity.type) {
    case "url":
    case "text_link":
    case "email":
      return same(link(entity, text, act));
    case "bot_command":
      return same(h("button", { type: "button", class: "link", onclick: () => act.command(text) }));
    case "spoiler":
      return same(spoiler());
    case "code":
      return same(h("code", { title: "Klik untuk menyalin", onclick: () => copied(text, act) }));
    case "pre": {
      const body = h("code");
      const copy = h("button", { type: "button", class: "copy", onclick: () => copied(text, act) }, "Salin");
      return { outer: h("pre", {}, body, copy), body };
    }
    case "expandable_blockquote":
      return expandable(text);
    default:
      return same(tag ? h(tag) : h("span"));
  }
}

const same = (outer) => ({ outer, body: outer });

async function copied(text, act) {
  if (await copyText(text)) act.toast("Tersalin");
}

export function link(entity, text, act) {
  const raw = entity.url ?? text;
  const address = entity.type === "email" ? `mailto:${raw}` : /^[a-z][a-z+.-]*:/i.test(raw) ? raw : `https://${raw}`;
  if (!/^(https?|mailto|tg):/i.test(address)) return h("span");
  return h("a", {
    href: address,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => {
      if (act.link(address)) event.preventDefault();
    },
  });
}

function spoiler() {
  const open = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    hidden.classList.remove("spoiler");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  const hidden = h("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": "Teks tersembunyi, ketuk untuk membuka",
    onclick: open, onkeydown: open,
  });
  return hidden;
}

function expandable(text) {
  const body = h("div", { class: "quoted" });
  const outer = h("blockquote", {}, body);
  if (text.length > 160 || text.split("\n").length > 3) {
    outer.classList.add("folded");
    const toggle = h("button", { type: "button", class: "fold", "aria-expanded": "false", onclick: () => {
      const folded = outer.classList.toggle("folded");
      toggle.setAttribute("aria-expanded", String(!folded));
      toggle.textContent = folded ? "Selengkapnya" : "Ringkas";
    } }, "Selengkapnya");
    outer.append(toggle);
  }
  return { outer, body };
}
