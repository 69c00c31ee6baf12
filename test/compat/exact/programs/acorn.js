import * as acorn from "acorn";
import { program, short } from "./texts.js";

const code = program(1000);
const comments = [];
const tree = acorn.parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true, onComment: comments });
const kinds = new Map();
JSON.stringify(tree, (_, value) => {
  if (typeof value?.type === "string") kinds.set(value.type, (kinds.get(value.type) ?? 0) + 1);
  return typeof value === "bigint" ? `${value}n` : value;
});
console.log([...kinds].sort().join(" "));
console.log([...acorn.tokenizer(code, { ecmaVersion: "latest", sourceType: "module" })].length);
console.log(short(JSON.stringify(tree, (_, value) => (typeof value === "bigint" ? `${value}n` : value))));
for (const wrong of [
  "let a; let a",
  "x = {",
  "class A { constructor() { super() } }",
  "`${",
  "/(/",
  "await 1",
  "\u2028 1 +",
]) {
  try {
    acorn.parse(wrong, { ecmaVersion: 2022 });
  } catch (error) {
    console.log(error.name, error.message, error.pos, error.raisedAt);
  }
}
