// Standard decorators on everything that takes one.
const log: string[] = [];
function note<T extends (...args: never[]) => unknown>(value: T, { kind, name }: ClassMethodDecoratorContext): T {
  log.push(`${kind} ${String(name)} ${value.name} ${value.length}`);
  return function (this: unknown, ...args: unknown[]) { log.push(`call ${String(name)}`); return Reflect.apply(value, this, args); } as unknown as T;
}
const named = (label: string) => (value: unknown, context: DecoratorContext): any => { log.push(`${label}: ${context.kind} ${String(context.name)} ${typeof value}`); context.addInitializer?.(function () { log.push(`${label} initialised`); }); if (context.kind === "field") return (initial: number) => initial + 1; };
@named("class")
class Service {
  @named("field") count = 1;
  @named("static field") static shared = 2;
  @named("private") #secret = 3;
  @named("accessor") accessor auto = 4;
  @note sync(x: number) { return x + this.#secret; }
  @note async later(x: number) { await null; return x + this.count; }
  @note *items(n: number) { for (let i = 0; i < n; i++) yield i; }
  @note async *stream(n: number) { for (let i = 0; i < n; i++) { await null; yield i; } }
  @named("getter") get value() { return this.#secret; }
  @named("setter") set value(x) { this.#secret = x; }
  @note static make(this: typeof Service) { return new this(); }
  @(named("computed")) ["com" + "puted"]() { return this.#hidden(); }
  @note #hidden() { return "hidden"; }
}
const service = Service.make();
service.value = 9;
console.log(service.count, Service.shared, service.sync(1), await service.later(1), [...service.items(2)], service.value, service.auto);
for await (const x of service.stream(2)) console.log(x);
console.log((service as any).computed());
console.log(log.join("\n"));
