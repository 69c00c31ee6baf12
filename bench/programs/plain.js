// The same functions without a trace.
export function one(x) {
  return x;
}

export function add(x, y) {
  return x + y;
}

export function call(x, y) {
  return one(x) + y;
}

export function tree(x, y) {
  return branch(x) + branch(y);
}

export function branch(x) {
  return one(x);
}
