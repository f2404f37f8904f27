// One message as Telegram draws it: quote, media, text, time, and the keyboard below.

import { copyText, fileSize, h, hour, icon, ICONS, initials } from "./dom.js";
import { rich } from "./rich.js";

export const fileUrl = (id, download) => `/api/files/${encodeURIComponent(id)}${download ? "?unduh" : ""}`;

export const summary = (message) =>
  message.text ?? message.caption ?? event(message) ?? (message.photo ? "Foto" : message.document ? message.document.file_name : "Pesan");

export const nameOf = ({ first_name, last_name }) => [first_name, last_name].filter(Boolean).join(" ").replace(/\s*\(contoh\)\s*$/i, "");

// What happened in a group, as one line; null for what somebody said.
function event(message) {
  const who = nameOf(message.from);
  if (message.new_chat_members) {
    const came = message.new_chat_members.map(nameOf).join(", ");
    return message.new_chat_members.some(({ id }) => id === message.from.id) ? `${came} bergabung` : `${who} menambahkan ${came}`;
  }
  if (message.left_chat_member) {
    const gone = message.left_chat_member;
    return gone.id === message.from.id ? `${nameOf(gone)} keluar dari grup` : `${who} mengeluarkan ${nameOf(gone)}`;
  }
  if (message.pinned_message) return `${who} menyematkan pesan`;
  if (message.forum_topic_edited) return `Topik sekarang bernama "${message.forum_topic_edited.name}"`;
  if (message.forum_topic_closed) return "Topik ini ditutup";
  if (message.forum_topic_created) return `Topik "${message.forum_topic_created.name}" dibuat`;
  if (message.migrate_from_chat_id || message.migrate_to_chat_id) return "Grup ini menjadi supergrup";
  return null;
}

export function bubble(message, { bot, act, place }) {
  const happened = event(message);
  if (happened) {
    return h("p", { class: "day event", "data-testid": "event", "data-message-id": message.message_id }, h("span", {}, happened));
  }
  const own = message.from.id === place().user;
  const fromBot = message.from.id === bot.id;
  const many = place().chat < 0;
  const date = new Date(message.date * 1000);
  const sender = own ? "Anda" : fromBot ? bot.name : nameOf(message.from);
  const element = h("div", {
    class: `msg ${own ? "out" : "in"}${message.photo ? " has-photo" : ""}${message.reply_markup ? " keyed" : ""}`,
    "data-testid": "msg",
    "data-message-id": message.message_id,
    "data-from": own ? "person" : fromBot ? "bot" : "other",
  });
  const body = h("div", { class: "bubble" }, h("span", { class: "vh" }, `${sender}, pukul ${hour(date)}. `));
  if (many && !own) body.append(speaker(message.from, sender, fromBot));
  if (message.via_bot) body.append(h("p", { class: "via", "data-testid": "via" }, `lewat @${message.via_bot.username}`));
  const answered = message.reply_to_message;
  if (answered && !answered.forum_topic_created) body.append(quote(answered, place().user, bot, act));
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

// Read aloud already by the hidden name; here for the eye.
function speaker({ id }, name, fromBot) {
  const face = h("span", { class: "avatar" }, initials(name));
  face.dataset.tone = id % 6;
  return h("p", { class: "speaker", "aria-hidden": "true", "data-testid": "speaker" }, face, h("strong", {}, name), fromBot ? h("span", { class: "tag" }, "bot") : null);
}

function quote(message, me, bot, act) {
  const name = message.from.id === bot.id ? bot.name : message.from.id === me ? "Anda" : nameOf(message.from);
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
  if (button.switch_inline_query_current_chat !== undefined) {
    return h("button", { ...known, type: "button", onclick: () => act.inline(button.switch_inline_query_current_chat) }, button.text);
  }
  if (button.callback_data === undefined) {
    return h("button", { ...known, type: "button", onclick: () => act.toast("Tombol ini hanya berfungsi di Telegram.") }, button.text);
  }
  return h("button", { ...known, type: "button", "data-callback": button.callback_data,
    onclick: (event) => act.tap(message, button.callback_data, event.currentTarget) }, button.text);
}
