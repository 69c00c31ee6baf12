/** Parts of a program in which traces are of a certain experiment, session or user, or are not recorded. */

import type { Context } from "@opentelemetry/api";
import { badArgument, entriesOf } from "./attributes.ts";
import { configured } from "./configuration.ts";
import { currentContext, runInContext, SUPPRESSED_KEY } from "./context.ts";
import { readyToTrace } from "./provider.ts";
import { withDefaults, withOwnLast } from "./trace-scope.ts";
import { METADATA, textOf, texts } from "./trace-texts.ts";

/** What {@link tracingContext} takes. */
export interface TracingContextOptions {
  /** Tags of every trace that begins inside. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Metadata of every trace that begins inside. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Experiment of every trace that begins inside. */
  readonly experimentId?: string;
  /** The metadata `mlflow.trace.session`. */
  readonly sessionId?: string;
  /** The metadata `mlflow.trace.user`. */
  readonly user?: string;
  /** `false`: nothing is recorded inside. */
  readonly enabled?: boolean;
}

/**
 * Runs a function in which every trace that begins, now or after an `await`, takes along what the options say.
 *
 * @returns what the function returns
 * @example app.use((request, _, next) => tracingContext({ sessionId: request.session.id }, next));
 */
export function tracingContext<T>(options: TracingContextOptions, fn: () => T): T;
export function tracingContext(options: unknown, fn: unknown): unknown {
  if (typeof fn !== "function") return badArgument("tracingContext", "a function", fn);
  const call = () => Reflect.apply(fn, undefined, []);
  if (!configured()) return call();
  readyToTrace();
  return runInContext(withOwnLast(contextOf(Object.fromEntries(entriesOf(options, "tracingContext")))), call);
}

/**
 * Runs a function in which nothing is recorded, now or after an `await`.
 *
 * @returns what the function returns
 */
export function withTracingDisabled<T>(fn: () => T): T {
  return tracingContext({ enabled: false }, fn);
}

function contextOf(options: Readonly<Record<string, unknown>>): Context {
  const { tags, metadata, experimentId, sessionId, user, enabled } = options;
  const within = withDefaults(currentContext(), {
    experimentId: experimentId === undefined ? undefined : textOf("experimentId", experimentId),
    tags: tags === undefined ? undefined : texts(tags, "tracingContext({ tags })"),
    metadata: {
      ...(metadata === undefined ? undefined : texts(metadata, "tracingContext({ metadata })")),
      ...(sessionId !== undefined && { [METADATA.session]: textOf("sessionId", sessionId) }),
      ...(user !== undefined && { [METADATA.user]: textOf("user", user) }),
    },
  });
  return typeof enabled === "boolean" ? within.setValue(SUPPRESSED_KEY, !enabled) : within;
}
