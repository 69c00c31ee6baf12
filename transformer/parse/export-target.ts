/**
 * What an assignment to a path exports: the `module` as a whole, or one of its `member`s; `undefined` for any
 * other path.
 * @param path such as `module.exports.run`
 */
export function exportTarget(path: string | undefined): "module" | "member" | undefined {
  if (path === "module.exports") return "module";
  return path !== undefined && /^(module\.)?exports\.[^.]+$/.test(path) ? "member" : undefined;
}
