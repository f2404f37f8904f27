// The wire: reading, doing, and the stream of changes. What is sent is repeated until the server has it; each send
// carries an id by which the server knows a repetition.

import { newId, saved } from "./dom.js";

export class Refusal extends Error {}

export async function get(path) {
  const response = await fetch(`/api/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export async function post(name, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/api/${name}`, {
    method: "POST",
    headers: form ? {} : { "content-type": "application/json" },
    body: form ? body : JSON.stringify(body),
  });
  if (response.status >= 500) throw new Error(`${name}: ${response.status}`);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.error || "Permintaan ditolak. Muat ulang halaman ini.");
  return answer;
}

export const post_quietly = (name, body) => post(name, body).catch(() => {});

// Things on their way, in order.

const queue = saved.get("outbox", []).map((job) => ({ job }));
let running = false;
let retry = null;
let heard = () => {};

export const onOutbox = (hear) => (heard = hear);
export const waiting = () => queue.map(({ job }) => job);

const keep = () => saved.set("outbox", queue.filter(({ job }) => job.kind !== "upload").map(({ job }) => job));

export function send(job) {
  const known = { ...job, client_id: newId() };
  return new Promise((done, failed) => {
    queue.push({ job: known, done, failed });
    keep();
    heard();
    pump();
  });
}

export async function pump() {
  clearTimeout(retry);
  if (running) return;
  running = true;
  while (queue.length) {
    const { job, done, failed } = queue[0];
    try {
      const answer = await deliver(job);
      queue.shift();
      done?.(answer);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        retry = setTimeout(pump, 2000);
        break;
      }
      queue.shift();
      failed?.(error);
    }
    keep();
    heard();
  }
  running = false;
}

function deliver({ kind, files, ...body }) {
  if (kind !== "upload") return post(kind, body);
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) if (value !== undefined && value !== null) form.set(name, value);
  for (const file of files) form.append("files", file, file.name);
  return post("upload", form);
}

// The stream. `hello` comes at every (re)connection.

export function listen({ hello, change, lost }) {
  let source = null;
  let again = null;
  const open = () => {
    source = new EventSource("/api/events");
    source.addEventListener("hello", (event) => hello(JSON.parse(event.data)));
    source.onmessage = (event) => change(JSON.parse(event.data));
    source.onerror = () => {
      lost();
      if (source.readyState === EventSource.CLOSED) {
        clearTimeout(again);
        again = setTimeout(open, 1500);
      }
    };
  };
  open();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && open());
}
