const main = require("./main.cjs");
exports.fromA = fromA;
const b = require("./b.cjs");
exports.log = [(() => { try { return main.hoisted("a"); } catch (error) { return error.message; } })(), ...b.early];
exports.generated = function* () { yield b.fromB(2); };
function fromA(n) { return n === 0 ? "a" : b.fromB(n - 1); }
