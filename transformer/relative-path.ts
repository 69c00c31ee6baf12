import { relative, sep } from "node:path";

/** The path of a file below a root with forward slashes; a file elsewhere keeps the path it came with. */
export function relativePath(id: string, root: string): string {
  const path = relative(root, id);
  return (path.startsWith("..") ? id : path).split(sep).join("/");
}
