// What lies over the chat for a moment: toasts, questions, pictures, small menus.

import { $, h, icon, ICONS } from "./dom.js";
import { fileUrl } from "./bubble.js";

let toastEnd = null;

export function toast(text) {
  clearTimeout(toastEnd);
  const place = $("toast");
  place.textContent = text;
  place.classList.add("shown");
  toastEnd = setTimeout(() => {
    place.classList.remove("shown");
    toastEnd = setTimeout(() => (place.textContent = ""), 300);
  }, Math.min(7000, 2600 + text.length * 45));
}

// Ask something; resolves to the value of the chosen button, or null after Escape.
export function ask({ title, body, buttons }) {
  const dialog = $("dialog");
  if (dialog.open) dialog.close();
  return new Promise((answer) => {
    const choose = (value) => {
      dialog.onclose = null;
      dialog.close();
      answer(typeof value === "function" ? value() : value);
    };
    dialog.replaceChildren(
      h("h2", { id: "dialog-title" }, title),
      ...body,
      h("div", { class: "dialog-buttons" }, ...buttons.map(({ label, value, kind, testid, autofocus }) =>
        h("button", { type: "button", class: kind ?? "", "data-testid": testid, autofocus, onclick: () => choose(value) }, label))),
    );
    dialog.onclose = () => answer(null);
    dialog.showModal();
  });
}

export const tell = (text) =>
  ask({ title: "Pandu ZI", body: [h("p", { class: "pre" }, text)], buttons: [{ label: "Mengerti", value: true, kind: "primary", testid: "alert-ok", autofocus: true }] });

export function showPhoto(fileId, caption) {
  const viewer = $("viewer");
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Tutup foto", onclick: () => viewer.close() }, icon(ICONS.close));
  viewer.replaceChildren(
    h("div", { class: "viewer-bar" }, h("a", { href: fileUrl(fileId, true), download: "" }, "Unduh"), close),
    h("img", { src: fileUrl(fileId), alt: caption ? `Foto: ${caption}` : "Foto" }),
    ...(caption ? [h("p", {}, caption)] : []),
  );
  viewer.onclick = (event) => event.target === viewer && viewer.close();
  viewer.showModal();
}

let closeMenu = () => {};

export function menu(button, items) {
  const open = button.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (open) return;
  const list = h("div", { class: "popup", role: "menu" }, ...items.map(([label, run]) =>
    h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => { closeMenu(); button.focus(); run(); } }, label)));
  document.body.append(list);
  const place = button.getBoundingClientRect();
  const size = list.getBoundingClientRect();
  list.style.left = `${Math.max(8, Math.min(place.left, innerWidth - size.width - 8))}px`;
  list.style.top = `${place.bottom + size.height + 8 > innerHeight ? place.top - size.height - 4 : place.bottom + 4}px`;
  button.setAttribute("aria-expanded", "true");
  const entries = [...list.children];
  entries[0].focus();
  const outside = (event) => !list.contains(event.target) && event.target !== button && closeMenu();
  list.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries[(to + entries.length) % entries.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      closeMenu();
      button.focus();
    }
  });
  document.addEventListener("pointerdown", outside);
  if ($("log").contains(button)) $("log").addEventListener("scroll", outside, { once: true });
  closeMenu = () => {
    document.removeEventListener("pointerdown", outside);
    button.setAttribute("aria-expanded", "false");
    list.remove();
    closeMenu = () => {};
  };
}
