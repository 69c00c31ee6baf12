import * as yaml from "js-yaml";
import { short } from "./texts.js";

const value = {
  list: Array.from({ length: 500 }, (_, id) => ({
    id,
    text: `line ${id}\nmore: "x"`,
    nested: { a: [1, [2, { b: null }]], t: true, f: 1.5e10 },
  })),
};
const shared = { shared: true };
value.one = shared;
value.two = shared;
for (const options of [{}, { flowLevel: 2, sortKeys: true }, { noRefs: true, lineWidth: 40, indent: 4 }]) {
  const text = yaml.dump(value, options);
  const back = yaml.load(text);
  console.log(short(text), JSON.stringify(back) === JSON.stringify(value), back.one === back.two);
}
for (const wrong of ["a: b: c", "[1, 2", "a: 1\na: 2", "*x", "\t- a", "a: |\n b\n  - c\n d: e"]) {
  try {
    console.log(JSON.stringify(yaml.load(wrong)));
  } catch (error) {
    console.log(error.name, error.message);
  }
}
