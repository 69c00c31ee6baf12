// Modules that call each other's functions before their first lines ran.
import { fromA, A, log } from "./a.mjs";
import * as b from "./b.mjs";
console.log(log.join("; "));
console.log(fromA(2), b.fromB(3), new A().name, await b.later(), [...b.generated(2)], Object.keys(b));
export function hoisted(label) { return `hoisted for ${label}`; }
export async function hoistedLater(label) { await null; return `later for ${label}`; }
export function* hoistedGenerator(label) { yield `generated for ${label}`; }
