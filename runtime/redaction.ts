/**
 * Which names hold secrets. A name is read as words (`apiKey`, `API_KEY` and `x-api-key` all hold "api key"),
 * so that `max_tokens`, `author` and `secretary` stay readable.
 */

/** What is stored in place of a secret. */
export const REDACTED = "[redacted]";

/** Words, or sequences of words, that make a name secret wherever they stand in it. */
const PHRASES: readonly string[] = [
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "secret",
  "secrets",
  "api key",
  "api keys",
  "access key",
  "secret key",
  "private key",
  "signing key",
  "encryption key",
  "auth",
  "authorization",
  "bearer",
  "jwt",
  "cookie",
  "cookies",
  "credential",
  "credentials",
];

/** The same for names written without any sign of a word's end, `apikey`: long enough to mean nothing else. */
const FRAGMENTS: readonly string[] = [
  "password",
  "passwd",
  "passphrase",
  "apikey",
  "secretkey",
  "privatekey",
  "accesskey",
  "accesstoken",
  "authtoken",
  "refreshtoken",
  "clientsecret",
  "credential",
];

/** Words before a final "token" that say it is a piece of text, a position or a rate, not a secret. */
const PLAIN_TOKENS: ReadonlySet<string> = new Set(
  "bos cls eos mask next pad page per prev previous sep special stop unk".split(" "),
);

/** Names seen so far; bounded, because keys of data may be anything. */
const KNOWN_LIMIT = 4096;
const known = new Map<string, boolean>();
let added: readonly (string | RegExp)[] = [];

/** Adds names to the built-in ones: strings are read as words, expressions are tested on the name as it is. */
export function redactAlso(names: readonly (string | RegExp)[]): void {
  added = names;
  known.clear();
}

/** Whether what goes by this name is a secret. */
export function isSecret(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const secret = judge(name);
  if (known.size >= KNOWN_LIMIT) known.clear();
  known.set(name, secret);
  return secret;
}

function judge(name: string): boolean {
  const words = wordsOf(name.length > 256 ? name.slice(0, 256) : name);
  const spaced = ` ${words.join(" ")} `;
  const joined = words.join("");
  return (
    PHRASES.some((phrase) => spaced.includes(` ${phrase} `)) ||
    FRAGMENTS.some((fragment) => joined.includes(fragment)) ||
    (words.at(-1) === "token" && !PLAIN_TOKENS.has(words.at(-2) ?? "")) ||
    added.some((entry) => (typeof entry === "string" ? holds(spaced, joined, entry) : matches(entry, name)))
  );
}

function holds(spaced: string, joined: string, entry: string): boolean {
  const words = wordsOf(entry);
  return words.length > 0 && (spaced.includes(` ${words.join(" ")} `) || joined === words.join(""));
}

function matches(expression: RegExp, name: string): boolean {
  // An expression with the flag `g` or `y` remembers where it stopped.
  expression.lastIndex = 0;
  return expression.test(name);
}

/** `x-APIKeyV2` is `["x", "api", "key", "v2"]`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
