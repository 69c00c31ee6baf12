/** `docs/api.md`: what the package's entries export, with the words of the docstrings. */

import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");

/** The entries that programs import from, and the modules that they are. */
const ENTRIES = [
  { entry: "spanwright", module: "runtime/index.ts" },
  { entry: "spanwright/testing", module: "runtime/testing.ts" },
  { entry: "spanwright/openai", module: "runtime/openai.ts" },
  { entry: "spanwright/langchain", module: "runtime/langchain.ts" },
] as const;

const HEAD = `# API

Made from the docstrings by \`npm run docs\`. What marks may say is in the [README](../README.md#marks), what errors and
messages mean in [diagnostics.md](diagnostics.md).
`;

/** Something exported, under all the names it has. */
interface Item {
  readonly symbol: ts.Symbol;
  readonly names: readonly string[];
  readonly declarations: readonly ts.Declaration[];
}

/** The text of the page. */
export function apiPage(): string {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram({ rootNames: ENTRIES.map(({ module }) => join(root, module)), options });
  const checker = program.getTypeChecker();
  const shown = new Set<ts.Symbol>();
  const sections = ENTRIES.map(({ entry, module }) => {
    const items = itemsOf(checker, program.getSourceFile(join(root, module))).filter(
      ({ symbol }) => !shown.has(symbol),
    );
    for (const { symbol } of items) shown.add(symbol);
    return { entry, values: items.filter(isValue), types: items.filter((item) => !isValue(item)) };
  });
  const anchors = anchorsOf(sections.flatMap(({ values, types }) => [...values, ...types]));
  const texts = sections.map(({ entry, values, types }) =>
    [
      `## ${entry}\n`,
      `${contents(values, anchors)}\n`,
      ...values.map((item) => itemText(item, anchors)),
      ...(types.length === 0 ? [] : [`### Types of ${entry}\n`]),
      ...types.map((item) => itemText(item, anchors)),
    ].join("\n"),
  );
  return [HEAD, ...texts].join("\n");
}

/** In alphabetical order; an alias stands with what it names. */
function itemsOf(checker: ts.TypeChecker, file: ts.SourceFile | undefined): Item[] {
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${file?.fileName ?? "an entry"} exports nothing`);
  const names = new Map<ts.Symbol, string[]>();
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    names.set(symbol, [...(names.get(symbol) ?? []), exported.name]);
  }
  const items = [...names].map(([symbol, all]) => ({
    symbol,
    names: all.sort((a, b) => Number(b === symbol.name) - Number(a === symbol.name)),
    declarations: (symbol.declarations ?? []).filter((each) => !isImplementation(each)),
  }));
  return items.sort((a, b) => inOrder.compare(a.names[0] ?? "", b.names[0] ?? ""));
}

const inOrder = new Intl.Collator("en", { caseFirst: "lower" });

/** Of an overloaded function only the overloads are for others. */
function isImplementation(declaration: ts.Declaration): boolean {
  if (!ts.isFunctionDeclaration(declaration) || declaration.body === undefined) return false;
  const { parent, name } = declaration;
  return (
    ts.isSourceFile(parent) &&
    parent.statements.some((other) => other !== declaration && ts.isFunctionDeclaration(other) && other.name?.text === name?.text)
  ); // biome-ignore format: one condition
}

function isValue({ declarations }: Item): boolean {
  return declarations.some(
    (each) => ts.isFunctionDeclaration(each) || ts.isClassDeclaration(each) || ts.isVariableDeclaration(each),
  );
}

function contents(items: readonly Item[], anchors: Anchors): string {
  return items.map(({ names: [name = ""] }) => `[\`${name}\`](#${anchors.get(name)})`).join(" · ");
}

type Anchors = ReadonlyMap<string, string>;

/** As GitHub makes them of headings: without capitals, the second one of a kind with a number. */
function anchorsOf(items: readonly Item[]): Anchors {
  const seen = new Map<string, number>();
  const anchors = new Map<string, string>();
  for (const { names } of items) {
    const anchor = (names[0] ?? "").toLowerCase();
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    for (const name of names) anchors.set(name, count === 0 ? anchor : `${anchor}-${count}`);
  }
  return anchors;
}

function itemText({ names: [name = "", ...aliases], declarations }: Item, anchors: Anchors): string {
  const also = aliases.length === 0 ? [] : [`Also exported as ${aliases.map((alias) => `\`${alias}\``).join(", ")}.\n`];
  return [`### ${name}\n`, ...declarations.flatMap((each) => declarationTexts(each, anchors)), ...also].join("\n");
}

function declarationTexts(declaration: ts.Declaration, anchors: Anchors): string[] {
  const described = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const texts = [`${code(signatureOf(declaration))}\n`, ...docTexts(described, anchors)];
  if (!ts.isClassDeclaration(declaration)) return texts;
  const methods = declaration.members.filter(
    (member) => isPublic(member) && ts.getJSDocCommentsAndTags(member).length > 0,
  );
  return [...texts, ...methods.flatMap((method) => [`#### ${declaration.name?.text}.${method.name?.getText() ?? "constructor"}\n`, ...docTexts(method, anchors)])]; // biome-ignore format: one list
}

function isPublic(member: ts.ClassElement): boolean {
  const flags = ts.getCombinedModifierFlags(member);
  return (
    (flags & ts.ModifierFlags.Private) === 0 && !(member.name !== undefined && ts.isPrivateIdentifier(member.name))
  );
}

/** A declaration without its body. */
function signatureOf(declaration: ts.Declaration): string {
  if (ts.isFunctionDeclaration(declaration)) return withoutBody(declaration);
  if (ts.isClassDeclaration(declaration)) {
    const { name, heritageClauses, members } = declaration;
    const head = ["class", name?.text, ...(heritageClauses ?? []).map((clause) => clause.getText())].join(" ");
    const lines = members.filter(isPublic).map((member) => `  ${withoutBody(member)}`);
    return `${head} {\n${lines.join("\n")}\n}`;
  }
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    // Of an object of functions the types say more than the functions.
    const isTable =
      initializer && ts.isObjectLiteralExpression(initializer) && initializer.properties.some(ts.isMethodDeclaration);
    return isTable ? `const ${declaration.name.getText()}: object` : `const ${declaration.getText()}`;
  }
  return declaration.getText().replace(/^export /, "");
}

function withoutBody(declaration: ts.Declaration): string {
  const body = ts.isFunctionLike(declaration) && "body" in declaration ? declaration.body : undefined;
  const end = body === undefined ? declaration.getEnd() : body.getStart();
  const text = declaration.getSourceFile().text.slice(declaration.getStart(), end).trim();
  const plain = text
    .replace(/^export /, "")
    .replace(/^async /, "")
    .replace(/!:/, ":")
    .replace(/^(?:override )?readonly (\w+) = (\w+);$/, "$1: typeof $2;");
  return plain.endsWith(";") ? plain : `${plain};`;
}

/** The docstring: its text, then a list of what it says of parameters, results and errors, then its examples. */
function docTexts(node: ts.Node, anchors: Anchors): string[] {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = docs.flatMap((doc) => doc.tags ?? []);
  const text = docs.map((doc) => commentText(doc.comment, anchors)).join("\n\n");
  const list = tags.flatMap((tag) => tagText(tag, anchors));
  const examples = tags.filter(({ tagName }) => tagName.text === "example").map((tag) => code(String(ts.getTextOfJSDocComment(tag.comment)).trim())); // biome-ignore format: one chain
  return [text, list.join("\n"), ...examples].filter((part) => part !== "").map((part) => `${part}\n`);
}

const TAGS: Readonly<Record<string, string>> = { returns: "returns", throws: "throws" };

function tagText(tag: ts.JSDocTag, anchors: Anchors): string[] {
  const text = commentText(tag.comment, anchors);
  if (ts.isJSDocParameterTag(tag)) return [`- \`${tag.name.getText()}\`: ${text}`];
  const label = TAGS[tag.tagName.text];
  if (label === undefined) return [];
  // TypeScript takes the name of the error for a type.
  const named = ts.isJSDocThrowsTag(tag) && tag.typeExpression ? `${tag.typeExpression.type.getText()} ` : "";
  return [`- ${label} ${named}${text}`];
}

/** A comment with its links as links, on lines of its own. */
function commentText(comment: string | ts.NodeArray<ts.JSDocComment> | undefined, anchors: Anchors): string {
  if (comment === undefined) return "";
  const text = typeof comment === "string" ? comment : comment.map((part) => linkText(part, anchors)).join("");
  return text.trim();
}

function linkText(part: ts.JSDocComment, anchors: Anchors): string {
  if (!ts.isJSDocLink(part)) return part.text;
  const name = part.name?.getText() ?? "";
  const anchor = anchors.get(name);
  return anchor === undefined ? `\`${name}\`` : `[\`${name}\`](#${anchor})`;
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
