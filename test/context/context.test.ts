import { join } from "node:path";
import { testCombinations } from "./matrix.ts";

testCombinations({ folder: join(import.meta.dirname, "../.."), offers: ["storage"] }, process.execPath);
