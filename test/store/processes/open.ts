/** Opens the store at the path given, and prints what that throws. */

import { DeliveryError } from "../../../runtime/delivery/destination.ts";
import { openStore } from "../../../runtime/delivery/store.ts";

try {
  openStore(process.argv[2] ?? "").close();
} catch (error) {
  if (!(error instanceof DeliveryError)) throw error;
  const { code, message, remedy, retry } = error;
  console.log(JSON.stringify({ code, message, remedy, retry }));
}
