/** What a message must not hold, whatever a server says. */

/** Values shorter than this are no secrets worth hiding. */
const SECRET_LENGTH = 6;

/** The values of headers, and the tokens and passwords in them; longest first. */
export function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  const found = Object.values(headers).flatMap((value) => {
    const [scheme = "", credentials = ""] = value.split(/\s+/, 2);
    const pair = scheme.toLowerCase() === "basic" ? decoded(credentials) : "";
    return [value, credentials, pair, pair.slice(pair.indexOf(":") + 1)];
  });
  return found.filter(({ length }) => length >= SECRET_LENGTH).toSorted((a, b) => b.length - a.length);
}

/** A text without them. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "[redacted]"), text);
}

function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    // Not a name and a password after all.
    return "";
  }
}
