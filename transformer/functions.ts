/**
 * Finds the functions of a file and, in each, the places tracing touches. Says nothing about which of them
 * are traced; that is plan.ts.
 */
import type { FunctionKind } from "../runtime/contract.ts";
import { boundNames } from "./bound-names.ts";
import { handledReturn } from "./handled.ts";
import type { Body, Ending, Point, Resource, Variable, WrapperCall } from "./plan.ts";
import { isDescribed, quotedOf } from "./quoted.ts";
import { shadowsOf } from "./shadows.ts";
import type {
  Declarator,
  FunctionForm,
  FunctionView,
  Handler,
  Naming,
  Parameter,
  Range,
  Syntax,
  VariablesView,
  View,
} from "./syntax.ts";
import { skipTrivia } from "./trivia.ts";

/** A function with a body. */
export interface FoundFunction<N> extends Range {
  /** Offset of its first token after decorators. */
  readonly head: number;
  readonly form: FunctionForm;
  readonly kind: FunctionKind;
  readonly name: string;
  readonly qualified: string;
  /** Offsets at which a mark may stand directly above. */
  readonly anchors: readonly number[];
  readonly parameters: readonly Parameter[];
  readonly body: Body;
  readonly openAt: number;
  readonly needsSemicolon: boolean;
  readonly hoisted: readonly string[];
  readonly ending: Ending;
  /** The expression statement that stands first in the body, if it is a marker call. */
  readonly marker: FoundMarker<N> | undefined;
  /** The call of spanwright's `trace` that it is the argument of. */
  readonly wrapper: FoundWrapper<N> | undefined;
  readonly points: readonly Point[];
  /** The body calls nothing. */
  readonly leaf: boolean;
  /** Why the body cannot be rewritten. */
  readonly obstacle: string | undefined;
  /** The class that declares it as a method. */
  readonly owner: FoundClass | undefined;
  /** The file exports it: it, or the class whose method it is. Accessors and constructors do not count. */
  readonly exported: boolean;
}

export interface FoundClass {
  readonly anchors: readonly number[];
}

/** A call of spanwright's `trace` that stands as a statement. */
export interface FoundMarker<N> extends Range {
  readonly call: Range;
  readonly callee: Range;
  /** The options; `undefined` for `trace()`. */
  readonly options: N | undefined;
}

/** A call of spanwright's `trace` around a function literal. */
export interface FoundWrapper<N> extends Omit<WrapperCall, "bare" | "options" | "stays"> {
  /** Whether it is all that is given to what the language names the function after, so that it needs no parentheses. */
  readonly alone: boolean;
  readonly options: N | undefined;
  /** Whether the language names the function after something that is known at run time only. */
  readonly computed: boolean;
}

export interface FoundCode<N> {
  readonly functions: readonly FoundFunction<N>[];
  readonly classes: readonly FoundClass[];
  /** Offsets of signatures and other declarations without a body. */
  readonly bodiless: readonly number[];
  /** Marker calls that stand elsewhere than first in a body. */
  readonly strayMarkers: readonly number[];
}

/**
 * @param markers names under which the file knows spanwright's `trace`, `sw.trace` included
 * @param wanted offsets of what marks stand before and of names of `trace`: functions that have nothing to do with
 * any of them may be left out; absent when all are wanted
 */
export function findFunctions<N>(
  syntax: Syntax<N>,
  markers: ReadonlySet<string>,
  wanted?: ReadonlySet<number>,
): FoundCode<N> {
  const finder = new Finder<N>(syntax, markers, wanted);
  finder.children(syntax.root, { path: [], own: { anchors: [], top: true } });
  return finder;
}

/** Where a node stands: what holds for all that is in it, and what holds for it alone. */
interface Place<N> {
  /** Function whose body it is in. */
  readonly inside?: Draft | undefined;
  /** Derived constructor around it, arrows looked through. */
  readonly construction?: Draft | undefined;
  /** Names of the functions, classes and objects around it. */
  readonly path: readonly string[];
  /** Class whose member this is. */
  readonly owner?: OwnerClass | undefined;
  /** The labels and the `for await` loops of the function that it is in, outer first. */
  readonly targets?: readonly (string | AwaitLoop)[];
  /** Whether the function runs on after a `return` here: its `finally`, or what closes an iterator. */
  readonly runsOn?: boolean;
  /** Whether it belongs to a function or class that is wanted, so that all of it is read. */
  readonly wanted?: boolean | undefined;
  readonly own: OwnPlace<N>;
}

/** What holds for a node, and not for those in it. */
interface OwnPlace<N> {
  /** Offsets of the declarations directly around it. */
  readonly anchors: readonly number[];
  /** Name an anonymous function gets here. */
  readonly name?: string | undefined;
  /** Whether it is the language that gives the name. */
  readonly naming?: Naming | undefined;
  /** Whether what stands here is all that is named, without parentheses or assertions around it. */
  readonly alone?: boolean;
  /** Call of spanwright's `trace` whose function this is. */
  readonly wrapper?: FoundWrapper<N> | undefined;
  /** Whether a declaration here is one of the file's top level. */
  readonly top?: boolean;
  /** Whether the file exports what stands here. */
  readonly exported?: boolean;
  /** Whether it is all that a statement evaluates, declares a name with, or returns. */
  readonly whole?: boolean;
  /** Offset of the outermost label directly around it. */
  readonly labelAt?: number | undefined;
  /** The labels directly around it. */
  readonly labels?: readonly string[];
}

/** Of most nodes there is nothing to say. */
const NOWHERE: OwnPlace<never> = { anchors: [] };

/** A `for await` whose body is being read. */
interface AwaitLoop {
  /** Its own labels: who goes on there has not left it, or comes out right behind it. */
  readonly labels: readonly string[];
  crossed: boolean;
}

interface NamedRange {
  readonly name: string;
  readonly range: Range;
}

interface OwnerClass extends FoundClass {
  readonly name: string | undefined;
  readonly derived: boolean;
  readonly exported: boolean;
}

/** A function whose body is being read. */
interface Draft {
  readonly suspends: boolean;
  readonly points: Point[];
  readonly variables: { readonly view: VariablesView<unknown>; readonly head: boolean }[];
  /** Plain functions that it declares, in blocks as well. */
  readonly declared: NamedRange[];
  leaf: boolean;
  /** Whether it may run on after a `return`. */
  runsOn: boolean;
  /** End of the top-level statement that holds the last `super(…)`. */
  superEnd: number | undefined;
  statementEnd: number;
  obstacle: string | undefined;
}

class Finder<N> implements FoundCode<N> {
  readonly functions: FoundFunction<N>[] = [];
  readonly classes: FoundClass[] = [];
  readonly bodiless: number[] = [];
  readonly strayMarkers: number[] = [];
  readonly #syntax: Syntax<N>;
  readonly #markers: ReadonlySet<string>;
  /** Offsets, as they were given; `undefined` when everything is read. */
  readonly #wanted: ReadonlySet<number> | undefined;
  readonly #isShadowed: (name: string, at: number) => boolean;
  /** End of the last node of a list, such as a statement. */
  #visited: number | undefined;
  /** Start of the last expression statement. */
  #statementAt: number | undefined;
  readonly #exports: { readonly names: ReadonlySet<string>; readonly nodes: ReadonlySet<N> };
  readonly #firstStatements = new Set<N>();
  /** What array patterns take apart. */
  readonly #listed = new Set<N>();
  #resources = 0;
  /** Whether the file may declare any. */
  readonly #hasResources: boolean;
  /** The first and the last `await using` of each run of them, by their offsets. */
  readonly #edges = { first: new Set<number>(), last: new Set<number>() };
  /** Arguments of `return` that are promises with a handler already. */
  readonly #handled = new Set<N>();
  /** Anchors of overload signatures, for the implementation that follows them. */
  #signature: { readonly name: string; readonly anchors: readonly number[] } | undefined;

  constructor(syntax: Syntax<N>, markers: ReadonlySet<string>, wanted: ReadonlySet<number> | undefined) {
    this.#syntax = syntax;
    this.#markers = markers;
    this.#wanted = wanted;
    this.#hasResources = syntax.text.includes("using");
    this.#isShadowed = shadowsOf(syntax, new Set([...markers].map(rootOf)));
    const { names, nodes } = syntax.exports;
    this.#exports = { names: new Set(names), nodes: new Set(nodes) };
  }

  /**
   * Reads a node if it is wanted. What is wanted in an export, or in what names its value, may stand before the value
   * itself, `@decorator // @trace`, so that this is not asked again of the value.
   */
  visit(node: N, place: Place<N>): void {
    if (this.#isWanted(node, place)) this.#read(node, place);
  }

  #read(node: N, around: Place<N>): void {
    const { start, end } = this.#syntax.range(node);
    const view = this.#syntax.view(node);
    const place = this.#exports.nodes.has(node) ? withOwn(around, { exported: true }) : around;
    const { inside, own } = place;
    const within = own === NOWHERE ? place : { ...place, own: NOWHERE };
    const listed = this.#listed.has(node);
    switch (view.is) {
      case "function":
        this.#function(node, view, place);
        return;
      case "class":
        this.#class(node, view, place, within);
        return;
      case "wrapper":
        this.#wrapped(node, withOwn(place, { alone: false, anchors: [...own.anchors, start] }));
        return;
      case "named":
        this.#named(node, view, place, within);
        return;
      case "object":
        this.children(node, {
          ...within,
          owner: undefined,
          path: own.name ? [...place.path, own.name] : place.path,
        });
        return;
      case "statement":
        this.#stray(node, view.expression);
        this.#statementAt = start;
        this.visit(view.expression, { ...within, own: { anchors: [...own.anchors, start], whole: true } });
        return;
      case "variables":
        this.#variables(node, view, place, false);
        return;
      case "label":
        this.visit(view.body, {
          ...within,
          targets: [...(place.targets ?? []), view.name],
          own: { anchors: [], labelAt: own.labelAt ?? start, labels: [...(own.labels ?? []), view.name] },
        });
        return;
      case "jump":
        cross(view.label, place.targets ?? []);
        break;
      case "for":
        this.#loop(node, view, place, within);
        return;
      case "return":
        if (inside && place.runsOn) inside.runsOn = true;
        if (view.argument) {
          const handled = this.#handled.has(view.argument);
          inside?.points.push({ is: "return", sequence: view.sequence, handled, ...this.#rangeOf(view.argument) });
        } else {
          const keyword = { start, end: start + "return".length };
          const needsSemicolon = this.#syntax.text.charAt(end - 1) !== ";";
          inside?.points.push({ is: "leave", start, end, keyword, needsSemicolon });
        }
        this.children(node, { ...within, own: { anchors: [], whole: !view.sequence } });
        return;
      case "await":
        inside?.points.push({ is: "await", start, end, argument: this.#rangeOf(view.argument), listed });
        break;
      case "yield":
        this.#yield(view, { start, end, listed }, place);
        break;
      case "try":
        if (inside?.suspends) this.#handlers(view.handlers, inside);
        this.#try(node, view.finalizer, within);
        return;
      case "call":
        if (inside) inside.leaf = false;
        if (view.callee === "super" && place.construction)
          place.construction.superEnd = place.construction.statementEnd;
        this.#call(node, view, place, within);
        return;
      case "block":
        this.#findHandled(view.statements, inside);
        if (this.#findEdges(view.statements)) inside?.points.push({ is: "disposing", start, end });
        break;
      case "other":
        if (inside && !view.inert) inside.leaf = false;
    }
    this.children(node, within);
  }

  /** Whether something in a node, or what it belongs to, is wanted. */
  #isWanted(node: N, { wanted, own }: Place<N>): boolean {
    if (this.#wanted === undefined || wanted === true || this.#areWanted(own.anchors)) return true;
    // An implementation belongs to the marks of its signatures.
    if (this.#signature !== undefined) return true;
    const { start, end } = this.#syntax.range(node);
    for (const at of this.#wanted) if (start <= at && at < end) return true;
    return false;
  }

  #areWanted(anchors: readonly number[]): boolean {
    return anchors.some((anchor) => this.#wanted?.has(anchor));
  }

  #class(node: N, view: ViewOf<N, "class">, place: Place<N>, within: Place<N>): void {
    const anchors = [...place.own.anchors, this.#rangeOf(node).start, view.head];
    const name = view.name ?? place.own.name;
    const owner: OwnerClass = { anchors, name, derived: view.derived, exported: this.#isExported(view.name, place) };
    this.classes.push(owner);
    if (place.inside) place.inside.leaf = false;
    const wanted = place.wanted === true || this.#areWanted(anchors);
    this.children(node, { ...within, owner, wanted, path: name ? [...place.path, name] : place.path });
  }

  #named(node: N, { name, naming, value }: ViewOf<N, "named">, place: Place<N>, within: Place<N>): void {
    const anchors = [...place.own.anchors, this.#rangeOf(node).start];
    const exported = this.#isExported(name, place);
    // After `export default`, a function without parentheses is a declaration.
    const alone = name !== "default";
    const own = { anchors, name, naming, alone, whole: true, wrapper: undefined, top: false, exported };
    const given = withOwn(place, own);
    for (const child of this.#syntax.children(node)) {
      if (child === value) this.#read(child, given);
      else this.visit(child, within);
    }
  }

  #wrapped(node: N, place: Place<N>): void {
    for (const child of this.#syntax.children(node)) {
      this.#read(child, place);
      this.#leave(child);
    }
  }

  #try(node: N, finalizer: N | undefined, within: Place<N>): void {
    const finalized = finalizer === undefined ? within : { ...within, runsOn: true };
    for (const child of this.#syntax.children(node)) {
      this.visit(child, child === finalizer ? within : finalized);
      this.#leave(child);
    }
  }

  #handlers(handlers: readonly Handler<N>[], inside: Draft): void {
    for (const { block, parameter } of handlers) {
      const { pattern, range } = parameter ?? {};
      const caught = pattern && range && { name: pattern.is === "name" ? pattern.name : undefined, ...range };
      inside.points.push({ is: "handler", ...this.#rangeOf(block), caught });
    }
  }

  #call(node: N, view: CallView<N>, place: Place<N>, within: Place<N>): void {
    const wrapper = this.#wrapper(node, view, place);
    const anchors = wrapper ? [...place.own.anchors, wrapper.start] : [];
    const wrapped = wrapper && {
      ...withOwn(place, { alone: false, whole: false, anchors, wrapper }),
      wanted: true,
    };
    const [value] = view.args;
    for (const child of this.#syntax.children(node)) this.visit(child, wrapped && child === value ? wrapped : within);
  }

  children(node: N, place: Place<N>): void {
    for (const child of this.#syntax.children(node)) {
      this.visit(child, place);
      this.#leave(child);
    }
  }

  /** Keeps where a node ends, for a statement that may follow it. */
  #leave(node: N): void {
    if (this.#markers.size > 0) this.#visited = this.#syntax.range(node).end;
  }

  /** @param name of what is declared here, if it is the top level's */
  #isExported(name: string | undefined, { own: { top, exported } }: Place<N>): boolean {
    return exported === true || (top === true && name !== undefined && this.#exports.names.has(name));
  }

  #rangeOf(node: N): Range {
    const { start, end } = this.#syntax.range(node);
    return { start, end };
  }

  #function(node: N, view: FunctionView<N>, place: Place<N>): void {
    const range = this.#rangeOf(node);
    const name = functionName(view, place);
    const anchors = [...place.own.anchors, range.start, view.head];
    const path = [...place.path, view.form === "constructor" ? "constructor" : name];
    const { inside, construction: constructed, path: around, wanted } = place;
    const outside: Place<N> = { inside, construction: constructed, path: around, wanted, own: NOWHERE };
    if (view.body === undefined) {
      this.bodiless.push(...anchors);
      const signature = this.#signature?.name === name ? this.#signature.anchors : [];
      this.#signature = { name, anchors: [...signature, ...anchors] };
      return;
    }
    const signature = this.#signature?.name === name ? this.#signature.anchors : [];
    this.#signature = undefined;
    if (view.form === "declaration" && !view.async && !view.generator) place.inside?.declared.push({ name, range });
    const found = this.functions.length;
    const { body } = view;
    for (const child of this.#syntax.children(node)) if (child !== body) this.visit(child, outside);
    const draft: Draft = {
      suspends: view.async || view.generator,
      points: [],
      variables: [],
      declared: [],
      leaf: !view.async && !view.generator,
      runsOn: view.generator,
      superEnd: undefined,
      statementEnd: range.end,
      obstacle: undefined,
    };
    const derived = view.form === "constructor" && place.owner?.derived === true;
    const construction = view.form === "arrow" ? place.construction : derived ? draft : undefined;
    // What brought the finder here may be the function's own mark, or a marker call in its body.
    const inner: Place<N> = { inside: draft, construction, path, wanted: true, own: NOWHERE };
    const opening = view.concise ? this.#expression(body, inner) : this.#block(body, draft, inner);
    this.functions.splice(found, 0, {
      ...range,
      head: view.head,
      form: view.form,
      kind: functionKind(view),
      name,
      qualified: path.join("."),
      anchors: [...signature, ...anchors],
      parameters: view.parameters,
      body: { ...this.#rangeOf(body), block: !view.concise },
      ...opening,
      // What stands before `super(…)` runs before the span opens.
      points: draft.points.filter(
        ({ is, start }) => start >= opening.openAt && !(is === "leave" && opening.ending === "finally"),
      ),
      leaf: draft.leaf,
      obstacle: draft.obstacle,
      wrapper: place.own.wrapper,
      owner: view.form === "method" ? place.owner : undefined,
      exported: this.#isFunctionExported(view, place),
    });
  }

  #isFunctionExported({ form, name }: FunctionView<N>, place: Place<N>): boolean {
    if (form === "method" && place.owner?.exported) return true;
    return !ACCESSED.has(form) && this.#isExported(form === "declaration" ? name : undefined, place);
  }

  #expression(body: N, place: Place<N>): Opening<N> {
    this.visit(body, place);
    return { openAt: this.#rangeOf(body).start, needsSemicolon: false, hoisted: [], ending: "none", marker: undefined };
  }

  #block(body: N, draft: Draft, place: Place<N>): Opening<N> {
    const view = this.#syntax.view(body);
    const statements = view.is === "block" ? view.statements : [];
    this.#findEdges(statements);
    this.#findHandled(statements, draft);
    const directives = statements.filter((statement) => this.#isDirective(statement));
    const [first] = statements.slice(directives.length);
    const marker = first === undefined ? undefined : this.#marker(first);
    if (first !== undefined && marker) this.#firstStatements.add(first);
    const functions: NamedRange[] = [];
    for (const statement of statements) {
      const { end } = this.#rangeOf(statement);
      draft.statementEnd = end;
      const inner = this.#syntax.view(statement);
      if (
        inner.is === "function" &&
        inner.form === "declaration" &&
        inner.name !== undefined &&
        inner.body !== undefined
      ) {
        functions.push({ name: inner.name, range: this.#rangeOf(statement) });
      }
      if (statement === first && marker) this.#options(marker, place);
      else this.visit(statement, place);
      this.#leave(statement);
    }
    const opened = draft.superEnd ?? (directives.length ? this.#rangeOf(directives.at(-1)!).end : undefined);
    if (draft.superEnd !== undefined && functions.length > 0) {
      draft.obstacle ??= "its constructor declares functions, which `super(…)` may call before they could be traced";
    }
    if (!this.#syntax.isModule && replacesFromBlock(draft, functions)) {
      draft.obstacle ??= "a function in one of its blocks replaces one of the same name that the body declares";
    }
    return {
      openAt: opened ?? this.#rangeOf(body).start + 1,
      needsSemicolon: opened !== undefined && this.#syntax.text.charAt(opened - 1) !== ";",
      hoisted: separate(draft, functions),
      ending: draft.runsOn ? "finally" : this.#mayEnd(statements) ? "last" : "none",
      marker,
    };
  }

  /** Whether a body can come to its end. */
  #mayEnd(statements: readonly N[]): boolean {
    return !statements.some((statement) => this.#syntax.view(statement).is === "return");
  }

  #isDirective(statement: N): boolean {
    const view = this.#syntax.view(statement);
    return view.is === "statement" && view.directive;
  }

  /** The marker call a statement is. */
  #marker(statement: N): FoundMarker<N> | undefined {
    const view = this.#syntax.view(statement);
    if (view.is !== "statement") return undefined;
    const call = this.#syntax.view(view.expression);
    if (call.is !== "call" || !this.#isTrace(call)) return undefined;
    const [options, ...more] = call.args;
    if (more.length > 0 || (options !== undefined && this.#syntax.view(options).is === "function")) return undefined;
    return {
      ...this.#rangeOf(statement),
      call: this.#rangeOf(view.expression),
      callee: { start: call.calleeRange.start, end: call.calleeRange.end },
      options,
    };
  }

  /** What a call is that has a function literal as its first argument, if it is one of spanwright's `trace`. */
  #wrapper(node: N, view: CallView<N>, { own }: Place<N>): FoundWrapper<N> | undefined {
    const { name, naming, alone = false } = own;
    const [value, options, ...more] = view.args;
    if (value === undefined || more.length > 0 || !this.#isTrace(view)) return undefined;
    const literal = this.#literal(value);
    if (!literal) return undefined;
    const call = this.#rangeOf(node);
    const isAnonymous = literal.name === undefined;
    return {
      ...call,
      open: view.open,
      value: this.#rangeOf(value),
      options,
      alone,
      name: isAnonymous && naming === "static" ? name : undefined,
      computed: isAnonymous && naming === "computed",
      needsSemicolon: this.#continues(call.start),
    };
  }

  #isTrace({ callee, calleeRange }: CallView<N>): boolean {
    return callee !== undefined && this.#markers.has(callee) && !this.#isShadowed(rootOf(callee), calleeRange.start);
  }

  /** The function literal that stands in parentheses and assertions. */
  #literal(node: N): FunctionView<N> | undefined {
    const view = this.#syntax.view(node);
    if (view.is === "function") return view;
    const [inner] = view.is === "wrapper" ? this.#syntax.children(node) : [];
    return inner === undefined ? undefined : this.#literal(inner);
  }

  /** Whether a parenthesis at an offset would continue the statement before it, which has no semicolon. */
  #continues(at: number): boolean {
    const { text } = this.#syntax;
    const before = this.#visited;
    if (before === undefined || at !== this.#statementAt) return false;
    return skipTrivia(text, before) === at && text.charAt(before - 1) !== ";";
  }

  /** A marker call is no call of the program, but its options may hold functions. */
  #options({ options }: FoundMarker<N>, place: Place<N>): void {
    if (options !== undefined) this.visit(options, place);
  }

  #stray(statement: N, expression: N): void {
    if (this.#firstStatements.has(statement)) return;
    const call = this.#syntax.view(expression);
    if (call.is !== "call" || !this.#marker(statement)) return;
    const [options] = call.args;
    if (options === undefined || this.#syntax.view(options).is === "object")
      this.strayMarkers.push(this.#rangeOf(expression).start);
  }

  #yield(
    view: { argument: N | undefined; delegate: boolean },
    { listed, ...at }: Range & { readonly listed: boolean },
    { inside, own: { whole } }: Place<N>,
  ): void {
    const argument = view.argument === undefined ? undefined : this.#rangeOf(view.argument);
    if (view.delegate && argument && view.argument !== undefined) {
      const described = whole === true && isDescribed(this.#syntax, view.argument);
      inside?.points.push({ is: "delegate", ...at, argument, described });
    } else inside?.points.push({ is: "yield", ...at, argument, listed });
  }

  #variables(node: N, view: VariablesView<N>, place: Place<N>, head: boolean): void {
    const { start, end } = this.#rangeOf(node);
    const { inside } = place;
    for (const { pattern, init } of view.declarators) {
      if (pattern.is === "array" && init !== undefined) this.#listed.add(init);
    }
    if (inside) {
      if (view.keyword === "var") inside.variables.push({ view, head });
      if (view.keyword.endsWith("using")) {
        inside.leaf = false;
        inside.runsOn = true;
      }
      if (view.declarators.some(({ pattern }) => pattern.is !== "name")) inside.leaf = false;
      if (view.keyword === "await using" && !head) {
        const isFirst = this.#edges.first.has(start);
        const isLast = this.#edges.last.has(start);
        const resources = view.declarators.map((declarator, at, { length }) =>
          this.#resource(declarator, isFirst && at === 0, isLast && at === length - 1),
        );
        inside.points.push({ is: "resource", start, end, keyword: view.keywordRange, resources });
      }
    }
    for (const [index, child] of this.#syntax.children(node).entries()) {
      this.visit(child, withOwn(place, { anchors: index === 0 ? [...place.own.anchors, start] : [] }));
    }
  }

  #resource({ pattern, start, end }: Declarator<N>, first: boolean, last: boolean): Resource {
    return { name: pattern.is === "name" ? pattern.name : "", index: this.#resources++, first, last, start, end };
  }

  /**
   * Finds a block's runs of `await using`: a `using` between two is disposed between them, in the span's context.
   * @returns whether there are any
   */
  #findEdges(statements: readonly N[]): boolean {
    if (!this.#hasResources) return false;
    let found = false;
    let last: number | undefined;
    for (const statement of statements) {
      const keyword = this.#keywordOf(statement);
      if (keyword === "await using") {
        const { start } = this.#rangeOf(statement);
        if (last === undefined) this.#edges.first.add(start);
        else this.#edges.last.delete(last);
        this.#edges.last.add(start);
        last = start;
        found = true;
      } else if (keyword === "using") last = undefined;
    }
    return found;
  }

  /** Only a plain function hands a promise itself to its caller. */
  #findHandled(statements: readonly N[], inside: Draft | undefined): void {
    const argument = inside?.suspends === false ? handledReturn(this.#syntax, statements) : undefined;
    if (argument !== undefined) this.#handled.add(argument);
  }

  #keywordOf(statement: N): VariablesView<N>["keyword"] | undefined {
    const view = this.#syntax.view(statement);
    if (view.is === "variables") return view.keyword;
    const [declaration] = view.is === "wrapper" ? this.#syntax.children(statement) : [];
    return declaration === undefined ? undefined : this.#keywordOf(declaration);
  }

  #loop(node: N, view: LoopView<N>, place: Place<N>, around: Place<N>): void {
    const loop = this.#rangeOf(node);
    const { inside, targets = [] } = place;
    const { labelAt = loop.start, labels = [] } = place.own;
    const awaiting: AwaitLoop | undefined = view.await ? { labels, crossed: false } : undefined;
    const body: Body = { ...this.#rangeOf(view.body), block: this.#syntax.view(view.body).is === "block" };
    if (inside && view.iterated !== undefined) inside.leaf = false;
    const outerPoints = inside?.points.length ?? 0;
    const left = view.left === undefined ? undefined : this.#syntax.view(view.left);
    if (inside && left?.is === "variables" && left.keyword === "await using") {
      if (view.iterated === undefined) inside.obstacle ??= "it declares `await using` in the head of a `for (;;)`";
      for (const declarator of view.iterated === undefined ? [] : left.declarators) {
        const { start: _, end: __, ...resource } = this.#resource(declarator, true, true);
        inside.points.push({ is: "loopResource", ...loop, keyword: left.keywordRange, resource, body });
      }
    }
    const closing = view.iterated === undefined ? around : { ...around, runsOn: true };
    const within: Place<N> = awaiting ? { ...closing, targets: [...targets, awaiting] } : closing;
    for (const child of this.#syntax.children(node)) {
      if (child === view.left && left?.is === "variables") this.#variables(child, left, within, true);
      else this.visit(child, within);
    }
    if (inside && awaiting && view.iterated !== undefined) {
      const iterated = this.#rangeOf(view.iterated);
      const quoted = quotedOf(this.#syntax, view.iterated);
      const { crossed } = awaiting;
      // Before the points of what it holds, as it is around them.
      inside.points.splice(outerPoints, 0, {
        is: "forAwait",
        start: labelAt,
        end: loop.end,
        loop,
        iterated,
        quoted,
        crossed,
        body,
      });
    }
  }
}

/** Marks the `for await` loops that a jump to a label leaves without coming out right behind them. */
function cross(label: string, targets: readonly (string | AwaitLoop)[]): void {
  for (const target of targets.toReversed()) {
    if (typeof target === "string" ? target === label : target.labels.includes(label)) return;
    if (typeof target !== "string") target.crossed = true;
  }
}

function withOwn<N>(place: Place<N>, own: Partial<OwnPlace<N>>): Place<N> {
  return { ...place, own: { ...place.own, ...own } };
}

type LoopView<N> = { await: boolean; left: N | undefined; iterated: N | undefined; body: N };

type ViewOf<N, Is extends View<N>["is"]> = Extract<View<N>, { is: Is }>;

type CallView<N> = ViewOf<N, "call">;

type Opening<N> = Pick<FoundFunction<N>, "openAt" | "needsSemicolon" | "hoisted" | "ending" | "marker">;

/** The name that a path of properties begins with. */
export function rootOf(path: string): string {
  return path.replace(/\..*$/, "");
}

/** Functions that run without a call that names them: marked only by a mark of their own. */
const ACCESSED: ReadonlySet<FunctionForm> = new Set(["getter", "setter", "constructor"]);

function functionKind({ async, generator }: { async: boolean; generator: boolean }): FunctionKind {
  if (generator) return async ? "asyncGenerator" : "generator";
  return async ? "async" : "sync";
}

/** What the function's `name` property holds. */
function functionName(view: FunctionView<unknown>, place: Place<unknown>): string {
  switch (view.form) {
    case "constructor":
      return place.owner?.name ?? "constructor";
    case "getter":
      return `get ${view.name}`;
    case "setter":
      return `set ${view.name}`;
    default:
      return view.name ?? place.own.name ?? "<anonymous>";
  }
}

/**
 * A body becomes a block, in which a function may share its name with no `var` and with no other function,
 * as it may in a body. There, all of them are one variable that holds the last function when the body
 * starts. So earlier functions of a name become expressions nobody sees, and a `var` of such a name becomes
 * an assignment.
 * @returns the other names of those `var` statements, to be declared outside the block
 */
function separate(draft: Draft, functions: readonly NamedRange[]): string[] {
  const last = new Map(functions.map(({ name, range }) => [name, range]));
  for (const { name, range } of functions) {
    if (last.get(name) !== range) draft.points.push({ is: "replaced", ...range });
  }
  const hoisted = new Set<string>();
  for (const { view, head } of draft.variables) {
    const names = view.declarators.flatMap(({ pattern }) => boundNames(pattern));
    if (!names.some((name) => last.has(name))) continue;
    for (const name of names) if (!last.has(name)) hoisted.add(name);
    const variables = view.declarators.map(
      ({ start, end, target, init, pattern }): Variable => ({
        start,
        end,
        target:
          pattern.is === "name" ? { start: pattern.start, end: pattern.end } : { start: target.start, end: target.end },
        initialised: init !== undefined,
      }),
    );
    draft.points.push({
      is: "var",
      keyword: view.keywordRange,
      head,
      variables,
      ...rangeAround(variables, view.keywordRange),
    });
  }
  return [...hoisted];
}

/**
 * Outside of strict mode, a function in a block is assigned to the body's variable of its name once it is
 * declared; not so when that has become the function of a block as well.
 */
function replacesFromBlock({ declared }: Draft, functions: readonly NamedRange[]): boolean {
  const names = new Set(functions.map(({ name }) => name));
  const starts = new Set(functions.map(({ range }) => range.start));
  return declared.some(({ name, range }) => names.has(name) && !starts.has(range.start));
}

function rangeAround(variables: readonly Range[], keyword: Range): Range {
  return { start: keyword.start, end: variables.at(-1)?.end ?? keyword.end };
}
