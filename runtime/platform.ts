/**
 * What the platform offers beyond the language, and what stands in for it where it is missing. The runtime
 * also loads in browsers, so nothing here is imported from `node:`.
 */

import type { AsyncLocalStorage } from "node:async_hooks";

const builtin = typeof process === "object" ? process.getBuiltinModule : undefined;
const types = builtin?.("node:util").types;

/** Cloudflare's workers offer some of Node's modules, but neither files nor a process that ends. */
export const onWorkerd = typeof navigator === "object" && navigator.userAgent === "Cloudflare-Workers";

/** Whether this is Node or a runtime that offers Node's modules. */
export const onNode = builtin !== undefined && !onWorkerd;

/** Whether this is a page in a browser. */
export const inPage = !onNode && typeof document === "object";

/** Whether a value is a Proxy. Browsers cannot tell; there every value counts as none. */
export const isProxy: (value: object) => boolean = types?.isProxy ?? (() => false);

/** Whether a value is a native promise, of any realm and of any subclass. */
export const isPromise: (value: unknown) => boolean = types?.isPromise ?? ((value) => value instanceof Promise);

/** Whether a value was made by an Error constructor of any realm. */
export const isNativeError: (value: unknown) => boolean = types?.isNativeError ?? ((value) => value instanceof Error);

const generatorPrototype: object = Object.getPrototypeOf(function* () {}).prototype;
const asyncGeneratorPrototype: object = Object.getPrototypeOf(async function* () {}).prototype;

/** `next` of all generators, as it was before the program ran. */
export const generatorNext: unknown = (function* () {})().next;

/** Whether a value is what a generator function or an async generator function returned. */
export const isGeneratorObject: (value: object) => boolean =
  types?.isGeneratorObject ??
  ((value) =>
    Object.prototype.isPrototypeOf.call(generatorPrototype, value) ||
    Object.prototype.isPrototypeOf.call(asyncGeneratorPrototype, value));

/** Whether a function is declared with `*`. */
export const isGeneratorFunction: (value: unknown) => boolean =
  types?.isGeneratorFunction ??
  ((value) =>
    typeof value === "function" &&
    (Object.getPrototypeOf(value) === Object.getPrototypeOf(function* () {}) ||
      Object.getPrototypeOf(value) === Object.getPrototypeOf(async function* () {})));

/** Vercel's edge runtime has it as a global. */
const globals: typeof globalThis & { readonly AsyncLocalStorage?: typeof AsyncLocalStorage } = globalThis;

/** A new AsyncLocalStorage that can be entered, `undefined` where there is none. */
export function newStorage<T>(): AsyncLocalStorage<T> | undefined {
  const { AsyncLocalStorage: Storage } = builtin?.("node:async_hooks") ?? globals;
  return Storage !== undefined && (onNode || canEnter(new Storage())) ? new Storage<T>() : undefined;
}

/** Cloudflare's has the method, which throws. */
function canEnter(storage: AsyncLocalStorage<unknown>): boolean {
  try {
    storage.enterWith(undefined);
    storage.disable();
    return true;
  } catch {
    return false;
  }
}

/** An environment variable, `undefined` when it is unset, empty, or there is no environment. */
export function environment(name: string): string | undefined {
  return (typeof process === "object" && process.env?.[name]) || undefined;
}

/** The version of a package that the program's main script finds, `undefined` when it finds none. */
export function installedVersion(name: string): string | undefined {
  const main = onNode ? process.argv[1] : undefined;
  const [modules, files] = [builtin?.("node:module"), builtin?.("node:fs")];
  if (main === undefined || modules === undefined || files === undefined) return undefined;
  try {
    const manifest = modules.findPackageJSON(name, main);
    const parsed: unknown = manifest === undefined ? undefined : JSON.parse(files.readFileSync(manifest, "utf8"));
    return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : undefined;
  } catch {
    // A bundled program, or one that does not use the package itself.
    return undefined;
  }
}
