export const dynamic = "force-dynamic";

/** @trace */
async function quote(symbol: string): Promise<number> {
  await null;
  if (symbol === "none") throw new RangeError("no such symbol");
  return symbol.length;
}

export async function GET(request: Request): Promise<Response> {
  try {
    return Response.json({ quote: await quote(new URL(request.url).searchParams.get("symbol") ?? "none") });
  } catch (error) {
    return Response.json({ stack: error instanceof Error ? error.stack : "" });
  }
}
