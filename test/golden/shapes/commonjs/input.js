"use strict";

// @trace
exports.add = function (x, y) {
  return x + y;
};
