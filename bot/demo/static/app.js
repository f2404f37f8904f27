// The chat page put together: one bot, several people, one clock.

import { $, copyText, h, narrow, saved } from "./dom.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { Composer, deliverer } from "./composer.js";
import { ask, menu, showPhoto, tell, toast } from "./dialogs.js";
import { get, listen, onOutbox, pump } from "./net.js";
import { People, shortName } from "./people.js";

const deliver = deliverer(toast);

const act = {
  toast,
  menu,
  photo: showPhoto,
  command: (text) => say(text),
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  show: (id) => chat.show(id),
  link: (address) => openLink(address),
  tap: (message, data, key) => {
    if (key.classList.contains("busy")) return;
    chat.hold(key);
    chat.await_(people.current);
    deliver({ kind: "tap", user_id: people.current, message_id: message.message_id, data }).catch(() => {
      chat.release(key);
      chat.settle(people.current);
    });
  },
};

const context = {
  bot: { id: 0, name: "Pandu ZI", username: "" },
  act,
  deliver: (job) => {
    chat.await_(job.user_id);
    return deliver(job).catch((error) => {
      chat.settle(job.user_id);
      throw error;
    });
  },
  say: (text) => say(text),
  choose: (id) => choose(id),
  welcome: () => welcome(),
  late: (user) => user === people.current && toast("Bot belum menjawab. Pesan Anda tersimpan dan akan diproses."),
  restarted: () => {
    saved.clear("draft:");
    closePanels();
    composer.open(people.current);
    return refresh();
  },
};

const people = new People(context);
const chat = new Chat(context);
const composer = new Composer(context);
const clock = new Clock(context);

function say(text) {
  context.deliver({ kind: "say", user_id: people.current, text }).catch(() => {});
  composer.focus();
}

// People

async function choose(id) {
  closePanels();
  if (id !== people.current) await openChat(id);
  composer.focus();
}

async function openChat(id) {
  people.select(id);
  saved.set("person", id);
  history.replaceState(null, "", `#${id}`);
  composer.open(id);
  $("log").setAttribute("aria-label", `Pesan antara ${people.get(id).name} dan ${context.bot.name}`);
  const opened = await chat.open(id);
  if (opened) composer.setCommands(opened.commands);
}

function welcome() {
  const { name, description } = context.bot;
  return h("div", { class: "welcome", "data-testid": "welcome" },
    h("h3", {}, "Apa yang bisa dilakukan bot ini?"),
    h("p", { class: "pre" }, description || `${name} siap membantu tim Zona Integritas.`),
    h("button", { type: "button", class: "primary", "data-testid": "start", onclick: () => say("/start") }, "Mulai"));
}

// Links to the bot open here, as the person who is to follow them.

function startPayload(address) {
  const url = new URL(address);
  const name = context.bot.username.toLowerCase();
  const inPath = /^(www\.)?(t|telegram)\.me$/i.test(url.hostname) && url.pathname.replace(/\/+$/, "").slice(1).toLowerCase() === name;
  const inScheme = url.protocol === "tg:" && (url.searchParams.get("domain") ?? "").toLowerCase() === name;
  return inPath || inScheme ? (url.searchParams.get("start") ?? "") : null;
}

function openLink(address) {
  let payload = null;
  try {
    payload = startPayload(address);
  } catch {
    return false;
  }
  if (payload === null) return false;
  offerLink(address, payload);
  return true;
}

async function offerLink(address, payload) {
  const who = h("select", { id: "link-as", "data-testid": "link-as" },
    ...people.list.map(({ id, name, role }) => h("option", { value: id, selected: id === people.current }, `${shortName(name)} · ${role}`)));
  const choice = await ask({
    title: "Buka tautan bot",
    body: [h("p", { class: "address" }, address), h("label", { for: "link-as" }, "Dibuka oleh"), who],
    buttons: [
      { label: "Batal", value: null },
      { label: "Salin tautan", value: "copy", testid: "link-copy" },
      { label: "Buka", value: "open", kind: "primary", testid: "link-open", autofocus: true },
    ],
  });
  if (choice === "copy" && (await copyText(address))) toast("Tautan tersalin");
  if (choice !== "open") return;
  await choose(Number(who.value));
  say(`/start ${payload}`.trim());
}

// Panels are part of the page on a desktop and sheets on a phone.

const PANELS = { "people-panel": "people-toggle", "clock-panel": "clock-toggle" };

function openPanel(id) {
  $(id).classList.add("open");
  $(PANELS[id]).setAttribute("aria-expanded", "true");
  $("backdrop").hidden = false;
  $("main").inert = true;
  ($(id).querySelector("[aria-current=true], .steps button") ?? $(id).querySelector("button")).focus();
}

function closePanels() {
  for (const [id, toggle] of Object.entries(PANELS)) {
    if (!$(id).classList.contains("open")) continue;
    $(id).classList.remove("open");
    $("main").inert = false;
    $("backdrop").hidden = true;
    $(toggle).setAttribute("aria-expanded", "false");
    $(toggle).focus();
  }
}

for (const [id, toggle] of Object.entries(PANELS)) $(toggle).addEventListener("click", () => openPanel(id));
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", closePanels);
$("backdrop").addEventListener("click", closePanels);
narrow.addEventListener("change", closePanels);
addEventListener("keydown", (event) => event.key === "Escape" && closePanels());
// Whoever starts to type means the message field, wherever the focus was left.
addEventListener("keydown", (event) => {
  const typing = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
  const taken = event.target.closest?.("input, textarea, select, dialog, [role=menu]") || $("main").inert;
  if (typing && !taken) $("composer").focus({ preventScroll: true });
});
addEventListener("hashchange", () => {
  const id = Number(location.hash.slice(1));
  if (people.get(id) && id !== people.current) openChat(id);
});
onOutbox(() => chat.drawPending());

// The stream

async function refresh() {
  const state = await get("state");
  context.bot = state.bot;
  $("bot-name").textContent = state.bot.name;
  $("bot-sub").textContent = `@${state.bot.username} · bot`;
  clock.set(state.clock);
  people.set(state.people);
  const wanted = [people.current, Number(location.hash.slice(1)), saved.get("person", 0)].find((id) => people.get(id));
  const id = wanted ?? state.people[0]?.id;
  if (id === undefined) return;
  if (id === people.current) {
    const opened = await chat.open(id);
    if (opened) composer.setCommands(opened.commands);
  } else await openChat(id);
}

function changed(change) {
  const here = change.chat_id === people.current;
  switch (change.kind) {
    case "clock":
      clock.set(change.body);
      return;
    case "reset":
      refresh().catch(() => {});
      return;
    case "commands":
      get(`chat/${people.current}`).then(({ commands }) => composer.setCommands(commands)).catch(() => {});
      return;
    default:
      people.apply(change, here && !document.hidden && chat.stuck);
      if (here) chat.apply(change);
  }
  if (here && change.kind === "answer" && change.body.text) (change.body.alert ? tell : toast)(change.body.text);
  if (here && change.kind === "answer" && change.body.url) openLink(change.body.url);
}

let first = true;

// The wire is up, for the first time or again: fetch what was missed and send what waits.
async function hello() {
  try {
    await refresh();
    $("net").textContent = "";
    document.body.dataset.ready = "true";
    if (first && !narrow.matches) composer.focus();
    first = false;
    pump();
  } catch (error) {
    console.warn("Belum termuat, dicoba lagi.", error);
    setTimeout(hello, 1500);
  }
}

listen({
  hello,
  change: changed,
  lost: () => {
    $("net").textContent = "Koneksi terputus. Menyambung lagi… Yang Anda tulis tidak hilang.";
  },
});
