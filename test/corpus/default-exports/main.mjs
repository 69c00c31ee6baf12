// Functions and classes that a module exports, as its default and under other names, and what is seen of them from outside.
import * as all from "./kinds.mjs";
import anonymous, { renamed, live, bump } from "./kinds.mjs";
import arrow from "./arrow.mjs";
import Class from "./class.mjs";
import generator, * as rest from "./generator.mjs";
const show = (...seen) => console.log(...seen);
show(anonymous.name, anonymous.length, anonymous(1), renamed.name, renamed(), Object.keys(all).join());
const before = live; bump(); console.log(before, live, all.live);
console.log(arrow.name, await arrow(2), Object.hasOwn(arrow, "prototype"));
console.log(Class.name, new Class(3).value, Class.of(4).value, Object.getOwnPropertyNames(Class.prototype).join());
console.log(generator.name, [...generator(2)], rest.default === generator, Object.getPrototypeOf(generator).constructor.name);
console.log(await all.later(), (await import("./kinds.mjs")).default === anonymous);
try { all.live = 5; } catch (error) { console.log(error.name); }
