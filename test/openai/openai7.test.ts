import { createRequire } from "node:module";
import OpenAI from "openai";
import { describe } from "vitest";
import { specify } from "./specification.ts";

const required: typeof import("openai") = createRequire(import.meta.url)("openai");

describe("openai 7, imported", () => specify(OpenAI));
describe("openai 7, required", () => specify(required.OpenAI));
