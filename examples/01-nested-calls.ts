// The smallest traced program: a comment above a function, and every call of it becomes a span.
//
// The trace has three spans. addOne and minusOne are children of traceTest, because traceTest called them.
// Each span has its function's name, the arguments by the names of the parameters, the result and the time.

// @trace
function addOne(x: number): number {
  return x + 1;
}

// @trace
function minusOne(x: number): number {
  return x - 1;
}

// @trace
function traceTest(x: number): number {
  const step1 = addOne(x);
  return minusOne(step1);
}

console.log(traceTest(4));
