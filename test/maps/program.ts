/**
 * Throws in a function of each kind and prints the frames of this file, as `line:column`. Only syntax that
 * Node can strip: run bare, it is its own oracle.
 */

type Thrower = () => unknown;

function deep(message: string): never {
  const text: string = `${message}!`;

  throw new Error(text);
}

/* a comment of
   two lines */ function declared(value: number): never {
  return deep(`declared ${value}`);
}

const expression = function (this: unknown): never {
  // a comment that compilers drop

  return deep("expression");
};

const arrow = (): never => deep("arrow");

const concise = (first = "concise") => deep(first);

class Base {
  constructor(fails: boolean) {
    if (fails) deep("base constructor");
  }
}

class Derived extends Base {
  field = 1;

  constructor(fails: boolean) {
    super(false);
    if (fails) deep("derived constructor");
  }

  method(): never {
    return deep("method");
  }

  static shared(): never {
    return deep("static");
  }

  #hidden(): never {
    return deep("private");
  }

  hidden(): never {
    return this.#hidden();
  }

  get value(): never {
    return deep("getter");
  }

  set value(_to: never) {
    deep("setter");
  }

  property = () => {
    return deep("property");
  };
}

const object = {
  ["comp" + "uted"]() {
    return deep("computed");
  },
  *generator() {
    yield 1;
    yield deep("object generator");
  },
};

function* generator(): Generator<number> {
  const sent: unknown = yield 1;
  if (sent === undefined) deep("generator");
}

function* delegating() {
  yield* generator();
}

async function later(): Promise<never> {
  await null;
  const answer: number = await Promise.resolve(1); /* in between */
  return deep(`later ${answer}`);
}

async function awaiting() {
  try {
    return await later();
  } finally {
    await null;
  }
}

async function* stream() {
  yield await Promise.resolve(1);
  for await (const item of [1]) yield deep(`stream ${item}`);
}

async function rejected() {
  return await Promise.reject(new TypeError("rejected"));
}

function native(): never {
  const nothing: { readonly call: Thrower } | undefined = ([] as { readonly call: Thrower }[])[0];
  return (nothing as { readonly call: Thrower }).call() as never;
}

function rethrown() {
  try {
    deep("rethrown");
  } catch (error) {
    throw new Error("outer", { cause: error });
  }
}

const THROWERS: Readonly<Record<string, Thrower>> = {
  declared: () => declared(1),
  expression,
  arrow,
  concise: () => concise(),
  base: () => new Base(true),
  derived: () => new Derived(true),
  method: () => new Derived(false).method(),
  static: () => Derived.shared(),
  private: () => new Derived(false).hidden(),
  getter: () => new Derived(false).value,
  setter: () => Reflect.set(new Derived(false), "value", 1),
  property: () => new Derived(false).property(),
  computed: () => (object as unknown as Record<string, Thrower>).computed?.(),
  objectGenerator: () => [...object.generator()],
  generator: () => [...generator()],
  delegating: () => [...delegating()],
  later,
  awaiting,
  async stream() {
    for await (const _ of stream());
  },
  rejected,
  native,
  rethrown,
  callback: () => [1].map((item) => deep(`callback ${item}`)),
};

for (const [name, thrower] of Object.entries(THROWERS)) {
  try {
    await thrower();
    console.log(`${name} did not throw`);
  } catch (error) {
    console.log(`${name}: ${frames(error).join(" ")}`);
  }
}

/** The file, line and column of each frame that is of this file. */
function frames(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  return lines.flatMap((line) => /^ +at .*?(program\.\w+):(\d+):(\d+)\)?$/.exec(line)?.slice(1).join(":") ?? []);
}

export {};
