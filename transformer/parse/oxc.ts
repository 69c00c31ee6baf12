import {
  type ArrowFunctionExpression,
  type BindingPattern,
  type Class,
  type Decorator,
  type Function as FunctionNode,
  type Node,
  type ParamPattern,
  type ParserOptions,
  type Program,
  type PropertyKey,
  parseSync,
  type VariableDeclaration,
  visitorKeys,
} from "oxc-parser";
import type {
  Declarator,
  Exports,
  FunctionForm,
  FunctionView,
  Handler,
  ImportedName,
  Literal,
  LiteralEntry,
  Naming,
  Parameter,
  ParseProblem,
  Pattern,
  Range,
  Syntax,
  View,
} from "../syntax.ts";
import { skipTrivia } from "../trivia.ts";
import { exportTarget } from "./export-target.ts";
import { isInterop, requiredNames } from "./required.ts";

/** Reads a file with oxc-parser. The language follows the extension of `id`. */
export function parseWithOxc(text: string, id: string, sourceType: ParserOptions["sourceType"]): Syntax<Node> {
  const parsed = parseSync(id, text, { lang: language(id), sourceType });
  const program = parsed.program;
  const statements: readonly Node[] = program.body;
  return {
    text,
    root: program,
    comments: parsed.comments.map(({ type, start, end }) => ({ block: type === "Block", start, end })),
    problems: parsed.errors.map((error) => ({ message: error.message, at: error.labels[0]?.start ?? 0 })),
    isModule: parsed.module.hasModuleSyntax || program.body.some(isTypeScriptModuleStatement),
    modules: program.body.flatMap(requiredModules),
    imports: program.body.flatMap(importedNames),
    exports: exportsOf(statements),
    statements,
    range,
    view: (node) => view(text, node),
    children,
    literal,
    parseLiteral,
  };
}

const LANGUAGES: readonly (readonly [RegExp, NonNullable<ParserOptions["lang"]>])[] = [
  [/\.[cm]?ts$/, "ts"],
  [/\.tsx$/, "tsx"],
  // JavaScript may hold JSX under any name; reading it as JSX takes nothing away.
  [/./, "jsx"],
];

function language(id: string): NonNullable<ParserOptions["lang"]> {
  return LANGUAGES.find(([extension]) => extension.test(id))?.[1] ?? "jsx";
}

function isTypeScriptModuleStatement(node: Node): boolean {
  return node.type === "TSExportAssignment" || node.type === "TSImportEqualsDeclaration";
}

function requiredModules(node: Node): string[] {
  if (node.type === "ImportDeclaration") return [node.source.value];
  if (node.type === "TSImportEqualsDeclaration" && node.moduleReference.type === "TSExternalModuleReference")
    return [node.moduleReference.expression.value];
  if (node.type === "VariableDeclaration") return node.declarations.flatMap(({ init }) => requiredModule(init) ?? []);
  return [];
}

function requiredModule(init: Node | null | undefined): string | undefined {
  if (init?.type !== "CallExpression") return undefined;
  const callee = calleePath(init.callee);
  const [argument] = init.arguments;
  if (isInterop(callee)) return requiredModule(argument);
  if (callee !== "require") return undefined;
  return argument?.type === "Literal" && typeof argument.value === "string" ? argument.value : undefined;
}

function importedNames(node: Node): ImportedName[] {
  if (node.type === "ImportDeclaration") {
    const module = node.source.value;
    return node.specifiers.map((specifier) => {
      const local = specifier.local.name;
      if (specifier.type === "ImportNamespaceSpecifier") return { local, imported: "*", module };
      if (specifier.type === "ImportDefaultSpecifier") return { local, imported: "default", module };
      const { imported } = specifier;
      return { local, imported: imported.type === "Literal" ? imported.value : imported.name, module };
    });
  }
  if (node.type !== "VariableDeclaration") return [];
  return node.declarations.flatMap(({ id, init }) => {
    const module = requiredModule(init);
    return module === undefined ? [] : requiredNames(pattern(id), module);
  });
}

function exportsOf(statements: readonly Node[]): Exports<Node> {
  const names: string[] = [];
  const nodes: Node[] = [];
  const value = (node: Node, ofModule: boolean): void => {
    const bare = unwrapped(node);
    if (bare.type === "Identifier") names.push(bare.name);
    else if (bare.type === "AssignmentExpression") value(bare.right, ofModule);
    else if (bare.type === "ObjectExpression" && ofModule) for (const property of bare.properties) member(property);
    else nodes.push(node);
  };
  const member = (node: Node): void => {
    if (node.type !== "Property") return;
    if (isMethod(node)) nodes.push(node);
    else value(node.value, false);
  };
  const assignment = (node: Node): void => {
    if (node.type !== "AssignmentExpression" || node.operator !== "=") return;
    const target = exportTarget(calleePath(node.left));
    if (target) value(node.right, target === "module");
    else assignment(node.right);
  };
  for (const node of statements) {
    if (node.type === "ExportDefaultDeclaration") value(node.declaration, true);
    else if (node.type === "TSExportAssignment") value(node.expression, true);
    else if (node.type === "ExpressionStatement") assignment(node.expression);
    else if (node.type === "ExportNamedDeclaration" && node.source === null) {
      if (node.declaration) nodes.push(node.declaration);
      for (const { local } of node.specifiers) if (local.type === "Identifier") names.push(local.name);
    }
  }
  return { names, nodes };
}

/** What stands inside of parentheses and assertions. */
function unwrapped(node: Node): Node {
  switch (node.type) {
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return unwrapped(node.expression);
    default:
      return node;
  }
}

/** TypeScript's own nodes that hold code of the program. All others are types. */
const TYPESCRIPT_CODE = new Set<Node["type"]>([
  "TSAbstractAccessorProperty",
  "TSAbstractMethodDefinition",
  "TSAbstractPropertyDefinition",
  "TSAsExpression",
  "TSDeclareFunction",
  "TSEnumBody",
  "TSEnumDeclaration",
  "TSEnumMember",
  "TSExportAssignment",
  "TSImportEqualsDeclaration",
  "TSInstantiationExpression",
  "TSModuleBlock",
  "TSModuleDeclaration",
  "TSNonNullExpression",
  "TSParameterProperty",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

/** Nodes that, apart from their children, run nothing of the program. */
const INERT = new Set<Node["type"]>([
  "ArrayExpression",
  "AssignmentExpression",
  "BinaryExpression",
  "ConditionalExpression",
  "EmptyStatement",
  "Identifier",
  "IfStatement",
  "Literal",
  "LogicalExpression",
  "ObjectExpression",
  "Property",
  "SequenceExpression",
  "SwitchCase",
  "SwitchStatement",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "ThisExpression",
  "ThrowStatement",
  "UnaryExpression",
  "UpdateExpression",
  "WhileStatement",
  "DoWhileStatement",
  "VariableDeclarator",
]);

/** oxc-parser lets an export begin at its keyword even when decorators of its class stand before it. */
function range(node: Node): Range {
  if (node.type !== "ExportNamedDeclaration" && node.type !== "ExportDefaultDeclaration") return node;
  const [decorator] = node.declaration ? decoratorsOf(node.declaration) : [];
  return decorator && decorator.start < node.start ? { start: decorator.start, end: node.end } : node;
}

function children(node: Node): Node[] {
  if ((node.type === "MethodDefinition" || node.type === "Property") && isMethod(node)) {
    const method = node.value;
    const key: Node[] = node.computed ? [node.key] : [];
    return method.type === "FunctionExpression" ? [...decoratorsOf(node), ...key, ...children(method)] : [];
  }
  const found: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value: unknown = Reflect.get(node, key);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child) && !isType(child)) found.push(child);
    }
  }
  return found;
}

function isType(node: Node): boolean {
  return node.type.startsWith("TS") && !TYPESCRIPT_CODE.has(node.type);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function decoratorsOf(node: Node): readonly Decorator[] {
  return "decorators" in node && Array.isArray(node.decorators) ? node.decorators : [];
}

function view(text: string, node: Node): View<Node> {
  switch (node.type) {
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return functionView(node, "declaration", node.id?.name, node.start);
    case "FunctionExpression":
      return functionView(node, "expression", node.id?.name, node.start);
    case "ArrowFunctionExpression":
      return functionView(node, "arrow", undefined, node.start);
    case "MethodDefinition":
    case "TSAbstractMethodDefinition":
      return functionView(node.value, METHOD_FORMS[node.kind], keyName(text, node), headOf(text, node));
    case "Property":
      return propertyView(text, node);
    case "PropertyDefinition":
    case "AccessorProperty":
      return node.value ? named(keyName(text, node), node.value, namingOf(node)) : OTHER;
    case "ClassDeclaration":
    case "ClassExpression":
      return classView(text, node);
    case "VariableDeclaration":
      return variablesView(text, node);
    case "VariableDeclarator":
      return node.init && node.id.type === "Identifier" ? named(node.id.name, node.init) : OTHER_INERT;
    case "AssignmentExpression":
      return namedByTarget(text, node);
    case "ExportDefaultDeclaration":
      return named("default", node.declaration);
    case "ExportNamedDeclaration":
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return { is: "wrapper" };
    case "ObjectExpression":
      return { is: "object" };
    case "ExpressionStatement":
      return { is: "statement", expression: node.expression, directive: typeof node.directive === "string" };
    case "BlockStatement":
      return { is: "block", statements: node.body };
    case "ReturnStatement":
      return {
        is: "return",
        argument: node.argument ?? undefined,
        sequence: node.argument?.type === "SequenceExpression",
      };
    case "AwaitExpression":
      return { is: "await", argument: node.argument };
    case "YieldExpression":
      return { is: "yield", argument: node.argument ?? undefined, delegate: node.delegate };
    case "ForOfStatement":
    case "ForInStatement":
      return {
        is: "for",
        await: node.type === "ForOfStatement" && node.await,
        left: node.left,
        iterated: node.right,
        body: node.body,
      };
    case "ForStatement":
      return { is: "for", await: false, left: node.init ?? undefined, iterated: undefined, body: node.body };
    case "LabeledStatement":
      return { is: "label", name: node.label.name, body: node.body };
    case "BreakStatement":
    case "ContinueStatement":
      return node.label ? { is: "jump", label: node.label.name } : OTHER_INERT;
    case "TryStatement":
      return { is: "try", handlers: handlers(node), finalizer: node.finalizer ?? undefined };
    case "CallExpression":
      return {
        is: "call",
        callee: node.optional ? undefined : calleePath(node.callee),
        calleeRange: node.callee,
        open: skipTrivia(text, node.typeArguments?.end ?? node.callee.end),
        args: node.arguments,
      };
    default:
      return INERT.has(node.type) ? OTHER_INERT : OTHER;
  }
}

function named(name: string | undefined, value: Node, naming: Naming = "static"): View<Node> {
  return { is: "named", name: name ?? "", value, naming };
}

function namingOf({ computed }: Keyed): Naming {
  return computed ? "computed" : "static";
}

const OTHER: View<Node> = { is: "other", inert: false };
const OTHER_INERT: View<Node> = { is: "other", inert: true };

const METHOD_FORMS: Readonly<Record<"constructor" | "method" | "get" | "set", FunctionForm>> = {
  constructor: "constructor",
  method: "method",
  get: "getter",
  set: "setter",
};

type Keyed = { readonly key: PropertyKey; readonly computed: boolean };

function isMethod(node: Node): boolean {
  return node.type === "MethodDefinition" || (node.type === "Property" && (node.method || node.kind !== "init"));
}

function keyName(text: string, { key, computed }: Keyed): string | undefined {
  if (computed) return `[${text.slice(key.start, key.end)}]`;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}

function headOf(text: string, node: Node): number {
  const last = decoratorsOf(node).at(-1);
  return last ? skipTrivia(text, last.end) : node.start;
}

function propertyView(text: string, node: Node & { type: "Property" }): View<Node> {
  const { value } = node;
  const name = keyName(text, node);
  if (isMethod(node) && value.type === "FunctionExpression") {
    return functionView(value, METHOD_FORMS[node.kind === "init" ? "method" : node.kind], name, node.start);
  }
  return named(name, value, namingOf(node));
}

function functionView(
  node: FunctionNode | ArrowFunctionExpression,
  form: FunctionForm,
  name: string | undefined,
  head: number,
): FunctionView<Node> {
  return {
    is: "function",
    form,
    async: node.async,
    generator: node.generator,
    name,
    head,
    parameters: node.params.filter((node) => !isThisParameter(node)).map(parameter),
    body: node.body ?? undefined,
    concise: node.expression,
  };
}

function handlers({ handler, finalizer }: Node & { type: "TryStatement" }): Handler<Node>[] {
  const found: Handler<Node>[] = [];
  if (handler) {
    const { param, body } = handler;
    const annotation = param && "typeAnnotation" in param ? param.typeAnnotation : undefined;
    const range = param && { start: param.start, end: annotation?.end ?? param.end };
    found.push({ block: body, parameter: param && range ? { pattern: pattern(param), range } : undefined });
  }
  if (finalizer) found.push({ block: finalizer, parameter: undefined });
  return found;
}

function isThisParameter(node: ParamPattern): boolean {
  return node.type === "Identifier" && node.name === "this";
}

function parameter(node: ParamPattern): Parameter {
  if (node.type === "RestElement") return { pattern: pattern(node.argument), rest: true };
  return { pattern: pattern(node.type === "TSParameterProperty" ? node.parameter : node), rest: false };
}

function pattern(node: BindingPattern): Pattern {
  switch (node.type) {
    case "Identifier":
      return { is: "name", name: node.name, start: node.start, end: node.start + node.name.length };
    case "AssignmentPattern":
      return pattern(node.left);
    case "ArrayPattern": {
      const rest = node.elements.find((element) => element?.type === "RestElement");
      const items = rest ? node.elements.slice(0, -1) : node.elements;
      return {
        is: "array",
        items: items.map((element) => (element && element.type !== "RestElement" ? pattern(element) : null)),
        rest: rest?.type === "RestElement" ? pattern(rest.argument) : undefined,
      };
    }
    case "ObjectPattern": {
      const rest = node.properties.find((property) => property.type === "RestElement");
      return {
        is: "object",
        entries: node.properties.flatMap((property): [string | undefined, Pattern][] =>
          property.type === "RestElement" ? [] : [[plainKey(property), pattern(property.value)]],
        ),
        rest: rest?.type === "RestElement" ? pattern(rest.argument) : undefined,
      };
    }
  }
}

function plainKey({ key, computed }: Keyed): string | undefined {
  if (!computed && key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}

function classView(text: string, node: Class): View<Node> {
  return { is: "class", name: node.id?.name, derived: node.superClass !== null, head: headOf(text, node) };
}

function variablesView(text: string, node: VariableDeclaration): View<Node> {
  const keywordEnd =
    node.kind === "await using" ? text.indexOf("using", node.start) + "using".length : node.start + node.kind.length;
  return {
    is: "variables",
    keyword: node.kind,
    keywordRange: { start: node.start, end: keywordEnd },
    declarators: node.declarations.map(
      ({ id, init, start, end }): Declarator<Node> => ({
        pattern: pattern(id),
        target: id,
        init: init ?? undefined,
        start,
        end,
      }),
    ),
  };
}

/** `f = () => {}` names the function after an identifier; `a.b = () => {}` names nothing, but it says what it is. */
function namedByTarget(text: string, node: Node & { type: "AssignmentExpression" }): View<Node> {
  const { left, right, operator } = node;
  if (operator === "=" && left.type === "Identifier") return named(left.name, right);
  if (operator === "=" && left.type === "MemberExpression") {
    const { property } = left;
    const name = left.computed
      ? `[${text.slice(property.start, property.end)}]`
      : text.slice(property.start, property.end);
    return named(name, right, "none");
  }
  return left.type === "Identifier" ? OTHER_INERT : OTHER;
}

function calleePath(node: Node): string | undefined {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "Super":
      return "super";
    case "ParenthesizedExpression":
      // `(0, a.b)()`, as compilers write a call of an imported function.
      return node.expression.type === "SequenceExpression" ? importedCallee(node.expression.expressions) : undefined;
    case "MemberExpression": {
      const object = calleePath(node.object);
      return object !== undefined && !node.computed && !node.optional && node.property.type === "Identifier"
        ? `${object}.${node.property.name}`
        : undefined;
    }
    default:
      return undefined;
  }
}

function importedCallee([zero, callee, ...more]: readonly Node[]): string | undefined {
  const isCall = zero?.type === "Literal" && zero.value === 0 && more.length === 0;
  return isCall && callee?.type === "MemberExpression" ? calleePath(callee) : undefined;
}

function literal(node: Node): Literal {
  const { start, end } = node;
  switch (node.type) {
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return literal(node.expression);
    case "Literal":
      return typeof node.value === "object" && node.value !== null
        ? { is: "code", start, end }
        : typeof node.value === "bigint"
          ? { is: "code", start, end }
          : { is: "value", value: node.value, start, end };
    case "TemplateLiteral": {
      const text = node.expressions.length === 0 ? node.quasis[0]?.value.cooked : undefined;
      return typeof text === "string" ? { is: "value", value: text, start, end } : { is: "code", start, end };
    }
    case "UnaryExpression": {
      const operand = literal(node.argument);
      return node.operator === "-" && operand.is === "value" && typeof operand.value === "number"
        ? { is: "value", value: -operand.value, start, end }
        : { is: "code", start, end };
    }
    case "ArrayExpression":
      return {
        is: "array",
        items: node.elements.map((element) => (element ? literal(element) : { is: "code", start, end })),
        start,
        end,
      };
    case "ObjectExpression":
      return { is: "object", entries: node.properties.map(literalEntry), start, end };
    default:
      return { is: "code", start, end };
  }
}

function literalEntry(node: Node): LiteralEntry {
  if (node.type !== "Property" || isMethod(node)) {
    return { key: undefined, keyRange: node, value: { is: "code", start: node.start, end: node.end } };
  }
  return { key: plainKey(node), keyRange: node.key, value: literal(node.value) };
}

function parseLiteral(text: string, offset: number): Literal | ParseProblem {
  // The parenthesis makes an object literal of what would be a block; the blank keeps a trailing line comment out.
  const parsed = parseSync("options.ts", `(${text}\n)`);
  const [error] = parsed.errors;
  const at = offset - 1;
  if (error) return { message: error.message, at: at + (error.labels[0]?.start ?? 1) };
  const program: Program = parsed.program;
  const [statement] = program.body;
  if (statement?.type !== "ExpressionStatement" || program.body.length > 1)
    return { message: "not one expression", at: offset };
  return shift(literal(statement.expression), at);
}

function shift(node: Literal, by: number): Literal {
  const range = (of: Range): Range => ({ start: of.start + by, end: of.end + by });
  switch (node.is) {
    case "array":
      return { ...node, ...range(node), items: node.items.map((item) => shift(item, by)) };
    case "object":
      return {
        ...node,
        ...range(node),
        entries: node.entries.map(({ key, keyRange, value }) => ({
          key,
          keyRange: range(keyRange),
          value: shift(value, by),
        })),
      };
    default:
      return { ...node, ...range(node) };
  }
}
