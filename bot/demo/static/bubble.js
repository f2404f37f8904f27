// One message as Telegram draws it: quote, media, text, time, and the keyboard below.

import { copyText, fileSize, h, hour, icon, ICONS } from "./dom.js";
import { rich } from "./rich.js";

export const fileUrl = (id, download) => `/api/files/${encodeURIComponent(id)}${download ? "?unduh" : ""}`;

export const summary = (message) =>
  message.text ?? message.caption ?? (message.photo ? "Foto" : message.document ? message.document.file_name : "Pesan");

export function bubble(message, { bot, people, act }) {
  const own = message.from.id !== bot.id;
  const date = new Date(message.date * 1000);
  const sender = own ? "Anda" : bot.name;
  const element = h("div", {
    class: `msg ${own ? "out" : "in"}${message.photo ? " has-photo" : ""}${message.reply_markup ? " keyed" : ""}`,
    "data-testid": "msg",
    "data-message-id": message.message_id,
    "data-from": own ? "person" : "bot",
  });
  const body = h("div", { class: "bubble" }, h("span", { class: "vh" }, `${sender}, pukul ${hour(date)}. `));
  if (message.reply_to_message) body.append(quote(message.reply_to_message, bot, act));
  if (message.photo) body.append(photo(message, act));
  if (message.document) body.append(document_(message.document));
  const text = message.text ?? message.caption;
  if (text) {
    body.append(h("div", { class: "text" }, rich(text, message.entities ?? message.caption_entities, act)));
  }
  const changed = message.edit_date && !message.reply_markup && own;
  body.append(
    h("div", { class: "meta" }, more(message, own, act), changed ? "diubah" : null,
      h("time", { datetime: date.toISOString() }, hour(date)),
      own ? h("span", { class: "tick", "aria-label": "terkirim", role: "img" }, "✓") : null),
  );
  element.append(body);
  if (message.reply_markup?.inline_keyboard) element.append(keyboard(message, act));
  return element;
}

function quote(message, bot, act) {
  const name = message.from.id === bot.id ? bot.name : "Anda";
  return h("button", { type: "button", class: "quote", onclick: () => act.show(message.message_id) },
    h("strong", {}, name), h("span", {}, summary(message)));
}

function photo(message, act) {
  const size = message.photo.at(-1);
  const image = h("img", {
    src: fileUrl(size.file_id), width: size.width, height: size.height, decoding: "async",
    alt: message.caption ? `Foto: ${message.caption.slice(0, 120)}` : "Foto",
  });
  return h("button", { type: "button", class: "photo", "aria-label": `Buka foto${message.caption ? `: ${message.caption.slice(0, 80)}` : ""}`,
    onclick: () => act.photo(size.file_id, message.caption) }, image);
}

function document_(file) {
  return h("a", { class: "doc", href: fileUrl(file.file_id, true), download: file.file_name, "data-testid": "doc" },
    h("span", { class: "doc-icon" }, icon(ICONS.file)),
    h("span", { class: "doc-name" }, h("strong", {}, file.file_name || "berkas"),
      h("span", {}, `${fileSize(file.file_size ?? 0)} · unduh`)));
}

function more(message, own, act) {
  const button = h("button", {
    type: "button", class: "more", "aria-label": "Tindakan untuk pesan ini", "aria-haspopup": "menu",
    "aria-expanded": "false", "data-testid": "msg-menu",
  }, icon(ICONS.more));
  const items = [
    ["Balas", () => act.reply(message)],
    (message.text ?? message.caption) && ["Salin teks", async () => (await copyText(message.text ?? message.caption)) && act.toast("Tersalin")],
    own && message.text && ["Ubah", () => act.edit(message)],
  ].filter(Boolean);
  button.addEventListener("click", () => act.menu(button, items));
  return button;
}

// Buttons share a row evenly while their labels fit on one line; a label that does not fit moves to the next line.
function keyboard(message, act) {
  const rows = message.reply_markup.inline_keyboard.map((row, y) => {
    const line = h("div", { class: "kb-row" }, ...row.map((button, x) => key(button, `${y}.${x}`, message, act)));
    line.style.setProperty("--n", row.length);
    return line;
  });
  return h("div", { class: "keyboard", role: "group", "aria-label": "Tombol pesan" }, ...rows);
}

function key(button, place, message, act) {
  const known = { class: "kb", "data-testid": "kb", "data-place": place };
  if (button.url) {
    return h("a", { ...known, href: button.url, target: "_blank", rel: "noopener noreferrer",
      onclick: (event) => act.link(button.url) && event.preventDefault() }, button.text, h("span", { class: "mark" }, icon(ICONS.link)));
  }
  if (button.copy_text) {
    return h("button", { ...known, type: "button", onclick: async () => (await copyText(button.copy_text.text)) && act.toast("Tersalin") },
      button.text, h("span", { class: "mark" }, icon(ICONS.copy)));
  }
  if (button.callback_data === undefined) {
    return h("button", { ...known, type: "button", onclick: () => act.toast("Tombol ini hanya berfungsi di Telegram.") }, button.text);
  }
  return h("button", { ...known, type: "button", "data-callback": button.callback_data,
    onclick: (event) => act.tap(message, button.callback_data, event.currentTarget) }, button.text);
}
