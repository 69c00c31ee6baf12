/** What the program says of all traces that begin in a part of it, and which of them was the last to end there. */

import { type Context, ROOT_CONTEXT } from "@opentelemetry/api";
import type { Trace } from "./trace.ts";

/** What traces take along that begin in a scope. */
export interface TraceDefaults {
  readonly experimentId?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

const DEFAULTS_KEY = Symbol("spanwright trace defaults");
const LAST_KEY = Symbol("spanwright last trace");

/** Where the last trace to end in a scope is noted. */
class LastTrace {
  trace: Trace | undefined = undefined;
}

class ScopedDefaults {
  readonly defaults: TraceDefaults;
  constructor(defaults: TraceDefaults) {
    this.defaults = defaults;
  }
}

const everywhere: { defaults: TraceDefaults; readonly last: LastTrace } = { defaults: {}, last: new LastTrace() };

/** Sets what every trace takes along from now on. */
export function setTraceDefaults(defaults: TraceDefaults): void {
  everywhere.defaults = defaults;
}

/** A context inside which traces take these along, beside what the context around says. */
export function withDefaults(within: Context, defaults: TraceDefaults): Context {
  const around = scopedDefaults(within);
  return within.setValue(
    DEFAULTS_KEY,
    new ScopedDefaults({
      experimentId: defaults.experimentId ?? around?.experimentId,
      tags: { ...around?.tags, ...defaults.tags },
      metadata: { ...around?.metadata, ...defaults.metadata },
    }),
  );
}

/** A context that notes by itself which trace was the last to end inside. */
export function withOwnLast(within: Context): Context {
  return within.setValue(LAST_KEY, new LastTrace());
}

/** Tells a new trace what holds where it begins. */
export function tellTrace(trace: Trace, experimentId: string | undefined, base: Context): void {
  const scoped = base === ROOT_CONTEXT ? undefined : scopedDefaults(base);
  trace.experimentId = experimentId ?? scoped?.experimentId ?? everywhere.defaults.experimentId;
  if (scoped === undefined) return;
  if (scoped.tags !== undefined) trace.tags = { ...scoped.tags };
  if (scoped.metadata !== undefined) trace.metadata = { ...scoped.metadata };
}

/** Notes that the local root of a trace ended. */
export function noteEnd(trace: Trace, base: Context): void {
  trace.isOver = true;
  everywhere.last.trace = trace;
  const own = base === ROOT_CONTEXT ? undefined : base.getValue(LAST_KEY);
  if (own instanceof LastTrace) own.trace = trace;
}

/** The trace whose local root ended last: of the whole process, or inside the scope of a context. */
export function lastTrace(within: Context | undefined): Trace | undefined {
  if (within === undefined) return everywhere.last.trace;
  const own = within.getValue(LAST_KEY);
  return own instanceof LastTrace ? own.trace : everywhere.last.trace;
}

function scopedDefaults(within: Context): TraceDefaults | undefined {
  const scoped = within.getValue(DEFAULTS_KEY);
  return scoped instanceof ScopedDefaults ? scoped.defaults : undefined;
}
