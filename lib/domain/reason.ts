/**
 * Why something was decided: a stable code, and the words for people made from it at once so that records keep
 * reading the same when code changes. Control flow looks at `code`, never at `message` (W-35).
 */
export type Reason = {
  code: string;
  message: string;
  fields?: Record<string, string | number | boolean | null>;
};

export function reason(code: string, message: string, fields?: Reason["fields"]): Reason {
  return fields ? { code, message, fields } : { code, message };
}
