import * as babel from "@babel/core";
import presetEnv from "@babel/preset-env";
import { program, short } from "./texts.js";

const presets = [[presetEnv, { targets: "ie 11", modules: "commonjs" }]];
const code = program(60);
const options = { babelrc: false, configFile: false, compact: false, presets };
const sync = babel.transformSync(code, { ...options, sourceMaps: true, filename: "sync.js" });
console.log(short(sync.code), short(sync.map.mappings));
const later = await babel.transformAsync(code, { ...options, filename: "later.js" });
console.log(later.code === sync.code);
const plugin = ({ types }) => ({
  visitor: {
    Identifier(path) {
      if (path.node.name === "rows") path.replaceWith(types.identifier("renamed"));
    },
  },
});
console.log(short((await babel.transformAsync(code, { ...options, presets: [], plugins: [plugin] })).code));
console.log(
  short(JSON.stringify(babel.parseSync(code, { ...options, presets: [] }).program.body.map((node) => node.loc))),
);
await babel
  .transformAsync("let a; let a;", options)
  .catch((error) => console.log(error.name, error.code, error.message));
