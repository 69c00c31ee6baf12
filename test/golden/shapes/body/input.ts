// @trace
function greet(name: string) {
  "use strict";
  console.log(name);
}
