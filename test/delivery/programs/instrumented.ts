/** Ends a span inside another, in a program whose HTTP requests somebody traces, as OpenTelemetry's instrumentations do. */

import http from "node:http";
import { trace } from "@opentelemetry/api";
import { flushTraces, init, withSpan } from "../../../runtime/index.ts";

http.request = new Proxy(http.request, {
  apply(request, self, args) {
    trace.getTracer("http").startSpan("POST").end();
    return Reflect.apply(request, self, args);
  },
});

init({ enabled: true, ...JSON.parse(process.argv[2] ?? "{}") });
await withSpan(
  async () => {
    withSpan(() => 1, { name: "inner" });
    // The first request begins while the outer span runs.
    await flushTraces();
  },
  { name: "outer" },
);
await flushTraces();
