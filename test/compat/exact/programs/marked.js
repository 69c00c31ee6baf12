import { Marked, marked } from "marked";
import { short } from "./texts.js";

const source = Array.from(
  { length: 300 },
  (_, at) =>
    `# Title ${at}\n\nText *with* **marks**, [a link](http://x/${at} "t"), \`code\`, ~~gone~~ <b>html</b>\n\n1. one\n   - two\n     > quote\n2. [ ] task\n\n| a | b |\n|:-:|--:|\n| ${at} | c |\n\n\`\`\`js\nlet a = ${at};\n\`\`\`\n\n---\n`,
).join("\n");
console.log(short(marked.parse(source)), marked.lexer(source).length);
const own = new Marked({
  async: true,
  walkTokens: async (token) => {
    await null;
    if (token.type === "heading") token.depth += 1;
  },
  renderer: {
    link({ href, text }) {
      return `<i>${text}:${href}</i>`;
    },
    strong: () => false,
  },
  extensions: [
    {
      name: "up",
      level: "inline",
      start: (text) => text.indexOf("^"),
      tokenizer: (text) => {
        const match = /^\^(\w+)/.exec(text);
        return match ? { type: "up", raw: match[0], text: match[1] } : undefined;
      },
      renderer: (token) => token.text.toUpperCase(),
    },
  ],
  hooks: { postprocess: (html) => `${html}<!-- end -->` },
});
console.log(short(await own.parse(source)), await own.parse("a ^b **c**"));
try {
  marked.parse(undefined);
} catch (error) {
  console.log(error.name, error.message);
}
