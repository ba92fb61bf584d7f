import type { Endpoint, JsonSchema } from "./endpoints";

/** Numbers in [0, 1) that a seed gives again (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type FuzzRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
};

const oddTexts = [
  ...["", " ", "\u0000", "\ud800", "\udfff", "\u202e", "a".repeat(5_000), "🧨".repeat(300), "\\", '"', "'"],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "null",
    "NaN",
    "-0",
    "1e309",
    "../../etc/passwd",
    "%00",
    "%s%n",
  ],
  ...["'; DROP TABLE incidents; --", "<script>", "{{7*7}}", "${7*7}", "\r\nset-cookie: x=1", "ﬀ", "İ", "ß"],
  ...["2026-13-45", "env:NEXTAUTH_SECRET", "file:../key-pepper", "http://169.254.169.254/", "\t", "\u2028"],
];
const oddNumbers = [
  0,
  -1,
  1,
  0.5,
  -0,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e-320,
  9_007_199_254_740_993,
];

/** Requests that are nearly right, a little wrong or nonsense, the same ones for the same seed. */
export class Fuzzer {
  readonly #random: () => number;

  constructor(
    seed: number,
    /** Names that exist, by path parameter: half of the time a request reaches something. */
    private readonly known: Record<string, string[]>,
    private readonly tokens: string[],
    /** A whole body that is right, by path, where one is too long to be come by at random. */
    private readonly samples: Record<string, unknown> = {},
  ) {
    this.#random = seeded(seed);
  }

  next(endpoints: readonly Endpoint[]): FuzzRequest {
    const endpoint = this.#pick(endpoints);
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => this.#segment(name));
    const headers: Record<string, string> = {};
    if (!this.#chance(0.03)) headers.authorization = `Bearer ${this.#pick(this.tokens)}`;
    if (this.#chance(0.1))
      headers["idempotency-key"] = this.#pick(["k", "a b", "x".repeat(300), `k${this.#below(50)}`]);
    if (this.#chance(0.05)) headers["if-match"] = this.#pick(['"1"', "*", "garbage", '"1", W/"2"']);
    if (this.#chance(0.03)) headers["x-request-id"] = this.#pick(["ok-1", "bad id", "x".repeat(500)]);
    const body = endpoint.body ? this.#body(endpoint, headers) : null;
    return { method: endpoint.method, path: path + this.#query(endpoint), headers, body };
  }

  #segment(name: string): string {
    const known = this.known[name] ?? [];
    if (known.length > 0 && this.#chance(0.5)) return this.#pick(known);
    if (this.#chance(0.3))
      return this.#pick(["%00", "%ff", "%E0%A4%A", "..%2f..", "%20", "%F0%9F%A7%A8", "a%0d%0ab"]);
    return encodeURIComponent(this.#text().toWellFormed()) || "x";
  }

  #query(endpoint: Endpoint): string {
    const names = [...endpoint.query, ...(this.#chance(0.1) ? ["__proto__", "x"] : [])];
    const parts = names.flatMap((name) => {
      if (!this.#chance(0.4)) return [];
      const value = this.#chance(0.3)
        ? this.#pick(["%00", "%ff", "5", "0", "-1", "1e9", "true", "[]", "a&b=c"])
        : encodeURIComponent(this.#text().toWellFormed());
      return [`${name}=${value}`];
    });
    return parts.length > 0 ? `?${parts.join("&")}` : "";
  }

  #body(endpoint: Endpoint, headers: Record<string, string>): Buffer | null {
    headers["content-type"] = this.#chance(0.97)
      ? "application/json"
      : this.#pick([
          "text/plain",
          "application/x-ndjson",
          "application/json; charset=latin1",
          "multipart/form-data",
        ]);
    if (this.#chance(0.02)) return null;
    const sample = this.samples[endpoint.path];
    let value =
      sample !== undefined && this.#chance(0.7)
        ? structuredClone(sample)
        : this.#valueOf(endpoint.body ?? {}, 0);
    for (let edits = this.#below(4); edits > 0; edits--) value = this.#edited(value);
    const text = JSON.stringify(value) ?? "";
    return this.#chance(0.1) ? this.#broken(Buffer.from(text)) : Buffer.from(text);
  }

  /** After the schema, mostly. */
  #valueOf(given: JsonSchema, depth: number): unknown {
    if (this.#chance(0.06) || depth > 8) return this.#junk(depth);
    const schema = given.anyOf ? this.#pick(given.anyOf) : given;
    if (schema.enum) return this.#pick(schema.enum);
    const type = this.#pick([schema.type ?? "object"].flat());
    if (type === "string") return this.#chance(0.5) ? this.#word() : this.#text();
    if (type === "integer" || type === "number")
      return this.#chance(0.5) ? this.#below(10_000) : this.#pick(oddNumbers);
    if (type === "boolean") return this.#chance(0.5);
    if (type === "null") return null;
    if (type === "array") {
      return Array.from({ length: this.#below(4) }, () => this.#valueOf(schema.items ?? {}, depth + 1));
    }
    const members = Object.entries(schema.properties ?? {}).filter(() => this.#chance(0.35));
    return Object.fromEntries(members.map(([name, member]) => [name, this.#valueOf(member, depth + 1)]));
  }

  /** One place of it replaced, removed or added to. */
  #edited(value: unknown): unknown {
    if (value === null || typeof value !== "object" || this.#chance(0.15)) return this.#junk(0);
    if (Array.isArray(value)) {
      const at = this.#below(Math.max(1, value.length));
      return value.length === 0 || this.#chance(0.2)
        ? [...value, this.#junk(0)]
        : value.with(at, this.#edited(value[at]));
    }
    const names = Object.keys(value);
    const record = value as Record<string, unknown>;
    if (names.length === 0 || this.#chance(0.2)) return { ...record, [this.#text()]: this.#junk(0) };
    const name = this.#pick(names);
    if (this.#chance(0.15))
      return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
    return { ...record, [name]: this.#edited(record[name]) };
  }

  #junk(depth: number): unknown {
    switch (this.#below(depth > 4 ? 5 : 8)) {
      case 0:
        return null;
      case 1:
        return this.#pick(oddNumbers);
      case 2:
        return this.#text();
      case 3:
        return this.#chance(0.5);
      case 4:
        return {};
      case 5:
        return Array.from({ length: this.#below(5) }, () => this.#junk(depth + 1));
      case 6:
        return { [this.#text()]: this.#junk(depth + 1), [this.#word()]: this.#junk(depth + 1) };
      default:
        return Array.from({ length: this.#below(300) }).reduce<unknown>((inner) => [inner], "deep");
    }
  }

  /** Bytes turned, cut, doubled or put in. */
  #broken(bytes: Buffer): Buffer {
    const at = this.#below(bytes.length + 1);
    switch (this.#below(5)) {
      case 0:
        return bytes.subarray(0, at);
      case 1:
        return Buffer.concat([bytes.subarray(0, at), Buffer.from([this.#below(256)]), bytes.subarray(at)]);
      case 2:
        return Buffer.concat([bytes, bytes]);
      case 3:
        return Buffer.from([0xef, 0xbb, 0xbf, ...bytes]);
      default: {
        const turned = Buffer.from(bytes);
        if (turned.length > 0) turned[at % turned.length] = this.#below(256);
        return turned;
      }
    }
  }

  #text(): string {
    if (this.#chance(0.5)) return this.#pick(oddTexts);
    return Array.from({ length: this.#below(20) }, () => String.fromCharCode(this.#below(0x3000))).join("");
  }

  #word(): string {
    return this.#pick([
      "failed",
      "error",
      "critical",
      "shop",
      "local",
      "https://example.com/hook",
      "env:TANDEM_X",
    ]);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }
  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
  #chance(share: number): boolean {
    return this.#random() < share;
  }
}
