// Writing: drafts per person, replies, edits, attachments, and the command list.

import { $, coarse, fileSize, h, icon, ICONS, saved } from "./dom.js";
import { Refusal, send } from "./net.js";
import { nameOf, summary } from "./bubble.js";
import { Inline } from "./inline.js";
import { fields, isGroup, keyOf, privateOf, same } from "./places.js";

const MAX_FILES = 10;
const MAX_BYTES = 50 * 1024 * 1024;
const EMPTY = { text: "", reply: null, edit: null };

export class Composer {
  constructor(context) {
    this.context = context;
    this.field = $("composer");
    this.place = privateOf(0);
    this.inline = new Inline(context, this);
    this.draft = { ...EMPTY };
    this.files = new Map();
    this.commands = [];
    this.chosen = -1;
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => document.activeElement === this.field || this.hideCommands(), 150));
    this.field.addEventListener("focus", () => this.inline.typed(this.field.value));
    this.field.addEventListener("paste", (event) => this.pasted(event));
    $("compose").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    $("menu").addEventListener("mousedown", (event) => event.preventDefault());
    $("menu").addEventListener("click", () => this.toggleMenu());
    $("attach").addEventListener("click", () => $("file-input").click());
    $("file-input").addEventListener("change", () => { this.attach([...$("file-input").files]); $("file-input").value = ""; });
    const main = $("main");
    main.addEventListener("dragover", (event) => { event.preventDefault(); main.classList.add("dropping"); });
    main.addEventListener("dragleave", (event) => event.relatedTarget && main.contains(event.relatedTarget) || main.classList.remove("dropping"));
    main.addEventListener("drop", (event) => {
      event.preventDefault();
      main.classList.remove("dropping");
      this.attach([...event.dataTransfer.files]);
    });
  }

  // Each person has an own draft in each chat.
  open(place) {
    this.place = place;
    this.draft = { ...EMPTY, ...saved.get(`draft:${keyOf(place)}`, {}) };
    this.field.placeholder = isGroup(place) ? "Pesan ke grup" : "Tulis pesan";
    this.inline.hide();
    this.field.value = this.draft.text;
    this.hideCommands();
    this.drawContext();
    this.drawFiles();
    this.grow();
  }

  setCommands(commands) {
    this.commands = commands;
    $("menu").hidden = !commands.length;
  }

  focus() {
    if (!coarse.matches) this.field.focus({ preventScroll: true });
  }

  keep() {
    const empty = !this.draft.text && !this.draft.reply && !this.draft.edit;
    saved.set(`draft:${keyOf(this.place)}`, empty ? null : this.draft);
  }

  typed() {
    this.draft.text = this.field.value;
    this.keep();
    this.grow();
    this.inline.typed(this.field.value);
    const slash = /^\/(\w*)$/.exec(this.field.value);
    const at = /^@\w*$/.exec(this.field.value);
    if (slash) this.showCommands(this.commands.filter(({ command }) => command.startsWith(slash[1].toLowerCase())));
    else if (at && this.mention().startsWith(at[0].toLowerCase())) this.showMention();
    else this.hideCommands();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    $("send").classList.toggle("ready", Boolean(this.field.value.trim() || this.mine().length));
  }

  key(event) {
    if (event.isComposing) return;
    if (this.inline.key(event)) return;
    const listed = !$("commands").hidden;
    if (listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.choose(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (listed && event.key === "Tab" && this.chosen >= 0) {
      event.preventDefault();
      this.shown[this.chosen].fill();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (listed && this.chosen >= 0) this.shown[this.chosen].run();
      else this.submit();
    } else if (event.key === "Escape") {
      if (listed) this.hideCommands();
      else if (this.draft.reply || this.draft.edit) this.clearContext();
      else return;
      event.stopPropagation();
    }
  }

  // Commands

  toggleMenu() {
    if (!$("commands").hidden) return this.hideCommands();
    this.showCommands(this.commands);
    this.field.focus({ preventScroll: true });
  }

  showCommands(commands) {
    this.list(commands.map(({ command, description }) => ({
      label: `/${command}`, description, testid: `command-${command}`, run: () => this.runCommand(command), fill: () => this.fill(`/${command} `),
    })));
    if (commands.length) $("announce").textContent = `${commands.length} perintah. Panah atas dan bawah memilih, Enter mengirim.`;
  }

  mention() {
    return `@${this.context.bot.username}`.toLowerCase();
  }

  showMention() {
    const fill = () => this.fill(`@${this.context.bot.username} `);
    this.list([{ label: this.mention(), description: "Tulis pertanyaan, lalu pilih jawabannya", testid: "mention", run: fill, fill }]);
    $("announce").textContent = `${this.mention()}. Enter memilih.`;
  }

  list(shown) {
    this.shown = shown;
    this.chosen = -1;
    const list = $("commands");
    list.hidden = !shown.length;
    $("menu").setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(...shown.map(({ label, description, testid, run }, at) =>
      h("div", {
        id: `command-${at}`, class: "command", role: "option", "aria-selected": "false", "data-testid": testid,
        onmousedown: (event) => event.preventDefault(), onclick: run,
      }, h("strong", {}, label), h("span", {}, description))));
    if (!shown.length) return;
    this.field.setAttribute("aria-controls", "commands");
    this.choose(0);
  }

  choose(place) {
    const entries = [...$("commands").children];
    this.chosen = (place + entries.length) % entries.length;
    entries.forEach((entry, at) => entry.setAttribute("aria-selected", String(at === this.chosen)));
    entries[this.chosen].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", entries[this.chosen].id);
  }

  hideCommands() {
    if ($("commands").hidden) return;
    $("commands").hidden = true;
    $("menu").setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }

  fill(text) {
    this.setText(text);
    this.hideCommands();
    this.inline.typed(text);
    this.field.focus({ preventScroll: true });
  }

  runCommand(command) {
    this.hideCommands();
    if (this.field.value.startsWith("/")) this.setText("");
    this.context.say(`/${command}`);
  }

  setText(text) {
    this.field.value = text;
    this.draft.text = text;
    this.keep();
    this.grow();
  }

  // Reply and edit

  reply(message) {
    const own = message.from.id === this.place.user;
    const whose = own ? "pesan Anda" : message.from.id === this.context.bot.id ? this.context.bot.name : nameOf(message.from);
    this.draft.reply = { id: message.message_id, text: summary(message), whose, bot: message.from.id === this.context.bot.id };
    this.draft.edit = null;
    this.keep();
    this.drawContext();
    this.field.focus({ preventScroll: true });
  }

  edit(message) {
    this.draft = { text: message.text, reply: null, edit: { id: message.message_id, text: message.text } };
    this.setText(message.text);
    this.drawContext();
    this.field.focus({ preventScroll: true });
  }

  clearContext() {
    if (this.draft.edit) this.setText("");
    this.draft.reply = this.draft.edit = null;
    this.keep();
    this.drawContext();
  }

  drawContext() {
    const { reply, edit } = this.draft;
    const about = reply ?? edit;
    $("context").hidden = !about;
    if (!about) return;
    const title = edit ? "Mengubah pesan" : `Membalas ${reply.whose}`;
    $("context").replaceChildren(
      h("div", {}, h("strong", {}, title), h("span", {}, about.text.split("\n")[0])),
      h("button", { type: "button", class: "icon-button", "aria-label": edit ? "Batal mengubah" : "Batal membalas",
        onclick: () => { this.clearContext(); this.field.focus(); } }, icon(ICONS.close)),
    );
  }

  // Files

  mine() {
    return this.files.get(keyOf(this.place))?.list ?? [];
  }

  attach(files) {
    const fitting = files.filter((file) => file.size > 0 && file.size <= MAX_BYTES);
    const refused = files.find((file) => !fitting.includes(file));
    if (refused) this.context.act.toast(refused.size ? `${refused.name} lebih dari 50 MB, jadi tidak dilampirkan.` : `${refused.name} kosong, jadi tidak dilampirkan.`);
    if (!fitting.length) return;
    const list = [...this.mine(), ...fitting];
    if (list.length > MAX_FILES) this.context.act.toast("Paling banyak 10 berkas sekali kirim; 10 yang pertama dilampirkan.");
    this.files.set(keyOf(this.place), { list: list.slice(0, MAX_FILES), asFiles: this.files.get(keyOf(this.place))?.asFiles ?? false });
    this.drawFiles();
    this.field.focus({ preventScroll: true });
  }

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  drawFiles() {
    const place = $("files");
    const list = this.mine();
    for (const image of place.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    place.hidden = !list.length;
    place.replaceChildren();
    if (list.length) {
      const state = this.files.get(keyOf(this.place));
      const photos = list.some((file) => /^image\/(jpeg|png|webp)$/.test(file.type));
      const box = h("input", { type: "checkbox", checked: state.asFiles, onchange: () => (state.asFiles = box.checked) });
      place.append(
        h("ul", {}, ...list.map((file, at) => this.drawFile(file, at))),
        ...(photos ? [h("label", { class: "as-files" }, box, " Kirim foto sebagai berkas")] : []),
      );
    }
    this.grow();
  }

  drawFile(file, at) {
    const image = /^image\//.test(file.type) && h("img", { src: URL.createObjectURL(file), alt: "" });
    const remove = () => {
      this.mine().splice(at, 1);
      this.drawFiles();
      this.field.focus();
    };
    return h("li", {}, image || icon(ICONS.file), h("span", { class: "file-name" }, file.name), h("span", {}, fileSize(file.size)),
      h("button", { type: "button", class: "icon-button", "aria-label": `Hapus lampiran ${file.name}`, onclick: remove }, icon(ICONS.close)));
  }

  // Sending. What the server refuses comes back into the field.

  submit() {
    const text = this.field.value.trim();
    const { reply, edit } = this.draft;
    const files = this.mine();
    if (!text && !files.length) return;
    const asFiles = this.files.get(keyOf(this.place))?.asFiles;
    const { place } = this;
    const where = fields(place);
    const toBot = isGroup(place) && reply?.bot ? { addressed: true } : {};
    this.hideCommands();
    this.inline.hide();
    if (edit && text) {
      this.context.deliver({ kind: "edit", ...where, message_id: edit.id, text }).catch(() => {});
    } else if (files.length) {
      const job = { kind: "upload", ...where, ...toBot, caption: text, reply_to: reply?.id, as_files: asFiles ? "1" : "", files };
      this.context.deliver(job).catch(() => { this.files.set(keyOf(place), { list: files, asFiles }); this.back(place, text); });
      this.files.delete(keyOf(place));
    } else {
      this.context.deliver({ kind: "say", ...where, ...toBot, text, reply_to: reply?.id }).catch(() => this.back(place, text));
    }
    this.draft = { ...EMPTY };
    this.setText("");
    this.drawContext();
    this.drawFiles();
  }

  back(place, text) {
    const here = same(place, this.place);
    const key = `draft:${keyOf(place)}`;
    if (here && !this.field.value) this.setText(text);
    else if (!here && !saved.get(key, null)) saved.set(key, { ...EMPTY, text });
    this.drawFiles();
  }
}

// Send a job and tell the person when the server refuses it.
export const deliverer = (toast) => (job) =>
  send(job).catch((error) => {
    toast(error instanceof Refusal ? error.message : "Belum terkirim.");
    throw error;
  });
