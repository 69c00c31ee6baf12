// The functions every contestant runs, marked; the benchmark compiles this file with spanwright.
import { one } from "./plain.js";

// @trace
export function add(x, y) {
  return x + y;
}

// @trace
export function call(x, y) {
  return one(x) + y;
}

// @trace
export function tree(x, y) {
  return branch(x) + branch(y);
}

// @trace
export function branch(x) {
  return one(x);
}
