// @trace
function counter(start) {
  var next = start;
  function next() {}
  return next;
}
