/** Which traces are recorded: by ratio, the same decision for a trace id wherever it is made. */

import { report } from "./diagnostics.ts";
import { environment } from "./platform.ts";

/** How traces are chosen. */
interface Sampler {
  /** Part of the traces that is recorded, 0 to 1. */
  ratio: number;
  /** Whether a remote parent decides for its children. */
  parentBased: boolean;
}

/** The sampler in force. */
export const sampler: Sampler = { ratio: 1, parentBased: true };

/** The samplers of https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
const SAMPLERS: Readonly<Record<string, { readonly ratio: number | "argument"; readonly parentBased: boolean }>> = {
  always_on: { ratio: 1, parentBased: false },
  always_off: { ratio: 0, parentBased: false },
  traceidratio: { ratio: "argument", parentBased: false },
  parentbased_always_on: { ratio: 1, parentBased: true },
  parentbased_always_off: { ratio: 0, parentBased: true },
  parentbased_traceidratio: { ratio: "argument", parentBased: true },
};

/**
 * Chooses the sampler: the ratio given, else `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`, else
 * `MLFLOW_TRACE_SAMPLING_RATIO`, else every trace.
 */
export function chooseSampler(ratio: number | undefined): void {
  Object.assign(sampler, ratio === undefined ? fromEnvironment() : { ratio, parentBased: true });
}

function fromEnvironment(): Sampler {
  const name = environment("OTEL_TRACES_SAMPLER");
  if (name === undefined) return { ratio: ratioOf("MLFLOW_TRACE_SAMPLING_RATIO"), parentBased: true };
  const known = Object.hasOwn(SAMPLERS, name) ? SAMPLERS[name] : undefined;
  if (known === undefined) {
    reportVariable("OTEL_TRACES_SAMPLER", name, `one of ${Object.keys(SAMPLERS).join(", ")}`);
    return { ratio: 1, parentBased: true };
  }
  const { parentBased } = known;
  return { ratio: known.ratio === "argument" ? ratioOf("OTEL_TRACES_SAMPLER_ARG") : known.ratio, parentBased };
}

function ratioOf(variable: string): number {
  const text = environment(variable);
  if (text === undefined) return 1;
  const ratio = Number(text);
  if (isRatio(ratio)) return ratio;
  reportVariable(variable, text, "a number from 0 to 1");
  return 1;
}

function reportVariable(variable: string, text: string, wanted: string): void {
  report(
    "SW2120",
    `${variable} is ${JSON.stringify(text)}, which it cannot be; every trace is recorded`,
    `Give it ${wanted}.`,
  );
}

/** Whether a value is a sampling ratio. */
export function isRatio(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/**
 * Whether the trace of an id is among the part that is recorded. Decides as the TraceIdRatioBased sampler of
 * OpenTelemetry's SDK for JavaScript does, so that services that use either agree.
 */
export function isSampled(traceId: string, ratio: number): boolean {
  let folded = 0;
  for (let at = 0; at < 32; at += 8) folded = (folded ^ Number.parseInt(traceId.slice(at, at + 8), 16)) >>> 0;
  return folded < Math.floor(ratio * 0xffff_ffff);
}
