/** Stands in for http.ts in the build for pages and workers. */

export { fetchCarriage as carriage } from "./fetch-carriage.ts";
