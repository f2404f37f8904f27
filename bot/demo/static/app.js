// The chat page put together: one bot, several people, one clock.

import { $, copyText, h, narrow, saved } from "./dom.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { Composer, deliverer } from "./composer.js";
import { ask, menu, showPhoto, tell, toast } from "./dialogs.js";
import { get, listen, onOutbox, post, pump } from "./net.js";
import { People, shortName } from "./people.js";
import { address, fields, isGroup, keyOf, parse, placeOf, privateOf, same, topicOf } from "./places.js";

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
  inline: (query) => composer.fill(`@${context.bot.username} ${query}`),
  tap: (message, data, key) => {
    if (key.classList.contains("busy")) return;
    chat.hold(key);
    const { place } = people;
    chat.await_(place);
    deliver({ kind: "tap", ...fields(place), message_id: message.message_id, data }).catch(() => {
      chat.release(key);
      chat.settle(place);
    });
  },
};

const context = {
  bot: { id: 0, name: "Pandu ZI", username: "" },
  act,
  place: () => people.place,
  go: (place) => go(place),
  deliver: ({ addressed, ...job }) => {
    const place = placeOf(job);
    if (addressed || forBot(job)) chat.await_(place);
    return deliver(job).catch((error) => {
      chat.settle(place);
      throw error;
    });
  },
  say: (text) => say(text),
  choose: (id) => choose(id),
  welcome: () => welcome(),
  late: (place) => same(place, people.place) && toast("Bot belum menjawab. Pesan Anda tersimpan dan akan diproses."),
  restarted: () => {
    saved.clear("draft:");
    closePanels();
    composer.open(people.place);
    return refresh();
  },
};

const people = new People(context);
const chat = new Chat(context);
const composer = new Composer(context);
const clock = new Clock(context);

function say(text) {
  context.deliver({ kind: "say", ...fields(people.place), text }).catch(() => {});
  composer.focus();
}

// Whether the bot is to answer: in a group only what is said to it.
function forBot({ kind, chat_id, text, caption }) {
  if (kind === "choose") return false;
  const said = (text ?? caption ?? "").toLowerCase();
  return !chat_id || said.startsWith("/") || said.includes(`@${context.bot.username}`.toLowerCase());
}

// People

async function choose(id) {
  closePanels();
  await go(privateOf(id));
}

async function go(place) {
  if (!same(place, people.place)) await openChat(place);
  composer.focus();
}

async function openChat(place) {
  people.select(place);
  saved.set("place", keyOf(place));
  history.replaceState(null, "", `#${keyOf(place)}`);
  composer.open(place);
  drawHeader();
  const opened = await chat.open(place);
  if (opened) composer.setCommands(opened.commands);
}

function drawHeader() {
  const { bot } = context;
  const person = people.get(people.current);
  const group = people.group();
  $("group-menu").hidden = !group;
  const topic = group?.topics.find(({ id }) => id === people.place.thread);
  $("bot-name").textContent = group ? shortName(group.title) : bot.name;
  $("bot-sub").textContent = group ? `${group.people} anggota dan bot ${bot.name}` : `@${bot.username} · bot`;
  const where = group ? `di ${group.title}${topic ? `, topik ${topic.name}` : ""}` : `antara ${person.name} dan ${bot.name}`;
  $("log").setAttribute("aria-label", `Pesan ${where}`);
}

function welcome() {
  const { name, description } = context.bot;
  return h("div", { class: "welcome", "data-testid": "welcome" },
    h("h3", {}, "Apa yang bisa dilakukan bot ini?"),
    h("p", { class: "pre" }, description || `${name} siap membantu tim Zona Integritas.`),
    h("button", { type: "button", class: "primary", "data-testid": "start", onclick: () => say("/start") }, "Mulai"));
}

// What an admin of the group does with the bot in it.

const MANAGE = {
  masukkan: "Masukkan bot ke grup", keluarkan: "Keluarkan bot", admin: "Jadikan bot admin (boleh menyematkan)",
  bisukan: "Larang bot menulis", suarakan: "Izinkan bot menulis", supergrup: "Jadikan supergrup",
};

async function manage(place, action) {
  const { chat_id } = await post("group", { user_id: place.user, chat_id: place.chat, action }).catch((error) => {
    toast(error.message);
    return {};
  });
  if (!chat_id) return;
  people.set((await get("state")).people);
  if (chat_id !== place.chat) await openChat({ ...place, chat: chat_id, thread: 0 });
  else drawHeader();
}

$("group-menu").addEventListener("click", () => {
  const { place } = people;
  const actions = people.group()?.bot.actions ?? [];
  menu($("group-menu"), actions.map((action) => [MANAGE[action], () => manage(place, action)]));
});

// Links to the bot open here, as the person who is to follow them.

function startPayload(address) {
  const url = new URL(address);
  const name = context.bot.username.toLowerCase();
  const inPath = /^(www\.)?(t|telegram)\.me$/i.test(url.hostname) && url.pathname.replace(/\/+$/, "").slice(1).toLowerCase() === name;
  const inScheme = url.protocol === "tg:" && (url.searchParams.get("domain") ?? "").toLowerCase() === name;
  return inPath || inScheme ? (url.searchParams.get("start") ?? "") : null;
}

// The link that puts the bot into one of the person's groups, where it then says its word.
async function offerGroup(payload) {
  const groups = people.get(people.current).groups;
  if (!groups.length) return toast("Orang ini belum ada di grup mana pun.");
  const which = h("select", { id: "link-group", "data-testid": "link-group" }, ...groups.map(({ id, title }) => h("option", { value: id }, shortName(title))));
  const choice = await ask({
    title: "Tambahkan bot ke grup",
    body: [h("label", { for: "link-group" }, "Grup"), which],
    buttons: [{ label: "Batal", value: null }, { label: "Tambahkan", value: "open", kind: "primary", testid: "link-open", autofocus: true }],
  });
  if (choice !== "open") return;
  const place = { user: people.current, chat: Number(which.value), thread: 0 };
  if (people.group(place).bot.actions.includes("masukkan")) await manage(place, "masukkan");
  await go(place);
  say(`/start@${context.bot.username} ${payload}`.trim());
}

function openLink(address) {
  let payload = null;
  try {
    payload = startPayload(address);
    const toGroup = payload === null ? null : new URL(address).searchParams.get("startgroup");
    if (toGroup !== null) {
      offerGroup(toGroup);
      return true;
    }
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
  const place = people.real(parse(location.hash.slice(1)));
  if (place && !same(place, people.place)) openChat(place);
});
onOutbox(() => chat.drawPending());

// The stream

async function refresh() {
  const state = await get("state");
  context.bot = state.bot;
  clock.set(state.clock);
  people.set(state.people);
  const wished = [people.place, parse(location.hash.slice(1)), parse(saved.get("place", ""))].map((place) => people.real(place));
  const place = wished.find(Boolean) ?? (state.people.length ? privateOf(state.people[0].id) : null);
  if (!place) return;
  if (same(place, people.place)) {
    drawHeader();
    const opened = await chat.open(place);
    if (opened) composer.setCommands(opened.commands);
  } else await openChat(place);
}

function changed(change) {
  const { kind, chat_id, body } = change;
  const inTopic = !["message", "edited"].includes(kind) || !isGroup(people.place) || topicOf(body) === people.place.thread;
  const here = chat_id === people.place.chat && inTopic;
  switch (kind) {
    case "clock":
      clock.set(body);
      return;
    case "reset":
      refresh().catch(() => {});
      return;
    case "group":
      get("state").then((state) => { people.set(state.people); drawHeader(); }).catch(() => {});
      return;
    case "inline":
      return;
    case "commands":
      get(address(people.place)).then(({ commands }) => composer.setCommands(commands)).catch(() => {});
      return;
    default:
      people.apply(change, here && !document.hidden && chat.stuck);
      if (here) chat.apply(change);
  }
  const mine = here && kind === "answer" && body.user_id === people.current;
  if (mine && body.text) (body.alert ? tell : toast)(body.text);
  if (mine && body.url) openLink(body.url);
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
