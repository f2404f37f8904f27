// The demo's calendar: shown, moved forward, and started over.

import { $, day, dayOf, demoNow, h, hourWithZone, icon, ICONS, setClock, shortDay, wallTime, zoneLabel } from "./dom.js";
import { post } from "./net.js";
import { ask } from "./dialogs.js";

export class Clock {
  constructor(context) {
    this.context = context;
    for (const button of $("clock-panel").querySelectorAll("[data-seconds]")) {
      button.addEventListener("click", () => this.move({ seconds: Number(button.dataset.seconds) }));
    }
    $("clock-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.move({ to: $("clock-to").value });
    });
    $("clock-to").addEventListener("input", () => this.echo());
    $("reset").addEventListener("click", () => this.reset());
    setInterval(() => this.draw(), 5000);
  }

  set(shown) {
    setClock(shown);
    this.draw();
    $("clock-to").min = wallTime(demoNow());
    const tomorrow = new Date(demoNow().getTime() + 86_400_000);
    if (!$("clock-to").matches(":focus")) $("clock-to").value = `${wallTime(tomorrow).slice(0, 10)}T08:00`;
    this.echo();
  }

  // Browsers write dates in their own language; this line says the chosen one in ours.
  echo() {
    const [date, time] = $("clock-to").value.split("T");
    $("clock-echo").textContent = time ? `${dayOf(date)}, ${time.slice(0, 5).replace(":", ".")} ${zoneLabel()}` : "";
  }

  draw() {
    const now = demoNow();
    const key = `${day(now)} ${hourWithZone(now)}`;
    if (key === this.shown) return;
    this.shown = key;
    $("clock").dateTime = now.toISOString();
    $("clock").replaceChildren(h("span", {}, day(now)), " ", h("strong", {}, hourWithZone(now)));
    $("clock-toggle").replaceChildren(
      h("span", { class: "vh" }, "Waktu demo "),
      h("span", { class: "chip-text" }, h("strong", {}, shortDay(now)), h("span", {}, hourWithZone(now))), icon(ICONS.down));
  }

  busy(text) {
    $("clock-status").textContent = text;
    $("clock-panel").setAttribute("aria-busy", String(Boolean(text)));
    for (const button of $("clock-panel").querySelectorAll(".steps button, .clock-form button, #reset")) {
      button.setAttribute("aria-disabled", String(Boolean(text)));
    }
  }

  async move(step) {
    if ($("clock-panel").getAttribute("aria-busy") === "true") return;
    this.busy("Memajukan waktu…");
    try {
      this.set(await post("clock", step));
      this.busy("");
      $("announce").textContent = `Waktu demo sekarang ${this.shown}.`;
    } catch (error) {
      this.busy("");
      $("clock-status").textContent = error.name === "TypeError" || !error.message ? "Belum berhasil. Coba sekali lagi." : error.message;
    }
  }

  async reset() {
    if ($("clock-panel").getAttribute("aria-busy") === "true") return;
    const sure = await ask({
      title: "Mulai dari awal?",
      body: [h("p", {}, "Semua percakapan, jawaban, dan berkas di demo ini dihapus, lalu data contoh diisi ulang. Data di luar demo tidak tersentuh.")],
      buttons: [
        { label: "Batal", value: false, testid: "reset-cancel", autofocus: true },
        { label: "Mulai dari awal", value: true, kind: "danger", testid: "reset-confirm" },
      ],
    });
    if (!sure) return;
    this.busy("Menyiapkan data contoh…");
    try {
      await post("reset", {});
      this.context.restarted();
      this.busy("");
    } catch (error) {
      this.busy("");
      $("clock-status").textContent = error.message || "Belum berhasil. Coba sekali lagi.";
    }
  }
}
