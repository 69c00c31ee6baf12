/** Whether, where and how traces are recorded: what `init` and the environment say, and what holds without them. */

import { type CaptureLimits, limits } from "./capture.ts";
import { chunkLimit } from "./chunks.ts";
import { consoleEcho } from "./delivery/console.ts";
import { type Check, OPTION_CHECKS } from "./delivery/option-checks.ts";
import { exporterNames } from "./delivery/otlp/options.ts";
import { outlet, type Route } from "./delivery/outlet.ts";
import type { RetentionOptions } from "./delivery/retention.ts";
import { type TargetOptions, targetsOf } from "./delivery/targets.ts";
import { SpanwrightError } from "./diagnostics.ts";
import { environment, isProxy, onNode } from "./platform.ts";
import { reconsiderProvider } from "./provider.ts";
import { redactAlso } from "./redaction.ts";
import { describeResource, type ResourceOptions } from "./resource.ts";
import { chooseSampler, isRatio } from "./sampling.ts";
import { setSwitches } from "./site-switches.ts";
import { switchSites } from "./sites.ts";
import type { SpanEdit, SpanProcessor } from "./span-api.ts";
import { setTraceDefaults } from "./trace-scope.ts";
import { TraceTimeouts } from "./trace-timeouts.ts";
import { readTraceparent } from "./traceparent.ts";

/** What {@link init} takes. */
export interface InitOptions extends TargetOptions {
  /** `false`: nothing is recorded. `true`: recorded even where `NODE_ENV` is `production` or `test`. */
  readonly enabled?: boolean;
  /** Path of the embedded store, `.spanwright/traces.db` when absent; `false`: no store. */
  readonly store?: string | false;
  /**
   * OpenTelemetry's attributes of who makes the spans, such as `service.name`, added to those of
   * `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME`.
   */
  readonly resource?: ResourceOptions;
  /** How much the store keeps; see the members for what holds when they are absent. */
  readonly retention?: RetentionOptions;
  /**
   * Called in this order: functions, which may change a span as it ends, or drop it by returning `false`; and
   * span processors of OpenTelemetry's SDK, which take it beside the store.
   */
  readonly spanProcessors?: readonly (SpanEdit | SpanProcessor)[];
  /** Names whose values are secrets, added to the built-in ones: strings as words (`"ssn"`), or expressions. */
  readonly redact?: readonly (string | RegExp)[];
  /** How much of a value is kept. */
  readonly capture?: Partial<CaptureLimits>;
  /** Items of one stream that are kept, 1000 when absent; further ones are counted. */
  readonly chunkLimit?: number;
  /**
   * Part of the traces that is recorded, 0 to 1, decided by trace id; what `OTEL_TRACES_SAMPLER` or
   * `MLFLOW_TRACE_SAMPLING_RATIO` say when absent, else 1. A mark may have one of its own.
   */
  readonly samplingRatio?: number;
  /** Switches for single traced functions, `src/db/**=off, src/feed.ts#poll=0.1`; `SPANWRIGHT_SITES` when absent. */
  readonly sites?: string;
  /** Milliseconds after which a trace that has not ended is ended; `MLFLOW_TRACE_TIMEOUT_SECONDS` when absent, else never. */
  readonly traceTimeoutMs?: number;
  /** `true`: spans of one name in a trace get the suffixes `_1`, `_2`; they are kept when the root has ended. */
  readonly uniqueSpanNames?: boolean;
  /** Taken for the sake of programs written for MLflow's SDK, without effect, like the two below. */
  readonly databricksConfigPath?: string;
  readonly host?: string;
  readonly databricksToken?: string;
}

const DEFAULT_STORE = ".spanwright/traces.db";
const DEFAULT_LIMITS: CaptureLimits = { ...limits };
const DEFAULT_CHUNK_LIMIT = chunkLimit.items;

/**
 * `wanted` is what `init` and the environment say, `disabled` what {@link disableTracing} does, `held` who records
 * whatever is wanted.
 */
const state = { configured: false, wanted: false, disabled: false, held: 0, recording: false };

/**
 * Configures tracing. Each call replaces the configuration before; without any call, traces go to the embedded
 * store, except with `NODE_ENV` `production` or `test`.
 *
 * @throws SpanwrightError `SW2100` for an option that does not exist, `SW2115` for a value it cannot have
 * @example init({ store: "/var/lib/app/traces.db", redact: ["ssn"] })
 */
export function init(options: InitOptions = {}): void {
  apply(validated(options));
}

/** Whether calls are recorded; settles the configuration when nothing did before. */
export function configured(): boolean {
  if (!state.configured) apply({});
  return state.recording;
}

/** Whether calls are recorded. */
export function isTracingEnabled(): boolean {
  return configured();
}

/** Records nothing from now on; spans that run are kept when they end. */
export function disableTracing(): void {
  configured();
  state.disabled = true;
  settle();
}

/** Takes {@link disableTracing} back. */
export function enableTracing(): void {
  configured();
  state.disabled = false;
  settle();
}

/** Records even where nothing is configured to, until what is returned is called. */
export function holdRecording(): () => void {
  configured();
  state.held += 1;
  settle();
  return () => {
    state.held -= 1;
    settle();
  };
}

/** Records nothing until the next `init`. */
export function stopRecording(): void {
  state.configured = true;
  state.wanted = false;
  settle();
}

function apply(options: InitOptions): void {
  state.configured = true;
  state.disabled = false;
  const targets = options.enabled === false ? [] : targetsOf(options);
  const echo = consoleEcho();
  state.wanted = isRecording(options, targets.length > 0 || echo !== undefined);
  redactAlso(options.redact ?? []);
  Object.assign(limits, DEFAULT_LIMITS, options.capture);
  chunkLimit.items = options.chunkLimit ?? DEFAULT_CHUNK_LIMIT;
  chooseSampler(options.samplingRatio);
  describeResource({ ...options.resource });
  setSwitches(options.sites ?? environment("SPANWRIGHT_SITES"));
  setTraceDefaults({ experimentId: options.experimentId ?? environment("MLFLOW_EXPERIMENT_ID") });
  configureOutlet(options, state.wanted ? { targets, echo } : { targets: [], echo: undefined });
  settle();
}

function configureOutlet(options: InitOptions, sending: Pick<Route, "targets" | "echo">): void {
  const given = options.spanProcessors ?? [];
  const timeoutMs = options.traceTimeoutMs ?? timeoutOfEnvironment();
  outlet.configure({
    store: state.wanted ? storePath(options) : undefined,
    retention: options.retention ?? {},
    ...sending,
    processors: [
      ...(timeoutMs === undefined ? [] : [new TraceTimeouts(timeoutMs)]),
      ...given.filter((each) => typeof each !== "function"),
    ],
    edits: given.filter((each) => typeof each === "function"),
    uniqueNames: options.uniqueSpanNames === true,
  });
}

function settle(): void {
  state.recording = (state.wanted || state.held > 0) && !state.disabled;
  reconsiderProvider(state.recording, inheritedSpan());
  switchSites(state.recording);
}

/** The span a parent process left in the environment, as OpenTelemetry names the variables. */
function inheritedSpan(): ReturnType<typeof readTraceparent> {
  const traceparent = environment("TRACEPARENT");
  return traceparent === undefined ? undefined : readTraceparent(traceparent, environment("TRACESTATE"));
}

function timeoutOfEnvironment(): number | undefined {
  const seconds = Number(environment("MLFLOW_TRACE_TIMEOUT_SECONDS"));
  return seconds > 0 ? seconds * 1000 : undefined;
}

function isRecording({ enabled, store, spanProcessors }: InitOptions, isSent: boolean): boolean {
  if (enabled === false || environment("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return false;
  if (enabled === true || typeof store === "string" || (spanProcessors?.length ?? 0) > 0 || isSent) return true;
  const named = environment("SPANWRIGHT_STORE");
  if (named !== undefined) return named !== "off";
  // Who asks for no exporter wants no traces.
  if (exporterNames()?.join() === "none") return false;
  const nodeEnv = environment("NODE_ENV");
  return nodeEnv !== "production" && nodeEnv !== "test";
}

/** The store's path; `undefined`: there is none. */
function storePath({ store }: InitOptions): string | undefined {
  if (!onNode || store === false) return undefined;
  const path = store ?? environment("SPANWRIGHT_STORE") ?? DEFAULT_STORE;
  return store === undefined && path === "off" ? undefined : path;
}

const isCount = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value) && value > 0;

const CHECKS: Readonly<Record<keyof InitOptions, Check>> = {
  enabled: { wanted: "true or false", passes: (value) => typeof value === "boolean" },
  store: {
    wanted: "the path of a file, or false",
    passes: (value) => value === false || (typeof value === "string" && value !== ""),
  },
  spanProcessors: {
    wanted:
      "a list of functions of one parameter, the span, and of OpenTelemetry span processors (onStart, onEnd, forceFlush, shutdown)",
    passes: (value) => Array.isArray(value) && value.every((each) => isEdit(each) || isProcessor(each)),
  },
  redact: {
    wanted: "a list of strings and regular expressions",
    passes: (value) =>
      Array.isArray(value) && value.every((entry) => typeof entry === "string" || entry instanceof RegExp),
  },
  capture: {
    wanted: `an object of positive integers: ${Object.keys(DEFAULT_LIMITS).join(", ")}`,
    passes: (value) =>
      typeof value === "object" &&
      value !== null &&
      Object.entries(value).every(([key, limit]) => Object.hasOwn(DEFAULT_LIMITS, key) && isCount(limit)),
  },
  resource: {
    wanted: "an object of strings, numbers and booleans",
    passes: (value) =>
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((each) => ["string", "number", "boolean"].includes(typeof each)),
  },
  chunkLimit: { wanted: "a positive integer", passes: isCount },
  samplingRatio: { wanted: "a number from 0 to 1", passes: isRatio },
  sites: { wanted: "switches such as src/db/**=off, separated by commas", passes: isText },
  experimentId: { wanted: "the id of an experiment, a string", passes: isText },
  traceTimeoutMs: { wanted: "milliseconds, a positive integer", passes: isCount },
  uniqueSpanNames: { wanted: "true or false", passes: (value) => typeof value === "boolean" },
  trackingUri: { wanted: "a string", passes: isText },
  trackingServerUsername: { wanted: "a string", passes: isText },
  trackingServerPassword: { wanted: "a string", passes: isText },
  databricksConfigPath: { wanted: "a string", passes: isText },
  host: { wanted: "a string", passes: isText },
  databricksToken: { wanted: "a string", passes: isText },
  ...OPTION_CHECKS,
};

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isEdit(value: unknown): boolean {
  return typeof value === "function" && value.length === 1;
}

function isProcessor(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (["onStart", "onEnd", "forceFlush", "shutdown"] as const).every(
      (method) => typeof Reflect.get(value, method) === "function",
    )
  );
}

/** A copy of the options, so that nothing is read of the program's object again. */
function validated(options: InitOptions): InitOptions {
  if (typeof options !== "object" || options === null || isProxy(options)) {
    throw new SpanwrightError("SW2115", "init was given no object of options", `Its options are ${names()}.`);
  }
  for (const [key, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(options))) {
    if (!isOption(key)) {
      throw new SpanwrightError("SW2100", `init has no option ${JSON.stringify(key)}`, `Its options are ${names()}.`);
    }
    const { wanted } = CHECKS[key];
    if (get !== undefined || (value !== undefined && !fits(key, value))) {
      throw new SpanwrightError("SW2115", `the option ${key} of init has a value it cannot have`, `Give it ${wanted}.`);
    }
  }
  return { ...options };
}

function fits(key: keyof InitOptions, value: unknown): boolean {
  try {
    return CHECKS[key].passes(value);
  } catch {
    // A value that throws as it is looked at, such as a revoked Proxy, is none that can be used.
    return false;
  }
}

function isOption(key: string): key is keyof InitOptions {
  return Object.hasOwn(CHECKS, key);
}

function names(): string {
  return Object.keys(CHECKS).join(", ");
}
