/** A worker of Cloudflare's that traces its requests. */

import { flushInBackground, init, withSpan } from "spanwright";

// Before any request, where a worker may do next to nothing.
render("start");

// @trace
async function answer(path: string): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return render(path);
}

// @trace
function render(path: string): string {
  return `you asked for ${path}`;
}

export default {
  async fetch(
    request: Request,
    { COLLECTOR }: { COLLECTOR: string },
    ctx: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response> {
    configure(COLLECTOR);
    const { pathname } = new URL(request.url);
    try {
      return await withSpan(async () => new Response(await answer(pathname)), { name: `GET ${pathname}` });
    } finally {
      flushInBackground(ctx, { timeoutMs: 5000 });
    }
  },
};

const state = { configured: false };

function configure(endpoint: string): void {
  if (state.configured) return;
  state.configured = true;
  init({ otlp: { endpoint } });
}
