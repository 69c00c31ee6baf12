import { beforeEach, describe, expect, test } from "vitest";
import { getCurrentActiveSpan } from "../../runtime/index.ts";
import { asyncCall, generate, guarding, leaf, overriding, reducing, stream, sync } from "./emitted.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

describe("a traced call", () => {
  test("records inputs by name, the result, the function and its place", () => {
    leaf(2, 3);
    const span = takeSpan();
    expect(span.inputs).toEqual({ a: 2, b: 3 });
    expect(span.outputs).toBe(5);
    expect(span.name).toBe("leaf");
    expect(span.attributes).toMatchObject({
      "mlflow.spanType": "UNKNOWN",
      "mlflow.spanInputs": '{"a":2,"b":3}',
      "mlflow.spanOutputs": "5",
      "code.function.name": "leaf",
      "code.file.path": "test/runtime/emitted.ts",
      "code.line.number": 50,
    });
    expect(statusOf(span)).toBe("OK");
  });

  test("has the qualified name beside the span's name", () => {
    sync(() => 1);
    const span = takeSpan();
    expect([span.name, span.attributes["code.function.name"]]).toEqual(["sync", "Emitted.sync"]);
  });

  test("is the child of the traced call it was made in, in one trace", () => {
    sync(() => leaf(1, 1));
    const [inner, outer] = takeSpans();
    expect(inner?.parentId).toBe(outer?.spanId);
    expect(inner?.traceId).toBe(outer?.traceId);
    expect(outer?.parentId).toBeUndefined();
  });

  test("that returns nothing has no outputs", () => {
    sync(() => undefined);
    expect(takeSpan().attributes).not.toHaveProperty("mlflow.spanOutputs");
  });

  test("keeps outputs that the function set itself", () => {
    sync(() => {
      getCurrentActiveSpan()?.setOutputs("mine");
      return "returned";
    });
    expect(takeSpan().outputs).toBe("mine");
  });

  test("records what a finally returns in place of the result", () => {
    expect(overriding<unknown>(() => 1, () => 2)).toBe(2); // biome-ignore format: two short callbacks
    expect(takeSpan().outputs).toBe(2);
  });

  test("records what a finally throws in place of the result", () => {
    const thrown = new Error("late");
    const call = () => overriding(() => 1, () => { throw thrown; }); // biome-ignore format: two short callbacks
    expect(call).toThrow(thrown);
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["ERROR Error: late", undefined]);
  });

  test("does not record when tracing is off", () => {
    record({ enabled: false });
    expect(leaf(1, 2)).toBe(3);
    expect(takeSpans()).toEqual([]);
  });
});

describe("a thrown value", () => {
  class Gone extends Error {}
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const hostile = Object.defineProperty({}, "message", {
    get() {
      throw new Error("touched");
    },
  });
  const cases: [string, unknown, string][] = [
    ["an error", new TypeError("bad"), "ERROR TypeError: bad"],
    ["an error of a class that names itself by its class only", new Gone("away"), "ERROR Gone: away"],
    ["an abort", new DOMException("stopped", "AbortError"), "ERROR AbortError: stopped"],
    ["a string", "plain", "ERROR plain"],
    ["undefined", undefined, "ERROR undefined"],
    ["null", null, "ERROR null"],
    ["0", 0, "ERROR 0"],
    ["an empty string", "", "ERROR "],
    ["a frozen object", Object.freeze({ message: "cold" }), "ERROR cold"],
    ["an object", { code: 7 }, 'ERROR {"code":7}'],
    ["an object with a throwing getter", hostile, "ERROR {}"],
    ["a revoked proxy", revoked.proxy, 'ERROR "[Proxy]"'],
    ["a bigint", 5n, "ERROR 5"],
    ["a symbol", Symbol("s"), "ERROR Symbol(s)"],
  ];

  test.each(cases)("%s is recorded and thrown on untouched", (_, thrown, status) => {
    let caught: unknown = "nothing";
    try {
      sync(() => {
        throw thrown;
      });
    } catch (error) {
      caught = error;
    }
    expect(Object.is(caught, thrown)).toBe(true);
    const span = takeSpan();
    expect(statusOf(span)).toBe(status);
    expect(span.events.map((event) => event.name)).toEqual(["exception"]);
  });

  test("is recorded on every span it passes through, with its stack", () => {
    const thrown = new RangeError("deep");
    expect(() => sync(() => sync(() => { throw thrown; }))).toThrow(thrown); // biome-ignore format: one nest
    expect(takeSpans().map((span) => span.events[0]?.attributes)).toEqual(
      Array.from({ length: 2 }, () => ({
        "exception.type": "RangeError",
        "exception.message": "deep",
        "exception.stacktrace": thrown.stack,
      })),
    );
  });

  test("makes an async call an error", async () => {
    await expect(asyncCall(() => {}, () => Promise.reject(new Error("no")))).rejects.toThrow("no"); // biome-ignore format: one call
    expect(statusOf(takeSpan())).toBe("ERROR Error: no");
  });

  test("that the function catches leaves the span OK", async () => {
    expect(await guarding(() => Promise.reject(new Error("no")), () => "caught", () => {})).toBe("caught"); // biome-ignore format: one call
    const span = takeSpan();
    expect([statusOf(span), span.outputs, span.events]).toEqual(["OK", "caught", []]);
  });
});

describe("a generator", () => {
  test("starts its span with the first next", () => {
    const items = generate([1, 2]);
    expect(takeSpans()).toEqual([]);
    expect([...items]).toEqual([1, 2]);
    expect(takeSpans()).toHaveLength(1);
  });

  test("that is never read leaves no span", () => {
    generate([1]).return("never");
    expect(takeSpans()).toEqual([]);
  });

  test("has an event for each chunk, and the list of them as outputs", () => {
    expect([...generate(["a", "b"])]).toEqual(["a", "b"]);
    const span = takeSpan();
    expect(span.outputs).toEqual(["a", "b"]);
    expect(span.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ["mlflow.chunk.item.0", { "mlflow.chunk.value": '"a"' }],
      ["mlflow.chunk.item.1", { "mlflow.chunk.value": '"b"' }],
    ]);
  });

  test("keeps what is sent, thrown in and returned", () => {
    const sent: unknown[] = [];
    const items = generate([1, 2], (value) => sent.push(value));
    expect(items.next("unseen")).toEqual({ value: 1, done: false });
    expect(items.next("first")).toEqual({ value: 2, done: false });
    expect(items.next("second")).toEqual({ value: "done", done: true });
    expect(sent).toEqual(["first", "second"]);
  });

  test("ends OK with what was read when its consumer stops", () => {
    for (const item of generate([1, 2, 3])) if (item === 2) break;
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["OK", [1, 2]]);
  });

  test("that throws keeps what came before", () => {
    const broken = function* () {
      yield 1;
      throw new Error("torn");
    };
    expect(() => [...generate(broken())]).toThrow("torn");
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["ERROR Error: torn", [1]]);
    expect(span.events.map((event) => event.name)).toEqual(["mlflow.chunk.item.0", "exception"]);
  });

  test("counts the items beyond the limit", () => {
    record({ chunkLimit: 2 });
    expect([...generate([1, 2, 3, 4, 5])]).toHaveLength(5);
    const span = takeSpan();
    expect(span.outputs).toEqual([1, 2]);
    expect(span.attributes["spanwright.stream.dropped"]).toBe(3);
  });

  test("has the outputs its reducer makes", () => {
    const join = (items: string[]) => items.join("");
    expect([...reducing(["a", "b"], () => ({ outputReducer: join }))]).toEqual(["a", "b"]);
    expect(takeSpan().outputs).toBe("ab");
  });

  test("keeps the list when its reducer throws", () => {
    const fail = () => {
      throw new Error("no reduction");
    };
    expect([...reducing([1], () => ({ outputReducer: fail }))]).toEqual([1]);
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["OK", [1]]);
  });
});

describe("an async generator", () => {
  test("records what its consumer gets, also of promises", async () => {
    const got: unknown[] = [];
    for await (const item of stream([1, Promise.resolve(2)])) got.push(item);
    expect(got).toEqual([1, 2]);
    const span = takeSpan();
    expect([span.outputs, span.events.length]).toEqual([[1, 2], 2]);
  });

  test("ends OK with what was read when its consumer stops", async () => {
    for await (const item of stream([1, 2, 3])) if (item === 1) break;
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["OK", [1]]);
  });

  test("that yields a rejected promise ends as an error", async () => {
    await expect(stream([Promise.reject(new Error("torn"))]).next()).rejects.toThrow("torn");
    expect(statusOf(takeSpan())).toBe("ERROR Error: torn");
  });
});

describe("a marker call", () => {
  test("sets name, type and attributes of the span at hand", () => {
    const options = { name: "named", spanType: "LLM", attributes: { user: "u1" } };
    expect([...reducing([1], () => options)]).toEqual([1]);
    const span = takeSpan();
    expect([span.name, span.spanType, span.attributes.user]).toEqual(["named", "LLM", "u1"]);
  });

  test("can start a new trace", () => {
    sync(() => [...reducing([1], () => ({ root: true }))]);
    const [inner, outer] = takeSpans();
    expect(inner?.parentId).toBeUndefined();
    expect(inner?.traceId).not.toBe(outer?.traceId);
  });

  test("can keep chunks and outputs to itself", () => {
    expect([...reducing([1], () => ({ outputs: false }))]).toEqual([1]);
    const span = takeSpan();
    expect([span.outputs, span.events]).toEqual([undefined, []]);
  });

  test("whose options throw does not change the call", () => {
    const options = () => {
      throw new Error("bad options");
    };
    expect([...reducing([1], options)]).toEqual([1]);
    expect(statusOf(takeSpan())).toBe("OK");
  });
});
