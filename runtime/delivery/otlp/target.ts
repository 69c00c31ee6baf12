/** The target of OTLP: a Collector, Jaeger, or any other backend. */

import { pace } from "../pace.ts";
import type { Target } from "../target.ts";
import { connect } from "./connect.ts";
import { type OtlpOptions, otlpSettings } from "./options.ts";

/** The target that `init` or OpenTelemetry's variables ask for; `undefined` when they ask for none. */
export function otlpTarget(options: OtlpOptions | boolean | undefined): Target | undefined {
  const settings = otlpSettings(options);
  if (settings === undefined) return undefined;
  const address = `${settings.url.origin}${settings.url.pathname}`;
  const target = { key: `otlp ${address}`, label: `OTLP ${address}`, takesChanges: false, ...pace() };
  return {
    ...target,
    connect: () => connect(target, settings),
  };
}
