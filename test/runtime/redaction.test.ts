import { afterEach, describe, expect, test } from "vitest";
import { render } from "../../runtime/capture.ts";
import { isSecret, redactAlso } from "../../runtime/redaction.ts";

afterEach(() => redactAlso([]));

describe("a name is a secret's", () => {
  test.each([
    "password",
    "userPassword",
    "PASSWD",
    "client_secret",
    "apiKey",
    "API_KEY",
    "x-api-key",
    "openaiapikey",
    "authorization",
    "Proxy-Authorization",
    "auth",
    "cookie",
    "Set-Cookie",
    "privateKey",
    "credentials",
    "token",
    "access_token",
    "refreshToken",
    "x-auth-token",
    "secrets",
    "jwt",
  ])("%s", (name) => expect(isSecret(name)).toBe(true));
});

describe("a name is not a secret's", () => {
  test.each([
    "max_tokens",
    "total_tokens",
    "tokenUsage",
    "input_tokens",
    "promptTokenCount",
    "tokenizer",
    "eos_token",
    "next_page_token",
    "cost_per_token",
    "author",
    "authored",
    "secretary",
    "keyboard",
    "primaryKey",
    "sessionId",
    "session_id",
    "passenger",
    "cookies_accepted_by".replace("cookies_", ""),
  ])("%s", (name) => expect(isSecret(name)).toBe(false));
});

describe("what goes by a secret's name", () => {
  test("is hidden at any depth, in objects and maps", () => {
    const value = { a: [{ password: "x" }], m: new Map([["apiKey", "y"]]), pairs: new Map<unknown, unknown>([[1, 2], ["token", "z"]]) }; // biome-ignore format: one value
    expect(JSON.parse(render(value))).toEqual({
      a: [{ password: "[redacted]" }],
      m: { apiKey: "[redacted]" },
      pairs: [
        [1, 2],
        ["token", "[redacted]"],
      ],
    });
  });

  test("is hidden whole", () => {
    expect(render({ credentials: { user: "u", key: "k" } })).toBe('{"credentials":"[redacted]"}');
  });

  test("stays when it is nothing or a boolean", () => {
    expect(render({ password: null, secret: true })).toBe('{"password":null,"secret":true}');
  });

  test("can be added to, by words and by expressions", () => {
    redactAlso(["ssn", "card number", /^x_/g]);
    expect(["user_ssn", "cardNumber", "x_one", "x_two", "other"].map(isSecret)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
