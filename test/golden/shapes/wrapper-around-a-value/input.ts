import { trace } from "spanwright";

// @trace
const square = (x: number) => pow(x, 2);
const pow = trace(Math.pow);
