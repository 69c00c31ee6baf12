/**
 * Loaders of CommonJS in `require.extensions`, such as tsx's: they read a file by themselves, whatever hooks made of
 * it. Here they read it with its spans.
 */

import fs from "node:fs";

type Loader = (module: NodeJS.Module, filename: string) => unknown;

/**
 * Makes what wraps the loaders that were added since, and is to be called whenever there may be new ones.
 *
 * @param loaders `require.extensions`
 * @param instrumented gives the text of a file with its spans; `undefined` for a file without
 */
export function loaderWrapping(
  loaders: NodeJS.Dict<Loader>,
  instrumented: (filename: string) => string | undefined,
): () => void {
  const known = new Set(Object.values(loaders));
  const wrap =
    (loader: Loader): Loader =>
    (module, filename) => {
      const text = instrumented(filename);
      return text === undefined
        ? loader(module, filename)
        : readingOnce(filename, text, () => loader(module, filename));
    };
  return () => {
    for (const [extension, loader] of Object.entries(loaders)) {
      if (loader === undefined || known.has(loader)) continue;
      const wrapped = wrap(loader);
      known.add(wrapped);
      loaders[extension] = wrapped;
    }
  };
}

/** Runs a function whose first reading of the file gets the text. */
function readingOnce<Result>(filename: string, text: string, run: () => Result): Result {
  const original = fs.readFileSync;
  const replacement = new Proxy(original, {
    apply(target, receiver, args) {
      if (args[0] !== filename) return Reflect.apply(target, receiver, args);
      restore();
      return args[1] === undefined ? Buffer.from(text) : text;
    },
  });
  // Only what stands there is taken back: the file may have put something of its own in the place.
  const restore = () => {
    if (fs.readFileSync === replacement) fs.readFileSync = original;
  };
  fs.readFileSync = replacement;
  try {
    return run();
  } finally {
    restore();
  }
}
