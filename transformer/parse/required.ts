import type { ImportedName, Pattern } from "../syntax.ts";

/** What compilers write around `require` for `import * as`. */
export function isInterop(callee: string | undefined): boolean {
  return callee !== undefined && /(?:^|\.)__(?:importStar|toESM)$/.test(callee);
}

/** The names that a `const` gets which is initialised with `require(module)`. */
export function requiredNames(target: Pattern, module: string): ImportedName[] {
  if (target.is === "name") return [{ local: target.name, imported: "*", module }];
  if (target.is === "array") return [];
  return target.entries.flatMap(([key, value]) =>
    key !== undefined && value.is === "name" ? [{ local: value.name, imported: key, module }] : [],
  );
}
