import type pg from "pg";
import type { Queryable } from "./client";

const lineEnd = 10;
/** Bytes that one text is made of: fewer pieces than a text a row, and not so large that V8 gives each a place of its own. */
const blockBytes = 1 << 16;

/**
 * A COPY ... TO STDOUT as the driver runs a statement, in text format: a line a row, a tab between columns, and neither of the
 * two in a value. What a row costs the driver's own way is a list of texts; here it is a copy of bytes.
 */
class CopyOut implements pg.Submittable {
  /** Each of whole lines, without the last one's end. */
  readonly texts: string[] = [];
  readonly done: Promise<void>;
  /** The driver's: it sets one that ends its time-out and gives the connection back to its pool. */
  callback?: (error: Error | null, result?: unknown) => void;
  private block = Buffer.allocUnsafe(blockBytes);
  private length = 0;
  private failure: Error | null = null;
  private settle: { resolve: () => void; reject: (error: Error) => void } | null = null;

  constructor(private readonly sql: string) {
    this.done = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
  }

  submit(connection: pg.Connection): void {
    connection.query(this.sql);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.failure) return;
    try {
      if (this.length + chunk.length > this.block.length) this.turnOver(chunk.length);
      this.length += chunk.copy(this.block, this.length);
    } catch (error) {
      // A text too long for this process; thrown here it would end it.
      this.failure = error as Error;
    }
  }

  handleReadyForQuery(): void {
    try {
      if (!this.failure) this.turnOver(0);
    } catch (error) {
      this.failure = error as Error;
    }
    this.end(this.failure);
  }

  handleError(error: Error): void {
    this.end(error);
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  /** Makes a text of the lines that are whole, and room for more. */
  private turnOver(more: number): void {
    const end = this.length > 0 ? this.block.lastIndexOf(lineEnd, this.length - 1) : -1;
    if (end >= 0) this.texts.push(this.block.toString("utf8", 0, end));
    const rest = this.block.subarray(end + 1, this.length);
    const room = rest.length + more;
    const next = room > this.block.length ? Buffer.allocUnsafe(room * 2) : this.block;
    this.length = rest.copy(next);
    this.block = next;
  }

  private end(error: Error | null): void {
    this.callback?.(error, this);
    if (error) this.settle?.reject(error);
    else this.settle?.resolve();
  }
}

/**
 * The rows of a query, each as COPY writes it. `sql` has no parameters: COPY takes none, so nothing but numbers of ours may be
 * put into it.
 */
export async function copyRows(db: Queryable, sql: string): Promise<string[]> {
  const copy = new CopyOut(`COPY (${sql}) TO STDOUT (ENCODING 'UTF8')`);
  await Promise.all([db.query(copy as unknown as pg.QueryConfig), copy.done]);
  return copy.texts.flatMap((text) => text.split("\n"));
}

const escapes: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** A row's columns. */
export const copiedColumns = (row: string): (string | null)[] => row.split("\t").map(valueOf);

function valueOf(column: string): string | null {
  if (column === "\\N") return null;
  if (!column.includes("\\")) return column;
  return column.replace(/\\(.)/gsu, (_, letter: string) => escapes[letter] ?? letter);
}
