import { ESLint, Linter } from "eslint";
import { builtinRules } from "eslint/use-at-your-own-risk";
import { program, short } from "./texts.js";

const rules = Object.fromEntries(
  [...builtinRules].filter(([, rule]) => !rule.meta.deprecated).map(([name]) => [name, 1]),
);
const code = program(120);
const messages = new Linter().verify(code, [{ rules }]);
const counts = new Map();
for (const { ruleId } of messages) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
console.log(messages.length, [...counts].sort().join(" "), short(JSON.stringify(messages)));
const fixed = new Linter().verifyAndFix(code, [
  { rules: { "prefer-const": 2, "no-var": 2, "object-shorthand": 2, curly: 2 } },
]);
console.log(fixed.fixed, short(fixed.output));
const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [{ rules: { "no-unused-vars": 2 } }],
  fix: false,
});
const results = await eslint.lintText("let unused = 1; export const b = () => c;", { filePath: "a.js" });
console.log(results[0].messages.map(({ ruleId, message }) => `${ruleId}: ${message}`).join("\n"));
console.log((await (await eslint.loadFormatter("json")).format(results)).split(",").length);
await new ESLint({ overrideConfigFile: true, overrideConfig: [{ rules: { nothing: 2 } }] })
  .lintText("a")
  .catch((error) => console.log(error.name, error.message.split("\n")[0]));
