// Who speaks: the list of people with role, last words and unread mark.

import { $, h, hour, icon, ICONS, initials } from "./dom.js";
import { nameOf, summary } from "./bubble.js";
import { isGroup, privateOf, same, topicOf } from "./places.js";

export class People {
  constructor(context) {
    this.context = context;
    this.list = [];
    this.place = privateOf(null);
  }

  get current() {
    return this.place.user;
  }

  set(list) {
    this.list = list;
    this.draw();
  }

  get(id) {
    return this.list.find((person) => person.id === id);
  }

  select(place) {
    this.place = place;
    this.draw();
  }

  // The group of a place, as this person has it.
  group(place = this.place) {
    return this.get(place.user)?.groups.find(({ id }) => id === place.chat);
  }

  // A place that exists: somebody who plays here, in a group that they are in, in a topic it has.
  real(place) {
    if (!place || !this.get(place.user)) return null;
    const group = this.group(place);
    if (!isGroup(place) || !group) return privateOf(place.user);
    return group.topics.some(({ id }) => id === place.thread) ? place : { ...place, thread: 0 };
  }

  // A change of any chat: the last words and the mark move along.
  apply({ kind, chat_id, body }, looking) {
    const holders = this.list
      .map((person) => [person, chat_id < 0 ? person.groups.find(({ id }) => id === chat_id) : person.id === chat_id && person])
      .filter(([, chat]) => chat);
    for (const [person, chat] of holders) {
      if (kind === "message") {
        chat.last = body;
        if (body.from.id !== person.id && !(looking && person.id === this.current)) chat.unread += 1;
      } else if (kind === "edited" && chat.last?.message_id === body.message_id) chat.last = body;
      else if (kind === "read" && body.user_id === person.id) chat.unread = body.unread;
    }
    if (holders.length && ["message", "edited", "read"].includes(kind)) this.draw();
  }

  draw() {
    const focused = document.activeElement?.dataset?.person;
    $("people").replaceChildren(...this.list.map((person) => h("li", {}, this.row(person))));
    if (focused) $("people").querySelector(`[data-person="${focused}"]`)?.focus({ preventScroll: true });
    this.drawToggle();
    this.drawStrips();
    const unread = this.list.reduce((sum, person) => sum + (person.id === this.current ? 0 : unreadOf(person)), 0);
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
      mark(current ? 0 : unreadOf(person)));
  }

  // The chats of the person who speaks, and the topics of the group they are in.
  drawStrips() {
    const person = this.get(this.current);
    const groups = person?.groups ?? [];
    const group = this.group();
    strip("chats", groups.length ? [
      { place: privateOf(this.current), label: this.context.bot.name, testid: "chat-private", unread: person.unread, note: "obrolan pribadi" },
      ...groups.map(({ id, title, topics, unread, last }) => ({
        place: { user: this.current, chat: id, thread: last && topics.length ? topicOf(last) : 0 }, label: shortName(title), testid: `chat-${id}`, unread,
        note: last ? `${nameOf(last.from)}: ${summary(last).split("\n")[0]}` : "",
      })),
    ] : [], (place) => place.chat === this.place.chat, this.context.go);
    strip("topics", (group?.topics ?? []).map(({ id, name }) => ({ place: { ...this.place, thread: id }, label: name, testid: `topic-${id}` })),
      (place) => same(place, this.place), this.context.go);
  }

  drawToggle() {
    const person = this.get(this.current);
    if (!person) return;
    const others = this.list.filter((each) => each.id !== this.current && unreadOf(each)).length;
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

const unreadOf = ({ unread, groups }) => groups.reduce((sum, group) => sum + group.unread, unread);

function strip(id, entries, isCurrent, go) {
  const bar = $(id);
  const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  bar.hidden = !entries.length;
  bar.replaceChildren(...entries.map(({ place, label, testid, unread, note }) => {
    const current = isCurrent(place);
    return h("button", {
      type: "button", class: "tab", "data-testid": testid, title: note || null, "aria-current": current ? "true" : null, onclick: () => go(place),
    }, h("span", {}, label), mark(current ? 0 : unread));
  }));
  if (focused) bar.querySelector(`[data-testid="${focused}"]`)?.focus({ preventScroll: true });
}

function mark(unread) {
  if (!unread) return null;
  return h("span", { class: "badge", "data-testid": "unread" }, String(unread), h("span", { class: "vh" }, " pesan baru"));
}
