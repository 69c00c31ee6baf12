/** What docs/emitted-code.md says: a catalogue of what the build makes of each shape of code, from the golden files. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

const golden = join(import.meta.dirname, "../../test/golden/shapes");

interface Shape {
  readonly heading: string;
  /** The folder of its golden files; its extension, if it is not TypeScript. */
  readonly golden: string;
  readonly why: string;
}

interface Group {
  readonly title: string;
  /** Whether the import and the table of the file are shown, too. */
  readonly whole?: true;
  readonly shapes: readonly Shape[];
}

/** Every shape. A new one is a new row, and a folder of golden files. */
export const GROUPS: readonly Group[] = [
  {
    title: "The file",
    whole: true,
    shapes: [
      {
        heading: "An ES module",
        golden: "module",
        why: "The import stands on the line of the first statement, and the table of the traced functions on a line of its own at the end, so that no line moves. `var` and `function` are hoisted: a function may be called before its module's first line has run, in a cycle of imports.",
      },
      {
        heading: "CommonJS",
        golden: "commonjs.js",
        why: "Directives stay first; a file without `import` and `export` gets `require`.",
      },
      {
        heading: "A name that is taken",
        golden: "names-in-use.js",
        why: "The emitted names begin with something that occurs nowhere in the file.",
      },
    ],
  },
  {
    title: "Bodies",
    shapes: [
      {
        heading: "A body",
        golden: "body",
        why: "The body stays where it is, after its directives, so that `this`, `arguments` and the stack are what they were; the inputs are gathered only while the function is recorded, and what is thrown is thrown on as it is.",
      },
      {
        heading: "`return`",
        golden: "return",
        why: "The result passes through `ret`, which records it, ends the span and hands it on; a comma expression becomes one argument.",
      },
      {
        heading: "A `return` that the body runs on after",
        golden: "return-before-finally",
        why: "A `finally` of its own, and what closes an iterator or disposes of a resource, belong to the span: there it ends in a `finally`. So it does in generators, which may be left at a `yield`. Elsewhere there is none, because it costs a function a fifth of the depth it can recurse to.",
      },
      {
        heading: "An expression body",
        golden: "expression-body",
        why: "Only a block can hold a `try`.",
      },
      {
        heading: "Parameters",
        golden: "parameters",
        why: "Parameters are read by their names, after their defaults, because reading `arguments` would change what it is; a pattern is put together again from its bindings, by the shape in the file's table.",
      },
      {
        heading: "Methods, accessors, fields",
        golden: "method",
        why: "In place, `super` and private names go on to work.",
      },
      {
        heading: "A constructor",
        golden: "constructor",
        why: "A class without a parent has its `this` from the start.",
      },
      {
        heading: "The constructor of a derived class",
        golden: "derived-constructor",
        why: "The span opens after `super(…)`: before it there is no `this`, and some compilers misread a `super` inside of a `try`. What the parent's constructor does belongs to the parent.",
      },
      {
        heading: "A `var` and a function of one name",
        golden: "var-and-function.js",
        why: "Both are one variable in a body, but not allowed in a block, which the body becomes; so the `var` becomes the assignment that it is.",
      },
      {
        heading: "Functions of one name",
        golden: "functions-of-one-name.js",
        why: "In a body the last one counts from the start, in a block there may be one only.",
      },
    ],
  },
  {
    title: "Suspensions",
    shapes: [
      {
        heading: "`await`",
        golden: "await",
        why: "The context is left before the function waits and entered again after, so that nobody sees its span in between; no tick is added.",
      },
      {
        heading: "An array pattern of what was waited for",
        golden: "array-pattern",
        why: "Should the value not be iterable, the engine's own message says what it says untraced; therefore `resume` is told.",
      },
      {
        heading: "`catch` and `finally`",
        golden: "catch-and-finally",
        why: "A function that can suspend may come here from a suspension, with the context left.",
      },
      {
        heading: "`catch` with a pattern",
        golden: "catch-with-a-pattern",
        why: "The context is entered before the pattern takes the error apart, which may run a getter.",
      },
      {
        heading: "`yield`",
        golden: "yield",
        why: "The item is recorded and the context left: whoever asked for the item runs next.",
      },
      {
        heading: "`yield*`",
        golden: "yield-star",
        why: "The inner iterator runs inside of the span, step by step, and the consumer outside of it. `__swD` and `__swV`, functions of the file, call `delegate` and `resume` of the frame: a method that waits for its argument takes more of the stack, on which generators stand that delegate to each other. `true` is said where the engine's own message describes the value and does not quote it.",
      },
      {
        heading: "`for await`",
        golden: "for-await",
        why: "Each round waits for its item outside of the context; the name is there for the engine's own message should it not be iterable.",
      },
      {
        heading: "`for await` with a label, without a block",
        golden: "labelled-for-await",
        why: "The label stays directly in front of its loop, or `continue` would not find it.",
      },
      {
        heading: "`for await` that is left for an outer loop",
        golden: "for-await-left-early",
        why: "The iterator is closed on the way out, so that the context is entered again behind it, wherever it goes on.",
      },
      {
        heading: "`await using`",
        golden: "await-using",
        why: "A second resource beside each one leaves the context while it is disposed of; the `using` in front enters it again after the last.",
      },
      {
        heading: "`await using` in a block",
        golden: "await-using-in-a-block",
        why: "However the block is left, the context is entered again.",
      },
      {
        heading: "`for (await using …)`",
        golden: "for-await-using",
        why: "Each round disposes of its resource.",
      },
    ],
  },
  {
    title: "Marks",
    shapes: [
      {
        heading: "A comment with options",
        golden: "comment-with-options",
        why: "The comment stays; what it says stands in the file's table.",
      },
      { heading: "A class", golden: "class", why: "Its mark is one of all its methods." },
      { heading: "A file", golden: "file", why: "Its mark is one of every function that the file exports." },
      {
        heading: "A marker call",
        golden: "marker-call",
        why: "Literals stand in the file's table, and nothing is left of the call.",
      },
      {
        heading: "A marker call with code",
        golden: "marker-call-with-code",
        why: "What is known at run time only is evaluated where it stands, while the call is recorded; what it throws is reported, and the program goes on.",
      },
      {
        heading: "A wrapper around a function literal",
        golden: "wrapper",
        why: "The literal takes the place of the call, and is named after the variable as it would be without the call.",
      },
      {
        heading: "A wrapper with code among its options",
        golden: "wrapper-with-code",
        why: "Each closure has its options, evaluated once where the program has them; as a property the function keeps its name.",
      },
      {
        heading: "A wrapper around a value",
        golden: "wrapper-around-a-value",
        why: "The source of somebody else's function is not at hand, so it is wrapped at run time.",
      },
    ],
  },
];

/** The page, made of the golden files. */
export function emittedCodePage(): string {
  return [INTRODUCTION, ...GROUPS.map(chapter)].join("\n");
}

const INTRODUCTION = `# Emitted code

What the build makes of each shape of code, and why. This page is made of the golden files in \`test/golden/shapes\` by
\`npm run docs\`.

\`__swF\` is the frame of one call. While a function is off, its site's \`on\` is false and \`__sw.off\` stands in: one
frame for all, which hands everything on and allocates nothing. What a frame's methods promise stands in
\`runtime/contract.ts\`.
`;

function chapter({ title, whole, shapes }: Group): string {
  const left = whole ? "" : "\nThe import and the table of the file are left out.\n";
  return [`## ${title}\n${left}`, ...shapes.map((shape) => section(shape, whole === true))].join("\n");
}

function section({ heading, golden: name, why }: Shape, whole: boolean): string {
  const [folder = "", extension = "ts"] = name.split(".");
  const read = (file: string) => readFileSync(join(golden, folder, `${file}.${extension}`), "utf8");
  const output = whole ? read("output") : withoutFrame(read("output"));
  return `### ${heading}\n\n${why}\n\n${fenced(extension, read("input"))}\n${fenced(extension, output)}`;
}

/** A file without its import and its table. */
function withoutFrame(output: string): string {
  return output.replace(/^(?:import \* as __sw from|const __sw = require\().*?; /m, "").replace(/^var __sw0,.*\n/m, "");
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trim()}\n\`\`\`\n`;
}
