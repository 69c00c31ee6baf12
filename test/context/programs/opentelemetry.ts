/** Traced functions together with OpenTelemetry's own ways to make spans and to carry a context. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Context, context, ROOT_CONTEXT, type Span, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { type Program, tick, VALUE } from "./program.ts";
import { items, later, plain } from "./traced.ts";

const nothing = () => {};
const suppressed = () => suppressTracing(context.active());
const tracer = () => trace.getTracer("another instrumentation");

/** A span of another instrumentation, current in a body that returns at once. */
function other<T>(name: string, body: () => T): T {
  return tracer().startActiveSpan(name, (span: Span) => {
    try {
      return body();
    } finally {
      span.end();
    }
  });
}

export const OPENTELEMETRY: readonly Program[] = [
  {
    name: "their span around traced functions",
    notes: ["body in plain", "theirs in GET", "caller in nothing"],
    spans: ["GET", "plain < GET"],
    run(at) {
      other("GET", () => {
        plain(at("body"));
        at("theirs")();
      });
      at("caller")();
    },
  },
  {
    name: "their span inside a traced function, and a traced one inside theirs",
    notes: ["theirs in SELECT", "inner in plain", "outer in plain", "caller in nothing"],
    spans: ["SELECT < plain", "plain", "plain < SELECT"],
    run(at) {
      plain(() => {
        other("SELECT", () => {
          at("theirs")();
          plain(at("inner"));
        });
        at("outer")();
      });
      at("caller")();
    },
  },
  {
    name: "their spans before and after an await of a traced function",
    notes: ["theirs in SELECT", "caller in nothing", "theirs in UPDATE", "caller in nothing"],
    spans: ["SELECT < later", "UPDATE < later", "later"],
    async run(at) {
      const running = later(() => other("SELECT", at("theirs")), tick, () => other("UPDATE", at("theirs"))); // biome-ignore format: one call
      at("caller")();
      await running;
      at("caller")();
    },
  },
  {
    name: "their span around an async traced function that outlives it",
    notes: ["before in later", "theirs in GET", "caller in nothing", "after in later", "caller in nothing"],
    spans: ["GET", "later < GET"],
    async run(at) {
      const running = other("GET", () => {
        const begun = later(at("before"), tick, at("after"));
        at("theirs")();
        return begun;
      });
      at("caller")();
      await running;
      at("caller")();
    },
  },
  {
    name: "their span that is current across an await of theirs",
    needs: "storage",
    notes: ["before in GET", "body in plain", "after in GET", "caller in nothing"],
    spans: ["GET < later", "later", "plain < GET"],
    async run(at) {
      await later(
        nothing,
        () =>
          tracer().startActiveSpan("GET", async (span) => {
            at("before")();
            await tick();
            plain(at("body"));
            at("after")();
            span.end();
          }),
        nothing,
      );
      at("caller")();
    },
  },
  {
    name: "their span in a generator's body, and around its consumer",
    notes: ["body in SELECT", "consumer in GET", "caller in nothing"],
    spans: ["GET", "SELECT < items", "items < GET"],
    run(at) {
      const generator = items(1, () => other("SELECT", at("body")));
      other("GET", () => {
        generator.next();
        at("consumer")();
      });
      at("caller")();
      generator.next();
    },
  },
  {
    name: "their span that is started and not made current",
    notes: ["after in later", "caller in nothing"],
    spans: ["GET", "SELECT < later", "later"],
    async run(at) {
      const span = tracer().startSpan("GET");
      const started: Span[] = [];
      await later(() => void started.push(tracer().startSpan("SELECT")), tick, at("after"));
      for (const each of [...started, span]) each.end();
      at("caller")();
    },
  },
  {
    name: "context.with: the root inside a traced function",
    notes: ["body in plain", "inside in nothing", "outer in plain"],
    spans: ["plain", "plain"],
    run(at) {
      plain(() => {
        context.with(ROOT_CONTEXT, () => {
          plain(at("body"));
          at("inside")();
        });
        at("outer")();
      });
    },
  },
  {
    name: "context.with: a value around a traced function, before and after its await",
    notes: ["before: value", "after: value", "caller: undefined"],
    spans: ["later"],
    async run(_at, notes) {
      const read = (place: string) => () => void notes.push(`${place}: ${context.active().getValue(VALUE)}`);
      const within = context.active().setValue(VALUE, "value");
      await context.with(within, () => later(read("before"), tick, read("after")));
      read("caller")();
    },
  },
  {
    name: "context.with: an async traced function inside",
    notes: ["before in later", "with in nothing", "caller in nothing", "after in later"],
    spans: ["later", "plain"],
    async run(at) {
      let running: Promise<void> | undefined;
      plain(() => {
        context.with(ROOT_CONTEXT, () => {
          running = later(at("before"), tick, at("after"));
          at("with")();
        });
      });
      at("caller")();
      await running;
    },
  },
  {
    name: "context.bind: a function that is bound inside and called outside",
    notes: ["bound in plain", "body in plain", "caller in nothing", "root in nothing", "outer in plain"],
    spans: ["plain", "plain", "plain < plain"],
    run(at) {
      const bound = plain(() =>
        context.bind(context.active(), () => {
          at("bound")();
          plain(at("body"));
        }),
      );
      bound();
      at("caller")();
      const atRoot = context.bind(ROOT_CONTEXT, at("root"));
      plain(() => {
        atRoot();
        at("outer")();
      });
    },
  },
  {
    name: "context.bind: an async traced function as the bound one",
    notes: ["before in later", "caller in nothing", "after in later", "caller in nothing"],
    spans: ["later < plain", "plain"],
    async run(at) {
      const bound = plain(() => context.bind(context.active(), () => later(at("before"), tick, at("after"))));
      const running = bound();
      at("caller")();
      await running;
      at("caller")();
    },
  },
  {
    name: "suppressTracing inside a traced function",
    notes: ["suppressed in plain", "body in plain", "after in plain", "caller in nothing"],
    spans: ["plain", "plain < plain"],
    run(at) {
      plain(() => {
        context.with(suppressed(), () => {
          plain(at("suppressed"));
          other("GET", nothing);
        });
        plain(at("body"));
        at("after")();
      });
      at("caller")();
    },
  },
  {
    name: "suppressTracing around traced functions",
    notes: ["suppressed in nothing", "caller in nothing", "after in nothing"],
    spans: [],
    async run(at) {
      const running = context.with(suppressed(), () => later(at("suppressed"), tick, at("after")));
      at("caller")();
      await running;
    },
  },
  {
    name: "suppressTracing around a traced function, across its await",
    needs: "storage",
    notes: ["body in nothing", "caller in nothing"],
    spans: [],
    async run(at) {
      await context.with(suppressed(), () => later(nothing, tick, () => plain(at("body"))));
      at("caller")();
    },
  },
  {
    name: "context.attach inside a traced function",
    needs: "attach",
    notes: [
      "attached in nothing",
      "detached in plain",
      "attached in nothing",
      "detached in later",
      "caller in nothing",
    ],
    spans: ["later", "plain"],
    async run(at) {
      const attached = () => {
        const token = attach(ROOT_CONTEXT);
        at("attached")();
        token.dispose();
        at("detached")();
      };
      plain(attached);
      await later(nothing, tick, attached);
      at("caller")();
    },
  },
  {
    name: "context.attach around traced functions",
    needs: "attach",
    notes: ["body in plain", "attached in GET", "caller in nothing"],
    spans: ["GET", "plain < GET"],
    run(at) {
      const span = tracer().startSpan("GET");
      const token = attach(trace.setSpan(context.active(), span));
      plain(at("body"));
      at("attached")();
      token.dispose();
      span.end();
      at("caller")();
    },
  },
  {
    name: "the instrumentation of fetch",
    needs: "undici",
    notes: ["response in later", "caller in nothing"],
    spans: ["GET < later", "later"],
    async run(at) {
      const server = createServer((_request, response) => response.end("answer")).listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const { port } = server.address() as AddressInfo;
      await later(nothing, async () => (await fetch(`http://127.0.0.1:${port}/`)).text(), at("response"));
      at("caller")();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  },
];

/** The types are those of API 1.9, which has no `attach`. */
function attach(next: Context): { dispose(): void } {
  return Reflect.apply(Reflect.get(context, "attach"), context, [next]);
}
