/** Ends, by id, a span and the trace that another process started; then tries to do so again. */

import { Client, init, type TracingError } from "../../../runtime/index.ts";

const [store = "", traceId = "", spanId = ""] = process.argv.slice(2);
init({ store });
const client = new Client();
await client.endSpan(traceId, spanId, { outputs: "ended there" });
await client.endTrace(traceId, { outputs: "and here" });
const codes = [client.endSpan(traceId, spanId), client.endTrace(traceId)].map((call) =>
  call.then(
    () => "ended twice",
    (error: TracingError) => error.code,
  ),
);
console.log(JSON.stringify(await Promise.all(codes)));
