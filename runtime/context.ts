/**
 * Which OpenTelemetry context is current: one carrier a process, ours or the one inside a context manager
 * that the program registered. It is chosen when tracing records for the first time and not touched before.
 */

import type { AsyncLocalStorage } from "node:async_hooks";
import { type Context, type ContextManager, context, ROOT_CONTEXT, type Span } from "@opentelemetry/api";
import { bindEmitter, isEmitter } from "./context-binding.ts";
import { report } from "./diagnostics.ts";
import { newStorage } from "./platform.ts";
import { registeredPart, reportRefusal } from "./registration.ts";

/** The key under which OpenTelemetry's API keeps a context's span. */
export const SPAN_KEY = Symbol.for("OpenTelemetry Context Key SPAN");
/** The key under which OpenTelemetry's SDK says that nothing may be traced, while it exports. */
export const SUPPRESSED_KEY = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** Where the current context lives. */
interface Carrier {
  /** Whether a context that was entered is current again after an `await`, without being entered again. */
  readonly followsAwait: boolean;
  current(): Context;
  /** Makes a context current until another one is entered. */
  enter(context: Context): void;
  run<T>(context: Context, body: () => T): T;
}

class StorageCarrier implements Carrier {
  readonly followsAwait = true;
  private readonly storage: AsyncLocalStorage<Context>;

  constructor(storage: AsyncLocalStorage<Context>) {
    this.storage = storage;
  }

  current(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }

  enter(next: Context): void {
    this.storage.enterWith(next);
  }

  run<T>(next: Context, body: () => T): T {
    return this.storage.run(next, body);
  }
}

/** Where there is no AsyncLocalStorage: the emitted code alone carries the context across `await`. */
class VariableCarrier implements Carrier {
  readonly followsAwait = false;
  private value: Context = ROOT_CONTEXT;

  current(): Context {
    return this.value;
  }

  enter(next: Context): void {
    this.value = next;
  }

  run<T>(next: Context, body: () => T): T {
    const outer = this.value;
    this.value = next;
    try {
      return body();
    } finally {
      this.value = outer;
    }
  }
}

/** A context manager that can be told to enter a context, since OpenTelemetry's API 1.10. */
interface AttachingManager extends ContextManager {
  attach(context: Context): { dispose(): void };
}

/** A context that was attached. */
interface Attachment {
  readonly before: Context;
  readonly token: { dispose(): void };
}

/**
 * A manager may keep count of what is attached, so that every context is detached again. Frames enter and
 * leave within one job, an inner one before an outer one: what they have entered is a stack.
 */
class AttachCarrier implements Carrier {
  // What the manager does about `await` is its own business; leaving and entering at each one is always right.
  readonly followsAwait = false;
  private readonly manager: AttachingManager;
  private readonly attached: Attachment[] = [];

  constructor(manager: AttachingManager) {
    this.manager = manager;
  }

  current(): Context {
    return this.manager.active();
  }

  enter(next: Context): void {
    const known = this.attached.findLastIndex(({ before }) => before === next);
    if (known >= 0) {
      // What lies above was left without a word, as at the end of the stack.
      for (const { token } of this.attached.splice(known).reverse()) token.dispose();
      if (this.manager.active() === next) return;
    }
    this.attached.push({ before: this.manager.active(), token: this.manager.attach(next) });
  }

  run<T>(next: Context, body: () => T): T {
    return this.manager.with(next, body);
  }
}

/** A manager that keeps the current context in a variable, as the one of OpenTelemetry's SDK for browsers does. */
class StackCarrier implements Carrier {
  readonly followsAwait = false;
  private readonly manager: StackManager;

  constructor(manager: StackManager) {
    this.manager = manager;
  }

  current(): Context {
    return this.manager._currentContext;
  }

  enter(next: Context): void {
    this.manager._currentContext = next;
  }

  run<T>(next: Context, body: () => T): T {
    return this.manager.with(next, body);
  }
}

interface StackManager extends ContextManager {
  _currentContext: Context;
}

const state: { carrier: Carrier; chosen: boolean } = { carrier: new VariableCarrier(), chosen: false };

/** The current context. */
export function currentContext(): Context {
  return state.carrier.current();
}

/** Makes a context current; whoever enters one has to give the one before back. */
export function enterContext(next: Context): void {
  state.carrier.enter(next);
}

/** Blocks of the program whose `using` has made a span current. */
export const blocks = { entered: 0 };

/** Makes a span current for a block of the program; what is returned ends the block, and the span with it. */
export function enterBlock(span: { readonly context: Context; isRecording(): boolean; end(): void }): () => void {
  const outer = currentContext();
  // Below a span that stands for nothing, what is current stays so.
  const enters = span.isRecording();
  if (enters) {
    blocks.entered += 1;
    enterContext(span.context);
  }
  return () => {
    if (enters) {
      blocks.entered -= 1;
      enterContext(outer);
    }
    span.end();
  };
}

/** Runs a function with a context as the current one. */
export function runInContext<T>(next: Context, body: () => T): T {
  return state.carrier.run(next, body);
}

/** Binds a function, or the listeners an emitter gets from now on, to a context; anything else is left alone. */
export function bindToContext<T>(next: Context, target: T): T {
  if (typeof target === "function") return bindFunction(next, target);
  return isEmitter(target) ? bindEmitter(target, (listener) => bindFunction(next, listener)) : target;
}

/** Whether an entered context needs to be entered again after an `await`. */
export function followsAwait(): boolean {
  return state.carrier.followsAwait;
}

/** Whether OpenTelemetry asks for silence in a context: an exporter's own requests are not traced. */
export function isSuppressed(within: Context): boolean {
  return within !== ROOT_CONTEXT && within.getValue(SUPPRESSED_KEY) === true;
}

/**
 * Chooses the carrier, once.
 *
 * @param register whether to become OpenTelemetry's context manager where there is none
 */
export function chooseCarrier(register: boolean): void {
  if (state.chosen) return;
  state.chosen = true;
  const manager = registeredManager();
  state.carrier = (manager && adopt(manager)) ?? ownCarrier();
  if (manager !== undefined || !register) return;
  if (!context.setGlobalContextManager(new CarrierContextManager())) reportRefusal();
}

function ownCarrier(): Carrier {
  const storage = newStorage<Context>();
  return storage === undefined ? new VariableCarrier() : new StorageCarrier(storage);
}

function registeredManager(): ContextManager | undefined {
  const part = registeredPart("context");
  return isManager(part) ? part : undefined;
}

function isManager(part: unknown): part is ContextManager {
  return typeof part === "object" && part !== null && "active" in part && "with" in part;
}

function adopt(manager: ContextManager): Carrier | undefined {
  if ("_asyncLocalStorage" in manager && isStorage(manager._asyncLocalStorage)) {
    return new StorageCarrier(manager._asyncLocalStorage);
  }
  if (isStack(manager)) return new StackCarrier(manager);
  if (isAttaching(manager)) return new AttachCarrier(manager);
  report(
    "SW2105",
    "the registered OpenTelemetry context manager cannot be entered without a callback, so traced functions and other instrumentations do not see each other's spans",
    "Register AsyncLocalStorageContextManager of @opentelemetry/context-async-hooks (in browsers, StackContextManager), or none before the first traced call.",
  );
  return undefined;
}

function isStorage(part: unknown): part is AsyncLocalStorage<Context> {
  return typeof part === "object" && part !== null && "getStore" in part && "enterWith" in part;
}

function isStack(manager: ContextManager): manager is StackManager {
  return "_currentContext" in manager && manager._currentContext === manager.active();
}

function isAttaching(manager: ContextManager): manager is AttachingManager {
  return "attach" in manager && typeof manager.attach === "function";
}

/** OpenTelemetry's context manager over the carrier. */
class CarrierContextManager implements ContextManager {
  active(): Context {
    return state.carrier.current();
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    next: Context,
    body: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return state.carrier.run(next, () => Reflect.apply(body, self, args));
  }

  bind<T>(next: Context, target: T): T {
    return bindToContext(next, target);
  }

  /** Enters a context; `dispose` gives the one before back. */
  attach(next: Context): { dispose(): void } {
    const outer = state.carrier.current();
    state.carrier.enter(next);
    let attached = true;
    return {
      dispose() {
        if (attached) state.carrier.enter(outer);
        attached = false;
      },
    };
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}

function bindFunction<F extends object>(next: Context, target: F): F {
  if (typeof target !== "function") return target;
  return new Proxy(target, {
    apply: (body, self, args) => state.carrier.run(next, () => Reflect.apply(body, self, args)),
  });
}

/**
 * A context that differs from another one by its span only. OpenTelemetry's own would copy all entries, and
 * would keep the span of the context it was made from.
 */
export class SpanInContext implements Context {
  readonly span: Span;
  /** The context without a span. */
  readonly base: Context;

  constructor(span: Span, base: Context) {
    this.span = span;
    this.base = base;
  }

  getValue(key: symbol): unknown {
    return key === SPAN_KEY ? this.span : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return setValueBeside(this.span, this.base, key, value);
  }

  deleteValue(key: symbol): Context {
    return deleteValueBeside(this.span, this.base, key);
  }
}

/** The context of a span over a base with an entry added, or with another span. */
export function setValueBeside(span: Span, base: Context, key: symbol, value: unknown): Context {
  if (key !== SPAN_KEY) return new SpanInContext(span, base.setValue(key, value));
  return isSpan(value) ? new SpanInContext(value, base) : base.setValue(key, value);
}

/** The context of a span over a base without an entry, or without its span. */
export function deleteValueBeside(span: Span, base: Context, key: symbol): Context {
  return key === SPAN_KEY ? base : new SpanInContext(span, base.deleteValue(key));
}

/** Whether a context's entry is a span; what is there was put there by OpenTelemetry's API. */
export function isSpan(value: unknown): value is Span {
  return typeof value === "object" && value !== null && "spanContext" in value;
}
