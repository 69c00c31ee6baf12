/** The version in package.json, for whoever keeps what this package made: another version makes something else. */
export const VERSION = "0.1.0";
