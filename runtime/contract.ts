/**
 * The contract between emitted code and the runtime: what the transformer may write into a program, and
 * what `spanwright/runtime` answers. Types only; both sides import this file and nothing else of each
 * other. A change that is not backward compatible raises {@link CONTRACT_VERSION}.
 *
 * An emitted function looks like this, on its original lines:
 *
 * ```js
 * import * as __sw from "spanwright/runtime";
 * async function load(id) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([id]) : __sw.off; try {
 *   return __swF.ret(__swF.resume(await __swF.suspend(fetchRow(id))));
 * } catch (__swE) { throw __swF.fail(__swE); } }
 * // last lines of the file:
 * var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/load.ts", [{...}]))[i]; }
 * ```
 *
 * A body that can come to its end without a `return` has `__swF.end();` behind the `catch`. One that runs on after a
 * `return` has it in a `finally`, as little else would: for `finally` alone V8 keeps four registers in every frame on
 * the stack, and a function recurses that much less deep.
 */

/** Version of this contract; emitted code hands it to `sites`. */
export type ContractVersion = 2;

/** How the syntax declares the function. It decides how results are treated, before any value is looked at. */
export type FunctionKind = "sync" | "async" | "generator" | "asyncGenerator";

/** A value that a JSON text can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * How a parameter is rebuilt from the flat list of values that `open` receives, in order of appearance.
 * `0` takes the next value; an array is an array pattern (`null` is a hole; `"..."` takes the next value as
 * the remaining elements); an object is an object pattern (the key `"..."` takes the next value as the
 * remaining properties).
 */
export type ParameterShape =
  | 0
  | "..."
  | readonly (ParameterShape | null)[]
  | { readonly [key: string]: ParameterShape };

/** A parameter: its name when it is plain or a rest parameter, or a name and the shape of its pattern. */
export type ParameterRow = string | readonly [name: string, shape: ParameterShape];

/** The options of a mark that the compiler could read as literals. */
export interface SiteOptions {
  /** Span name; the function's own name when absent. */
  readonly name?: string;
  /** MLflow span type, `SpanType` or any string; `UNKNOWN` when absent. */
  readonly spanType?: string;
  /** Attributes set when the span starts. */
  readonly attributes?: { readonly [key: string]: Json };
  /** `false`: inputs are not captured. (A list of names is applied by the compiler and does not reach the runtime.) */
  readonly inputs?: false;
  /** `false`: outputs, and the chunks of a generator, are not captured. */
  readonly outputs?: false;
  /** `true`: the span starts a new trace. */
  readonly root?: true;
  /** Paths into inputs and outputs whose values are replaced before anything is stored, `user.email`, `messages[*].content`. */
  readonly redact?: readonly string[];
  /** Experiment that a trace whose root is this function belongs to. */
  readonly experimentId?: string;
  /** Part of the traces whose root is this function that is recorded, 0 to 1; the one of `init` when absent. */
  readonly samplingRatio?: number;
}

/** What the compiler knows of a traced function. Absent members have the default named here. */
export interface SiteRow {
  /** The function's own name, `<anonymous>` when it has none. */
  readonly name: string;
  /** Name with its enclosing classes and functions, `Calculator.add`; same as `name` when absent. */
  readonly qualified?: string;
  /** Line of the function, from 1. */
  readonly line: number;
  /** `sync` when absent. */
  readonly kind?: FunctionKind;
  /** Parameters whose values `open` receives, in order; none when absent. */
  readonly params?: readonly ParameterRow[];
  /** `true`: the body calls nothing, so it needs no context switch. */
  readonly leaf?: true;
  /**
   * `true`: the body may run on after a `return`, in a `finally` of its own, to close an iterator or to dispose of a
   * resource, or it may be left at a `yield`. Its `finally` ends the span; elsewhere `ret` and `fail` do.
   */
  readonly runsOn?: true;
  readonly options?: SiteOptions;
}

/** Options a marker call hands over at run time; what `trace({...})` may hold, see `TraceOptions`. */
export interface FrameOptions {
  name?: string;
  spanType?: string;
  attributes?: Record<string, unknown>;
  inputs?: false | readonly string[];
  outputs?: false;
  // biome-ignore lint/suspicious/noExplicitAny: a reducer declares its own item type.
  outputReducer?: (items: any[]) => unknown;
  root?: boolean;
  redact?: readonly string[];
  experimentId?: string;
  samplingRatio?: number;
}

/** A traced function of the program. */
export interface Site {
  /** Whether calls are recorded now. Emitted code reads it before it gathers inputs. */
  readonly on: boolean;
  /**
   * Starts the span of one call and makes it current. Never throws.
   * @param values the values of the parameters named in the site's row, flat; absent when inputs are off
   */
  open(values?: readonly unknown[]): Frame;
}

/**
 * One call of a traced function. No method throws, and every method that takes a program's value hands on
 * exactly what the untraced program would have seen.
 */
export interface Frame {
  /** `false` on the frame that stands for a call that is not recorded. */
  readonly on: boolean;
  /**
   * Takes the options of a marker call or a wrapper, only when `on`. Emitted code evaluates those of a marker call
   * inside a `try` of its own.
   */
  configure(options: FrameOptions): void;
  /** Takes what evaluating a marker call's options threw; reports it, the program goes on. */
  misconfigured(error: unknown): void;
  /**
   * `return E`: records the result, and ends the span unless the body runs on.
   *
   * @param handled `true`: should E be a promise, a handler of the program's own is attached to it already
   */
  ret<T>(value: T, handled?: boolean): T;
  /** `catch (e) { throw F.fail(e) }`: records the error, and ends the span unless the body runs on. */
  fail<E>(error: E): E;
  /** First in a `catch (e)` of a function that can suspend: enters the context again, and takes this contract's names out of what the engine's own message quotes. */
  caught(error: unknown): void;
  /** Ends the span: `finally { F.end() }` where the body runs on, `F.end()` last in it or `return F.end()` where it does not. */
  end(): void;
  /** `await F.suspend(E)`: leaves the context. */
  suspend<T>(value: T): T;
  /**
   * After a suspension, with its value: enters the context again. Also first in every `finally`, and in every `catch` without a parameter, of a function that can suspend.
   *
   * @param listed `true` when an array pattern takes the value apart
   */
  resume<T>(value: T, listed?: boolean): T;
  resume(): void;
  /** `yield F.chunk(E)`: records the item and leaves the context. */
  chunk<T>(value?: T): T;
  /**
   * `V(yield* D(E, F), F)`, where the file's own function `D` calls this, and `V` calls `resume`
   *
   * @param described `true` when the engine's messages describe the value of `E`, and do not quote the `yield*`
   */
  delegate<T>(iterable: T, described?: boolean): T;
  /**
   * `for await (x of F.iterate(E))`
   *
   * @param quoted `E` as the engine's messages quote it; `(intermediate value)` when absent
   */
  iterate<T>(iterable: T, quoted?: string): T;
  /**
   * `await using $r = F.disposable(r)`
   *
   * @param last `true` when no other `await using` follows before the next `reentry`, or the end of the block
   */
  disposable<T>(resource: T, last?: boolean): T;
  /** `using $u = F.reentry()`, before the first `await using` of a block: enters the context again once the block's resources are disposed. */
  reentry(): { [Symbol.dispose](): void } | null;
}

/** What `spanwright/runtime` exports for emitted code. Nothing else of the runtime may be called by it. */
export interface CompiledRuntime {
  /** Registers a file's traced functions; called once a file, at the first call of any of them. */
  sites(version: ContractVersion, file: string, rows: readonly SiteRow[]): readonly Site[];
  /** The frame of a call that is not recorded: hands values on, allocates nothing. */
  readonly off: Frame;
}
