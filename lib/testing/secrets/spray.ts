import { type BodySchema, type JsonEndpoint, smallest } from "@/lib/testing/json-endpoints";
import type { Planted } from "./planted";

type Schema = BodySchema & {
  oneOf?: Schema[];
  maxLength?: number;
  pattern?: string;
  format?: string;
  additionalProperties?: boolean | Schema;
};

export type Spray = {
  planted: Planted;
  endpoint: JsonEndpoint;
  /** Values that have to name something or be of a form, by member; undefined for what may be any text. */
  known: (name: string) => string | undefined;
  /** Paths that the route has refused a secret in: there the sample's value stands, or none. */
  without: ReadonlySet<string>;
};

/**
 * A body that the route's schema allows, with a secret in every text it takes: whatever member a route learns, a secret is
 * planted in it. Members of free objects are names that promise a secret.
 */
export function sprayedBody(spray: Spray): unknown {
  const { body, sample } = spray.endpoint;
  return body ? fill(spray, body, "", "", sample) : undefined;
}

const placeOf = ({ endpoint }: Spray, path: string) => `${endpoint.method} ${endpoint.path} ${path}`;

function fill(spray: Spray, given: Schema, path: string, name: string, sample: unknown): unknown {
  if (path !== "" && spray.without.has(path)) return sample;
  const schema = chosen(given, sample);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return sample ?? schema.enum[0];
  switch ([schema.type ?? "object"].flat()[0]) {
    case "string":
      return text(spray, schema, path, name, sample);
    case "array":
      return item(fill(spray, schema.items ?? {}, `${path}[0]`, name, (sample as unknown[])?.[0]));
    case "object":
      return members(spray, schema, path, (sample ?? {}) as Record<string, unknown>);
    case "boolean":
      return sample ?? false;
    case "null":
      return null;
    default:
      return /^(?:until|expires_at|to)_ms$/.test(name)
        ? Date.now() + 3_600_000
        : (sample ?? Math.max(schema.minimum ?? 0, 0));
  }
}

/** A list whose only entry was refused is empty. */
const item = (value: unknown) => (value === undefined ? [] : [value]);

/** Of a choice the one that the sample is of; else the first that is something. */
function chosen(schema: Schema, sample: unknown): Schema {
  const choices = (schema.anyOf ?? schema.oneOf ?? []) as Schema[];
  if (choices.length === 0) return schema;
  const members = Object.entries((sample ?? {}) as Record<string, unknown>);
  const fitting = choices.find(({ properties = {} }) =>
    members.some(
      ([name, value]) => properties[name]?.const !== undefined && properties[name]?.const === value,
    ),
  );
  const choice = fitting ?? choices.find(({ type }) => type !== "null") ?? schema;
  return chosen(choice, sample);
}

function text(spray: Spray, schema: Schema, path: string, name: string, sample: unknown): unknown {
  const known = spray.known(name) ?? spray.known(name.replace(/s$/, ""));
  if (known !== undefined) return known;
  if (schema.format || schema.pattern) return sample;
  return spray.planted.prose(placeOf(spray, path), schema.maxLength);
}

function members(spray: Spray, schema: Schema, path: string, sample: Record<string, unknown>): unknown {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const filled = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, each]) => {
    const value = fill(spray, each, below(name), name, sample[name]);
    return [name, value === undefined && schema.required?.includes(name) ? smallest(each) : value];
  });
  return { ...free(spray, schema, path), ...Object.fromEntries(filled) };
}

/** What a free object holds: a value and a text whose names say secret, and a text whose name does not, each left out once refused. */
function free(spray: Spray, { additionalProperties, properties }: Schema, path: string): object {
  const isFree =
    additionalProperties === true ||
    (typeof additionalProperties === "object" && Object.keys(additionalProperties).length === 0) ||
    (!properties && additionalProperties === undefined);
  if (!isFree) return {};
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const opaque = (name: string) => spray.planted.opaque(`${placeOf(spray, at(name))} (by its name)`);
  const taken = (name: string, value: string) => (spray.without.has(at(name)) ? {} : { [name]: value });
  const inside = (name: string, value: string) =>
    spray.without.has(at(`nested.${name}`)) ? {} : { [name]: value };
  return {
    ...taken("password", opaque("password")),
    nested: {
      ...inside("client_secret", opaque("nested.client_secret")),
      ...inside("note", spray.planted.prose(placeOf(spray, at("nested.note")))),
    },
  };
}
