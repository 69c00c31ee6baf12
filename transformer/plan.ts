/**
 * The neutral plan: which functions of a file are traced, and every place in them that the emitters touch.
 * Emitters read nothing else, so that the text of a bundler and the tree of a compiler get the same code.
 * All offsets are UTF-16 code units into the file's text.
 */
import type { SiteRow } from "../runtime/contract.ts";
import type { Range } from "./syntax.ts";

/**
 * A place of a traced body that is rewritten. `listed`: an array pattern takes its value apart, `const [a] = await b`.
 */
export type Point =
  /** `return E`; the range is that of `E`, which may be a comma expression. */
  | ({
      readonly is: "return";
      readonly sequence: boolean;
      /** Whether `E`, if it is a promise, has had a handler of the program's own attached. */
      readonly handled: boolean;
    } & Range)
  /** `return` without a value, where that ends the span. */
  | ({ readonly is: "leave"; readonly keyword: Range; readonly needsSemicolon: boolean } & Range)
  | ({ readonly is: "await"; readonly argument: Range; readonly listed: boolean } & Range)
  | ({ readonly is: "yield"; readonly argument: Range | undefined; readonly listed: boolean } & Range)
  | ({
      readonly is: "delegate";
      readonly argument: Range;
      /** Whether V8's messages describe the operand's value, and do not quote the `yield*`. */
      readonly described: boolean;
    } & Range)
  /** `for await`; the range begins at the outermost label. `body` is what the loop repeats. */
  | ({
      readonly is: "forAwait";
      readonly loop: Range;
      readonly iterated: Range;
      /** What is iterated over, as V8's messages quote it; `undefined` where that is `(intermediate value)`. */
      readonly quoted: string | undefined;
      /** Whether a `break` or `continue` in it goes on elsewhere than in it or after it. */
      readonly crossed: boolean;
      readonly body: Body;
    } & Range)
  /** The block of a `catch` or `finally`; the range is that of the block. */
  | ({ readonly is: "handler"; readonly caught: Caught | undefined } & Range)
  /** `await using` as a statement. */
  | ({ readonly is: "resource"; readonly keyword: Range; readonly resources: readonly Resource[] } & Range)
  /** A block inside the body that declares `await using`; however it is left, the context is entered again. */
  | ({ readonly is: "disposing" } & Range)
  /** `for (await using x of E)`: the range is that of the loop. */
  | ({
      readonly is: "loopResource";
      readonly keyword: Range;
      readonly resource: NamedResource;
      readonly body: Body;
    } & Range)
  /** A `var` that shares its name with a function of the body; see {@link FunctionSite.hoisted}. */
  | ({
      readonly is: "var";
      readonly keyword: Range;
      readonly head: boolean;
      readonly variables: readonly Variable[];
    } & Range)
  /** A function declaration that a later one of the same name replaces before it can run. */
  | ({ readonly is: "replaced" } & Range);

/** The parameter of a `catch`, with its type. */
export interface Caught extends Range {
  /** `undefined` for a pattern. */
  readonly name: string | undefined;
}

export interface Body extends Range {
  readonly block: boolean;
}

/** A variable that `await using` declares. */
export interface NamedResource {
  readonly name: string;
  /** Number of the resource, unique in the file. */
  readonly index: number;
  /** First of its block, or after a `using`: before it stands what enters the context again when it is disposed. */
  readonly first: boolean;
  /** The last one before the next `first`, or the end of the block. */
  readonly last: boolean;
}

/** A declarator of `await using`. */
export interface Resource extends NamedResource, Range {}

/** A declarator of a `var` that becomes an assignment. */
export interface Variable extends Range {
  /** The binding or pattern, without its type. */
  readonly target: Range;
  readonly initialised: boolean;
}

/** `trace({ … })` as the first statement of a body. */
export interface MarkerCall extends Range {
  /** `trace`, what the emitter puts the frame's method in place of. */
  readonly callee: Range;
  /** The call, without the statement's semicolon. */
  readonly call: Range;
  /** Whether some of its options are known at run time only, so that the call stays. */
  readonly stays: boolean;
}

/** `trace(function, options)` around a function literal, which takes its place. */
export interface WrapperCall extends Range {
  /** Offset of the parenthesis before the function. */
  readonly open: number;
  /** The function, with what stands in parentheses and assertions around it. */
  readonly value: Range;
  readonly options: Range | undefined;
  /** Whether some of its options are known at run time only, so that they are evaluated where they stand. */
  readonly stays: boolean;
  /** Whether its parentheses go, too: some compilers do not name a function in parentheses. */
  readonly bare: boolean;
  /** What the language names the function after where the call stands; `undefined` if nothing does. */
  readonly name: string | undefined;
  /** Whether what stands before the call is a statement that ends without a semicolon. */
  readonly needsSemicolon: boolean;
}

/**
 * What ends the span beside a `return` and an error: a `finally`, where the body runs on after them; what stands
 * last in it, where it can come to its end; or nothing.
 */
export type Ending = "finally" | "last" | "none";

/** A traced function. */
export interface FunctionSite extends Range {
  /** Number of the function, unique in the file. */
  readonly index: number;
  readonly row: SiteRow;
  readonly body: Body;
  /** Where the span opens: the start of the body, after the directives, or after `super(…)`. */
  readonly openAt: number;
  /** Whether what stands before `openAt` is a statement that ends without a semicolon. */
  readonly needsSemicolon: boolean;
  /** Values handed to `open`, names of bindings; `undefined` when inputs are off. */
  readonly inputs: readonly string[] | undefined;
  /** Names to declare outside the `try` because their `var` statements become assignments. */
  readonly hoisted: readonly string[];
  readonly ending: Ending;
  readonly marker: MarkerCall | undefined;
  readonly wrapper: WrapperCall | undefined;
  readonly points: readonly Point[];
}

/** A file's plan. */
export interface Plan {
  readonly sites: readonly FunctionSite[];
  /** Where the runtime's import goes: before the first statement that is no directive. */
  readonly importAt: number;
  /** How the runtime is brought in. */
  readonly importBy: "import" | "require";
  /** The file, relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly names: EmittedNames;
}

/** Names the emitters write; none of them occurs in the file. */
export interface EmittedNames {
  readonly runtime: string;
  /** Prefix of a site's variable, followed by its index. */
  readonly site: string;
  readonly siteTable: string;
  readonly siteOf: string;
  /** The function that `yield*` gets its operand from, and the one that takes its value. */
  readonly delegate: string;
  readonly delegated: string;
  readonly frame: string;
  readonly error: string;
  /** The options of a wrapper that are known at run time only. */
  readonly options: string;
  /** Prefix of a resource's variable, followed by its index. */
  readonly resource: string;
  /** Prefix of a reentry's variable, followed by its index. */
  readonly reentry: string;
}

/** Chooses names that do not occur in a text. */
export function emittedNames(text: string): EmittedNames {
  let prefix = "__sw";
  for (let attempt = 1; text.includes(prefix); attempt++) prefix = `__sw${attempt}_`;
  return {
    runtime: prefix,
    site: `${prefix}`,
    siteTable: `${prefix}T`,
    siteOf: `${prefix}S`,
    delegate: `${prefix}D`,
    delegated: `${prefix}V`,
    frame: `${prefix}F`,
    error: `${prefix}E`,
    options: `${prefix}O`,
    resource: `${prefix}R`,
    reentry: `${prefix}U`,
  };
}
