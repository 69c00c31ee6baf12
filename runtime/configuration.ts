/** Whether, where and how traces are recorded: what `init` and the environment say, and what holds without them. */

import { type CaptureLimits, limits } from "./capture.ts";
import { chunkLimit } from "./chunks.ts";
import { outlet } from "./delivery/outlet.ts";
import { SpanwrightError } from "./diagnostics.ts";
import { environment, onNode } from "./platform.ts";
import { reconsiderProvider } from "./provider.ts";
import { redactAlso } from "./redaction.ts";
import { switchSites } from "./sites.ts";
import type { SpanProcessor } from "./span-api.ts";

/** What {@link init} takes. */
export interface InitOptions {
  /** `false`: nothing is recorded. `true`: recorded even where `NODE_ENV` is `production` or `test`. */
  readonly enabled?: boolean;
  /** Path of the embedded store, `.spanwright/traces.db` when absent; `false`: no store. */
  readonly store?: string | false;
  /** Span processors of OpenTelemetry's SDK, called in this order, beside the store. */
  readonly spanProcessors?: readonly SpanProcessor[];
  /** Names whose values are secrets, added to the built-in ones: strings as words (`"ssn"`), or expressions. */
  readonly redact?: readonly (string | RegExp)[];
  /** How much of a value is kept. */
  readonly capture?: Partial<CaptureLimits>;
  /** Items of one stream that are kept, 1000 when absent; further ones are counted. */
  readonly chunkLimit?: number;
}

const DEFAULT_STORE = ".spanwright/traces.db";
const DEFAULT_LIMITS: CaptureLimits = { ...limits };
const DEFAULT_CHUNK_LIMIT = chunkLimit.items;

const state = { configured: false, recording: false };

/**
 * Configures tracing. Each call replaces the configuration before; without any call, traces go to the embedded
 * store, except with `NODE_ENV` `production` or `test`.
 *
 * @throws SpanwrightError `SW2100` for an option that does not exist, `SW2115` for a value it cannot have
 * @example init({ store: "/var/lib/app/traces.db", redact: ["ssn"] })
 */
export function init(options: InitOptions = {}): void {
  validate(options);
  apply(options);
}

/** Whether calls are recorded; settles the configuration when nothing did before. */
export function configured(): boolean {
  if (!state.configured) apply({});
  return state.recording;
}

/** Records nothing from now on. */
export function stopRecording(): void {
  state.recording = false;
  switchSites(false);
  reconsiderProvider(false);
}

function apply(options: InitOptions): void {
  state.configured = true;
  state.recording = isRecording(options);
  redactAlso(options.redact ?? []);
  Object.assign(limits, DEFAULT_LIMITS, options.capture);
  chunkLimit.items = options.chunkLimit ?? DEFAULT_CHUNK_LIMIT;
  outlet.configure(state.recording ? storePath(options) : undefined, options.spanProcessors ?? []);
  reconsiderProvider(state.recording);
  switchSites(state.recording);
}

function isRecording({ enabled, store, spanProcessors }: InitOptions): boolean {
  if (enabled === false || environment("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return false;
  if (enabled === true || typeof store === "string" || (spanProcessors?.length ?? 0) > 0) return true;
  const named = environment("SPANWRIGHT_STORE");
  if (named !== undefined) return named !== "off";
  const nodeEnv = environment("NODE_ENV");
  return nodeEnv !== "production" && nodeEnv !== "test";
}

/** The store's path; `undefined`: there is none. */
function storePath({ store }: InitOptions): string | undefined {
  if (!onNode || store === false) return undefined;
  const path = store ?? environment("SPANWRIGHT_STORE") ?? DEFAULT_STORE;
  return store === undefined && path === "off" ? undefined : path;
}

interface Check {
  readonly wanted: string;
  readonly passes: (value: unknown) => boolean;
}

const isCount = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value) && value > 0;

const CHECKS: Readonly<Record<keyof InitOptions, Check>> = {
  enabled: { wanted: "true or false", passes: (value) => typeof value === "boolean" },
  store: {
    wanted: "the path of a file, or false",
    passes: (value) => value === false || (typeof value === "string" && value !== ""),
  },
  spanProcessors: {
    wanted: "a list of OpenTelemetry span processors (onStart, onEnd, forceFlush, shutdown)",
    passes: (value) => Array.isArray(value) && value.every(isProcessor),
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
  chunkLimit: { wanted: "a positive integer", passes: isCount },
};

function isProcessor(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (["onStart", "onEnd", "forceFlush", "shutdown"] as const).every(
      (method) => typeof Reflect.get(value, method) === "function",
    )
  );
}

function validate(options: InitOptions): void {
  if (typeof options !== "object" || options === null) {
    throw new SpanwrightError("SW2115", "init was given no object of options", `Its options are ${names()}.`);
  }
  for (const [key, value] of Object.entries(options)) {
    if (!isOption(key)) {
      throw new SpanwrightError("SW2100", `init has no option ${JSON.stringify(key)}`, `Its options are ${names()}.`);
    }
    const { wanted, passes } = CHECKS[key];
    if (value !== undefined && !passes(value)) {
      throw new SpanwrightError("SW2115", `the option ${key} of init has a value it cannot have`, `Give it ${wanted}.`);
    }
  }
}

function isOption(key: string): key is keyof InitOptions {
  return Object.hasOwn(CHECKS, key);
}

function names(): string {
  return Object.keys(CHECKS).join(", ");
}
