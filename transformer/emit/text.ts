import MagicString, { SourceMap, type SourceMapSegment } from "magic-string";
import { type InputMap, throughInput } from "../input-map.ts";
import type { Body, EmittedNames, FunctionSite, MarkerCall, Plan, Point, WrapperCall } from "../plan.ts";
import type { Range } from "../syntax.ts";
import { lineBreaks, skipTrivia } from "../trivia.ts";
import {
  bound,
  closing,
  configuration,
  disposal,
  flag,
  handling,
  opening,
  quotation,
  reentered,
  runtimeImport,
  siteTable,
} from "./snippets.ts";

/**
 * Emits a plan as edits of the file's text. Everything added stands on a line that was there before, but for
 * the site table at the end, so that lines are right even where maps are not read.
 *
 * @param input the map that came in with the text; the one that is returned leads through it
 */
export function emitText(text: string, plan: Plan, id: string, input?: InputMap): { code: string; map: SourceMap } {
  const edits = new Edits(text);
  const { names } = plan;
  edits.open(plan.importAt, runtimeImport(plan));
  for (const site of plan.sites) emitSite(edits, site, names);
  edits.append(siteTable(plan));
  return edits.finish(id, input);
}

function emitSite(edits: Edits, site: FunctionSite, names: EmittedNames): void {
  const { body, openAt, needsSemicolon, marker, wrapper, points } = site;
  const { frame } = names;
  if (wrapper) emitWrapper(edits, wrapper, names);
  if (body.block) {
    const closeAt = body.end - 1;
    edits.open(openAt, `${needsSemicolon ? ";" : ""} ${opening(site, names)}`);
    // At one offset what closes comes first, but an empty body opens before it closes.
    if (openAt === closeAt) edits.open(closeAt, closing(site, names));
    else edits.close(closeAt, closing(site, names));
  } else {
    edits.open(body.start, `{ ${opening(site, names)} return ${frame}.ret(`);
    edits.close(body.end, `); ${closing(site, names)} }`);
  }
  if (marker) emitMarker(edits, marker, names);
  // Outer places first: where two begin at one offset, the outer one's text comes first.
  for (const point of points.toSorted((a, b) => a.start - b.start || b.end - a.end))
    EMIT[point.is](edits, point as never, names);
}

/** Options known at build time have moved to the site table; others are read where they stand. */
function emitMarker(edits: Edits, { start, end, call, callee, stays }: MarkerCall, names: EmittedNames): void {
  if (!stays) {
    edits.replace({ start, end }, "");
    return;
  }
  const [before, after] = configuration(names);
  edits.replace(callee, before);
  edits.close(call.end, after);
}

/** Leaves the function in its place, with options that are known at run time only beside it. */
function emitWrapper(edits: Edits, wrapper: WrapperCall, names: EmittedNames): void {
  const { start, end, open, value, options, stays, bare, name, needsSemicolon } = wrapper;
  const [callee, before, after] = stays ? bound(name, names) : ["", "", ""];
  edits.replace({ start, end: bare ? open + 1 : open }, `${needsSemicolon ? ";" : ""}${callee}`);
  edits.open(open + 1, before);
  edits.close(value.end, after);
  edits.dropComma(value.end);
  if (bare) edits.replace({ start: end - 1, end }, "");
  if (!options || stays) return;
  edits.replace(options, "");
  edits.dropComma(options.end);
}

type Emit<Is extends Point["is"]> = (edits: Edits, point: Extract<Point, { is: Is }>, names: EmittedNames) => void;

/** How each point is written. */
const EMIT: { readonly [Is in Point["is"]]: Emit<Is> } = {
  return: (edits, { sequence, handled, ...point }, { frame }) => {
    edits.operand(point, `${frame}.ret(`, handled ? ", true)" : ")");
    if (sequence) edits.wrap(point, "(", ")");
  },
  leave: (edits, { keyword, needsSemicolon }, { frame }) => {
    edits.close(keyword.end, ` ${frame}.end()${needsSemicolon ? ";" : ""}`);
  },
  await: (edits, { argument, listed, ...point }, { frame }) => {
    edits.wrap(point, `${frame}.resume(`, `${flag(listed)})`);
    edits.operand(argument, `${frame}.suspend(`);
  },
  yield: (edits, { argument, listed, ...point }, { frame }) => {
    edits.wrap(point, `${frame}.resume(`, `${flag(listed)})`);
    if (argument) edits.operand(argument, `${frame}.chunk(`);
    else edits.close(point.end, ` ${frame}.chunk()`);
  },
  delegate: (edits, { argument, described, ...point }, { frame, delegate, delegated }) => {
    edits.wrap(point, `${delegated}(`, `, ${frame})`);
    // While the inner iterator runs, this is where the stack says that the generator is.
    edits.lead(argument.start);
    edits.operand(argument, `${delegate}(`, `, ${frame}${flag(described)})`);
  },
  forAwait: (edits, { iterated, quoted, crossed, body, ...point }, names) => {
    const { frame } = names;
    const [before, after] = crossed ? reentered(names) : ["{", `${frame}.resume(); }`];
    edits.wrap(point, `${before} `, ` ${after}`);
    edits.operand(iterated, `${frame}.iterate(`, `${quotation(quoted)})`);
    edits.enter(body, `${frame}.resume();`);
  },
  handler: (edits, { caught, start, end }, names) => {
    const pattern = caught && caught.name === undefined ? caught : undefined;
    if (!pattern) {
      edits.open(start + 1, ` ${handling(names, caught?.name)}`);
      return;
    }
    edits.open(pattern.start, `${names.error}) { ${handling(names, names.error)} let `);
    edits.replace({ start: pattern.end, end: start }, ` = ${names.error}; `);
    edits.close(end, " }");
  },
  resource: (edits, { keyword, resources }, names) => {
    for (const [position, resource] of resources.entries()) {
      const [before, after] = disposal(resource, names);
      const next = resources[position + 1];
      if (position === 0) edits.replace(keyword, before === "" ? "const" : `${before} const`);
      edits.close(resource.end, `; ${after}`);
      if (next) edits.replace({ start: resource.end, end: next.start }, "; const ");
    }
  },
  loopResource: (edits, { keyword, resource, body }, names) => {
    edits.replace(keyword, "const");
    const [before, after] = reentered(names);
    edits.enter(body, `${before} ${disposal(resource, names).join(" ")};`, after);
  },
  disposing: (edits, { start, end }, names) => {
    const [before, after] = reentered(names);
    edits.enter({ start, end, block: true }, before, after);
  },
  var: (edits, { keyword, head, variables }) => {
    edits.replace(keyword, head ? "" : "void (");
    for (const { end, target, initialised } of variables) {
      if (!initialised && !head) edits.replace({ start: target.start, end }, "0");
    }
    const last = variables.at(-1);
    if (!head && last) edits.close(last.end, ")");
  },
  replaced: (edits, point) => edits.wrap(point, "void ", ";"),
};

/**
 * Edits of a text, gathered before they are made: at one offset what closes comes before what opens, inner
 * before outer where they close and outer before inner where they open. Places are added outer first.
 */
class Edits {
  readonly #text: string;
  readonly #replaced: { readonly range: Range; readonly by: string }[] = [];
  readonly #closed = new Map<number, string>();
  readonly #opened = new Map<number, string>();
  /** By offset, how much is opened there before the code that comes from there as well. */
  readonly #led = new Map<number, number>();
  #appended = "";

  constructor(text: string) {
    this.#text = text;
  }

  open(at: number, added: string): void {
    this.#opened.set(at, (this.#opened.get(at) ?? "") + added);
  }

  close(at: number, added: string): void {
    this.#closed.set(at, added + (this.#closed.get(at) ?? ""));
  }

  wrap({ start, end }: Range, before: string, after: string): void {
    this.open(start, before);
    this.close(end, after);
  }

  /** Lets the source map lead what is opened next at an offset to it, and not to what stands before. */
  lead(at: number): void {
    this.#led.set(at, this.#opened.get(at)?.length ?? 0);
  }

  /** Makes an operand the argument of a call: `await(x)` needs a blank that `await (x)` has. */
  operand(range: Range, call: string, end = ")"): void {
    const joins = /[\w$*]/.test(this.#text.charAt(range.start - 1));
    this.wrap(range, joins ? ` ${call}` : call, end);
  }

  /** Adds code at the start, and the end, of what a loop repeats, which becomes a block if it is none. */
  enter({ start, end, block }: Body, before: string, after = ""): void {
    if (!block) {
      this.wrap({ start, end }, `{ ${before} `, ` ${after}}`);
      return;
    }
    this.open(start + 1, ` ${before}`);
    if (after) this.close(end - 1, `${after} `);
  }

  /** Replaces a range and keeps its line breaks. */
  replace(range: Range, by: string): void {
    this.#replaced.push({ range, by: by + lineBreaks(this.#text.slice(range.start, range.end)) });
  }

  /** Takes away the comma that follows an offset, if there is one. */
  dropComma(after: number): void {
    const at = skipTrivia(this.#text, after);
    if (this.#text.charAt(at) === ",") this.replace({ start: at, end: at + 1 }, "");
  }

  /** Adds lines after the last one. */
  append(line: string): void {
    this.#appended += `${line}\n`;
  }

  finish(id: string, input: InputMap | undefined): { code: string; map: SourceMap } {
    const string = new MagicString(this.#text, { filename: id });
    for (const { range, by } of this.#replaced) string.update(range.start, range.end, by);
    for (const at of new Set([...this.#closed.keys(), ...this.#opened.keys()])) {
      string.appendLeft(at, (this.#closed.get(at) ?? "") + (this.#opened.get(at) ?? ""));
    }
    string.append(this.#text.endsWith("\n") ? this.#appended : `\n${this.#appended}`);
    const code = string.toString();
    const options = { source: id, includeContent: true, hires: input ? false : "boundary" } as const;
    if (this.#led.size === 0 && !input) return { code, map: string.generateMap(options) };
    const map = string.generateDecodedMap(options);
    for (const [at, before] of this.#led) this.#addSegment(map.mappings, at, before);
    return { code, map: input ? throughInput(map.mappings, input) : new SourceMap(map) };
  }

  /** Leads what is opened at an offset, after its first `before` characters, to that offset. */
  #addSegment(mappings: SourceMapSegment[][], at: number, before: number): void {
    const above = this.#text.slice(0, at).split("\n");
    const [line, column] = [above.length - 1, above.at(-1)?.length ?? 0];
    // No line moves, so that it is the same one in what is emitted.
    const segments = mappings[line] ?? [];
    const index = segments.findIndex((segment) => segment[2] === line && segment[3] === column);
    const next = segments[index];
    if (next === undefined) return;
    const added = (this.#opened.get(at)?.length ?? 0) - before;
    segments.splice(index, 0, [next[0] - added, 0, line, column]);
  }
}
