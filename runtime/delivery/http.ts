/** Requests to servers, by whatever the platform has. */

import { onNode } from "../platform.ts";
import { fetchCarriage } from "./fetch-carriage.ts";
import { nodeCarriage } from "./node-carriage.ts";
import type { Carriage } from "./request.ts";

export const carriage: Carriage = onNode ? nodeCarriage : fetchCarriage;
