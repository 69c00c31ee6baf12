/** What servers of different versions can do. */

/** What a version of MLflow's server can do. */
export interface Abilities {
  /** It takes spans over OTLP. */
  readonly otlp: boolean;
  /** It takes compressed requests. */
  readonly gzip: boolean;
}

/** From a version on; what is known of no version holds for the newest. Seen with 3.6.1 and 3.17.2. */
const SINCE: readonly (readonly [major: number, minor: number, abilities: Abilities])[] = [
  [0, 0, { otlp: false, gzip: false }],
  [3, 6, { otlp: true, gzip: false }],
  [3, 17, { otlp: true, gzip: true }],
];

/** @param version what the server's `/version` says, `3.17.2` */
export function abilitiesOf(version: string): Abilities {
  const [, major = "999", minor = "0"] = /^(\d+)\.(\d+)/.exec(version.trim()) ?? [];
  const number = Number(major) * 1000 + Number(minor);
  const row = SINCE.findLast((each) => each[0] * 1000 + each[1] <= number);
  return row?.[2] ?? { otlp: true, gzip: false };
}
