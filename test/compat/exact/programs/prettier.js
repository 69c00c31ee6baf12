import * as prettier from "prettier";
import { program, short } from "./texts.js";

const css = Array.from(
  { length: 80 },
  (_, at) => `a${at}>b{color:RED;margin:0 ${at}px}@media (min-width:${at}px){.x{top:calc(1px + ${at}%)}}`,
);
const markdown = Array.from(
  { length: 40 },
  (_, at) => `* item ${at}\n\n| a | b |\n|-|-|\n| ${at} | *x* |\n\n\`\`\`js\nlet  a=${at}\n\`\`\`\n`,
);
const types = Array.from(
  { length: 25 },
  (_, at) =>
    `type T${at}<A extends B>=A extends {x:infer U}?U[]:never;enum E${at}{A,B="x"};abstract class C${at}<T>{private readonly x?:T;constructor(public y:number){}}`,
);
const sources = {
  babel: program(80),
  typescript: types.join("\n"),
  css: css.join("\n"),
  markdown: markdown.join("\n"),
  json: JSON.stringify({ list: Array.from({ length: 300 }, (_, id) => ({ id, tags: ["a", "b"] })) }),
  yaml: Array.from({ length: 40 }, (_, at) => `key${at}:   [1,   {a:  b}]\nother${at}: >\n  text\n  more\n`).join(""),
  html: Array.from(
    { length: 25 },
    (_, at) => `<div   class="a b"><p>text ${at}<br><script>let  a=${at}</script></p></div>`,
  ).join(""),
};
for (const [parser, source] of Object.entries(sources)) {
  const formatted = await prettier.format(source, { parser });
  console.log(parser, short(formatted), await prettier.check(formatted, { parser }));
}
await prettier
  .format("let = = 1", { parser: "babel" })
  .catch((error) => console.log(error.name, error.message, error.loc));
console.log((await prettier.getSupportInfo()).languages.length);
