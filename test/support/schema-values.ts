/** The part of JSON Schema that the API's document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** Nothing anyone would send, and what programs stumble over. */
const ODD: readonly unknown[] = [
  null,
  '',
  'x',
  -1,
  0,
  0.5,
  1e21,
  2 ** 53,
  '\u0000',
  '../../etc/passwd',
  '%2e%2e%2f',
  "' OR 1=1 --",
  '\u{1F600}\u202e',
  'a'.repeat(5_000),
  [],
  {},
  [[]],
  { __proto__: 1 },
  true,
  '*?[',
  'NaN',
];

export class SchemaValues {
  readonly #random: () => number;
  readonly #components: Readonly<Record<string, JsonSchema>>;
  /** How often a value is an odd one, 0 to 1. */
  readonly #oddness: number;

  constructor(random: () => number, components: Readonly<Record<string, JsonSchema>>, oddness: number) {
    this.#random = random;
    this.#components = components;
    this.#oddness = oddness;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** A value that a schema asks for, or now and then an odd one in some place. */
  valueOf(schema: JsonSchema, depth = 0): unknown {
    if (this.chance(this.#oddness)) {
      return this.pick(ODD);
    }
    const target = schema.$ref === undefined ? schema : this.#resolve(schema.$ref);
    if (target.enum !== undefined) {
      return this.pick(target.enum);
    }
    if (target.anyOf !== undefined) {
      return this.valueOf(this.pick(target.anyOf), depth);
    }
    switch (target.type) {
      case 'object':
        return this.#object(target, depth);
      case 'array':
        return this.#array(target, depth);
      case 'integer':
        return this.pick([1, 2, 3, 1, 2, target.minimum ?? 0, target.maximum ?? 1_000_000]);
      case 'number':
        return this.pick([0.3, 0.9, target.minimum ?? 0, target.maximum ?? 1, this.#random()]);
      case 'boolean':
        return this.chance(0.5);
      default:
        return this.pick(['part-1', '*.jpg', '2024-05', 'a', 'http://127.0.0.1:1/a.jpg']);
    }
  }

  #object(schema: JsonSchema, depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const isRequired = schema.required?.includes(name) === true;
      if (isRequired ? !this.chance(this.#oddness) : this.chance(0.25)) {
        value[name] = this.valueOf(property, depth + 1);
      }
    }
    if (this.chance(this.#oddness)) {
      value[this.pick(['extra', '__proto__', 'constructor'])] = this.pick(ODD);
    }
    return value;
  }

  #array(schema: JsonSchema, depth: number): unknown[] {
    const length = depth > 3 ? 1 : this.pick([0, 1, 1, 2, 3, Math.min(65, (schema.maxItems ?? 3) + 1)]);
    return Array.from({ length }, () => this.valueOf(schema.items ?? {}, depth + 1));
  }

  #resolve(reference: string): JsonSchema {
    const name = reference.split('/').at(-1) ?? '';
    return this.#components[name] ?? {};
  }
}
