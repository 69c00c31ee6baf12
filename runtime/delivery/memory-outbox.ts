/**
 * What waits in memory to be sent to one target, where there is no store. The oldest spans are dropped when
 * too many wait, and what still waits when the process exits is lost; both are counted.
 */

import type { RecordedSpan } from "../span.ts";
import type { FinishedSpan, TraceInfo } from "./destination.ts";
import { bytesOf } from "./enqueue.ts";
import type { Outbox, Parcel, ResourceAttributes, Settlement, TokenUse, TraceSummary } from "./outbox.ts";
import { cutPreview, rootState } from "./rows.ts";
import { tally } from "./tally.ts";
import type { Target } from "./target.ts";

/** Traces that are remembered for what a target is told of a trace as a whole. */
const TRACES = 4096;

interface Remembered {
  info: TraceInfo;
  root: FinishedSpan | undefined;
  startUs: number;
  endUs: number;
  readonly tokenUse: TokenUse[];
  readonly parents: Map<string, string | undefined>;
  note: string | undefined;
}

export class MemoryOutbox implements Outbox {
  /** A span that is taken out leaves its place at once, or it would live on until the place goes. */
  private spans: (RecordedSpan | undefined)[] = [];
  /** Spans before this one are taken out already. */
  private head = 0;
  private out = 0;
  private readonly changes = new Set<TraceInfo>();
  private readonly traces = new Map<string, Remembered>();
  private readonly target: Pick<Target, "label" | "queue" | "takesChanges">;
  private readonly resource: ResourceAttributes;
  private readonly settled: () => void;

  /**
   * @param target `queue` spans may wait for it
   * @param settled called when a parcel is done with
   */
  constructor(
    target: Pick<Target, "label" | "queue" | "takesChanges">,
    resource: ResourceAttributes,
    settled: () => void,
  ) {
    this.target = target;
    this.resource = resource;
    this.settled = settled;
  }

  take(span: RecordedSpan): void {
    this.spans.push(span);
    const waiting = this.spans.length - this.head;
    if (waiting + this.out <= this.target.queue || waiting === 0) return;
    this.spans[this.head++] = undefined;
    tally.drop("SW2208", 1, this.target.label);
    this.compact();
  }

  takeChange(trace: TraceInfo): void {
    if (this.target.takesChanges) this.changes.add(trace);
  }

  claim(maxSpans: number, maxBytes: number): Parcel | undefined {
    const spans: FinishedSpan[] = [];
    let bytes = 0;
    while (this.head < this.spans.length && spans.length < maxSpans && bytes < maxBytes) {
      const span = this.spans[this.head]!.finished();
      this.spans[this.head++] = undefined;
      bytes += bytesOf(span);
      spans.push(span);
    }
    this.compact();
    const changed = [...this.changes].map(({ traceId }) => traceId);
    this.changes.clear();
    if (spans.length === 0 && changed.length === 0) return undefined;
    if (this.target.takesChanges) for (const span of spans) this.remember(span);
    this.out += spans.length;
    return { groups: [{ resource: this.resource, spans }], changed, spans: spans.length, uncertain: false };
  }

  settle(parcel: Parcel, _outcome: Settlement): void {
    this.out -= parcel.spans;
    this.settled();
  }

  pending(): number {
    return this.spans.length - this.head + this.out;
  }

  trace(traceId: string): TraceSummary | undefined {
    const remembered = this.traces.get(traceId);
    if (remembered === undefined) return undefined;
    const { info, root, startUs, endUs, tokenUse, parents } = remembered;
    return {
      traceId,
      name: root?.name,
      startUs,
      endUs,
      state: info.state ?? rootState(root) ?? "IN_PROGRESS",
      tags: info.tags ?? {},
      metadata: info.metadata ?? {},
      clientRequestId: info.clientRequestId,
      experimentId: info.experimentId,
      requestPreview: info.requestPreview ?? cutPreview(root?.inputs, "user"),
      responsePreview: info.responsePreview ?? cutPreview(root?.outputs, "assistant"),
      assessments: info.assessments ?? [],
      tokenUse,
      parents,
    };
  }

  told(traceId: string): string | undefined {
    return this.traces.get(traceId)?.note;
  }

  tell(traceId: string, note: string): void {
    const remembered = this.traces.get(traceId);
    if (remembered !== undefined) remembered.note = note;
  }

  close(): void {
    tally.drop("SW2209", this.pending(), this.target.label);
    this.spans = [];
    this.head = 0;
    this.out = 0;
  }

  /** Gives the places of spans that are taken out back, now and then. */
  private compact(): void {
    if (this.head < 4096 || this.head * 2 < this.spans.length) return;
    this.spans.splice(0, this.head);
    this.head = 0;
  }

  private remember(span: FinishedSpan): void {
    const { traceId } = span.trace;
    const endUs = span.startUs + Math.floor((span.startNs + span.durationNs) / 1000);
    const trace: Remembered = this.traces.get(traceId) ?? {
      info: span.trace,
      root: undefined,
      startUs: span.startUs,
      endUs,
      tokenUse: [],
      parents: new Map(),
      note: undefined,
    };
    // The one that was used last is the last to be forgotten.
    this.traces.delete(traceId);
    this.traces.set(traceId, trace);
    trace.info = span.trace;
    if (span.parentId === undefined) trace.root ??= span;
    trace.startUs = Math.min(trace.startUs, span.startUs);
    trace.endUs = Math.max(trace.endUs, endUs);
    trace.parents.set(span.spanId, span.parentId);
    const tokens = span.attributesJson?.includes(TOKEN_USE) ? JSON.parse(span.attributesJson)[TOKEN_USE] : undefined;
    if (typeof tokens === "object" && tokens !== null) {
      trace.tokenUse.push({ spanId: span.spanId, parentId: span.parentId, tokens });
    }
    const [oldest] = this.traces.keys();
    if (this.traces.size > TRACES && oldest !== undefined) this.traces.delete(oldest);
  }
}

const TOKEN_USE = "mlflow.chat.tokenUsage";
