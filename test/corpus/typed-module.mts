// Top-level `await`, and exported functions of every kind, in a typed ES module.
const started: number = await Promise.resolve(1);
export const arrow = async <T,>(x: T): Promise<T> => (await x) as T;
export default function (x: number): number { return x + started; }
export async function* stream(n: number): AsyncGenerator<number, void, unknown> { for (let i: number = 0; i < n; i++) yield i; }
export class Kept<T> { readonly #value: T; constructor(value: T) { this.#value = value; } get value(): T { return this.#value; } }
if (await arrow(true)) { for await (const x of stream(2)) console.log(x); }
export const failed = await (async () => { throw new Error("caught above"); })().catch((error: Error) => error.message);
console.log(failed);
console.log(await import("node:path").then(({ sep }) => typeof sep), typeof require, this);
const kept = new Kept("kept"); console.log(kept.value, (await arrow("x")).length, typeof import.meta.url);
