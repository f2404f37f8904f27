// Small things every part uses: elements, times in the demo's zone, copying, storage.

export const $ = (id) => document.getElementById(id);

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value === "boolean") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  link: "M7 17L17 7M9 7h8v8",
  copy: "M9 9h10v10H9zM5 15V5h10",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  down: "M6 9l6 6 6-6",
};

// Time. The server's demo clock is read once and counted on here.

const clock = { zone: "Asia/Jakarta", label: "WIB", base: Date.now(), read: performance.now() };

export function setClock({ now, zone, zone_label }) {
  Object.assign(clock, { zone, label: zone_label, base: Date.parse(now), read: performance.now() });
}

export const demoNow = () => new Date(clock.base + performance.now() - clock.read);

const formats = new Map();

function format(date, options) {
  const key = clock.zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("id-ID", { ...options, timeZone: clock.zone }));
  return formats.get(key).format(date);
}

export const hour = (date) => format(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).replace(":", ".");
export const hourWithZone = (date) => `${hour(date)} ${clock.label}`;
export const day = (date) => format(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = (date) => format(date, { weekday: "short", day: "numeric", month: "short" });

export const zoneLabel = () => clock.label;

// A calendar date such as "2027-01-18", whatever the zone.
export const dayOf = (date) =>
  new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${date}T00:00:00Z`));

export function wallTime(date) {
  const text = new Intl.DateTimeFormat("sv-SE", {
    timeZone: clock.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).format(date);
  return text.replace(" ", "T");
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${value.toLocaleString("id-ID", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

export function initials(name) {
  const words = name.replace(/\(.*\)/, "").trim().split(/\s+/);
  return (words[0][0] + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "vh" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// What a reload must not lose lives in the tab's own storage.

export const saved = {
  get(key, otherwise) {
    try {
      return JSON.parse(sessionStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // A full or forbidden storage only costs the draft.
    }
  },
  clear(prefix) {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) this.set(key, null);
  },
};

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const coarse = matchMedia("(pointer: coarse)");
export const narrow = matchMedia("(max-width: 759px)");
