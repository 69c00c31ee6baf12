import { A, beforeStart, fromA } from "./a.mjs";
export const early = [beforeStart(), fromA(0), fromA(3)];
try { new A(); } catch (error) { early.push(`${error.name}: ${error.message}`); }
export function fromB(n) { return n === 0 ? "b" : fromA(n - 1); }
export const later = async () => fromA(await 4);
export function* generated(n) { while (n--) yield fromB(n); }
