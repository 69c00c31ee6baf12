// @trace
export function add(x: number, y = 1): number {
  return x + y;
}
