// Functions called through `require` cycles, before the file that declares them ran to its end.
exports.hoisted = hoisted;
exports.later = later;
const a = require("./a.cjs");
function hoisted(label) { return `hoisted for ${label} ${typeof after}`; }
async function later() { await null; return `later ${after}`; }
const after = "after";
console.log(a.log, a.fromA(3), require("./a.cjs") === a);
later().then((text) => console.log(text, a.generated().next()));
