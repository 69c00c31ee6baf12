// @trace { spanType: "TOOL" }
export async function greeting(name: string): Promise<string> {
  await null;
  return `hello ${name}`;
}
