// JSX among types: generic arrows, assertions, and components of every kind.
type Node = unknown[];
type Props = { children?: unknown[] } & Record<string, unknown>;
const element = (type: string | ((props: Props) => unknown), props: object | null, ...children: unknown[]): unknown => typeof type === "function" ? type({ ...props, children }) : [type, props, ...children];
const pair = <T,>(a: T, b: T): [T, T] => [a, b];
const pick = async <T extends object, K extends keyof T>(from: T, key: K): Promise<T[K]> => { await null; return from[key] satisfies T[K]; };
function Box<T>({ of, children }: { of: T; children?: unknown[] } & Props): Node { return (<div of={of as never}>{children!.length}</div>) as Node; }
const Async = async ({ n }: Props) => <em>{pair(n as number, (await pick({ a: 1 }, "a")) as number)}</em>;
abstract class View { abstract body(): unknown; render(): unknown { return <section>{this.body()}</section>; } }
class Concrete extends View { override body(): unknown { return <Box of={1 as const}>text</Box>; } }
console.log(JSON.stringify([<Box of="x"><b /><i /></Box>, await (<Async n={2} /> as Promise<unknown>), new Concrete().render()]));
declare namespace JSX { interface IntrinsicElements { [name: string]: unknown } type Element = unknown }
