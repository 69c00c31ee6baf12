export { own as renamed };
export default function (x) { return [x, own(), arguments.length]; }
export let live = 1;
export function bump() { live++; }
function own() { return `own ${typeof this}`; }
export const later = async () => { await null; return live; }, second = () => later();
export { default as again } from "./arrow.mjs";
