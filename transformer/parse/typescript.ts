import type ts from "typescript";
import type { TypeScript } from "../compiler.ts";
import type {
  Comment,
  Declarator,
  Exports,
  FunctionForm,
  FunctionView,
  Handler,
  ImportedName,
  Literal,
  Naming,
  Parameter,
  ParseProblem,
  Pattern,
  Range,
  Syntax,
  VariablesView,
  View,
} from "../syntax.ts";
import { skipTrivia } from "../trivia.ts";
import { exportTarget } from "./export-target.ts";
import { isInterop, requiredNames } from "./required.ts";
import { commentsOf } from "./typescript-comments.ts";
import { isTransparent, literalOf, parseLiteral, plainKey, problemsOf } from "./typescript-literal.ts";

/**
 * `export` in front of a declaration. In TypeScript's tree it belongs to the declaration; a mark may stand
 * above it, and the function begins after it.
 */
export interface Exported {
  readonly exported: ts.Statement;
}

/**
 * Reads a file from TypeScript's tree.
 * @param sourceFile a file whose nodes know their parents, as those of a program do
 */
export function parseWithTypeScript(ts: TypeScript, sourceFile: ts.SourceFile): Syntax<ts.Node | Exported> {
  return new TypeScriptSyntax(ts, sourceFile);
}

type Node = ts.Node | Exported;

class TypeScriptSyntax implements Syntax<Node> {
  readonly #ts: TypeScript;
  readonly #file: ts.SourceFile;
  readonly #inert: ReadonlySet<ts.SyntaxKind>;

  constructor(ts: TypeScript, file: ts.SourceFile) {
    this.#ts = ts;
    this.#file = file;
    this.#inert = inertKinds(ts);
  }

  get text(): string {
    return this.#file.text;
  }

  get root(): Node {
    return this.#file;
  }

  get comments(): readonly Comment[] {
    return commentsOf(this.#ts, this.#file);
  }

  get problems(): readonly ParseProblem[] {
    return problemsOf(this.#ts, this.#file);
  }

  get isModule(): boolean {
    const ts = this.#ts;
    return this.#file.statements.some(
      (statement) =>
        ts.isImportDeclaration(statement) ||
        ts.isExportDeclaration(statement) ||
        ts.isExportAssignment(statement) ||
        (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) ||
        this.#isExported(statement),
    );
  }

  get modules(): readonly string[] {
    return this.#file.statements.flatMap((statement) => this.#requiredModules(statement));
  }

  get imports(): readonly ImportedName[] {
    return this.#file.statements.flatMap((statement) => this.#importedNames(statement));
  }

  get exports(): Exports<Node> {
    const ts = this.#ts;
    const names: string[] = [];
    const nodes: Node[] = [];
    const value = (node: ts.Expression, ofModule: boolean): void => {
      const bare = unwrapped(ts, node);
      if (ts.isIdentifier(bare)) names.push(bare.text);
      else if (ts.isBinaryExpression(bare) && isAssignment(ts, bare)) value(bare.right, ofModule);
      else if (ts.isObjectLiteralExpression(bare) && ofModule) bare.properties.forEach(member);
      else nodes.push(node);
    };
    const member = (node: ts.ObjectLiteralElementLike): void => {
      if (ts.isPropertyAssignment(node)) value(node.initializer, false);
      else if (ts.isShorthandPropertyAssignment(node)) names.push(node.name.text);
      else if (!ts.isSpreadAssignment(node)) nodes.push(node);
    };
    const assignment = (node: ts.Expression): void => {
      if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
      const target = exportTarget(calleePath(ts, node.left));
      if (target) value(node.right, target === "module");
      else assignment(node.right);
    };
    for (const node of this.#file.statements) {
      if (this.#isExported(node)) nodes.push(node);
      else if (ts.isExportAssignment(node)) value(node.expression, true);
      else if (ts.isExpressionStatement(node)) assignment(node.expression);
      else if (ts.isExportDeclaration(node) && !node.moduleSpecifier && node.exportClause)
        names.push(...namesOfClause(ts, node.exportClause));
    }
    return { names, nodes };
  }

  get statements(): readonly Node[] {
    return this.#file.statements.map((statement) => this.#statement(statement));
  }

  range(node: Node): Range {
    if ("exported" in node) return { start: node.exported.getStart(this.#file), end: node.exported.end };
    const start = this.#isExported(node) ? this.#afterExport(node) : node.getStart(this.#file);
    return { start, end: node.end };
  }

  view(node: Node): View<Node> {
    if ("exported" in node) {
      return this.#hasModifier(node.exported, this.#ts.SyntaxKind.DefaultKeyword)
        ? named("default", node.exported)
        : { is: "wrapper" };
    }
    return (
      this.#function(node) ??
      this.#declaration(node) ??
      this.#statementView(node) ??
      this.#expression(node) ?? { is: "other", inert: this.#isInert(node) }
    );
  }

  children(node: Node): readonly Node[] {
    const ts = this.#ts;
    if ("exported" in node) return isType(ts, node.exported) ? [] : [node.exported];
    if (isType(ts, node)) return [];
    if (ts.isVariableStatement(node)) return node.declarationList.declarations;
    const found: Node[] = [];
    ts.forEachChild(node, (child) => {
      if (isPattern(ts, child)) found.push(...patternParts(ts, child));
      else if (!isType(ts, child)) found.push(this.#statement(child));
    });
    return found;
  }

  literal(node: Node): Literal {
    if ("exported" in node) return { is: "code", ...this.range(node) };
    return literalOf(this.#ts, this.#file, node, 0);
  }

  readonly parseLiteral = (text: string, offset: number): Literal | ParseProblem =>
    parseLiteral(this.#ts, text, offset);

  #isInert({ kind }: ts.Node): boolean {
    const { SyntaxKind } = this.#ts;
    return (
      (kind >= SyntaxKind.FirstPunctuation && kind <= SyntaxKind.LastPunctuation) ||
      (kind >= SyntaxKind.FirstKeyword && kind <= SyntaxKind.LastKeyword) ||
      this.#inert.has(kind)
    );
  }

  #function(node: ts.Node): FunctionView<Node> | undefined {
    const ts = this.#ts;
    if (ts.isFunctionDeclaration(node)) return this.#functionView(node, "declaration", node.name?.text);
    if (ts.isFunctionExpression(node)) return this.#functionView(node, "expression", node.name?.text);
    if (ts.isArrowFunction(node)) return this.#functionView(node, "arrow", undefined);
    if (ts.isMethodDeclaration(node)) return this.#functionView(node, "method", this.#keyName(node.name));
    if (ts.isGetAccessor(node)) return this.#functionView(node, "getter", this.#keyName(node.name));
    if (ts.isSetAccessor(node)) return this.#functionView(node, "setter", this.#keyName(node.name));
    if (ts.isConstructorDeclaration(node)) return this.#functionView(node, "constructor", "constructor");
    return undefined;
  }

  #functionView(node: FunctionNode, form: FunctionForm, name: string | undefined): FunctionView<Node> {
    const ts = this.#ts;
    return {
      is: "function",
      form,
      async: this.#hasModifier(node, ts.SyntaxKind.AsyncKeyword),
      generator: node.asteriskToken !== undefined,
      name,
      head: this.#head(node),
      parameters: node.parameters
        .filter(({ name }) => !(ts.isIdentifier(name) && name.text === "this"))
        .map(
          ({ name, dotDotDotToken }): Parameter => ({
            pattern: this.#pattern(name),
            rest: dotDotDotToken !== undefined,
          }),
        ),
      body: node.body,
      concise: node.body !== undefined && !ts.isBlock(node.body),
    };
  }

  #declaration(node: ts.Node): View<Node> | undefined {
    const ts = this.#ts;
    if (ts.isClassLike(node)) {
      const derived = node.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) ?? false;
      return { is: "class", name: node.name?.text, derived, head: this.#head(node) };
    }
    if (ts.isVariableStatement(node)) return this.#variables(node.declarationList);
    if (ts.isVariableDeclarationList(node)) return this.#variables(node);
    if (ts.isVariableDeclaration(node)) {
      return node.initializer && ts.isIdentifier(node.name) ? named(node.name.text, node.initializer) : undefined;
    }
    if (ts.isPropertyDeclaration(node)) {
      return node.initializer && named(this.#keyName(node.name), node.initializer, namingOf(ts, node.name));
    }
    if (ts.isPropertyAssignment(node))
      return named(this.#keyName(node.name), node.initializer, namingOf(ts, node.name));
    if (ts.isParameter(node)) return { is: "other", inert: isPlain(ts, node) };
    if (ts.isExportAssignment(node) && !node.isExportEquals) {
      return named("default", node.expression);
    }
    return undefined;
  }

  #statementView(node: ts.Node): View<Node> | undefined {
    const ts = this.#ts;
    if (ts.isExpressionStatement(node))
      return { is: "statement", expression: node.expression, directive: isDirective(ts, node) };
    if (ts.isBlock(node)) return { is: "block", statements: node.statements };
    if (ts.isReturnStatement(node)) {
      const { expression } = node;
      return { is: "return", argument: expression, sequence: expression !== undefined && isSequence(ts, expression) };
    }
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      return {
        is: "for",
        await: ts.isForOfStatement(node) && node.awaitModifier !== undefined,
        left: node.initializer,
        iterated: node.expression,
        body: node.statement,
      };
    }
    if (ts.isForStatement(node))
      return { is: "for", await: false, left: node.initializer, iterated: undefined, body: node.statement };
    if (ts.isLabeledStatement(node)) return { is: "label", name: node.label.text, body: node.statement };
    if (ts.isBreakOrContinueStatement(node) && node.label) return { is: "jump", label: node.label.text };
    if (ts.isTryStatement(node)) {
      return { is: "try", handlers: this.#handlers(node), finalizer: node.finallyBlock };
    }
    return undefined;
  }

  #handlers({ catchClause, finallyBlock }: ts.TryStatement): Handler<Node>[] {
    const found: Handler<Node>[] = [];
    if (catchClause) {
      const { block, variableDeclaration: variable } = catchClause;
      const parameter = variable && {
        pattern: this.#pattern(variable.name),
        range: { start: variable.getStart(this.#file), end: variable.end },
      };
      found.push({ block, parameter });
    }
    if (finallyBlock) found.push({ block: finallyBlock, parameter: undefined });
    return found;
  }

  #expression(node: ts.Node): View<Node> | undefined {
    const ts = this.#ts;
    if (isTransparent(ts, node) || ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node))
      return { is: "wrapper" };
    if (ts.isObjectLiteralExpression(node)) return { is: "object" };
    if (ts.isAwaitExpression(node)) return { is: "await", argument: node.expression };
    if (ts.isYieldExpression(node))
      return { is: "yield", argument: node.expression, delegate: node.asteriskToken !== undefined };
    if (ts.isCallExpression(node) && !ts.isOptionalChain(node) && !isImportCall(ts, node)) {
      const { expression, arguments: args } = node;
      const calleeRange = this.range(expression);
      return { is: "call", callee: calleePath(ts, expression), calleeRange, open: this.#openOf(node), args };
    }
    if (ts.isBinaryExpression(node) && isAssignment(ts, node)) return this.#assignment(node);
    return undefined;
  }

  #openOf({ expression, typeArguments }: ts.CallExpression): number {
    // The list of types ends before what closes it.
    const end = typeArguments ? skipTrivia(this.text, typeArguments.end) + 1 : expression.end;
    return skipTrivia(this.text, end);
  }

  /** `f = () => {}` names the function after an identifier; `a.b = () => {}` names nothing, but it says what it is. */
  #assignment({ left, operatorToken, right }: ts.BinaryExpression): View<Node> {
    const ts = this.#ts;
    if (operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      if (ts.isIdentifier(left)) return named(left.text, right);
      if (ts.isPropertyAccessExpression(left)) return named(this.#textOf(left.name), right, "none");
      if (ts.isElementAccessExpression(left)) return named(`[${this.#textOf(left.argumentExpression)}]`, right, "none");
    }
    return { is: "other", inert: ts.isIdentifier(left) };
  }

  #variables(list: ts.VariableDeclarationList): VariablesView<Node> {
    const ts = this.#ts;
    const start = list.getStart(this.#file);
    const keyword = keywordOf(ts, list);
    const last = keyword === "await using" ? "using" : keyword;
    return {
      is: "variables",
      keyword,
      keywordRange: { start, end: this.text.indexOf(last, start) + last.length },
      declarators: list.declarations.map((declaration): Declarator<Node> => {
        const { name, exclamationToken, type, initializer, end } = declaration;
        const start = declaration.getStart(this.#file);
        const target = { start, end: (type ?? exclamationToken ?? name).end };
        return { pattern: this.#pattern(name), target, init: initializer, start, end };
      }),
    };
  }

  #pattern(name: ts.BindingName): Pattern {
    const ts = this.#ts;
    if (ts.isIdentifier(name)) {
      const start = name.getStart(this.#file);
      return { is: "name", name: name.text, start, end: start + name.text.length };
    }
    const { elements } = name;
    const last = elements.at(-1);
    const rest = last && ts.isBindingElement(last) && last.dotDotDotToken ? this.#pattern(last.name) : undefined;
    const others = rest ? elements.slice(0, -1) : elements;
    if (ts.isArrayBindingPattern(name)) {
      const items = others.map((element) => (ts.isBindingElement(element) ? this.#pattern(element.name) : null));
      return { is: "array", items, rest };
    }
    return {
      is: "object",
      entries: others.flatMap((element): [string | undefined, Pattern][] =>
        ts.isBindingElement(element) ? [[this.#bindingKey(element), this.#pattern(element.name)]] : [],
      ),
      rest,
    };
  }

  #bindingKey({ propertyName, name }: ts.BindingElement): string | undefined {
    const key = propertyName ?? name;
    return this.#ts.isObjectBindingPattern(key) || this.#ts.isArrayBindingPattern(key)
      ? undefined
      : plainKey(this.#ts, key);
  }

  #keyName(name: ts.PropertyName): string {
    const ts = this.#ts;
    if (ts.isComputedPropertyName(name)) return `[${this.#textOf(name.expression)}]`;
    return ts.isPrivateIdentifier(name) ? name.text : (plainKey(ts, name) ?? this.#textOf(name));
  }

  #textOf(node: ts.Node): string {
    return this.text.slice(node.getStart(this.#file), node.end);
  }

  #hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
    const ts = this.#ts;
    return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
  }

  #isExported(node: ts.Node): boolean {
    return this.#hasModifier(node, this.#ts.SyntaxKind.ExportKeyword);
  }

  #statement(node: ts.Node): Node {
    return this.#ts.isStatement(node) && this.#isExported(node) ? { exported: node } : node;
  }

  /** Offset of the first token after `export` and `default`. */
  #afterExport(node: ts.Node): number {
    const ts = this.#ts;
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    const last = modifiers.findLast(
      ({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword,
    );
    return skipTrivia(this.text, last?.end ?? node.pos);
  }

  /** Offset of the first token after the decorators. */
  #head(node: ts.Node): number {
    const ts = this.#ts;
    const last = ts.canHaveDecorators(node) ? ts.getDecorators(node)?.at(-1) : undefined;
    return last ? skipTrivia(this.text, last.end) : this.range(node).start;
  }

  #requiredModules(statement: ts.Statement): string[] {
    const ts = this.#ts;
    if (ts.isImportDeclaration(statement)) return [stringOf(ts, statement.moduleSpecifier)].filter(isDefined);
    if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference))
      return [stringOf(ts, statement.moduleReference.expression)].filter(isDefined);
    if (!ts.isVariableStatement(statement) || this.#isExported(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ initializer }) => requiredModule(ts, initializer) ?? []);
  }

  #importedNames(statement: ts.Statement): ImportedName[] {
    const ts = this.#ts;
    if (ts.isImportDeclaration(statement)) {
      const module = stringOf(ts, statement.moduleSpecifier);
      return module === undefined ? [] : boundByClause(ts, statement.importClause, module);
    }
    if (!ts.isVariableStatement(statement) || this.#isExported(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const module = requiredModule(ts, initializer);
      return module === undefined ? [] : requiredNames(this.#pattern(name), module);
    });
  }
}

type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.AccessorDeclaration
  | ts.ConstructorDeclaration;

function named(name: string, value: Node, naming: Naming = "static"): View<Node> {
  return { is: "named", name, value, naming };
}

function namingOf(ts: TypeScript, name: ts.PropertyName): Naming {
  return ts.isComputedPropertyName(name) ? "computed" : "static";
}

/** What stands inside of parentheses and assertions. */
function unwrapped(ts: TypeScript, node: ts.Expression): ts.Expression {
  return isTransparent(ts, node) || ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node)
    ? unwrapped(ts, node.expression)
    : node;
}

function namesOfClause(ts: TypeScript, clause: ts.NamedExportBindings): string[] {
  return ts.isNamedExports(clause) ? clause.elements.map(({ propertyName, name }) => (propertyName ?? name).text) : [];
}

function keywordOf({ NodeFlags }: TypeScript, { flags }: ts.VariableDeclarationList): VariablesView<Node>["keyword"] {
  switch (flags & NodeFlags.BlockScoped) {
    case NodeFlags.Let:
      return "let";
    case NodeFlags.Const:
      return "const";
    case NodeFlags.Using:
      return "using";
    case NodeFlags.AwaitUsing:
      return "await using";
    default:
      return "var";
  }
}

/** Kinds of nodes that, apart from their children, run nothing of the program; keywords and punctuation are such, too. */
function inertKinds({ SyntaxKind }: TypeScript): ReadonlySet<ts.SyntaxKind> {
  return new Set([
    SyntaxKind.ArrayLiteralExpression,
    SyntaxKind.BigIntLiteral,
    SyntaxKind.BinaryExpression,
    SyntaxKind.BreakStatement,
    SyntaxKind.CaseBlock,
    SyntaxKind.CaseClause,
    SyntaxKind.ComputedPropertyName,
    SyntaxKind.ConditionalExpression,
    SyntaxKind.ContinueStatement,
    SyntaxKind.DefaultClause,
    SyntaxKind.DeleteExpression,
    SyntaxKind.DoStatement,
    SyntaxKind.EmptyStatement,
    SyntaxKind.Identifier,
    SyntaxKind.IfStatement,
    SyntaxKind.InterfaceDeclaration,
    SyntaxKind.NumericLiteral,
    SyntaxKind.OmittedExpression,
    SyntaxKind.PostfixUnaryExpression,
    SyntaxKind.PrefixUnaryExpression,
    SyntaxKind.RegularExpressionLiteral,
    SyntaxKind.ShorthandPropertyAssignment,
    SyntaxKind.StringLiteral,
    SyntaxKind.SwitchStatement,
    SyntaxKind.ThrowStatement,
    SyntaxKind.TypeAliasDeclaration,
    SyntaxKind.TypeOfExpression,
    SyntaxKind.VariableDeclaration,
    SyntaxKind.VoidExpression,
    SyntaxKind.WhileStatement,
  ]);
}

/** Types, and declarations that hold nothing else. */
function isType(ts: TypeScript, node: ts.Node): boolean {
  // What a class extends counts as a type, but it is an expression.
  if (ts.isExpressionWithTypeArguments(node)) return false;
  if (ts.isHeritageClause(node)) return node.token === ts.SyntaxKind.ImplementsKeyword;
  return (
    ts.isTypeNode(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

/** Whether a parameter is a name and nothing more. */
function isPlain(ts: TypeScript, { name, dotDotDotToken, initializer, modifiers }: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(name) && !dotDotDotToken && !initializer && (modifiers?.every(ts.isDecorator) ?? true);
}

/** Whether a statement belongs to the directives that a file or a function's body begins with. */
function isDirective(ts: TypeScript, statement: ts.ExpressionStatement): boolean {
  const { parent } = statement;
  if (!ts.isSourceFile(parent) && !(ts.isBlock(parent) && ts.isFunctionLike(parent.parent))) return false;
  const { statements } = parent;
  const rest = statements.findIndex(
    (other) => !ts.isExpressionStatement(other) || !ts.isStringLiteral(other.expression),
  );
  return statements.slice(0, rest < 0 ? statements.length : rest).includes(statement);
}

function isSequence(ts: TypeScript, node: ts.Expression): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;
}

function isAssignment({ SyntaxKind }: TypeScript, { operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

function isImportCall({ SyntaxKind }: TypeScript, { expression }: ts.CallExpression): boolean {
  return expression.kind === SyntaxKind.ImportKeyword;
}

type AssignmentPattern = ts.ObjectLiteralExpression | ts.ArrayLiteralExpression;

/** Whether what looks like a literal is the target of a destructuring assignment. */
function isPattern(ts: TypeScript, node: ts.Node): node is AssignmentPattern {
  if (!ts.isObjectLiteralExpression(node) && !ts.isArrayLiteralExpression(node)) return false;
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node;
}

/** The expressions of an assignment's pattern: targets, computed keys, defaults. A default names no function. */
function patternParts(ts: TypeScript, node: ts.Expression): ts.Node[] {
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap((property) => propertyParts(ts, property));
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((element) => patternParts(ts, element));
  if (ts.isSpreadElement(node)) return patternParts(ts, node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return [...patternParts(ts, node.left), node.right];
  return [node];
}

function propertyParts(ts: TypeScript, property: ts.ObjectLiteralElementLike): ts.Node[] {
  if (ts.isPropertyAssignment(property)) return [property.name, ...patternParts(ts, property.initializer)];
  if (ts.isShorthandPropertyAssignment(property))
    return [property.name, property.objectAssignmentInitializer].filter(isDefined);
  return ts.isSpreadAssignment(property) ? patternParts(ts, property.expression) : [property];
}

function calleePath(ts: TypeScript, node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.SuperKeyword) return "super";
  // `(0, a.b)()`, as compilers write a call of an imported function.
  if (ts.isParenthesizedExpression(node)) return importedCallee(ts, node.expression);
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.name)) return undefined;
  const object = calleePath(ts, node.expression);
  return object === undefined ? undefined : `${object}.${node.name.text}`;
}

function importedCallee(ts: TypeScript, node: ts.Expression): string | undefined {
  if (!ts.isBinaryExpression(node) || !isSequence(ts, node)) return undefined;
  const { left, right } = node;
  const isCall = ts.isNumericLiteral(left) && left.text === "0" && ts.isPropertyAccessExpression(right);
  return isCall ? calleePath(ts, right) : undefined;
}

function stringOf(ts: TypeScript, node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteral(node) ? node.text : undefined;
}

function requiredModule(ts: TypeScript, initializer: ts.Expression | undefined): string | undefined {
  if (!initializer || !ts.isCallExpression(initializer)) return undefined;
  const callee = calleePath(ts, initializer.expression);
  const [argument] = initializer.arguments;
  if (isInterop(callee)) return requiredModule(ts, argument);
  return callee === "require" ? stringOf(ts, argument) : undefined;
}

function boundByClause(ts: TypeScript, clause: ts.ImportClause | undefined, module: string): ImportedName[] {
  const names: ImportedName[] = [];
  if (clause?.name) names.push({ local: clause.name.text, imported: "default", module });
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) names.push({ local: bindings.name.text, imported: "*", module });
  else
    for (const { name, propertyName } of bindings?.elements ?? [])
      names.push({ local: name.text, imported: (propertyName ?? name).text, module });
  return names;
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
