import type { Evidence } from "@/lib/domain/triage";
import type { UnsupportedCode } from "./model-analysis";

type RecordEvidence = Extract<Evidence, { id: string }>;
export type Checked = { ok: true; evidence: Evidence } | { ok: false; code: UnsupportedCode };

/** Shorter prefixes of a hash name too many commits to be evidence. */
const hashPrefixMin = 7;

/** What the model was shown. Only that can be evidence for what it says: a place nobody showed it was made up. */
export class ReadLedger {
  private readonly code = new Map<string, Array<{ from: number; to: number }>>();
  private readonly commits = new Set<string>();
  private readonly records = new Set<string>();
  private readonly references = new Map<string, Evidence>();

  noteCode(path: string, fromLine: number, toLine: number): void {
    if (toLine < fromLine) return;
    const ranges = this.code.get(path) ?? [];
    ranges.push({ from: fromLine, to: toLine });
    this.code.set(path, ranges);
  }

  noteCommit(hash: string): void {
    this.commits.add(hash.toLowerCase());
  }

  noteRecord(kind: RecordEvidence["kind"], id: string): void {
    this.records.add(`${kind} ${id}`);
  }

  noteLog(reference: string): void {
    this.references.set(`log ${reference}`, { kind: "log", reference });
  }

  noteIssue(reference: string, url: string | null): void {
    this.references.set(`issue ${reference}`, { kind: "issue", reference, url });
  }

  /** A line that was shown; without a line, a file of which something was. */
  hasPlace(path: string, line: number | null): boolean {
    const ranges = this.code.get(path) ?? [];
    return line === null ? ranges.length > 0 : ranges.some(({ from, to }) => from <= line && line <= to);
  }

  /** The whole hash, where exactly one commit that was shown begins so. */
  commitOf(given: string): string | null {
    const prefix = given.toLowerCase();
    if (prefix.length < hashPrefixMin) return null;
    const [first, second] = [...this.commits].filter((hash) => hash.startsWith(prefix));
    return first !== undefined && second === undefined ? first : null;
  }

  check(evidence: Evidence): Checked {
    switch (evidence.kind) {
      case "report":
        return { ok: true, evidence };
      case "code":
        if (!this.code.has(evidence.path)) return { ok: false, code: "path_not_read" };
        return this.wereRead(evidence.path, evidence.fromLine, evidence.toLine)
          ? { ok: true, evidence }
          : { ok: false, code: "lines_not_read" };
      case "commit": {
        const hash = this.commitOf(evidence.hash);
        return hash
          ? { ok: true, evidence: { kind: "commit", hash } }
          : { ok: false, code: "commit_not_read" };
      }
      case "log":
      case "issue": {
        const known = this.references.get(`${evidence.kind} ${evidence.reference}`);
        return known ? { ok: true, evidence: known } : { ok: false, code: "record_not_known" };
      }
      default:
        return this.records.has(`${evidence.kind} ${evidence.id}`)
          ? { ok: true, evidence }
          : { ok: false, code: "record_not_known" };
    }
  }

  /** Every line of it, in one reading or several. */
  private wereRead(path: string, fromLine: number, toLine: number): boolean {
    const ranges = [...(this.code.get(path) ?? [])].sort((a, b) => a.from - b.from);
    let next = fromLine;
    for (const { from, to } of ranges) {
      if (from <= next && to >= next) next = to + 1;
    }
    return next > toLine;
  }
}
