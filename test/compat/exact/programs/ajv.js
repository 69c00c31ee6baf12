import Ajv from "ajv";
import { short } from "./texts.js";

const ajv = new Ajv({
  allErrors: true,
  coerceTypes: true,
  useDefaults: true,
  verbose: false,
  logger: false,
  code: { source: true },
});
ajv.addKeyword({
  keyword: "even",
  type: "number",
  validate: (schema, data) => (data % 2 === 0) === schema,
  errors: false,
});
ajv.addFormat("short", (text) => text.length < 4);
const row = {
  type: "object",
  required: ["id"],
  additionalProperties: false,
  properties: {
    id: { type: "integer", even: true },
    tag: { type: "string", format: "short", default: "x" },
    kids: { type: "array", items: { $ref: "#" }, uniqueItems: true },
    any: { oneOf: [{ type: "null" }, { type: "object", patternProperties: { "^a": { type: "number", minimum: 3 } } }] },
  },
};
const validate = ajv.compile({ $id: "row", ...row });
const results = Array.from({ length: 1000 }, (_, at) => {
  const data = {
    id: at % 3 ? at : String(at),
    ...(at % 5 ? { tag: "t".repeat(at % 6) } : {}),
    kids: at % 7 ? [{ id: 2 }, { id: at }] : [],
    any: at % 4 ? null : { a: at % 9, b: 1 },
  };
  return [validate(data), data, validate.errors];
});
console.log(
  results.filter(([ok]) => ok).length,
  short(JSON.stringify(results)),
  ajv.errorsText(results.find(([ok]) => !ok)[2]),
);
console.log(short(validate.source.validateCode));
const later = ajv.compile({ $async: true, type: "object", properties: { x: { type: "number" } } });
console.log(
  await later({ x: "1" }),
  await later({ x: "a" }).catch((error) => [error.constructor.name, error.message, error.errors.length]),
);
for (const wrong of [{ type: "nothing" }, { $ref: "missing" }]) {
  try {
    ajv.compile(wrong);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
