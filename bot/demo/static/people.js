// Who speaks: the list of people with role, last words and unread mark.

import { $, h, hour, icon, ICONS, initials } from "./dom.js";
import { summary } from "./bubble.js";

export class People {
  constructor(context) {
    this.context = context;
    this.list = [];
    this.current = null;
  }

  set(list) {
    this.list = list;
    this.draw();
  }

  get(id) {
    return this.list.find((person) => person.id === id);
  }

  select(id) {
    this.current = id;
    this.draw();
  }

  // A change of any chat: the last words and the mark move along.
  apply({ kind, chat_id, body }, looking) {
    const person = this.get(chat_id);
    if (!person) return;
    if (kind === "message") {
      person.last = body;
      if (body.from.id === this.context.bot.id && !looking) person.unread += 1;
    } else if (kind === "edited" && person.last?.message_id === body.message_id) person.last = body;
    else if (kind === "read") person.unread = body.unread;
    else return;
    this.draw();
  }

  draw() {
    const focused = document.activeElement?.dataset?.person;
    $("people").replaceChildren(...this.list.map((person) => h("li", {}, this.row(person))));
    if (focused) $("people").querySelector(`[data-person="${focused}"]`)?.focus({ preventScroll: true });
    this.drawToggle();
    const unread = this.list.reduce((sum, person) => sum + (person.id === this.current ? 0 : person.unread), 0);
    document.title = unread ? `(${unread}) Demo Pandu ZI` : "Demo Pandu ZI";
  }

  row(person) {
    const current = person.id === this.current;
    const { last } = person;
    const words = last ? `${last.from.id === this.context.bot.id ? "" : "Anda: "}${summary(last).split("\n")[0]}` : person.note || "Belum ada percakapan";
    return h("button", {
      type: "button", class: "person", "data-testid": `person-${person.id}`, "data-person": person.id,
      "aria-current": current ? "true" : null, title: person.note || null, onclick: () => this.context.choose(person.id),
    },
      avatar(person),
      h("span", { class: "person-text" },
        h("span", { class: "person-top" }, h("strong", {}, person.name), last ? h("time", {}, hour(new Date(last.date * 1000))) : null),
        h("span", { class: "role" }, person.role),
        h("span", { class: "last" }, words)),
      mark(person.unread && !current ? person.unread : 0));
  }

  drawToggle() {
    const person = this.get(this.current);
    if (!person) return;
    const others = this.list.filter(({ id, unread }) => id !== this.current && unread).length;
    const news = others ? h("span", { class: "badge", "data-testid": "others-unread" }, String(others), h("span", { class: "vh" }, " orang lain punya pesan baru")) : null;
    $("people-toggle").replaceChildren(
      h("span", { class: "vh" }, "Bicara sebagai "),
      h("span", { class: "chip-face" }, avatar(person), news ?? ""),
      h("span", { class: "chip-text" }, h("strong", {}, shortName(person.name)), h("span", {}, person.role)), icon(ICONS.down));
  }
}

// The header says "contoh" already; the little room is for the name.
export const shortName = (name) => name.replace(/\s*\(contoh\)\s*$/i, "");

function avatar({ id, name }) {
  const face = h("span", { class: "avatar", "aria-hidden": "true" }, initials(name));
  face.dataset.tone = id % 6;
  return face;
}

function mark(unread) {
  if (!unread) return null;
  return h("span", { class: "badge", "data-testid": "unread" }, String(unread), h("span", { class: "vh" }, " pesan baru"));
}
