/**
 * The neutral view of a parsed file. A front end (parse/oxc.ts, parse/typescript.ts) answers these few
 * questions about its own tree; everything that decides what is traced, and where, asks only them. All
 * offsets are UTF-16 code units into the file's text.
 */

/** A half-open range of the text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Comment extends Range {
  /** `//` or `/*`. */
  readonly block: boolean;
}

/** Something the parser could not read. */
export interface ParseProblem {
  readonly message: string;
  readonly at: number;
}

/** An expression as far as it is made of literals. */
export type Literal =
  | ({ readonly is: "value"; readonly value: string | number | boolean | null } & Range)
  | ({ readonly is: "array"; readonly items: readonly Literal[] } & Range)
  | ({ readonly is: "object"; readonly entries: readonly LiteralEntry[] } & Range)
  | ({ readonly is: "code" } & Range);

export interface LiteralEntry {
  /** `undefined` for a spread, a computed key, a method or an accessor. */
  readonly key: string | undefined;
  readonly keyRange: Range;
  readonly value: Literal;
}

/** A binding pattern. */
export type Pattern =
  | ({ readonly is: "name"; readonly name: string } & Range)
  | { readonly is: "array"; readonly items: readonly (Pattern | null)[]; readonly rest: Pattern | undefined }
  | {
      readonly is: "object";
      /** The key is `undefined` when it is computed. */
      readonly entries: readonly (readonly [key: string | undefined, value: Pattern])[];
      readonly rest: Pattern | undefined;
    };

export interface Parameter {
  readonly pattern: Pattern;
  readonly rest: boolean;
}

export interface Declarator<N> extends Range {
  readonly pattern: Pattern;
  /** The whole target, with its type annotation. */
  readonly target: Range;
  readonly init: N | undefined;
}

export type FunctionForm = "declaration" | "expression" | "arrow" | "method" | "getter" | "setter" | "constructor";

export interface FunctionView<N> {
  readonly is: "function";
  readonly form: FunctionForm;
  readonly async: boolean;
  readonly generator: boolean;
  /** Own name: of a declaration or a named expression, or the key of a method; `undefined` if it has none or the key is computed. */
  readonly name: string | undefined;
  /** Offset of the first token after the decorators. */
  readonly head: number;
  readonly parameters: readonly Parameter[];
  /** A block or, for a concise arrow, an expression; `undefined` for a signature. */
  readonly body: N | undefined;
  readonly concise: boolean;
}

export interface VariablesView<N> {
  readonly is: "variables";
  readonly keyword: "var" | "let" | "const" | "using" | "await using";
  /** Range of the keyword, `await using` in one. */
  readonly keywordRange: Range;
  readonly declarators: readonly Declarator<N>[];
}

/** The block of a `catch` or a `finally`. */
export interface Handler<N> {
  readonly block: N;
  readonly parameter: { readonly pattern: Pattern; readonly range: Range } | undefined;
}

/** Whether the language names what stands somewhere. */
export type Naming = "static" | "computed" | "none";

/** What a node is, as far as tracing cares. */
export type View<N> =
  | FunctionView<N>
  | VariablesView<N>
  | { readonly is: "class"; readonly name: string | undefined; readonly derived: boolean; readonly head: number }
  /**
   * A node that names the anonymous function, class or object that is its value.
   * `naming`: the language gives it this name, or one known at run time only, or none, and the name describes it.
   */
  | { readonly is: "named"; readonly name: string; readonly value: N; readonly naming: Naming }
  | { readonly is: "object" }
  /** A node around a declaration or an expression that changes nothing about it: `export`, parentheses, `as T`. */
  | { readonly is: "wrapper" }
  | { readonly is: "statement"; readonly expression: N; readonly directive: boolean }
  | { readonly is: "block"; readonly statements: readonly N[] }
  /** `sequence`: the argument is a comma expression without parentheses. */
  | { readonly is: "return"; readonly argument: N | undefined; readonly sequence: boolean }
  | { readonly is: "await"; readonly argument: N }
  | { readonly is: "yield"; readonly argument: N | undefined; readonly delegate: boolean }
  | {
      readonly is: "for";
      readonly await: boolean;
      /** The declaration or target in the head. */
      readonly left: N | undefined;
      /** What is iterated over; `undefined` for `for (;;)`. */
      readonly iterated: N | undefined;
      readonly body: N;
    }
  | { readonly is: "label"; readonly name: string; readonly body: N }
  /** `break` or `continue` to a label. */
  | { readonly is: "jump"; readonly label: string }
  /** The blocks of a `catch` and a `finally`, and the latter once more. */
  | { readonly is: "try"; readonly handlers: readonly Handler<N>[]; readonly finalizer: N | undefined }
  | {
      readonly is: "call";
      readonly callee: string | undefined;
      readonly calleeRange: Range;
      /** Offset of the parenthesis before the arguments. */
      readonly open: number;
      readonly args: readonly N[];
    }
  /** `inert`: evaluating it, apart from its children, runs no code of the program. */
  | { readonly is: "other"; readonly inert: boolean };

/** A name the file gets from another module, by `import` or by a top-level `const … = require(…)`. */
export interface ImportedName {
  readonly local: string;
  /** `*` for the whole module. */
  readonly imported: string;
  readonly module: string;
}

/** What a file exports of its own, by `export`, `export =`, `module.exports =` or `exports.x =`. */
export interface Exports<N> {
  /** Names of the file's top level, as the file itself knows them. */
  readonly names: readonly string[];
  /** Exported declarations, and values that are exported where they stand. */
  readonly nodes: readonly N[];
}

/** A parsed file. */
export interface Syntax<N> {
  readonly text: string;
  readonly root: N;
  readonly comments: readonly Comment[];
  readonly problems: readonly ParseProblem[];
  /** Whether the text has `import` or `export` syntax, `import x = require()` and `export =` included. */
  readonly isModule: boolean;
  /** Modules the file imports or requires at its top level. */
  readonly modules: readonly string[];
  readonly imports: readonly ImportedName[];
  readonly exports: Exports<N>;
  /** Statements of the file, directives included. */
  readonly statements: readonly N[];
  range(node: N): Range;
  view(node: N): View<N>;
  /** Children in source order, types left out. */
  children(node: N): readonly N[];
  literal(node: N): Literal;
  /** Reads `text` as one expression; its offsets count from `offset`. */
  parseLiteral(text: string, offset: number): Literal | ParseProblem;
}
