import { greeting } from "./greeting";

export const dynamic = "force-dynamic";

// @trace
export default async function Page() {
  return <h1>{await greeting("ada")}</h1>;
}
