/** A page that traces what it does, and sends to the server it came from, or to the one in its address. */

import { flushTraces, init, stats } from "spanwright";

const endpoint = new URLSearchParams(location.search).get("collector") ?? location.origin;
init({ otlp: { endpoint }, resource: { "service.name": "a page" } });

// @trace
async function load(path: string): Promise<string> {
  const answer = await fetch(path);
  const text = await answer.text();
  return render(text);
}

// @trace
function render(text: string): string {
  return `<p>${text}</p>`;
}

/** Makes so many spans. */
function work(count: number): void {
  for (let number = 0; number < count; number++) render(`${number}`);
}

Object.assign(globalThis, { page: { load, work, flushTraces, stats } });
