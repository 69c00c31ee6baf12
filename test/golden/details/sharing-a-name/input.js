// @trace
function shared(input) {
  var first = 1, second = 2, { third, list } = input;
  function first() {}
  function list() { return 1; }
  function list() { return 2; }
  for (var first = 0, fourth; first < 2; first++) list();
  for (var list of [list]) fourth = list;
  return [first, second, third, fourth, typeof list];
}
