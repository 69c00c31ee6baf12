// @trace
function sign(x: number) {
  if (x === 0) return;
  return x > 0 ? 1 : -1;
}

// @trace
function both() {
  return step(), step();
}
