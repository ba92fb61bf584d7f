import type { PostureFixWire } from "@/lib/contracts/posture";

type ApiCall = NonNullable<PostureFixWire["api_call"]>;

const auth = `-H "authorization: Bearer $INCIDENT_MONITOR_TOKEN"`;
const json = `-H 'content-type: application/json'`;

/**
 * The fix as a command for a shell: reads the row, changes one field with jq and sends it back. What a person has to
 * choose is a variable, as the token is.
 */
export function fixCommand({ method, path, change }: ApiCall, origin: string): string {
  const url = quoted(origin + path);
  const given = change.value === undefined ? ` --argjson value "$VALUE"` : "";
  const value = change.value === undefined ? "$value" : String(change.value);
  const field = change.field
    .split(".")
    .map((name) => `.${name}`)
    .join("");
  const filter =
    method === "PATCH"
      ? `.incident_monitor | ${field} = ${value} | {incident_monitor: {safety_defaults, updated_at_ms}}`
      : `to_entries[0].value | ${field} = ${value}`;
  return [
    `curl -sS ${auth} ${url} \\`,
    `  | jq${given} ${quoted(filter)} \\`,
    `  | curl -sS -X ${method} ${auth} ${json} --data-binary @- ${url}`,
  ].join("\n");
}

/** For a POSIX shell: nothing inside single quotes is read by it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
