import type ts from "typescript";
import type { Frame } from "../../runtime/contract.ts";
import type { TypeScript } from "../compiler.ts";
import type { EmittedNames, FunctionSite, MarkerCall, NamedResource, Plan, Point, WrapperCall } from "../plan.ts";
import type { Range } from "../syntax.ts";
import { assignmentsOf } from "./assignments.ts";
import { type Hole, quote } from "./quote.ts";
import { closing, configuration, disposal, opening, reentered, runtimeImport, siteTable } from "./snippets.ts";

/**
 * Emits a plan into a file's tree. The program's own nodes stay: the compiler keeps what it knows of types,
 * constants and imports by them.
 * @param sourceFile the file the plan was made for, as it is or as other transformers left it
 * @param added where its source map leads from what is added: to its function, or nowhere, so that it does not
 *   count as code of the file
 */
export function emitTree(
  ts: TypeScript,
  context: ts.TransformationContext,
  sourceFile: ts.SourceFile,
  plan: Plan,
  added: Added = "to its function",
): ts.SourceFile {
  return new TreeEmitter(ts, context, sourceFile, plan, added).emit();
}

export type Added = "to its function" | "nowhere";

class TreeEmitter {
  readonly #ts: TypeScript;
  readonly #context: ts.TransformationContext;
  readonly #factory: ts.NodeFactory;
  readonly #sourceFile: ts.SourceFile;
  readonly #plan: Plan;
  readonly #names: EmittedNames;
  readonly #added: Added;
  /** By the range of the body. */
  readonly #sites = new Map<string, FunctionSite>();
  /** By the range of the statement. */
  readonly #markers = new Map<string, MarkerCall>();
  /** By the range of the call. */
  readonly #wrappers = new Map<string, WrapperCall>();
  /** By kind and range. */
  readonly #points = new Map<string, Point>();
  /** `for await` without its labels. */
  readonly #loops = new Map<string, Extract<Point, { is: "forAwait" }>>();

  constructor(ts: TypeScript, context: ts.TransformationContext, sourceFile: ts.SourceFile, plan: Plan, added: Added) {
    this.#ts = ts;
    this.#context = context;
    this.#factory = context.factory;
    this.#sourceFile = sourceFile;
    this.#plan = plan;
    this.#names = plan.names;
    this.#added = added;
    for (const site of plan.sites) {
      this.#sites.set(rangeKey(site.body), site);
      if (site.marker) this.#markers.set(rangeKey(site.marker), site.marker);
      if (site.wrapper) this.#wrappers.set(rangeKey(site.wrapper), site.wrapper);
      for (const point of site.points) {
        this.#points.set(`${point.is} ${rangeKey(point)}`, point);
        if (point.is === "forAwait") this.#loops.set(rangeKey(point.loop), point);
      }
    }
  }

  emit(): ts.SourceFile {
    const ts = this.#ts;
    const { statements } = this.#sourceFile;
    const { importAt } = this.#plan;
    const first = statements.findIndex((statement) => this.#startOf(statement) >= importAt);
    const directives = first < 0 ? statements.length : first;
    const emitted = [
      ...this.#visitList(statements, ts.isStatement, 0, directives),
      ...this.#quote(runtimeImport(this.#plan), importAt),
      ...this.#visitList(statements, ts.isStatement, directives),
      ...this.#quote(siteTable(this.#plan), importAt),
    ];
    return this.#factory.updateSourceFile(this.#sourceFile, this.#inPlaceOf(statements, emitted));
  }

  readonly #visit = (node: ts.Node): ts.VisitResult<ts.Node> => {
    const ts = this.#ts;
    if (ts.isFunctionLike(node)) return this.#function(node);
    if (ts.isReturnStatement(node)) return this.#return(node);
    if (ts.isAwaitExpression(node)) return this.#await(node);
    if (ts.isYieldExpression(node)) return this.#yield(node);
    if (ts.isCatchClause(node)) return this.#catch(node);
    if (ts.isBlock(node)) return this.#block(node);
    if (ts.isForOfStatement(node)) return this.#resumedAfter(node, this.#forOf(node));
    if (ts.isLabeledStatement(node)) return this.#resumedAfter(node, this.#descend(node));
    if (ts.isVariableStatement(node)) return this.#variables(node);
    if (ts.isVariableDeclarationList(node)) return this.#variablesOfLoop(node);
    if (ts.isExpressionStatement(node)) return this.#statement(node);
    if (ts.isCallExpression(node) && this.#wrappers.size > 0) return this.#unwrapped(node);
    return this.#descend(node);
  };

  #descend<T extends ts.Node>(node: T): T {
    return this.#ts.visitEachChild(node, this.#visit, this.#context);
  }

  #function(node: ts.SignatureDeclaration): ts.Node {
    const ts = this.#ts;
    if (this.#at("replaced", node)) return this.#factory.createNotEmittedStatement(node);
    const body = bodyOf(ts, node);
    const original = bodyOf(ts, ts.getOriginalNode(node));
    const site = original && this.#sites.get(this.#keyOf(original));
    if (!body || !site) return this.#descend(node);
    const at = this.#startOf(node.name ?? node);
    return ts.visitEachChild(
      node,
      (child) => (child === body ? this.#body(site, body, at) : this.#visit(child)),
      this.#context,
    );
  }

  /** The body of a traced function. All that is added comes from the offset `at`. */
  #body(site: FunctionSite, body: ts.ConciseBody, at: number): ts.Block {
    const ts = this.#ts;
    if (!ts.isBlock(body)) {
      const result = this.#factory.createReturnStatement(this.#around("ret", body, this.#expression(body)));
      return this.#factory.createBlock(this.#traced(site, [ts.setSourceMapRange(result, body)], at), true);
    }
    const { statements } = body;
    const inside = statements.findIndex((statement) => this.#startOf(statement) >= site.openAt);
    const outside = inside < 0 ? statements.length : inside;
    return this.#factory.updateBlock(
      body,
      this.#inPlaceOf(statements, [
        ...this.#visitList(statements, ts.isStatement, 0, outside),
        ...this.#traced(site, this.#visitList(statements, ts.isStatement, outside), at),
      ]),
    );
  }

  #traced(site: FunctionSite, nodes: readonly ts.Statement[], at: number): readonly ts.Statement[] {
    const hole = this.#hole(nodes);
    return this.#quote(`${opening(site, this.#names)} ${hole.name}; ${closing(site, this.#names)}`, at, hole);
  }

  #return(node: ts.ReturnStatement): ts.Node {
    if (this.#at("leave", node)) return this.#factory.updateReturnStatement(node, this.#call("end"));
    const { expression } = node;
    const original = this.#ts.getOriginalNode(node, this.#ts.isReturnStatement)?.expression;
    const point = expression && original && this.#at("return", original);
    if (!point) return this.#descend(node);
    const handled = point.handled ? [this.#factory.createTrue()] : [];
    const operand = this.#around("ret", expression, this.#expression(expression), ...handled);
    return this.#factory.updateReturnStatement(node, operand);
  }

  #await(node: ts.AwaitExpression): ts.Node {
    const point = this.#at("await", node);
    if (!point) return this.#descend(node);
    const operand = this.#around("suspend", node.expression, this.#expression(node.expression));
    return this.#resumed(node, this.#factory.updateAwaitExpression(node, operand), point);
  }

  #yield(node: ts.YieldExpression): ts.Node {
    const { expression, asteriskToken } = node;
    const delegating = this.#at("delegate", node);
    if (delegating && expression) {
      const { delegate, delegated } = this.#names;
      const flag = this.#flag(delegating.described);
      const operand = this.#through(delegate, expression, this.#expression(expression), ...flag);
      return this.#through(delegated, node, this.#factory.updateYieldExpression(node, asteriskToken, operand));
    }
    const point = this.#at("yield", node);
    if (!point) return this.#descend(node);
    const operand = expression ? this.#around("chunk", expression, this.#expression(expression)) : this.#call("chunk");
    return this.#resumed(node, this.#factory.updateYieldExpression(node, asteriskToken, operand), point);
  }

  #resumed(from: ts.Node, suspension: ts.Expression, { listed }: { readonly listed: boolean }): ts.Expression {
    return this.#around("resume", from, suspension, ...this.#flag(listed));
  }

  #flag(raised: boolean | undefined): readonly ts.Expression[] {
    return raised ? [this.#factory.createTrue()] : [];
  }

  #block(node: ts.Block): ts.Node {
    const descended = this.#descend(node);
    const block = this.#at("disposing", node) ? this.#reentered(descended) : descended;
    const handler = this.#at("handler", node);
    if (!handler) return block;
    const { caught } = handler;
    if (!caught) return this.#entered(block, [this.#resume(node)]);
    // What stands before the block of a pattern, `#catch` adds.
    return caught.name === undefined ? block : this.#entered(block, [this.#caught(caught.name, node)]);
  }

  /** A `catch` whose pattern takes the error apart once the frame has seen it. */
  #catch(node: ts.CatchClause): ts.CatchClause {
    const { block, variableDeclaration: variable } = node;
    const caught = this.#at("handler", block)?.caught;
    if (!caught || caught.name !== undefined || !variable) return this.#descend(node);
    const { error } = this.#names;
    const pattern = this.#ts.visitNode(variable.name, this.#visit, this.#ts.isBindingName);
    const taken = this.#factory.createVariableDeclaration(
      pattern,
      undefined,
      undefined,
      this.#factory.createIdentifier(error),
    );
    const list = this.#factory.createVariableDeclarationList([taken], this.#ts.NodeFlags.Let);
    const statements = [
      this.#caught(error, block),
      this.#ts.setSourceMapRange(this.#factory.createVariableStatement(undefined, list), variable),
      this.#ts.visitNode(block, this.#visit, this.#ts.isBlock),
    ];
    return this.#factory.updateCatchClause(
      node,
      this.#factory.createVariableDeclaration(error),
      this.#factory.createBlock(statements, true),
    );
  }

  #caught(error: string, from: ts.Node): ts.Statement {
    return this.#statementOf(this.#call("caught", this.#factory.createIdentifier(error)), from);
  }

  #forOf(node: ts.ForOfStatement): ts.ForOfStatement {
    const ts = this.#ts;
    const loop = this.#loops.get(this.#keyOf(node));
    const resource = this.#at("loopResource", node)?.resource;
    if (!loop && !resource) return this.#descend(node);
    const { awaitModifier, initializer, expression, statement } = node;
    const target = ts.visitNode(initializer, this.#visit, ts.isForInitializer);
    const iterated = this.#expression(expression);
    const disposing = resource ? `${disposal(resource, this.#names).join(" ")};` : "";
    const resuming = loop ? [this.#resume(statement)] : [];
    const body = ts.visitIterationBody(statement, this.#visit, this.#context);
    const disposed = resource
      ? this.#reentered(this.#entered(body, this.#quote(disposing, this.#startOf(statement))))
      : body;
    return this.#factory.updateForOfStatement(
      node,
      awaitModifier,
      resource && ts.isVariableDeclarationList(target) ? this.#constants(target.declarations) : target,
      loop ? this.#around("iterate", expression, iterated, ...this.#quoted(loop)) : iterated,
      this.#entered(disposed, resuming),
    );
  }

  /** A `for await`, its labels included, after which the context is entered again. */
  #resumedAfter(node: ts.Statement, loop: ts.Statement): ts.Statement {
    const point = this.#at("forAwait", node);
    if (!point) return loop;
    const resuming = this.#resume(node);
    if (!point.crossed) return this.#factory.createBlock([loop, resuming], true);
    const [leaving, left] = [loop, resuming].map((statement) => this.#factory.createBlock([statement], true));
    return this.#factory.createTryStatement(leaving!, undefined, left);
  }

  #variables(node: ts.VariableStatement): ts.VisitResult<ts.Node> {
    const { declarationList: list } = node;
    const resource = this.#at("resource", node);
    if (resource) return this.#resources(node, resource.resources);
    if (!this.#at("var", list)) return this.#descend(node);
    const assignments = list.declarations.filter(({ initializer }) => initializer);
    if (assignments.length === 0) return this.#factory.createNotEmittedStatement(node);
    return this.#ts.setTextRange(this.#factory.createExpressionStatement(this.#assignments(assignments)), node);
  }

  /** `await using` declares constants, each followed by what leaves the context while it is disposed. */
  #resources(node: ts.VariableStatement, resources: readonly NamedResource[]): readonly ts.Statement[] {
    const { declarations } = node.declarationList;
    const at = this.#startOf(node);
    return resources.flatMap((resource, position) => {
      const declaration = declarations[position];
      if (!declaration) return [];
      const constants = this.#constants([this.#descend(declaration)]);
      const statement = this.#factory.createVariableStatement(undefined, constants);
      const [before, after] = disposal(resource, this.#names);
      return [
        ...this.#quote(before, at),
        this.#ts.setTextRange(statement, position === 0 ? node : declaration),
        ...this.#quote(`${after};`, at),
      ];
    });
  }

  #constants(declarations: readonly ts.VariableDeclaration[]): ts.VariableDeclarationList {
    return this.#factory.createVariableDeclarationList(declarations, this.#ts.NodeFlags.Const);
  }

  #variablesOfLoop(list: ts.VariableDeclarationList): ts.Node {
    return this.#at("var", list) ? this.#assignments(list.declarations) : this.#descend(list);
  }

  #assignments(declarations: readonly ts.VariableDeclaration[]): ts.Expression {
    return assignmentsOf(this.#ts, this.#factory, declarations, this.#visit);
  }

  #statement(node: ts.ExpressionStatement): ts.VisitResult<ts.Node> {
    const ts = this.#ts;
    const { expression: call } = node;
    const marker = this.#markers.get(this.#keyOf(node));
    if (!marker || !ts.isCallExpression(call)) return this.#descend(node);
    if (!marker.stays) return this.#factory.createNotEmittedStatement(node);
    const hole = this.#hole(this.#visitList(call.arguments, ts.isExpression));
    const [before, after] = configuration(this.#names);
    return this.#quote(`${before}(${hole.name})${after}`, this.#startOf(node), hole);
  }

  /** The function literal in place of the `trace(…)` around it; see `bound` in snippets.ts for its options. */
  #unwrapped(node: ts.CallExpression): ts.Expression {
    const wrapper = this.#wrappers.get(this.#keyOf(node));
    const [value, options] = node.arguments;
    if (!wrapper || !value) return this.#descend(node);
    const factory = this.#factory;
    const bare = this.#expression(value);
    if (wrapper.bare) return bare;
    const literal = this.#inPlaceOfCall(node, factory.createParenthesizedExpression(bare));
    if (!wrapper.stays || !options) return literal;
    const parameter = factory.createParameterDeclaration(undefined, undefined, this.#names.options);
    const binding = factory.createArrowFunction(
      undefined,
      undefined,
      [parameter],
      undefined,
      undefined,
      this.#named(wrapper.name, literal),
    );
    const callee = factory.createParenthesizedExpression(binding);
    return this.#inPlaceOfCall(node, factory.createCallExpression(callee, undefined, [this.#expression(options)]));
  }

  /** A function that gets its name as a property. */
  #named(name: string | undefined, value: ts.Expression): ts.Expression {
    if (name === undefined) return value;
    const factory = this.#factory;
    const key = factory.createComputedPropertyName(factory.createStringLiteral(name));
    const object = factory.createObjectLiteralExpression([factory.createPropertyAssignment(key, value)]);
    return factory.createElementAccessExpression(object, factory.createStringLiteral(name));
  }

  #inPlaceOfCall<T extends ts.Expression>(call: ts.CallExpression, expression: T): T {
    return this.#ts.setCommentRange(this.#ts.setSourceMapRange(expression, call), call);
  }

  /** Adds statements at the start of what a loop repeats, or of a block. */
  #entered(statement: ts.Statement, added: readonly ts.Statement[]): ts.Block {
    if (!this.#ts.isBlock(statement)) return this.#factory.createBlock([...added, statement], true);
    const { statements } = statement;
    return this.#factory.updateBlock(statement, this.#inPlaceOf(statements, [...added, ...statements]));
  }

  /** A block that enters the context again as it is left. */
  #reentered(block: ts.Block): ts.Block {
    const [before, after] = reentered(this.#names);
    const hole = this.#hole(block.statements);
    const statements = this.#quote(`${before} ${hole.name}; ${after}`, this.#startOf(block), hole);
    return this.#factory.updateBlock(block, this.#inPlaceOf(block.statements, statements));
  }

  #quoted({ quoted }: Extract<Point, { is: "forAwait" }>): readonly ts.Expression[] {
    return quoted === undefined ? [] : [this.#factory.createStringLiteral(quoted)];
  }

  #resume(from: ts.Node): ts.Statement {
    return this.#statementOf(this.#call("resume"), from);
  }

  #statementOf(call: ts.Expression, from: ts.Node): ts.Statement {
    const statement = this.#factory.createExpressionStatement(call);
    return this.#added === "nowhere" ? statement : this.#ts.setSourceMapRange(statement, from);
  }

  /** A call of the frame with what stood in its place. */
  #around(
    method: keyof Frame,
    from: ts.Node,
    operand: ts.Expression,
    ...more: readonly ts.Expression[]
  ): ts.Expression {
    return this.#inPlaceOfOperand(from, operand, this.#call(method, operand, ...more));
  }

  /** The same, of a function that calls the frame. */
  #through(name: string, from: ts.Node, operand: ts.Expression, ...more: readonly ts.Expression[]): ts.Expression {
    const callee = this.#factory.createIdentifier(name);
    const operands = [operand, this.#frame(), ...more];
    return this.#inPlaceOfOperand(from, operand, this.#factory.createCallExpression(callee, undefined, operands));
  }

  /**
   * Comments on lines of their own stay in front of the operand: in front of the call, they would part it from its
   * `return`.
   */
  #inPlaceOfOperand(from: ts.Node, operand: ts.Expression, instead: ts.Expression): ts.Expression {
    const ts = this.#ts;
    const { pos, end } = from;
    const call = ts.setSourceMapRange(instead, from);
    // Comments on the line of the token before are printed with that token, or by the list the call stands in.
    const printed = ts.getTrailingCommentRanges(this.#sourceFile.text, pos)?.at(-1);
    if (printed) ts.setCommentRange(operand, { pos: printed.end, end });
    return ts.setCommentRange(call, { pos, end: pos });
  }

  #call(method: keyof Frame, ...operands: readonly ts.Expression[]): ts.Expression {
    const callee = this.#factory.createPropertyAccessExpression(this.#frame(), method);
    return this.#factory.createCallExpression(callee, undefined, operands);
  }

  #frame(): ts.Identifier {
    return this.#factory.createIdentifier(this.#names.frame);
  }

  #expression(node: ts.Expression): ts.Expression {
    return this.#ts.visitNode(node, this.#visit, this.#ts.isExpression);
  }

  #visitList<T extends ts.Node>(
    nodes: ts.NodeArray<T>,
    test: (node: ts.Node) => node is T,
    start = 0,
    end = nodes.length,
  ): readonly T[] {
    return this.#ts.visitNodes(nodes, this.#visit, test, start, end - start);
  }

  #inPlaceOf<T extends ts.Node>(nodes: ts.NodeArray<T>, others: readonly T[]): ts.NodeArray<T> {
    return this.#ts.setTextRange(this.#factory.createNodeArray(others), nodes);
  }

  #hole(nodes: readonly ts.Node[]): Hole {
    return { name: `${this.#names.runtime}H`, nodes };
  }

  #quote(code: string, at: number, hole?: Hole): readonly ts.Statement[] {
    return quote(this.#ts, this.#context, code, this.#added === "nowhere" ? -1 : at, hole);
  }

  #at<Is extends Point["is"]>(is: Is, node: ts.Node): Extract<Point, { is: Is }> | undefined {
    const point = this.#points.get(`${is} ${this.#keyOf(node)}`);
    return point && isPoint(is, point) ? point : undefined;
  }

  /** The range in the file's text; of what stood there, when another transformer put something in its place. */
  #keyOf(node: ts.Node): string {
    return rangeKey({ start: this.#startOf(node), end: this.#ts.getOriginalNode(node).end });
  }

  /** Offset of the first token; -1 for what another transformer added. */
  #startOf(node: ts.Node): number {
    const original = this.#ts.getOriginalNode(node);
    return original.pos < 0 ? -1 : original.getStart(this.#sourceFile);
  }
}

function bodyOf(ts: TypeScript, node: ts.Node): ts.ConciseBody | undefined {
  const body = ts.isFunctionLike(node) && "body" in node ? node.body : undefined;
  return body && (ts.isBlock(body) || ts.isExpression(body)) ? body : undefined;
}

function rangeKey({ start, end }: Range): string {
  return `${start} ${end}`;
}

function isPoint<Is extends Point["is"]>(is: Is, point: Point): point is Extract<Point, { is: Is }> {
  return point.is === is;
}
