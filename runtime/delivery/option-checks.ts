/** What the options of `init` about delivery may hold. */

import { DEFAULT_RETENTION } from "./retention.ts";

/** How an option's value is checked. */
export interface Check {
  /** What it takes, as a message says it. */
  readonly wanted: string;
  readonly passes: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isPositive = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value > 0;
const isUrl = (value: unknown): boolean => typeof value === "string" && URL.canParse(value) && /^https?:/i.test(value);

type Members = Readonly<Record<string, (value: unknown) => boolean>>;

const OTLP: Members = {
  endpoint: isUrl,
  headers: (value) => typeof value === "object" && value !== null && Object.values(value).every(isHeader),
  timeoutMs: isPositive,
  compression: (value) => value === "gzip" || value === "none",
  certificate: isText,
  clientKey: isText,
  clientCertificate: isText,
};

const MLFLOW: Members = {
  trackingUri: isText,
  experimentId: isText,
  experimentName: isText,
  token: isText,
  username: isText,
  password: isText,
};

const RETENTION: Members = Object.fromEntries(Object.keys(DEFAULT_RETENTION).map((name) => [name, isPositive]));

export const OPTION_CHECKS = {
  otlp: {
    wanted: `true, false, or an object of ${Object.keys(OTLP).join(", ")}; endpoint is a URL with http or https`,
    passes: (value) => typeof value === "boolean" || holds(OTLP, value),
  },
  mlflow: {
    wanted: `false, or an object of strings: ${Object.keys(MLFLOW).join(", ")}`,
    passes: (value) => value === false || holds(MLFLOW, value),
  },
  retention: {
    wanted: `an object of positive numbers: ${Object.keys(RETENTION).join(", ")}`,
    passes: (value) => holds(RETENTION, value),
  },
} as const satisfies Readonly<Record<string, Check>>;

/** Whether a value is an object of nothing but these members. */
function holds(members: Members, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, member]) => member === undefined || members[name]?.(member) === true);
}

function isHeader(value: unknown): boolean {
  return typeof value === "string" && !/[\r\n\0]/.test(value);
}
