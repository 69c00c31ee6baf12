/** Prints which of V8's short ways of iterating are still open after traced functions have returned iterators. */

import { setFlagsFromString } from "node:v8";
import { init } from "../../../runtime/index.ts";
import { sync } from "../emitted.ts";

init({ store: false, enabled: true });
setFlagsFromString("--allow-natives-syntax");
const short = new Function(
  "return { array: %ArrayIteratorProtector(), map: %MapIteratorProtector(), set: %SetIteratorProtector(), string: %StringIteratorProtector() }",
);
console.log(JSON.stringify(short()));
const items = [
  ...sync(() => [1, 2].values()),
  ...sync(() => new Map([[3, 4]]).keys()),
  ...sync(() => new Set([5]).values()),
  ...sync(() => "6"[Symbol.iterator]()),
];
console.log(JSON.stringify(items));
console.log(JSON.stringify(short()));
