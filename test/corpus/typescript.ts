interface Shape { area(): number }
type Pair<T> = [T, T];
function identity<T extends object>(this: void, value: T): T { return value satisfies T; }
const swap = <T,>([a, b]: Pair<T>): Pair<T> => [b, a] as const as Pair<T>;
abstract class Figure implements Shape { abstract area(): number; declare hidden: string; protected readonly name!: string; describe(): string { return `${this.constructor.name} ${this.area()!}`; } }
class Square extends Figure { side: number; constructor(side: number) { super(); this.side = side; } override area(): number { return this.side ** 2; } }
function overloaded(x: string): string;
function overloaded(x: number): number;
function overloaded(x: unknown): unknown { return typeof x; }
function assertString(x: unknown): asserts x is string { if (typeof x !== "string") throw new TypeError("no"); }
async function load<T>(url: string, { retries = 2, ...rest }: { retries?: number; [key: string]: unknown } = {}): Promise<[string, number, T]> { await null; return [url, retries, rest as T]; }
console.log(identity({ a: 1 }), swap([1, 2]), new Square(3).describe(), overloaded(1), await load("u", { x: 1 }));
try { assertString(1); } catch (error) { console.log((error as Error).message); }
const satisfied = { run: (x: number): x is 5 => x === 5 } satisfies Record<string, (x: number) => boolean>;
console.log(satisfied.run(5), ((x?: number) => x ?? "none")());
function* typed(): Generator<number, string, boolean> { const more = yield 1; return more ? "more" : "less"; }
const g = typed(); console.log(g.next(), g.next(true));
