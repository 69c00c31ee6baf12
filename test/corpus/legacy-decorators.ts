// Decorators as `experimentalDecorators` has them, on methods, accessors, fields, parameters and classes.
const log: string[] = [];
const wrap = (_target: object, key: string, descriptor: PropertyDescriptor): PropertyDescriptor => {
  const method = descriptor.value as (...args: unknown[]) => unknown;
  log.push(`method ${key} ${method.name} ${method.length} ${method.constructor.name}`);
  return { ...descriptor, value(this: unknown, ...args: unknown[]) { log.push(`call ${key}`); return method.apply(this, args); } };
};
const field = (target: object, key: string): void => { log.push(`field ${key} ${target.constructor.name}`); };
const parameter = (_target: object, key: string | undefined, index: number): void => { log.push(`parameter ${key} ${index}`); };
const accessor = (_target: object, key: string, { get, set }: PropertyDescriptor): void => { log.push(`accessor ${key} ${get?.name} ${set?.name}`); };
const sealed = <T extends new (...args: any[]) => object>(made: T) => class extends made { sealed = true; };
@sealed
class Service {
  @field count = 1;
  constructor(@parameter readonly id: string, private secret = 2) {}
  @wrap sync(@parameter x: number) { return x + this.secret; }
  @wrap async later(x: number) { await null; return x + this.count; }
  @wrap *items(n: number) { for (let i = 0; i < n; i++) yield `${this.id}${i}`; }
  @wrap async *stream(n: number) { yield* this.items(n); }
  @accessor get value() { return this.secret; }
  set value(x) { this.secret = x; }
  @wrap static make(id: string) { return new Service(id); }
}
const service = Service.make("s");
service.value = 5;
console.log(service.sync(1), await service.later(1), [...service.items(2)], service.value, Object.keys(service));
for await (const x of service.stream(2)) console.log(x);
console.log(log.join("\n"));
