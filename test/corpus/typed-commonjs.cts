// Types in a CommonJS file.
"use strict";
const { EventEmitter } = require("node:events") as typeof import("node:events");
type Handler = (this: InstanceType<typeof EventEmitter>, x: number) => void;
const emitter = new EventEmitter();
const seen: unknown[] = [];
const handler: Handler = function (x) { seen.push(x, this === emitter); };
function once<T>(event: string, wait: (x: T) => T = (x) => x): Promise<T> { return new Promise<T>((resolve) => emitter.once(event, (x: T) => resolve(wait(x)))); }
emitter.on("n", handler);
async function main(): Promise<void> { const n = once<number>("n", (x) => x * 2); emitter.emit("n", 21); seen.push(await n); console.log(seen, this === undefined, typeof module, require.main === module); }
main().then(() => console.log((main as Function).length, handler.name, "𠮷".length));
