/** What `OTEL_TRACES_EXPORTER=console` asks for: a line of JSON on standard output for each span, as it ends. */

import type { FinishedSpan } from "./destination.ts";
import { exporterNames } from "./otlp/options.ts";

/** Writes a span out; `undefined` when the variable does not ask for it. */
export function consoleEcho(): ((span: FinishedSpan) => void) | undefined {
  return exporterNames()?.includes("console") ? echo : undefined;
}

function echo({ trace, inputs, outputs, attributesJson, ...rest }: FinishedSpan): void {
  const json = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
  const line = {
    traceId: trace.traceId,
    ...rest,
    inputs: json(inputs),
    outputs: json(outputs),
    attributes: json(attributesJson),
  };
  console.log(JSON.stringify(line));
}
