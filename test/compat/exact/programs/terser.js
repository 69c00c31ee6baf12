import { minify } from "terser";
import { program, short } from "./texts.js";

const code = program(200);
for (const options of [
  { module: true },
  { module: true, mangle: false, format: { beautify: true } },
  { module: true, compress: { passes: 2, unsafe: true }, sourceMap: true },
]) {
  const { code: output, map } = await minify(code, options);
  console.log(short(output), map === undefined ? "no map" : short(map));
}
const error = await minify("function (", {}).catch((thrown) => thrown);
console.log(error.name, error.message, error.line, error.col, error instanceof Error);
