/**
 * What can go wrong with the embedded store: one row a problem, and how SQLite's and the file system's own
 * codes lead to a row.
 */

import { DeliveryError } from "./destination.ts";

interface Row {
  readonly code: string;
  /** What was seen. `detail` is named per row at {@link failure}'s callers. */
  readonly message: (path: string, detail: string) => string;
  readonly remedy: string;
  /** Whether waiting alone may help. */
  readonly retry: boolean;
}

const ROWS = {
  noEngine: {
    code: "SW2001",
    message: (path, version) => `the trace store ${path} needs node:sqlite, which ${version} does not have`,
    remedy: "Run the program with Node 22.16 or newer, or send the traces to a collector or to MLflow instead.",
    retry: false,
  },
  foreign: {
    code: "SW2002",
    message: (path) => `${path} is not a spanwright store; it was left as it is`,
    remedy: "Move that file away, or choose another path for the store.",
    retry: false,
  },
  newer: {
    code: "SW2003",
    message: (path, versions) =>
      `the trace store ${path} was written by a newer spanwright: ${versions}; it was left as it is`,
    remedy: "Update spanwright here, or choose another path for the store.",
    retry: false,
  },
  readOnly: {
    code: "SW2004",
    message: (path) => `the trace store ${path} is read-only`,
    remedy: "Make the file and its folder writable, or choose a path for the store on a writable disk.",
    retry: false,
  },
  forbidden: {
    code: "SW2005",
    message: (path) => `this process has no permission to write the trace store ${path}`,
    remedy: "Give its user write permission on the folder and the files in it, or choose another path for the store.",
    retry: false,
  },
  unreachable: {
    code: "SW2006",
    message: (path, cause) => `the trace store ${path} cannot be opened: ${cause}`,
    remedy: "See that its path leads through folders only, that these may be written, and that no folder has its name.",
    retry: false,
  },
  locked: {
    code: "SW2007",
    message: (path) => `the trace store ${path} is locked by another connection`,
    remedy: "Close the program that holds a transaction open on it, often a database browser.",
    retry: true,
  },
  full: {
    code: "SW2008",
    message: (path) => `there is no room left for the trace store ${path}`,
    remedy: "Free some space on its disk, or delete the folder of the store; it is created anew.",
    retry: true,
  },
  damaged: {
    code: "SW2009",
    message: (path, cause) => `the trace store ${path} is damaged: ${cause}`,
    remedy: "Move the file and its -wal and -shm neighbours away; a new store is created.",
    retry: false,
  },
  absent: {
    code: "SW2010",
    message: (path) => `there is no trace store at ${path}`,
    remedy: "Run a traced program from this folder first, or name another store: spanwright show --store <path>",
    retry: false,
  },
  closed: {
    code: "SW2011",
    message: (path) => `the trace store ${path} is closed in this process`,
    remedy: "Use the store before it is closed, or open it again.",
    retry: false,
  },
  unknown: {
    code: "SW2012",
    message: (path, cause) => `the trace store ${path} failed: ${cause}`,
    remedy: "See the cause of this error; if the disk is in order, please report it with its code.",
    retry: false,
  },
} as const satisfies Record<string, Row>;

/** A problem of the embedded store. */
export type Failure = keyof typeof ROWS;

/** SQLite's primary result codes, https://sqlite.org/rescode.html */
const BY_RESULT: Readonly<Record<number, Failure>> = {
  3: "forbidden", // PERM
  5: "locked", // BUSY
  6: "locked", // LOCKED
  8: "readOnly", // READONLY
  11: "damaged", // CORRUPT
  13: "full", // FULL
  14: "unreachable", // CANTOPEN
  26: "foreign", // NOTADB
};

/** The `code` of errors of node:fs, and of node:sqlite on a closed connection. */
const BY_CODE: Readonly<Record<string, Failure>> = {
  EACCES: "forbidden",
  EPERM: "forbidden",
  EROFS: "readOnly",
  ENOSPC: "full",
  EDQUOT: "full",
  EEXIST: "unreachable",
  EISDIR: "unreachable",
  ELOOP: "unreachable",
  ENAMETOOLONG: "unreachable",
  ENOENT: "unreachable",
  ENOTDIR: "unreachable",
  ERR_INVALID_STATE: "closed",
};

/** The error for a problem of the store at `path`. */
export function failure(kind: Failure, path: string, detail = "", cause?: unknown): DeliveryError {
  const { code, message, remedy, retry }: Row = ROWS[kind];
  return new DeliveryError(code, message(path, detail), remedy, retry, cause);
}

/** The error for whatever node:sqlite or node:fs threw about the store at `path`. */
export function failureOf(thrown: unknown, path: string): DeliveryError {
  if (thrown instanceof DeliveryError) return thrown;
  return failure(kindOf(thrown), path, thrown instanceof Error ? thrown.message : String(thrown), thrown);
}

function kindOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return "unknown";
  // The low byte of an extended result code is the primary one.
  if ("errcode" in thrown && typeof thrown.errcode === "number") return BY_RESULT[thrown.errcode & 0xff] ?? "unknown";
  if ("code" in thrown && typeof thrown.code === "string") return BY_CODE[thrown.code] ?? "unknown";
  return "unknown";
}
