/** Stands in for store-way.ts in the build for pages and workers, which have no files: nothing of the store is loaded. */

export const newStoreWay: typeof import("./store-way.ts").newStoreWay = () => undefined;
