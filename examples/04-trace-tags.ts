// Tags belong to the whole trace. Any function in it may set them, however deep it was called.

import { updateCurrentTrace } from "spanwright";

// @trace
function myFunction(x: number): number {
  updateCurrentTrace({ tags: { fruit: "apple" } });
  return addTo(x);
}

// @trace
function addTo(x: number): number {
  updateCurrentTrace({ tags: { vegetable: "leek" } });
  return x + 1;
}

console.log(myFunction(1));
