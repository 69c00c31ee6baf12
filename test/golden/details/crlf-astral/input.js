// @trace
function f(x) {
  // 😀 astral
  return "😀" + g(x); /* 😀 */ }
var tail = f