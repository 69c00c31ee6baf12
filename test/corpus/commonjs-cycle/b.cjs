const a = require("./a.cjs");
const early = [typeof a.fromA, a.fromA(0), Object.keys(a).join()];
module.exports = { early, fromB: (n) => (n === 0 ? "b" : a.fromA(n - 1)) };
