/** How many spans are sent at once and how soon, as OpenTelemetry's variables for batches say it. */

import { environment, inPage } from "../platform.ts";
import type { Target } from "./target.ts";

const DEFAULTS = {
  batch: ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 2048],
  delayMs: ["OTEL_BSP_SCHEDULE_DELAY", 1000],
  queue: ["OTEL_BSP_MAX_QUEUE_SIZE", 65_536],
} as const;

/**
 * Bytes of a parcel, as far as they can be told before it is encoded: below what servers take at once, and in a
 * page below what may outlive it.
 */
const PARCEL_BYTES = inPage ? 48 * 1024 : 3 * 1024 * 1024;

/** What variables say, else what suits a queue that does not block; `OTEL_BSP_EXPORT_TIMEOUT` is that of the request. */
export function pace(): Pick<Target, "batch" | "parcelBytes" | "delayMs" | "queue" | "inFlight"> {
  return { batch: of("batch"), parcelBytes: PARCEL_BYTES, delayMs: of("delayMs"), queue: of("queue"), inFlight: 4 };
}

function of(name: keyof typeof DEFAULTS): number {
  const [variable, usual] = DEFAULTS[name];
  const said = Number(environment(variable));
  return Number.isInteger(said) && said > 0 ? said : usual;
}
