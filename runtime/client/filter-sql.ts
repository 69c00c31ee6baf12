/** Conditions of `searchTraces` as SQL with parameters, over the tables of the embedded store. */

import type { SQLInputValue } from "node:sqlite";
import { problem } from "./failures.ts";
import { type Comparator, type Condition, parseFilter, parseOrder } from "./filter.ts";

/** A piece of SQL and what stands for its question marks. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** The value of a field: of a trace `t`, or of a span `s` with its body `b`. */
interface Field {
  readonly type: "text" | "number";
  readonly of: "trace" | "span" | "assessment";
  readonly sql: (key: string) => Sql;
  /** Whether a key follows the name, `tags.env`. */
  readonly keyed?: boolean;
  /** JSON texts, in which quotes stand escaped. */
  readonly isJson?: boolean;
}

const column =
  (text: string): Field["sql"] =>
  () => ({ text, values: [] });
const entryOf = (object: string) => (key: string): Sql => ({ text: `(SELECT value FROM json_each(${object}) WHERE key = ?)`, values: [key] }); // biome-ignore format: one expression

const text = (sql: string): Field => ({ type: "text", of: "trace", sql: column(sql) });
const number = (sql: string): Field => ({ type: "number", of: "trace", sql: column(sql) });
const ofSpan = (sql: string, isJson = false): Field => ({ type: "text", of: "span", sql: column(sql), isJson });

const DURATION_MS = "(t.end_us - t.start_us) / 1000";
const CONTENT =
  "(s.name || ' ' || s.type || ' ' || coalesce(b.inputs, '') || ' ' || coalesce(b.outputs, '') || ' ' || coalesce(b.attributes, '') || ' ' || coalesce(b.events, ''))";

/** Fields of the trace itself, which may stand alone or after one of {@link TRACE_PREFIXES}. */
const TRACE_FIELDS: Readonly<Record<string, Field>> = {
  status: text("t.state"),
  state: text("t.state"),
  name: text("t.name"),
  timestamp: number("t.start_us / 1000"),
  timestamp_ms: number("t.start_us / 1000"),
  end_time_ms: number("t.end_us / 1000"),
  execution_time: number(DURATION_MS),
  execution_time_ms: number(DURATION_MS),
  trace_id: text("t.trace_id"),
  request_id: text("t.trace_id"),
  client_request_id: text("t.client_request_id"),
  experiment_id: text("coalesce(t.experiment_id, '0')"),
  run_id: { type: "text", of: "trace", sql: () => entryOf("t.metadata")("mlflow.sourceRun") },
  text: ofSpan(CONTENT, true),
};

const TRACE_PREFIXES: ReadonlySet<string> = new Set(["trace", "attribute", "attributes", "attr"]);

const tag: Field = { type: "text", of: "trace", keyed: true, sql: tagOf };
const metadata: Field = { type: "text", of: "trace", keyed: true, sql: entryOf("t.metadata") };

/** Fields that something follows. */
const KEYED_FIELDS: Readonly<Record<string, Field>> = {
  tag,
  tags: tag,
  metadata,
  request_metadata: metadata,
  trace_metadata: metadata,
  feedback: assessmentOf("feedback"),
  expectation: assessmentOf("expectation"),
};

const SPAN_FIELDS: Readonly<Record<string, Field>> = {
  name: ofSpan("s.name"),
  type: ofSpan("s.type"),
  span_type: ofSpan("s.type"),
  status: ofSpan("s.status"),
  content: ofSpan(CONTENT, true),
};

const COMPARATORS: Readonly<Record<Field["type"], readonly Comparator[]>> = {
  text: ["=", "!=", "LIKE", "ILIKE", "RLIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL"],
  number: ["=", "!=", ">", ">=", "<", "<=", "IN", "NOT IN"],
};

/** The WHERE clause of a filter, over a trace `t`; throws `SW2137`. */
export function whereOf(filter: string): Sql {
  const parts = parseFilter(filter).map((condition) => conditionSql(condition, filter));
  return joined(parts, " AND ");
}

/** The ORDER BY clause of a list of fields, over a trace `t`; throws `SW2137`. */
export function orderOf(fields: readonly string[]): Sql {
  const parts = fields.map((each): Sql => {
    const { field, key, descending } = parseOrder(each);
    const found = fieldOf(field, key);
    if (found === undefined || found.field.of !== "trace") throw unknownField(each, field, key);
    const { text, values } = found.field.sql(found.key);
    return { text: `${text} ${descending ? "DESC" : "ASC"}`, values };
  });
  return joined([...parts, { text: "t.start_us DESC, t.trace_id DESC", values: [] }], ", ");
}

/** Pieces with something between them. */
export function joined(parts: readonly Sql[], between: string): Sql {
  return { text: parts.map(({ text }) => text).join(between), values: parts.flatMap(({ values }) => values) };
}

function conditionSql(condition: Condition, filter: string): Sql {
  const found = fieldOf(condition.field, condition.key);
  if (found === undefined) throw unknownField(filter, condition.field, condition.key);
  const { field, key } = found;
  const name = nameOf(condition.field, condition.key);
  const allowed = COMPARATORS[field.type];
  if (!allowed.includes(condition.comparator)) {
    throw problem("filter", JSON.stringify(filter), `${name} takes ${allowed.join(", ")}, not ${condition.comparator}`);
  }
  const value = field.sql(key);
  const test = testOf(field, value, condition, (why) => problem("filter", JSON.stringify(filter), `${name}: ${why}`));
  return WITHIN[field.of](test);
}

const WITHIN: Readonly<Record<Field["of"], (test: Sql) => Sql>> = {
  trace: (test) => test,
  span: ({ text, values }) => ({
    text: `EXISTS (SELECT 1 FROM span s JOIN body b ON b.id = s.id WHERE s.trace_id = t.trace_id AND ${text})`,
    values,
  }),
  assessment: ({ text, values }) => ({
    text: `EXISTS (SELECT 1 FROM assessment a WHERE a.trace_id = t.trace_id AND a.valid AND ${text})`,
    values,
  }),
};

function testOf(field: Field, value: Sql, { comparator, values }: Condition, fail: (why: string) => Error): Sql {
  const operands = values.map((given) => operandOf(field, given, fail));
  const [operand] = operands;
  switch (comparator) {
    case "IS NULL":
    case "IS NOT NULL":
      return { text: `${value.text} ${comparator}`, values: value.values };
    case "IN":
    case "NOT IN":
      return { text: `${value.text} ${comparator} (${operands.map(() => "?").join(", ")})`, values: [...value.values, ...operands] }; // biome-ignore format: one expression
    case "LIKE":
      return patternTest(field, value, "GLOB", String(operand), globOf);
    case "ILIKE":
      return patternTest(field, value, "LIKE", String(operand), (pattern) => pattern);
    case "RLIKE":
      return { text: `${value.text} REGEXP ?`, values: [...value.values, expressionOf(String(operand), fail)] };
    default:
      return { text: `${value.text} ${comparator} ?`, values: [...value.values, operand ?? null] };
  }
}

function operandOf(field: Field, given: string | number, fail: (why: string) => Error): string | number {
  if (field.type === "text") return String(given);
  const value = Number(given);
  if (Number.isNaN(value)) throw fail(`${JSON.stringify(given)} is no number`);
  return value;
}

/** In JSON texts the pattern may have been meant for the text itself, or for what it says. */
function patternTest(
  { isJson }: Field,
  value: Sql,
  operator: string,
  pattern: string,
  as: (pattern: string) => string,
): Sql {
  const escaped = JSON.stringify(pattern).slice(1, -1);
  const patterns = isJson && escaped !== pattern ? [pattern, escaped] : [pattern];
  const tests = patterns.map((each) => ({ text: `${value.text} ${operator} ?`, values: [...value.values, as(each)] }));
  const { text, values } = joined(tests, " OR ");
  return { text: `(${text})`, values };
}

/** A LIKE pattern for GLOB, which tells upper case from lower case. */
function globOf(pattern: string): string {
  return pattern.replace(/[%_*?[]/g, (sign) => GLOB_SIGNS[sign] ?? sign);
}

const GLOB_SIGNS: Readonly<Record<string, string>> = { "%": "*", _: "?", "*": "[*]", "?": "[?]", "[": "[[]" };

function expressionOf(pattern: string, fail: (why: string) => Error): string {
  try {
    new RegExp(pattern);
    return pattern;
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error));
  }
}

function fieldOf(name: string, key: string | undefined): { readonly field: Field; readonly key: string } | undefined {
  if (key === undefined) return known(TRACE_FIELDS, name);
  if (TRACE_PREFIXES.has(name)) return known(TRACE_FIELDS, key.toLowerCase());
  if (name === "span") return spanField(key);
  const found = known(KEYED_FIELDS, name);
  return found && { field: found.field, key };
}

function spanField(key: string): { readonly field: Field; readonly key: string } | undefined {
  const [, attribute] = /^attributes?\.(.+)$/s.exec(key) ?? [];
  if (attribute === undefined) return known(SPAN_FIELDS, key.toLowerCase());
  const main = MAIN_PARTS[attribute];
  if (main !== undefined) return { field: main, key: attribute };
  const value = (name: string): Sql => ({
    text: `CAST(${entryOf("b.attributes")(name).text} AS TEXT)`,
    values: [name],
  });
  return { field: { type: "text", of: "span", sql: value, isJson: true }, key: attribute };
}

/** MLflow keeps these among the attributes. */
const MAIN_PARTS: Readonly<Record<string, Field | undefined>> = {
  "mlflow.spanInputs": ofSpan("b.inputs", true),
  "mlflow.spanOutputs": ofSpan("b.outputs", true),
  "mlflow.spanType": ofSpan("s.type"),
};

function known(fields: Readonly<Record<string, Field>>, name: string): { field: Field; key: string } | undefined {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field && { field, key: name };
}

/** MLflow keeps a trace's name among its tags. */
function tagOf(key: string): Sql {
  const entry = entryOf("t.tags")(key);
  return key === "mlflow.traceName" ? { ...entry, text: `coalesce(${entry.text}, t.name)` } : entry;
}

/** The value of an assessment by its name; the text of what is no string. */
function assessmentOf(kind: string): Field {
  return {
    type: "text",
    of: "assessment",
    keyed: true,
    sql: (name) => ({
      text: "CASE WHEN a.kind = ? AND a.name = ? THEN CASE json_type(a.value) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(a.value ->> '$' AS TEXT) END END",
      values: [kind, name],
    }),
  };
}

function nameOf(field: string, key: string | undefined): string {
  return key === undefined ? field : `${field}.${key}`;
}

function unknownField(filter: string, field: string, key: string | undefined): Error {
  const names = [...Object.keys(TRACE_FIELDS), "tags.<key>", "metadata.<key>", ...Object.keys(SPAN_FIELDS).map((name) => `span.${name}`), "span.attributes.<key>", "feedback.<name>", "expectation.<name>"]; // biome-ignore format: one list
  return problem(
    "filter",
    JSON.stringify(filter),
    `there is no field ${nameOf(field, key)}; there are ${names.join(", ")}`,
  );
}
