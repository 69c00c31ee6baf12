// @trace
function twice() {
  function pick() { return 1; }
  function pick() { return 2; }
  return pick();
}
