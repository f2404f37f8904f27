// The open chat: messages in order, edits in place, what is new and what is still on its way.

import { $, day, h } from "./dom.js";
import { bubble, summary } from "./bubble.js";
import { get, post_quietly, waiting } from "./net.js";
import { address, fields, isGroup, keyOf, placeOf, privateOf, same, topicOf } from "./places.js";

const WAIT_MS = 20_000;

export class Chat {
  constructor(context) {
    this.context = context;
    this.list = $("messages");
    this.log = $("log");
    this.known = new Map();
    this.place = privateOf(0);
    this.seq = 0;
    this.early = null;
    this.stuck = true;
    this.fresh = 0;
    this.waits = new Map();
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    $("to-bottom").addEventListener("click", () => { this.toBottom(); this.log.focus({ preventScroll: true }); });
    $("older").firstElementChild.addEventListener("click", () => this.loadOlder());
    $("pinned").addEventListener("click", () => this.show(Number($("pinned").dataset.id)));
    document.addEventListener("visibilitychange", () => this.markRead());
    const sizes = new ResizeObserver(() => this.stuck && this.toBottom());
    sizes.observe(this.log);
    sizes.observe(this.list);
  }

  // Open a chat, or fetch it again; changes that arrive meanwhile are applied afterwards.
  async open(place) {
    const again = same(place, this.place);
    this.place = place;
    const early = (this.early = []);
    this.quiet(true);
    if (!again) {
      this.list.replaceChildren();
      this.stuck = true;
    }
    const chat = await get(address(place));
    if (this.place !== place || this.early !== early) return null;
    const scroll = again && !this.stuck ? this.log.scrollTop : null;
    this.seq = chat.seq;
    this.known.clear();
    this.list.replaceChildren();
    this.read = chat.read_id;
    for (const message of chat.messages) this.add(message);
    if (!chat.messages.length && !isGroup(place)) this.list.append(this.context.welcome());
    $("older").hidden = !chat.more;
    this.divider(chat);
    this.pinned(chat.pinned);
    this.early = null;
    early.filter((change) => change.seq > chat.seq).forEach((change) => this.apply(change));
    this.drawPending();
    this.drawTyping();
    if (scroll !== null) this.log.scrollTop = scroll;
    else this.toNew();
    setTimeout(() => this.quiet(false), 400);
    this.markRead();
    return chat;
  }

  quiet(on) {
    this.log.setAttribute("aria-busy", String(on));
    this.log.setAttribute("aria-live", on ? "off" : "polite");
  }

  async loadOlder() {
    const first = Math.min(...this.known.keys());
    const { place } = this;
    const from = address(place);
    const chat = await get(`${from}${from.includes("?") ? "&" : "?"}before=${first}`).catch(() => null);
    if (!chat || place !== this.place) return;
    const height = this.log.scrollHeight;
    this.quiet(true);
    const rest = [...this.known.values()].map(({ message }) => message);
    this.known.clear();
    this.list.replaceChildren();
    for (const message of [...chat.messages, ...rest]) this.add(message);
    $("older").hidden = !chat.more;
    this.log.scrollTop += this.log.scrollHeight - height;
    setTimeout(() => this.quiet(false), 400);
  }

  // One change of the open chat, from the stream.
  apply(change) {
    if (this.early) {
      this.early.push(change);
      return;
    }
    const { kind, body } = change;
    if (["message", "edited"].includes(kind) && topicOf(body) !== this.place.thread) return;
    if (kind === "message" || kind === "edited") this.put(body, kind);
    else if (kind === "deleted") this.remove(body.message_id);
    else if (kind === "pinned") this.repin(body.message_ids);
    else if (kind === "typing" && (body.thread_id ?? 0) === this.place.thread) this.await_(this.place, 5000);
    else if (kind === "answer") this.answered(body);
  }

  put(message, kind) {
    const own = message.from.id === this.place.user;
    if (message.from.id === this.context.bot.id) this.settle(this.place);
    const entry = this.known.get(message.message_id);
    if (entry) this.replace(entry, message);
    else if (kind === "message") {
      this.list.querySelector(".welcome")?.remove();
      this.add(message);
      if (own) this.stuck = true;
      else if (!this.stuck) this.fresh += 1;
    }
    this.drawPending();
    if (this.stuck) this.toBottom();
    this.drawToBottom();
    this.markRead();
  }

  add(message) {
    const element = bubble(message, this.context);
    this.known.set(message.message_id, { message, element });
    const label = day(new Date(message.date * 1000));
    if (label !== this.lastDay()) this.list.append(h("h3", { class: "day", "data-day": label }, h("span", {}, label)));
    const group = message.media_group_id;
    if (!group) return void this.list.append(element);
    const last = this.list.lastElementChild;
    if (last?.dataset.group === group) return void last.append(element);
    const side = message.from.id === this.place.user ? "out" : "in";
    const album = h("div", { class: `album ${side}${message.photo ? " photos" : ""}`, "data-group": group }, element);
    this.list.append(album);
  }

  lastDay() {
    return [...this.list.querySelectorAll(".day[data-day]")].at(-1)?.dataset.day;
  }

  // Draw a changed message again and leave the keyboard user where the finger was.
  replace(entry, message) {
    const focused = entry.element.contains(document.activeElement) ? document.activeElement : null;
    const element = bubble(message, this.context);
    entry.element.replaceWith(element);
    Object.assign(entry, { message, element });
    if (!$("pinned").hidden && $("pinned").dataset.id === String(message.message_id)) this.pinned(message);
    if (!focused) return;
    const keys = [...element.querySelectorAll(".kb")];
    const same = keys.find((key) => key.dataset.callback && key.dataset.callback === focused.dataset.callback);
    (same ?? keys.find((key) => key.dataset.place === focused.dataset.place) ?? keys[0] ?? this.log).focus({ preventScroll: true });
  }

  remove(id) {
    const entry = this.known.get(id);
    if (!entry) return;
    const focused = entry.element.contains(document.activeElement);
    const album = entry.element.closest(".album");
    entry.element.remove();
    if (album && !album.children.length) album.remove();
    this.known.delete(id);
    for (const label of this.list.querySelectorAll(".day")) {
      if (!label.nextElementSibling || label.nextElementSibling.matches(".day")) label.remove();
    }
    if (focused) this.log.focus({ preventScroll: true });
  }

  // Pins

  pinned(message) {
    $("pinned").hidden = !message;
    if (!message) return;
    $("pinned").dataset.id = message.message_id;
    $("pinned").replaceChildren(h("strong", {}, "Disematkan"), h("span", {}, summary(message).split("\n")[0]));
  }

  repin(ids) {
    this.pinned(this.known.get([...ids].reverse().find((id) => this.known.has(id)))?.message);
  }

  show(id) {
    const entry = this.known.get(id);
    if (!entry) return this.context.act.toast("Pesan itu ada di atas. Muat pesan sebelumnya dahulu.");
    entry.element.scrollIntoView({ block: "center" });
    entry.element.classList.add("lit");
    setTimeout(() => entry.element.classList.remove("lit"), 1500);
  }

  // Waiting for the bot

  await_(place, limit = WAIT_MS) {
    const key = keyOf(place);
    clearTimeout(this.waits.get(key)?.timer);
    const timer = setTimeout(() => {
      this.waits.delete(key);
      this.drawTyping();
      if (limit === WAIT_MS) this.context.late(place);
    }, limit);
    this.waits.set(key, { timer, since: performance.now() });
    setTimeout(() => this.drawTyping(), 260);
  }

  settle(place) {
    const key = keyOf(place);
    clearTimeout(this.waits.get(key)?.timer);
    this.waits.delete(key);
    this.drawTyping();
  }

  drawTyping() {
    const wait = this.waits.get(keyOf(this.place));
    $("typing").firstElementChild.textContent = `${this.context.bot.name} sedang mengetik`;
    const shown = Boolean(wait && performance.now() - wait.since > 250);
    if ($("typing").hidden === !shown) return;
    $("typing").hidden = !shown;
    if (this.stuck) this.toBottom();
  }

  answered({ message_id, data }) {
    this.settle(this.place);
    const keys = this.known.get(message_id)?.element.querySelectorAll(".kb") ?? [];
    for (const key of keys) if (key.dataset.callback === data) this.release(key);
  }

  hold(key) {
    key.classList.add("busy");
    key.setAttribute("aria-busy", "true");
    setTimeout(() => this.release(key), 15_000);
  }

  release(key) {
    key.classList.remove("busy");
    key.removeAttribute("aria-busy");
  }

  // What is typed but not yet with the server

  drawPending() {
    const mine = waiting().filter((job) => same(placeOf(job), this.place) && ["say", "upload"].includes(job.kind));
    $("pending").replaceChildren(...mine.map((job) =>
      h("div", { class: "msg out pending" }, h("div", { class: "bubble" },
        h("div", { class: "text" }, job.text ?? job.files.map((file) => file.name).join(", ")),
        h("div", { class: "meta" }, "mengirim…")))));
    if (mine.length && this.stuck) this.toBottom();
  }

  // Reading and scrolling

  divider(chat) {
    const news = chat.messages.filter((m) => m.from.id !== this.place.user && m.message_id > chat.read_id);
    if (!news.length || news.length === chat.messages.length) return;
    const first = this.known.get(news[0].message_id).element;
    (first.closest(".album") ?? first).before(h("div", { class: "day new" }, h("span", {}, "Pesan baru")));
  }

  toNew() {
    const mark = this.list.querySelector(".new");
    this.toBottom();
    if (mark && this.log.scrollHeight - mark.offsetTop > this.log.clientHeight) this.log.scrollTop = mark.offsetTop - 8;
  }

  toBottom() {
    this.log.scrollTop = this.log.scrollHeight;
    this.stuck = true;
    this.fresh = 0;
    this.drawToBottom();
  }

  scrolled() {
    this.stuck = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    if (this.stuck) this.fresh = 0;
    this.drawToBottom();
    this.markRead();
  }

  drawToBottom() {
    const button = $("to-bottom");
    button.hidden = this.stuck;
    button.lastElementChild.textContent = this.fresh || "";
    button.setAttribute("aria-label", this.fresh ? `Ke pesan terbaru, ${this.fresh} baru` : "Ke pesan terbaru");
  }

  markRead() {
    const last = Math.max(0, ...this.known.keys());
    if (document.hidden || !this.stuck || !this.place.user || last <= (this.read ?? 0)) return;
    this.read = last;
    post_quietly("read", { ...fields(this.place), message_id: last });
  }
}
