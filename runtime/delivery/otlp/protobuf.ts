/**
 * Writes protobuf's wire format, https://protobuf.dev/programming-guides/encoding/, into one growing buffer.
 * A nested message is written in place: its length is filled in when it ends, and only where the length
 * takes more bytes than were left for it are the contents moved.
 */

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

/** 2^32 */
const WORD = 0x1_0000_0000;

/** Characters up to which writing them one by one is faster than the platform's encoder. */
const SHORT = 64;

const utf8 = new TextEncoder();

/** Digits by their character's code. */
const NIBBLES = new Uint8Array(128);
for (let digit = 0; digit < 16; digit++) NIBBLES[digit.toString(16).charCodeAt(0)] = digit;

/** Bytes of a new buffer, and of the largest one that is worth keeping. */
const NEW = 64 * 1024;
const WORTH = 1024 * 1024;

/** Buffers that are kept: as many as there are requests under way to one target. */
const SPARES = 4;

export class ProtobufWriter {
  private bytes = new Uint8Array(NEW);
  private view = new DataView(this.bytes.buffer);
  private at = 0;
  private readonly spares: Uint8Array<ArrayBuffer>[] = [];

  /** Forgets what was written. */
  reset(): void {
    this.at = 0;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.at;
  }

  /** What was written, in a buffer that is the caller's until {@link recycle} gets it back. */
  finish(): Uint8Array<ArrayBuffer> {
    const written = this.bytes.subarray(0, this.at);
    this.use(this.spares.pop() ?? new Uint8Array(NEW));
    return written;
  }

  /** Takes back what {@link finish} gave, which nobody may read any more. Memory that is new costs more than copying. */
  recycle({ buffer }: Uint8Array<ArrayBuffer>): void {
    if (buffer.byteLength <= WORTH && this.spares.length < SPARES) this.spares.push(new Uint8Array(buffer));
  }

  /** A copy of what was written since then, outside of messages that were begun after it. */
  since(start: number): Uint8Array {
    return this.bytes.slice(start, this.at);
  }

  /** Writes whole fields that {@link since} gave. */
  raw(fields: Uint8Array): void {
    this.reserve(fields.length);
    this.bytes.set(fields, this.at);
    this.at += fields.length;
  }

  /**
   * Begins a nested message; answers what {@link end} takes.
   *
   * @param lengthBytes how many bytes the message's length will probably take: 1 below 128, 2 below 16,384
   */
  begin(field: number, lengthBytes: 1 | 2 | 4 = 1): number {
    this.tag(field, DELIMITED);
    this.reserve(lengthBytes);
    this.at += lengthBytes;
    return this.at;
  }

  /** Ends the nested message that began so. */
  end(start: number, lengthBytes: 1 | 2 | 4 = 1): void {
    const length = this.at - start;
    const needed = varintBytes(length);
    if (needed !== lengthBytes) {
      this.reserve(needed);
      this.bytes.copyWithin(start - lengthBytes + needed, start, this.at);
      this.at += needed - lengthBytes;
    }
    this.putVarint(start - lengthBytes, length);
  }

  bool(field: number, value: boolean): void {
    this.tag(field, VARINT);
    this.reserve(1);
    this.bytes[this.at++] = value ? 1 : 0;
  }

  /** An unsigned integer below 2^32. */
  uint32(field: number, value: number): void {
    this.tag(field, VARINT);
    this.reserve(5);
    this.at = this.putVarint(this.at, value);
  }

  /** A safe integer of either sign, in two's complement. */
  int64(field: number, value: number): void {
    this.tag(field, VARINT);
    this.reserve(10);
    let high = Math.floor(value / WORD) >>> 0;
    let low = value >>> 0;
    while (high > 0 || low > 127) {
      this.bytes[this.at++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.bytes[this.at++] = low;
  }

  double(field: number, value: number): void {
    this.tag(field, FIXED64);
    this.reserve(8);
    this.view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  fixed32(field: number, value: number): void {
    this.tag(field, FIXED32);
    this.reserve(4);
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  /** Nanoseconds since the Unix epoch, from whole microseconds and the nanoseconds beyond them. */
  nanos(field: number, micros: number, beyond: number): void {
    this.tag(field, FIXED64);
    this.reserve(8);
    // 2^53 microseconds are more than 2^64 nanoseconds, but no product here exceeds 2^53. A remainder of doubles takes
    // ten times as long as a shift, and as the view, which takes what it is given modulo 2^32.
    const low = (micros >>> 0) * 1000 + beyond;
    const high = Math.floor(micros / WORD) * 1000 + Math.floor(low / WORD);
    this.view.setUint32(this.at, low, true);
    this.view.setUint32(this.at + 4, high, true);
    this.at += 8;
  }

  /** Bytes given as lower-case hexadecimal digits. */
  hex(field: number, digits: string): void {
    this.tag(field, DELIMITED);
    const length = digits.length >>> 1;
    this.reserve(length + 5);
    const { bytes } = this;
    let at = this.putVarint(this.at, length);
    for (let index = 0; index < length * 2; index += 2) {
      const high = NIBBLES[digits.charCodeAt(index) & 127]!;
      bytes[at++] = (high << 4) | NIBBLES[digits.charCodeAt(index + 1) & 127]!;
    }
    this.at = at;
  }

  string(field: number, text: string): void {
    this.tag(field, DELIMITED);
    // At most three bytes of UTF-8 for a UTF-16 unit.
    this.reserve(text.length * 3 + 5);
    if (text.length <= SHORT && this.ascii(text)) return;
    const lengthBytes = varintBytes(text.length);
    const start = this.at + lengthBytes;
    const { written } = utf8.encodeInto(text, this.bytes.subarray(start));
    const needed = varintBytes(written);
    if (needed !== lengthBytes) this.bytes.copyWithin(this.at + needed, start, start + written);
    this.at = this.putVarint(this.at, written) + written;
  }

  /** Writes a short text that has no other characters; `false` when it has, and nothing is written. */
  private ascii(text: string): boolean {
    const { length } = text;
    const { bytes } = this;
    let at = this.at + 1;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return false;
      bytes[at++] = code;
    }
    bytes[this.at] = length;
    this.at = at;
    return true;
  }

  private tag(field: number, type: number): void {
    this.reserve(2);
    const tag = (field << 3) | type;
    if (tag > 127) this.bytes[this.at++] = (tag & 127) | 128;
    this.bytes[this.at++] = tag > 127 ? tag >>> 7 : tag;
  }

  /** Writes an unsigned integer below 2^32; answers where it ends. */
  private putVarint(at: number, value: number): number {
    let rest = value;
    let to = at;
    while (rest > 127) {
      this.bytes[to++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[to++] = rest;
    return to;
  }

  private reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    larger.set(this.bytes);
    this.use(larger);
  }

  private use(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}

function varintBytes(value: number): 1 | 2 | 3 | 4 | 5 {
  if (value < 1 << 7) return 1;
  if (value < 1 << 14) return 2;
  if (value < 1 << 21) return 3;
  return value < 1 << 28 ? 4 : 5;
}
