export type Field = { name: string; value: string };

const field = /^([a-z][a-z0-9_]{1,40}): (\S.*)$/;

/** The lines as `name: value` pairs, or null when one of them is something else. */
export function fieldsOf(text: string): Field[] | null {
  const fields = text.split("\n").map((line) => field.exec(line));
  return fields.every((each) => each !== null)
    ? fields.map((each) => ({ name: each?.[1] ?? "", value: each?.[2] ?? "" }))
    : null;
}

/**
 * A draft's stored detail in its parts: the reported fields at its head, and the reporter's own words. The excerpt and
 * the evidence at its end are left out, since the record has them as lists.
 */
export function parseDetail(detail: string): { fields: Field[]; words: string } {
  const blocks = detail.split("\n\n");
  const fields = fieldsOf(blocks[0] ?? "");
  const rest = fields ? blocks.slice(1) : blocks;
  const listAt = rest.findIndex((block) => /^(?:excerpt|evidence_refs):\n {2}/.test(block));
  const words = (listAt < 0 ? rest : rest.slice(0, listAt)).join("\n\n").trim();
  return { fields: fields ?? [], words };
}
