export default function* (n) { while (n > 0) yield n--; }
