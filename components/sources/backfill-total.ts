import type { BackfilledLogSourceWire } from "@/lib/contracts/log-source";

/** What several calls of a backfill came to, together. */
export type BackfillTotal = Pick<
  BackfilledLogSourceWire,
  "bytes" | "lines" | "candidates" | "already_counted" | "merged" | "new_incidents" | "untimed"
> & { files: BackfilledLogSourceWire["files"] };

export const noBackfill: BackfillTotal = {
  bytes: 0,
  lines: 0,
  candidates: 0,
  already_counted: 0,
  merged: 0,
  new_incidents: 0,
  untimed: 0,
  files: [],
};

/** Is there anything in it that would change a record? */
export function changesSomething(total: BackfillTotal): boolean {
  return total.candidates > total.already_counted;
}

/** A file that one call began and the next went on with stays one row. */
export function addBackfill(total: BackfillTotal, answer: BackfilledLogSourceWire): BackfillTotal {
  const files = [...total.files];
  for (const file of answer.files) {
    const at = files.findIndex((each) => each.path === file.path);
    const known = files[at];
    if (!known) files.push(file);
    else {
      files[at] = {
        ...file,
        bytes: known.bytes + file.bytes,
        candidates: known.candidates + file.candidates,
      };
    }
  }
  return {
    bytes: total.bytes + answer.bytes,
    lines: total.lines + answer.lines,
    candidates: total.candidates + answer.candidates,
    already_counted: total.already_counted + answer.already_counted,
    merged: total.merged + answer.merged,
    new_incidents: total.new_incidents + answer.new_incidents,
    untimed: total.untimed + answer.untimed,
    files,
  };
}
