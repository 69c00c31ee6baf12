/** The traced functions of the program: what emitted code asks before, and as, it opens a call. */

import type { Context } from "@opentelemetry/api";
import { type AttributeStore, storeAttribute } from "./attributes.ts";
import { type Cursor, type InputColumn, inputColumn, renderInputs } from "./capture.ts";
import { currentContext, enterContext } from "./context.ts";
import type { ContractVersion, Frame, ParameterRow, ParameterShape, Site, SiteRow } from "./contract.ts";
import { report, reportInternal } from "./diagnostics.ts";
import { AsyncFrame, AsyncGeneratorFrame, type FrameSite, GeneratorFrame, off, SyncFrame } from "./frame.ts";
import { readyToTrace, type SeedOptions, seedOf, startCallSpan } from "./provider.ts";
import { settingOf } from "./site-switches.ts";
import type { SpanSeed } from "./span.ts";
import { type CallSpan, SpanType } from "./span-api.ts";

const CONTRACT: ContractVersion = 2;

/** All sites of the process, and whether their calls are recorded. */
const registry: { readonly sites: FunctionSite[]; recording: boolean } = { sites: [], recording: false };

/** Turns the recording of all traced functions on or off, those registered later too. */
export function switchSites(recording: boolean): void {
  registry.recording = recording;
  for (const site of registry.sites) site.renew(recording);
}

/** Registers a file's traced functions. */
export function registerSites(version: ContractVersion, file: string, rows: readonly SiteRow[]): readonly Site[] {
  if (version !== CONTRACT) {
    report(
      "SW2111",
      `${file} was compiled for version ${String(version)} of the runtime's contract, this runtime has version ${CONTRACT}; its functions are not recorded`,
      "Install one version of spanwright for the build and the program, and build again.",
    );
    return rows.map(() => SILENT);
  }
  const sites = rows.map((row) => new FunctionSite(file, row, registry.recording));
  for (const site of sites) registry.sites.push(site);
  return sites;
}

const SILENT: Site = { on: false, open: () => off };

/** A traced function of the program. */
class FunctionSite implements Site, FrameSite {
  on: boolean;
  readonly capturesOutputs: boolean;
  readonly leaf: boolean;
  readonly runsOn: boolean;
  readonly samplingRatio: number | undefined;
  readonly place: string;
  private readonly file: string;
  private readonly row: SiteRow;
  private readonly root: boolean;
  /** The same for a call that is not recorded but needs its context. */
  private readonly silent: FrameSite;
  /** What its spans have in common, and how its inputs are rendered; made at the first call. */
  private seed: SpanSeed | undefined;
  private columns: readonly InputColumn[];

  constructor(file: string, row: SiteRow, recording: boolean) {
    this.file = file;
    this.row = row;
    this.on = recording && this.setting() !== "off";
    this.capturesOutputs = row.options?.outputs !== false;
    this.leaf = row.leaf === true;
    this.runsOn = row.runsOn === true;
    this.samplingRatio = row.options?.samplingRatio;
    this.place = `${row.qualified ?? row.name} (${file}:${row.line})`;
    const { leaf, runsOn, samplingRatio, place } = this;
    this.silent = { capturesOutputs: false, leaf, runsOn, samplingRatio, place };
    this.root = row.options?.root === true;
    this.seed = undefined;
    this.columns = [];
  }

  /** What `init` changed may change the preparation as well: redaction applies to attributes and parameters. */
  renew(recording: boolean): void {
    this.on = recording && this.setting() !== "off";
    this.seed = undefined;
  }

  private setting(): ReturnType<typeof settingOf> {
    return settingOf(this.file, this.row.qualified ?? this.row.name);
  }

  open(values?: readonly unknown[]): Frame {
    try {
      return this.begin(values);
    } catch (error) {
      reportInternal(error);
      return off;
    }
  }

  private begin(values: readonly unknown[] | undefined): Frame {
    readyToTrace();
    const outer = currentContext();
    const span = startCallSpan(this.seed ?? this.prepare(), outer, this.root);
    if (span === undefined) return off;
    const isRecording = span.isRecording();
    if (values !== undefined && isRecording) span.captureInputs(renderInputs(this.columns, values));
    const frame = this.frameOf(span, isRecording ? this : this.silent, outer);
    // Last, so that nothing that goes wrong before leaves the context behind.
    if (!this.leaf) enterContext(span.context);
    return frame;
  }

  private prepare(): SpanSeed {
    this.columns = (this.row.params ?? []).map(columnOf);
    const setting = this.setting();
    this.seed = seedOfRow(this.file, this.row, typeof setting === "number" ? { samplingRatio: setting } : {});
    return this.seed;
  }

  private frameOf(span: CallSpan, site: FrameSite, outer: Context): Frame {
    switch (this.row.kind) {
      case "async":
        return new AsyncFrame(span, site, outer);
      case "generator":
        return new GeneratorFrame(span, site, outer);
      case "asyncGenerator":
        return new AsyncGeneratorFrame(span, site, outer);
      default:
        return new SyncFrame(span, site, outer);
    }
  }
}

function seedOfRow(file: string, row: SiteRow, switched: SeedOptions): SpanSeed {
  const fixed: AttributeStore = new Map();
  storeAttribute(fixed, "code.function.name", row.qualified ?? row.name);
  storeAttribute(fixed, "code.file.path", file);
  storeAttribute(fixed, "code.line.number", row.line);
  for (const [key, value] of Object.entries(row.options?.attributes ?? {})) storeAttribute(fixed, key, value);
  const { name = row.name, spanType = SpanType.UNKNOWN } = row.options ?? {};
  return seedOf(name, spanType, fixed, { ...row.options, ...switched });
}

function columnOf(row: ParameterRow): InputColumn {
  if (typeof row === "string") return inputColumn(row);
  const [name, shape] = row;
  return inputColumn(name, (values, cursor) => rebuild(shape, values, cursor));
}

/** A destructured parameter, put together again from its bindings. */
function rebuild(shape: ParameterShape, values: readonly unknown[], cursor: Cursor): unknown {
  if (shape === 0 || shape === "...") return values[cursor.at++];
  return isList(shape) ? rebuildList(shape, values, cursor) : rebuildObject(shape, values, cursor);
}

type ListShape = readonly (ParameterShape | null)[];

function isList(shape: ListShape | { readonly [key: string]: ParameterShape }): shape is ListShape {
  return Array.isArray(shape);
}

function rebuildList(shape: ListShape, values: readonly unknown[], cursor: Cursor): unknown[] {
  const list: unknown[] = [];
  for (const part of shape) {
    if (part === null) list.push(undefined);
    else if (part === "...") {
      // An array that the pattern itself made: plain, and the program's to change from now on.
      const rest = values[cursor.at++];
      if (Array.isArray(rest)) for (const item of rest) list.push(item);
    } else list.push(rebuild(part, values, cursor));
  }
  return list;
}

function rebuildObject(
  shape: { readonly [key: string]: ParameterShape },
  values: readonly unknown[],
  cursor: Cursor,
): object {
  const object = {};
  for (const [key, part] of Object.entries(shape)) {
    if (key === "...") Object.assign(object, values[cursor.at++]);
    else define(object, key, rebuild(part, values, cursor));
  }
  return object;
}

function define(object: object, key: string, value: unknown): void {
  // An assignment to `__proto__` would set the prototype.
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}
