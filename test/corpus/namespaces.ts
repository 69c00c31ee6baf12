// What TypeScript compiles and other languages do not have: namespaces and enums, with functions in and beside them.
const log: unknown[] = [];
namespace Shapes {
  export function area(side: number): number { return power(side, 2); }
  function power(x: number, n: number): number { return n === 0 ? 1 : x * power(x, n - 1); }
  export const later = async (side: number): Promise<number> => { await null; return area(side) + Inner.offset(); };
  export namespace Inner { export const made = { calls: 0 }; export function offset(): number { made.calls++; return made.calls; } export class Kept { constructor(readonly side: number) {} grow = (): number => this.side + offset(); } }
  export function* sides(n: number): Generator<number> { for (let i = 0; i < n; i++) yield area(i); }
}
namespace Shapes { export function again(): number { return Shapes.area(3); } }
enum Level { low = 1, high = ((): number => { log.push("high"); return 10; })(), both = low | high }
const enum Fixed { a = 1, b = a << 1 }
function counter(by: number): number { counter.kept.count += by; return counter.kept.count; }
namespace counter { export const kept = { count: 0 }; export function reset(): void { kept.count = 0; } }
class Registry { static shared(): string { return Registry.Label.of("x"); } }
namespace Registry { export class Label { static of(name: string): string { return `label ${name}`; } } }
abstract class Model<T extends object> { declare readonly id?: string; protected constructor(private readonly data: T, public level: Level = Level.low) {} get<K extends keyof T>(this: Model<T>, key: K): T[K] { return this.data[key]; } abstract describe(): string; }
class User extends Model<{ name: string }> { constructor(name: string) { super({ name }, Level.high); } override describe(): string { return `${this.get("name")} ${Level[this.level]}`; } async save(this: User): Promise<string> { await null; return this.describe(); } }
export default function <T>(this: void, value: T): T { return value; }
console.log(Shapes.area(2), await Shapes.later(2), [...Shapes.sides(3)], Shapes.again(), new Shapes.Inner.Kept(1).grow(), Shapes.Inner.made.calls);
console.log(Level.both, Level[1], Fixed.b, counter(2), counter(3), (counter.reset(), counter.kept.count), Registry.shared(), log);
console.log(new User("ada").describe(), await new User("bob").save(), Model.length, User.length, Shapes.area.name);
