/**
 * Programs made at random over the kinds of functions and statements. They always end: every call costs fuel,
 * every loop counts. What a place does not allow (`await` in a plain function, `break` outside of a loop) is
 * written as what it allows, so that programs may be put together, and made smaller, without looking around.
 */

import fc, { type Arbitrary } from "fast-check";

/** Where a piece of code stands. */
interface Place {
  readonly async: boolean;
  readonly generator: boolean;
  /** A loop or a `switch` around it, in the same function. */
  readonly breaks: boolean;
  readonly loops: boolean;
  readonly label: boolean;
  /** A method of a derived class, arrows looked through. */
  readonly method: boolean;
}

/** Writes a piece of code for the place it stands in. */
type Code = (place: Place) => string;

const OUTSIDE: Place = { async: false, generator: false, breaks: false, loops: false, label: false, method: false };

/** A template of code whose holes are filled at random. */
function code(strings: TemplateStringsArray, ...holes: readonly Arbitrary<Code>[]): Arbitrary<Code> {
  return fc
    .tuple(...holes)
    .map(
      (parts) => (place) =>
        strings.reduce((text, string, index) => `${text}${parts[index - 1]?.(place) ?? ""}${string}`),
    );
}

/** Words for a place that has what `needs` tells, or others. */
function where(needs: keyof Place, words: string, others: string): Arbitrary<Code> {
  return fc.constant((place: Place) => (place[needs] ? words : others));
}

function within(piece: Arbitrary<Code>, changes: Partial<Place>): Arbitrary<Code> {
  return piece.map((write) => (place) => write({ ...place, ...changes }));
}

function list(piece: Arbitrary<Code>, maxLength: number, separator: string): Arbitrary<Code> {
  return fc.array(piece, { maxLength }).map((all) => (place) => all.map((write) => write(place)).join(separator));
}

const variable: Arbitrary<Code> = fc.constantFrom("a", "b", "c", "d", "e").map((name) => () => name);
/** What is not declared by `const` or `using` anywhere: V8 lets a variable of `await using` be assigned to. */
const assignable: Arbitrary<Code> = fc.constantFrom("a", "b", "c").map((name) => () => name);
const named: Arbitrary<Code> = fc.constantFrom("f0", "f1", "f2").map((name) => () => name);
const leaf: Arbitrary<Code> = fc.oneof(
  fc.nat(9).map((digit) => () => `${digit}`),
  variable,
  fc
    .constantFrom("null", "undefined", "this?.v", "arguments.length", "new.target?.name", "typeof f0")
    .map((text) => () => text),
);

const leafOfField: Arbitrary<Code> = fc.nat(9).map((digit) => () => `${digit}`);

const { callable } = fc.letrec<{
  expression: Code;
  statement: Code;
  block: Code;
  body: Code;
  method: Code;
  callable: Code;
}>((tie) => {
  const E = tie("expression");
  const S = tie("statement");
  const block = tie("block");
  const loop = within(block, { breaks: true, loops: true });
  const label = fc.constant((place: Place) => (place.label ? "" : "L: "));
  const labelled = within(loop, { label: true });
  const awaited = where("async", "await ", "");
  const parameters = within(
    fc.oneof(
      fc.constant<Code>(() => "a, b, c"),
      code`a, b = ${E}, ...c`,
      code`{ a, v: b = ${E}, ...c } = {}`,
      code`[a = ${E}, ...b] = [], c = ${E}`,
    ),
    { async: false, generator: false },
  );
  const plain: Partial<Place> = { ...OUTSIDE };
  const ofKind = (async: boolean, generator: boolean, method = false) =>
    within(tie("body"), { ...plain, async, generator, method });
  const own = (piece: Arbitrary<Code>) => within(piece, { method: false });
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      code`log(${E})`,
      code`(${assignable} = ${E})`,
      code`(${assignable} ??= ${E})`,
      code`(${E}, ${E})`,
      code`[${E}, ${E}]`,
      code`{ a: ${E}, v: ${E} }`.map((write) => (place: Place) => `(${write(place)})`),
      code`(${E} ? ${E} : ${E})`,
      code`(${E} ?? ${E})`,
      code`(${awaited}${E})`,
      code`(${awaited}promise(${E}))`,
      code`(${awaited}rejecting(${E}))`,
      code`(${awaited}thenable(${E}))`,
      code`(${where("generator", "yield ", "")}${E})`,
      code`(${where("generator", "yield* listed(", "(")}${E}))`,
      code`(${where("generator", "yield* generated(", "(")}call(${named}, ${E})))`,
      code`call(${named}, ${E})`,
      code`(${awaited}call(${named}, ${E}))`,
      code`call(${tie("callable")}, ${E})`,
      code`(${awaited}call(${tie("callable")}, ${E}))`,
      code`failing(${E})`,
      code`${where("method", "super.m", "log")}(${E})`,
    ),
    statement: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      code`${E};`,
      code`return ret(${E});`,
      code`throw ${E};`,
      code`if (${E}) ${block}`,
      code`if (${E}) ${S} else ${S}`,
      code`for (let i = 0; i < 2; i++) ${loop}`,
      code`${label}for (const d of listed(${E})) ${labelled}`,
      code`for (const { a: d, v: e = ${E} } of [${E} ?? {}, {}]) ${loop}`,
      code`for (var c in { x: 1, y: 2 }) ${loop}`,
      code`for ${where("async", "await ", "")}(const d of listed(${E})) ${loop}`,
      code`${label}for ${where("async", "await ", "")}(a of iterated(call(${named}, ${E}))) ${labelled}`,
      code`{ let n = 0; while (n++ < 2) ${loop} }`,
      code`{ let n = 0; do ${loop} while (n++ < 1); }`,
      code`switch (${E}) { case (0, ${E}): ${within(S, { breaks: true })} case 1: ${within(S, { breaks: true })} default: ${within(S, { breaks: true })} }`,
      code`try ${block} catch (d) ${block}`,
      code`try ${block} finally ${block}`,
      code`try ${block} catch { log("caught"); } finally ${block}`,
      where("breaks", "break;", ";"),
      where("loops", "continue;", ";"),
      where("label", "break L;", ";"),
      where("label", "continue L;", ";"),
      code`{ const d = ${E}; let [e, ...g] = listed(${E}); ${S} }`,
      code`{ using d = resource(${E}); ${S} }`,
      code`{ ${awaited}using d = resource(${E}); ${S} }`,
      code`{ ${awaited}using d = held(${E}), e = resource(${E}); ${S} using g = resource(1); ${S} }`,
      code`var a = ${E}, b;`,
      code`{ function g(a, b, c) { ${ofKind(false, false)} } call(g, ${E}); }`,
      block,
    ),
    block: fc.oneof({ withCrossShrink: true }, list(S, 2, " ")).map((write) => (place: Place) => `{ ${write(place)} }`),
    body: fc.oneof(
      { withCrossShrink: true },
      list(S, 3, "\n  "),
      code`"a directive"
  ${list(S, 2, "\n  ")}`,
      code`var a = ${E}; ${S} function a() { ${within(S, plain)} } var { b, v: c } = ${E} ?? {}; ${S}`,
      code`log(typeof a); function a() { return ret(${within(E, plain)}); } function a(b) { ${within(S, plain)} } ${S}`,
    ),
    method: fc.oneof(
      code`m(${own(parameters)}) { ${ofKind(false, false, true)} }`,
      code`async m(${own(parameters)}) { ${ofKind(true, false, true)} }`,
      code`*m(${own(parameters)}) { ${ofKind(false, true, true)} }`,
      code`async *m(${own(parameters)}) { ${ofKind(true, true, true)} }`,
      code`get m() { ${ofKind(false, false, true)} }`,
      code`set m(a) { ${ofKind(false, false, true)} }`,
    ),
    callable: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      code`(${parameters}) => ret(${within(E, { async: false, generator: false })})`,
      code`async (${parameters}) => ${within(E, { async: true, generator: false })}`,
      code`(${parameters}) => { ${ofKind(false, false)} }`,
      code`async (${parameters}) => { ${ofKind(true, false)} }`,
      code`function (a, b, c) { ${ofKind(false, false)} }`,
      code`async function named(${own(parameters)}) { ${ofKind(true, false)} }`,
      code`function* (${own(parameters)}) { ${ofKind(false, true)} }`,
      code`async function* (${own(parameters)}) { ${ofKind(true, true)} }`,
      code`made(class K extends Base { #p = ${within(leafOfField, plain)}; constructor(a, b, c) { ${within(E, plain)}; super(${within(E, plain)}); this.p = this.#p; ${ofKind(false, false, true)} } })`,
      code`(a) => new (class extends Base { ${tie("method")} static s = ${within(leafOfField, plain)}; })(a).m`,
      code`bound(class extends Base { #q(a, b, c) { ${ofKind(false, false, true)} } ${tie("method")} run(a) { return ret(this.#q(a)); } })`,
    ),
  };
});

/** A program: fills `entries` with functions. */
export const program: Arbitrary<string> = fc
  .tuple(fc.boolean(), fc.array(callable, { minLength: 1, maxLength: 3 }))
  .map(([strict, functions]) => {
    const lines = functions.map((write, index) => `f${index} = ${write(OUTSIDE)};`);
    return `${strict ? '"use strict";\n' : ""}var a = 1, b = 2, c = 3, d = 4, e = 5, f0, f1, f2;\nfunction program() {\n${lines.join("\n")}\n}\nprogram();\nentries.push(f0, f1, f2);\n`;
  });
