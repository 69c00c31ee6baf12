// Functions whose source is not yours, so no comment can stand above them: `trace(f)` gives a function that
// does what `f` does, in a span. The parameters' names are unknown; the inputs are called arg0, arg1 and so on.

import { trace } from "spanwright";

const pow = trace(Math.pow, { name: "power", attributes: { library: "Math" } });
const sqrt = trace(Math.sqrt);

// @trace
function invocation(x: number, exponent = 2): number {
  const raised = pow(x, exponent);
  return sqrt(raised);
}

console.log(invocation(4));
