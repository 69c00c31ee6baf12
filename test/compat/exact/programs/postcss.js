import postcss from "postcss";
import { short } from "./texts.js";

const source = Array.from(
  { length: 2000 },
  (_, at) =>
    `.a${at}, .b:not(.c)::after { color: red; --x: { a: b }; margin: -${at}px auto !important }\n@media print { a { top: ${at}px } }`,
).join("\n");
const events = new Map();
const count = (name) => events.set(name, (events.get(name) ?? 0) + 1);
const plugin = {
  postcssPlugin: "counting",
  prepare: () => ({
    Once: () => count("Once"),
    async Rule(rule) {
      count("Rule");
      await null;
      if (rule.selector.endsWith("7")) rule.selectors = [...rule.selectors, ".added"];
    },
    Declaration: { margin: (declaration) => void count(`margin ${declaration.important}`) },
    AtRule: { media: (rule) => void (rule.params === "print" && rule.replaceWith(...rule.nodes)) },
    OnceExit(root, { result }) {
      count("OnceExit");
      result.warn("done", { node: root.first });
    },
  }),
};
const result = await postcss([plugin]).process(source, { from: "a.css", map: { inline: false } });
console.log(short(result.css), short(result.map.toString()), [...events].join(" "), String(result.warnings()));
console.log(short(JSON.stringify(postcss.parse(source, { from: "/b.css" }).toJSON())));
const failing = postcss([
  {
    postcssPlugin: "failing",
    Declaration: (node) => {
      throw node.error("no", { word: "red" });
    },
  },
]);
await failing
  .process("a {\n color: red }", { from: undefined })
  .catch((error) => console.log(error.name, error.message));
await postcss([])
  .process("a { b", { from: undefined })
  .then(String)
  .catch((error) => console.log(error.message));
