import { fromB, early } from "./b.mjs";
import { hoisted, hoistedGenerator, hoistedLater } from "./main.mjs";
export var log = [];
log.push(hoisted("a"), ...hoistedGenerator("a"), await hoistedLater("a"), ...early);
export function fromA(n) { return n === 0 ? "a" : fromB(n - 1); }
export function beforeStart() { return typeof log; }
export class A { name = fromB(1); }
