// Inline mode: "@bot question" in any chat offers cards; the chosen one is posted as the person's own message.

import { $, h } from "./dom.js";
import { post } from "./net.js";
import { fields } from "./places.js";

const PAUSE_MS = 220;

export class Inline {
  constructor(context, composer) {
    this.context = context;
    this.composer = composer;
    this.query = null;
    this.results = [];
    this.chosen = -1;
    this.timer = null;
    const box = $("inline");
    box.addEventListener("mousedown", (event) => event.preventDefault());
    composer.field.addEventListener("blur", () => setTimeout(() => this.left() && this.hide(), 150));
    box.addEventListener("focusout", () => setTimeout(() => this.left() && this.hide()));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.hide();
      composer.field.focus();
    });
  }

  get open() {
    return !$("inline").hidden;
  }

  left() {
    return document.activeElement !== this.composer.field && !$("inline").contains(document.activeElement);
  }

  // What follows the bot's name; null when the text is something else.
  queryIn(text) {
    const name = `@${this.context.bot.username} `;
    return text.slice(0, name.length).toLowerCase() === name.toLowerCase() ? text.slice(name.length).trim() : null;
  }

  typed(text) {
    const query = this.queryIn(text);
    if (query === null) return this.hide();
    if (query === this.query) return;
    this.query = query;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(query), PAUSE_MS);
  }

  async ask(query) {
    const answer = await post("inline", { ...fields(this.composer.place), query }).catch(() => null);
    if (query !== this.query) return; // another letter came meanwhile
    if (!answer) {
      this.query = null;
      return;
    }
    this.show(answer);
  }

  show({ update_id, results, button }) {
    this.update = update_id;
    this.results = results;
    this.chosen = -1;
    $("inline").hidden = false;
    $("inline-button").hidden = !button;
    if (button) {
      $("inline-button").textContent = button.text;
      $("inline-button").onclick = () => {
        this.hide();
        this.context.act.link(`https://t.me/${this.context.bot.username}?start=${button.start_parameter}`);
      };
    }
    $("results").replaceChildren(...results.map((result, at) => h("div", {
      id: `result-${at}`, class: "command result", role: "option", "aria-selected": "false", "data-testid": "result", onclick: () => this.pick(at),
    }, h("strong", {}, result.title), h("span", {}, result.description))));
    $("results").hidden = !results.length;
    $("inline-note").hidden = results.length > 0;
    $("inline-note").textContent = this.query ? "Belum ada jawaban yang cocok. Coba kata lain, atau kirim sebagai pesan." : "";
    this.composer.field.setAttribute("aria-controls", "results");
    this.composer.field.removeAttribute("aria-activedescendant");
    $("announce").textContent = results.length
      ? `${results.length} jawaban. Panah atas dan bawah memilih, Enter mengirim pilihan.`
      : $("inline-note").textContent;
  }

  // Whether a key of the message field was meant for the cards.
  key(event) {
    if (!this.open) return false;
    if (event.key === "Escape") this.hide(true);
    else if (this.results.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) this.choose(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && !event.shiftKey && this.chosen >= 0) this.pick(this.chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  choose(step) {
    const entries = [...$("results").children];
    const from = this.chosen < 0 && step < 0 ? 0 : this.chosen;
    this.chosen = (from + step + entries.length) % entries.length;
    entries.forEach((entry, at) => entry.setAttribute("aria-selected", String(at === this.chosen)));
    entries[this.chosen].scrollIntoView({ block: "nearest" });
    this.composer.field.setAttribute("aria-activedescendant", entries[this.chosen].id);
  }

  pick(at) {
    const { place } = this.composer;
    const text = this.composer.field.value;
    const job = { kind: "choose", ...fields(place), update_id: this.update, result_id: this.results[at].id };
    this.hide();
    this.composer.setText("");
    this.composer.focus();
    this.context.deliver(job).catch(() => this.composer.back(place, text));
  }

  // `stay`: the text stands as it is, and no cards come for it again.
  hide(stay = false) {
    clearTimeout(this.timer);
    if (!stay) this.query = null;
    if (!this.open) return;
    $("inline").hidden = true;
    this.results = [];
    this.composer.field.removeAttribute("aria-controls");
    this.composer.field.removeAttribute("aria-activedescendant");
  }
}
