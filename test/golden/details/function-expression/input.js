// @trace
const add = function (x, y) {
  return x + y;
};

const named = {
  // @trace
  plus: function plus(x, y) {
    if (x > y) return;
    return y;
  },
};

// @trace
function both() {
  return step(), last();
}
